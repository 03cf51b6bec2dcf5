// The ledger counts every chargeable call that is let out: never fewer than there were, hardly more, and within its bounds.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LetOutCall } from '../../src/barring/ledger-calls.ts';
import { addCall, countSince, emptyLog, KEPT_MS, onesOf, shrinkLog } from '../../src/barring/ledger-log.ts';
import { createLedger, type Ledger } from '../../src/barring/ledger.ts';
import type { UsageScope } from '../../src/barring/usage.ts';

const AT = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const organisation: UsageScope = { kind: 'organisation', name: '' };
const extension = (name: string): UsageScope => ({ kind: 'extension', name });
const group = (name: string): UsageScope => ({ kind: 'group', name });

const letOut = (id: string, changes: Partial<LetOutCall> = {}): LetOutCall => ({
  callId: `decision:${id}`,
  channelId: `channel-${id}`,
  number: `00541${id}`,
  atMs: AT,
  extension: '1001',
  groups: ['sales'],
  classes: ['chargeable', 'international'],
  regions: ['AR'],
  ...changes,
});

const stranger = { atMs: AT, channelId: 'another', number: '00331' };
const usageAt = (ledger: Ledger, atMs = AT) => ledger.usage({ ...stranger, atMs });
const upOf = (ledger: Ledger, scope = extension('1001')) => usageAt(ledger).concurrent(scope, 'chargeable');
const countOf = (ledger: Ledger, scope = extension('1001')) =>
  usageAt(ledger).calls(scope, 'chargeable', AT - HOUR);

describe('the ledger', () => {
  it('counts a call for its extension, its groups and the organisation, by class', () => {
    const ledger = createLedger();
    ledger.started(letOut('1'));
    ledger.started(letOut('2', { extension: '1002', groups: [], classes: ['chargeable', 'premium'] }));
    const usage = usageAt(ledger);
    const counts = [
      extension('1001'),
      extension('1002'),
      extension('1003'),
      group('sales'),
      organisation,
    ].map((scope) =>
      (['chargeable', 'international', 'premium', 'hot'] as const).map((of) =>
        usage.calls(scope, of, AT - HOUR),
      ),
    );
    expect(counts).toEqual([
      [1, 1, 0, 0],
      [1, 0, 1, 0],
      [0, 0, 0, 0],
      [1, 1, 0, 0],
      [2, 1, 1, 0],
    ]);
  });

  it('counts a call from the verdict on, and takes it back where the caller was gone before', () => {
    const ledger = createLedger();
    ledger.started(letOut('1'));
    ledger.started(letOut('2'));
    expect([countOf(ledger), upOf(ledger)]).toEqual([2, 2]);
    ledger.takenBack('decision:2');
    ledger.takenBack('decision:2');
    ledger.takenBack('decision:never');
    expect([countOf(ledger), upOf(ledger)]).toEqual([1, 1]);
  });

  it('counts a call as up until the last of its legs is gone', () => {
    const ledger = createLedger();
    ledger.started(letOut('1'));
    ledger.dialled('channel-1', 'trunk-1');
    ledger.answered('trunk-1', AT + 5_000);
    expect(ledger.ended('channel-1', AT + 10_000)).toEqual([]);
    expect(upOf(ledger)).toBe(1);
    expect(ledger.ended('trunk-1', AT + 20_000)).toMatchObject([
      { call: { callId: 'decision:1' }, endedMs: AT + 20_000, answeredMs: AT + 5_000 },
    ]);
    expect(upOf(ledger)).toBe(0);
    expect(ledger.ended('trunk-1', AT + 21_000)).toEqual([]);
    expect(countOf(ledger)).toBe(1);
  });

  it('counts a call that is tried again over another trunk once, and not against itself', () => {
    const ledger = createLedger();
    ledger.started(letOut('1'));
    const again = letOut('again', { channelId: 'channel-1', number: letOut('1').number, atMs: AT + 100 });
    const asked = ledger.usage({ atMs: again.atMs, channelId: again.channelId, number: again.number });
    expect(asked.calls(extension('1001'), 'chargeable', AT - HOUR)).toBe(0);
    expect(asked.concurrent(extension('1001'), 'chargeable')).toBe(0);
    expect(ledger.started(again)).toEqual({ repeated: true, ended: [] });
    expect([countOf(ledger), upOf(ledger)]).toEqual([1, 1]);
  });

  it('counts the next call of a channel as another one, by number or after an answer', () => {
    const ledger = createLedger();
    ledger.started(letOut('1'));
    const other = letOut('2', { channelId: 'channel-1' });
    expect(ledger.started(other)).toMatchObject({
      repeated: false,
      ended: [{ call: { callId: 'decision:1' } }],
    });
    ledger.dialled('channel-1', 'trunk-2');
    ledger.answered('trunk-2', AT + 1_000);
    const same = letOut('3', { channelId: 'channel-1', number: other.number, atMs: AT + 2_000 });
    expect(ledger.started(same)).toEqual({ repeated: false, ended: [] });
    // The leg of the second call is still up.
    expect([countOf(ledger), upOf(ledger)]).toEqual([3, 2]);
  });

  it('ends what a listing does not show, but nothing that began after it was asked for', () => {
    const ledger = createLedger();
    ledger.started(letOut('gone', { atMs: AT - 2_000 }));
    ledger.started(letOut('alive', { atMs: AT - 2_000 }));
    ledger.started(letOut('new', { atMs: AT + 1 }));
    const ended = ledger.reconcile(new Set(['channel-alive']), AT, AT + 500);
    expect(ended.map(({ call }) => call.callId)).toEqual(['decision:gone']);
    expect(upOf(ledger)).toBe(2);
  });

  it('keeps a call of before the start as up until a listing says otherwise', () => {
    const ledger = createLedger();
    ledger.restored(letOut('1', { atMs: AT - 60_000 }), true);
    ledger.restored(letOut('2', { atMs: AT - 60_000 }), false);
    expect([countOf(ledger), upOf(ledger)]).toEqual([2, 1]);
    ledger.reconcile(new Set(), AT, AT);
    expect([countOf(ledger), upOf(ledger)]).toEqual([2, 0]);
  });

  it('knows the distinct regions of a window, one for each call that could go to several', () => {
    const ledger = createLedger();
    ledger.started(letOut('1', { regions: ['AR'], atMs: AT - 2 * HOUR }));
    ledger.started(letOut('2', { regions: ['FR'] }));
    ledger.started(letOut('3', { regions: ['GB', 'GG', 'JE'] }));
    ledger.started(letOut('4', { regions: ['IM', 'GB'] }));
    const usage = usageAt(ledger);
    expect(usage.regions(extension('1001'), 'chargeable', AT - HOUR)).toEqual(new Set(['FR', 'GB']));
    expect(usage.regions(organisation, 'chargeable', AT - DAY)).toEqual(new Set(['AR', 'FR', 'GB']));
    expect(usage.regions(organisation, 'hot', AT - DAY)).toEqual(new Set());
  });

  it('holds a quarantine from its row until its end, to the millisecond', () => {
    const ledger = createLedger();
    const row = { extension: '1001', sinceMs: AT, untilMs: AT + HOUR, reason: 'r', by: 'limit:1' };
    ledger.setQuarantines([row, { ...row, extension: '1002', untilMs: null }]);
    const held = (name: string, atMs: number) => usageAt(ledger, atMs).quarantine(name) !== null;
    expect([held('1001', AT), held('1001', AT + HOUR - 1), held('1001', AT + HOUR)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([held('1002', AT + 100 * DAY), held('1003', AT)]).toEqual([true, false]);
    expect(ledger.quarantines(AT + HOUR)).toHaveLength(1);
  });

  it('never counts fewer calls than there were, and hardly more', () => {
    const ages = fc.array(fc.integer({ min: 0, max: KEPT_MS }), { maxLength: 3000, size: 'max' });
    const windows = fc.array(fc.integer({ min: 60_000, max: KEPT_MS }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(ages, windows, (agesMs, windowsMs) => {
        const times = agesMs.map((ageMs) => AT - ageMs).sort((a, b) => a - b);
        const log = emptyLog();
        for (const time of times) addCall(log, time, onesOf(['chargeable']));
        shrinkLog(log, AT, 1024);
        expect(log.times.length).toBeLessThanOrEqual(1024);
        for (const windowMs of windowsMs) {
          const counted = countSince(log, 0, AT - windowMs);
          const within = (ms: number) => times.filter((time) => time >= AT - ms).length;
          expect(counted).toBeGreaterThanOrEqual(within(windowMs));
          // A call counts up to 1/64 of its age longer, and where the log was full 1/16.
          expect(counted).toBeLessThanOrEqual(within(windowMs * 1.07));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('stays within its bounds under a storm of calls, and still counts them all', () => {
    const log = emptyLog();
    const calls = 50_000;
    let longest = 0;
    for (let n = 0; n < calls; n += 1) {
      addCall(log, AT + n * 40, onesOf(['chargeable', 'hot']));
      longest = Math.max(longest, log.times.length);
    }
    expect(longest).toBeLessThanOrEqual(1025);
    expect(countSince(log, 0, AT)).toBe(calls);
    expect(countSince(log, 1, AT)).toBe(0);
  });

  it('is never below zero, whatever comes in whatever order', () => {
    const name = fc.constantFrom('1', '2', '3', '4');
    const step = fc.oneof(
      fc.record({ do: fc.constant('start' as const), id: name, channel: name }),
      fc.record({ do: fc.constant('back' as const), id: name, channel: name }),
      fc.record({ do: fc.constant('dial' as const), id: name, channel: name }),
      fc.record({ do: fc.constant('end' as const), id: name, channel: name }),
      fc.record({ do: fc.constant('list' as const), id: name, channel: name }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const ledger = createLedger();
        for (const [index, { do: what, id, channel }] of steps.entries()) {
          const atMs = AT + index;
          if (what === 'start') ledger.started(letOut(`${id}-${index}`, { channelId: channel, atMs }));
          else if (what === 'back') ledger.takenBack(`decision:${id}-${index - 1}`);
          else if (what === 'dial') ledger.dialled(channel, id);
          else if (what === 'end') ledger.ended(channel, atMs);
          else ledger.reconcile(new Set([channel]), atMs, atMs);
          expect(upOf(ledger)).toBeGreaterThanOrEqual(0);
          expect(upOf(ledger)).toBe(upOf(ledger, organisation));
        }
        ledger.reconcile(new Set(), AT + DAY, AT + DAY);
        expect(upOf(ledger)).toBe(0);
      }),
    );
  });
});
