// Tests of a policy by expectations, and past calls judged again.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCdr, type CdrCall } from '../../../src/admin/policy-file/cdr.ts';
import { readExpectations, testPolicy } from '../../../src/admin/policy-file/expectations.ts';
import { replayCalls } from '../../../src/admin/policy-file/replay.ts';
import { compileSnapshot } from '../../../src/barring/snapshot.ts';
import { extensionRow, snapshotFor } from '../../barring/policy.ts';
import { limit, policyWith } from '../../barring/rows.ts';

const mexico = { homeRegion: 'MX', internationalPrefixes: ['00'] } as const;
const bytes = (text: string) => new TextEncoder().encode(text);

describe('expectations', () => {
  it('are met or not, and each tells its line and what decided', () => {
    const snapshot = snapshotFor(mexico, { allowed: ['AR'] });
    const content = [
      '# our rules',
      'from 1001 dial 00541938384 expect continue country-allowed',
      '',
      'from 1002 dial 00541938384 via forward expect deny no-international-right  # has no right',
      'from - dial 00541938384 at 2026-11-21T03:00 expect deny',
      'from 1001 dial 00621938384 expect continue',
    ].join('\n');
    const tested = testPolicy(snapshot, readExpectations(content, 0));
    expect(tested.map(({ expectation, met }) => [expectation.line, met])).toEqual([
      [2, true],
      [4, true],
      [5, true],
      [6, false],
    ]);
    expect(tested[3]?.screened.verdict.reason).toBe('country-not-allowed');
    expect(tested[2]?.expectation.call.atMs).toBe(Date.parse('2026-11-21T03:00'));
  });

  it.each([
    'from 1001 dial 0054',
    'from 1001 expect deny',
    'dial 0054 expect deny',
    'from 1001 dial 0054 expect refuse',
    'from 1001 dial 0054 by forward expect deny',
    'from 1001 dial 0054 via pigeon expect deny',
    'from 1001 from 1002 dial 0054 expect deny',
    'from 1001 dial 0054 at noon expect deny',
    'from 1001 dial 0054 expect deny a b',
  ])('that say nothing are refused with their line: %s', (line) => {
    expect(() => readExpectations(`# head\n${line}`, 0)).toThrow(
      expect.objectContaining({ code: 'invalid', details: [expect.stringMatching(/^line 2: /)] }),
    );
  });
});

/** As cdr_csv writes it: no heads, all cells quoted. */
const line = (source: string, dialled: string, channel: string, start: string, disposition = 'ANSWERED') =>
  `"","${source}","${dialled}","outside","","${channel}","","Dial","","${start}","${start}","${start}",` +
  `10,5,"${disposition}","DOCUMENTATION","1.1",""`;

describe('call detail records', () => {
  it('without heads are read as cdr_csv writes them, calls without a number skipped', () => {
    const { calls, skipped } = readCdr(
      bytes(
        [
          line('1001', '00541938384', 'PJSIP/1001-00000001', '2026-10-01 09:00:00'),
          line('1001', 's', 'PJSIP/1001-00000002', '2026-10-01 09:00:01'),
          line('1001', '00621938384', 'PJSIP/1001-00000003', '2026-10-01 08:00:00', 'NO ANSWER'),
        ].join('\n'),
      ),
    );
    expect(skipped).toBe(1);
    expect(calls.map(({ dialled, answered }) => [dialled, answered])).toEqual([
      ['00541938384', true],
      ['00621938384', false],
    ]);
    expect(calls[0]).toMatchObject({ line: 1, atMs: Date.parse('2026-10-01T09:00:00') });
  });

  it('with heads are read by their names, in any order', () => {
    const { calls } = readCdr(
      bytes(
        'calldate,dst,duration,src,channel\n2026-10-01 09:00:00,00541938384,30,1001,PJSIP/1001-00000001\n',
      ),
    );
    const atMs = Date.parse('2026-10-01T09:00:00');
    expect(calls).toMatchObject([{ dialled: '00541938384', source: '1001', atMs, endMs: atMs + 30_000 }]);
  });

  it('that are something else are refused', () => {
    expect(() => readCdr(bytes('a,b,c\nd,e,f\n'))).toThrow(/No call could be read/);
  });
});

describe('a replay', () => {
  const calls = readCdr(
    bytes(
      [
        line('1001', '00541938384', 'PJSIP/1001-00000001', '2026-10-01 09:00:00'),
        line('1001', '00621938384', 'PJSIP/1001-00000002', '2026-10-01 09:01:00'),
        line('1002', '00541938384', 'PJSIP/1002-00000003', '2026-10-01 09:02:00'),
        line('1002', '5512345678', 'PJSIP/1002-00000004', '2026-10-01 09:03:00'),
      ].join('\n'),
    ),
  ).calls;
  const payerOf = ({ source }: { readonly source: string }) => source;

  it('counts what a policy would refuse, by reason', () => {
    const replayed = replayCalls(calls, snapshotFor(mexico, { allowed: ['AR'] }), payerOf);
    expect(replayed).toMatchObject({ calls: 4, continued: 2, denied: 2 });
    expect(new Map(replayed.deniedBy)).toEqual(
      new Map([
        ['country-not-allowed', 1],
        ['no-international-right', 1],
      ]),
    );
    expect(replayed.refused.map(({ call }) => call.line)).toEqual([2, 3]);
  });

  it('compared with the policy in force tells only what would change', () => {
    const compared = snapshotFor(mexico, { allowed: ['AR'] });
    const replayed = replayCalls(calls, snapshotFor(mexico, { allowed: ['ID'] }), payerOf, compared);
    expect(replayed.refused.map(({ call }) => call.line)).toEqual([1]);
    expect(replayed.opened.map(({ call }) => call.line)).toEqual([2]);
  });
  it('counts limits as they would have been used up, call after call', () => {
    const busy = readCdr(
      bytes(
        ['09:00:00', '09:01:00', '09:02:00', '10:30:00']
          .map((time, index) =>
            line('1001', '00541938384', `PJSIP/1001-0000000${index}`, `2026-10-01 ${time}`),
          )
          .join('\n'),
      ),
    ).calls;
    const snapshot = compileSnapshot(
      policyWith({ countries: [{ region: 'AR', state: 'allow' }], limits: [limit(1, { max: 2 })] }),
    );
    const replayed = replayCalls(busy, snapshot, payerOf);
    expect(replayed.refused.map(({ call }) => call.line)).toEqual([3]);
    expect(replayed.deniedBy).toEqual([['limit-calls', 1]]);
  });

  it('counts what is up and who is in quarantine as if it looked through all calls before each', () => {
    const call = fc.record({
      atMs: fc.integer({ min: 0, max: 20 }),
      lastsMs: fc.integer({ min: -1, max: 6 }),
      source: fc.constantFrom('1001', '1002'),
    });
    const right = { right: 'on' } as const;
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (made, quarantineMs) => {
        const fields = { measure: 'concurrent', windowMs: null, max: 2, action: 'quarantine' } as const;
        const snapshot = compileSnapshot(
          policyWith({
            extensions: [extensionRow('1001', right), extensionRow('1002', right)],
            countries: [{ region: 'AR', state: 'allow' }],
            limits: [limit(1, { ...fields, quarantineMs })],
          }),
        );
        const past = made.map(({ atMs, lastsMs, source }, place) => {
          const common = { channel: '', dialled: '00541938384', answered: true };
          return { ...common, line: place + 1, atMs, endMs: atMs + lastsMs, source };
        });
        expect(replayCalls(past, snapshot, payerOf).refused.map(({ call: { line: at } }) => at)).toEqual(
          refusedPlainly(past, 2, quarantineMs),
        );
      }),
    );
  });
});

/** Lines of the calls of which `max` of the same extension are up already, or that come while it is in quarantine for that. */
function refusedPlainly(past: readonly CdrCall[], max: number, quarantineMs: number): readonly number[] {
  const letOut: CdrCall[] = [];
  const refused: number[] = [];
  const freeMs = new Map<string, number>();
  for (const call of past.toSorted((a, b) => a.atMs - b.atMs)) {
    const isFree = call.atMs >= (freeMs.get(call.source) ?? 0);
    const up = letOut.filter(({ source, endMs }) => source === call.source && endMs > call.atMs);
    if (isFree && up.length < max) letOut.push(call);
    else refused.push(call.line);
    if (isFree && up.length >= max) freeMs.set(call.source, call.atMs + quarantineMs);
  }
  return refused;
}
