// Alerts, purely: who is told of a call that rings for too long, when, and how often.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whoMayTake } from '../../src/pickup/access.ts';
import {
  ALERTS_AT_ONCE,
  alertsDue,
  createAlertMemory,
  hasAlerts,
  type Alert,
} from '../../src/pickup/alerts.ts';
import type { PickupPolicyData, PickupSettings, RingingCall } from '../../src/pickup/call.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { pickupGroup, pickupPolicy } from './policy.ts';

const START = 1_800_000_000_000;
const TOLD_MAX = 50;
const CALLS_MAX = 5_000;
const CROWD = 100;

const settings = (rest: Partial<PickupSettings> = {}): PickupSettings => ({
  ...pickupPolicy({}).settings,
  alertAfterS: 10,
  ...rest,
});
const call = (callId: string, phones: readonly string[], rest: Partial<RingingCall> = {}): RingingCall => ({
  callId,
  callerChannelId: null,
  callerExtension: null,
  callerNumber: '5551234',
  callerName: '',
  dialled: [],
  ringingSinceMs: START,
  legs: phones.map((extension, at) => ({
    channelId: `${callId}.${at}`,
    channelName: `PJSIP/${extension}-0000000${at}`,
    extension,
    ringingSinceMs: START,
  })),
  ...rest,
});
const sales = pickupGroup('sales', { 1001: 'both', 1002: 'both', 1003: 'both' });
const rightsOf = (data: Partial<PickupPolicyData>, isOpen = () => false) =>
  compileRights(pickupPolicy({ groups: [sales], settings: settings(), ...data }), isOpen);
const names = (alerts: readonly Alert[]) => alerts.map(({ told }) => told.map(({ extension }) => extension));

/** What is told at each of the seconds. */
const tellAt = (
  rights: ReturnType<typeof rightsOf>,
  ringing: readonly RingingCall[],
  seconds: readonly number[],
) => {
  const memory = createAlertMemory();
  return seconds.map((second) => names(alertsDue(memory, rights, ringing, START + second * 1000).alerts));
};

describe('alerts', () => {
  it('tells those who may take the call once, after the delay and not before', () => {
    expect(tellAt(rightsOf({}), [call('a', ['1002'])], [0, 9.9, 10, 11, 100])).toEqual([
      [],
      [],
      [['1001', '1003']],
      [],
      [],
    ]);
  });

  it('tells neither those on whose phones it rings nor the caller', () => {
    const rings = call('a', ['1002', '1001'], { callerExtension: '1003' });
    expect(tellAt(rightsOf({}), [rings], [12])).toEqual([[[]]]);
  });

  it('says which phone each of them may take it from', () => {
    const support = pickupGroup('support', { 1004: 'both', 1005: 'both' });
    const { alerts } = alertsDue(
      createAlertMemory(),
      rightsOf({ groups: [sales, support] }),
      [call('a', ['1002', '1004'])],
      START + 10_000,
    );
    expect(alerts[0]?.told).toEqual([
      { extension: '1001', from: '1002' },
      { extension: '1003', from: '1002' },
      { extension: '1005', from: '1004' },
    ]);
  });

  it('tells a group after its own delay, the rest after that of the setting, nobody twice', () => {
    const quick = pickupGroup('quick', { 1002: 'target', 1008: 'interceptor' }, { alertAfterS: 5 });
    const late = pickupGroup(
      'late',
      { 1002: 'target', 1008: 'interceptor', 1009: 'interceptor' },
      { alertAfterS: 20 },
    );
    const rights = rightsOf({ groups: [sales, quick, late] });
    expect(tellAt(rights, [call('a', ['1002'])], [4, 5, 10, 19, 20, 60])).toEqual([
      [],
      [['1008']],
      [['1001', '1003']],
      [],
      [['1009']],
      [],
    ]);
    expect(tellAt(rights, [call('a', ['1002'])], [30])).toEqual([[['1001', '1003', '1008', '1009']]]);
  });

  it('says when it is to be asked again', () => {
    const quick = pickupGroup('quick', { 1002: 'target', 1008: 'interceptor' }, { alertAfterS: 5 });
    const rights = rightsOf({ groups: [sales, quick] });
    const memory = createAlertMemory();
    const dueAt = (second: number) =>
      alertsDue(memory, rights, [call('a', ['1002'])], START + second * 1000).nextDueMs;
    expect([dueAt(0), dueAt(5), dueAt(10)]).toEqual([START + 5000, START + 10_000, null]);
  });

  it('never alerts for a group that says 0, nor without any delay', () => {
    const silent = pickupGroup('sales', { 1001: 'both', 1002: 'both' }, { alertAfterS: 0 });
    expect(tellAt(rightsOf({ groups: [silent] }), [call('a', ['1002'])], [600])).toEqual([[[]]]);
    const none = rightsOf({ settings: settings({ alertAfterS: 0 }) });
    expect(tellAt(none, [call('a', ['1002'])], [600])).toEqual([[]]);
    expect([hasAlerts(none), hasAlerts(rightsOf({}))]).toEqual([false, true]);
  });

  it('tells nobody inside the quiet hours, and does not make up for it; an unknown schedule is not quiet', () => {
    const quiet = { settings: settings({ quietHours: 'night' }) };
    let isNight = true;
    const rights = rightsOf(quiet, () => isNight);
    const memory = createAlertMemory();
    const ringing = [call('a', ['1002'])];
    expect(alertsDue(memory, rights, ringing, START + 10_000).alerts).toEqual([]);
    isNight = false;
    expect(alertsDue(memory, rights, ringing, START + 30_000).alerts).toEqual([]);
    expect(tellAt(rightsOf(quiet), ringing, [10])).toEqual([[['1001', '1003']]]);
  });

  it('alerts once though a queue lets the call ring in turns, on other phones, too', () => {
    const memory = createAlertMemory();
    const rights = rightsOf({});
    const at = (second: number, ringing: readonly RingingCall[]) =>
      names(alertsDue(memory, rights, ringing, START + second * 1000).alerts);
    expect(at(10, [call('a', ['1002'])])).toEqual([['1001', '1003']]);
    expect(at(12, [])).toEqual([]);
    expect(at(15, [call('a', ['1001'])])).toEqual([]);
  });

  it('tells at most fifty of one call, and forgets calls that ring no more only when it must', () => {
    const many = pickupGroup(
      'many',
      Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`${2000 + at}`, 'both' as const])),
    );
    const rights = rightsOf({ groups: [many] });
    const memory = createAlertMemory();
    const { alerts } = alertsDue(memory, rights, [call('a', ['2000'])], START + 10_000);
    expect(alerts[0]?.told).toHaveLength(TOLD_MAX);
    const crowd = Array.from({ length: CALLS_MAX + 10 }, (_, at) => call(`c${at}`, ['1002']));
    const few = rightsOf({});
    const full = createAlertMemory();
    let alerted = 0;
    for (let at = 0; at < CALLS_MAX; at += CROWD) {
      const some = crowd.slice(at, at + CROWD);
      for (let due = Infinity; due > 0; alerted += due) {
        due = alertsDue(full, few, some, START + 10_000).alerts.length;
        expect(due).toBeLessThanOrEqual(ALERTS_AT_ONCE);
      }
    }
    expect([alerted, full.calls.size]).toEqual([CALLS_MAX, CALLS_MAX]);
    expect(alertsDue(full, few, crowd, START + 11_000).alerts).toEqual([]);
  });

  it('tells nobody twice, nobody who may not take it, and nothing before its time, whatever the moments', () => {
    const delay = fc.option(fc.integer({ min: 0, max: 30 }), { nil: null });
    const extension = fc.constantFrom('1001', '1002', '1003', '1004');
    const members = fc.dictionary(extension, fc.constantFrom('both', 'interceptor', 'target'));
    const given = fc.record({
      groups: fc.array(fc.tuple(members, delay), { maxLength: 3 }),
      alertAfterS: fc.integer({ min: 0, max: 30 }),
      anyRight: fc.uniqueArray(extension),
      phones: fc.uniqueArray(extension, { minLength: 1, maxLength: 3 }),
      moments: fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(given, ({ groups, alertAfterS, anyRight, phones, moments }) => {
        const rights = rightsOf({
          groups: groups.map(([roles, after], at) => pickupGroup(`g${at}`, roles, { alertAfterS: after })),
          settings: settings({ alertAfterS }),
          anyRight,
        });
        const rings = call('a', phones);
        const memory = createAlertMemory();
        const told: string[] = [];
        for (const moment of moments.toSorted((a, b) => a - b)) {
          const nowMs = START + moment;
          const { alerts, nextDueMs } = alertsDue(memory, rights, [rings], nowMs);
          for (const alert of alerts) {
            expect(alert.afterS * 1000).toBeLessThanOrEqual(moment);
            told.push(...alert.told.map((one) => one.extension));
            for (const one of alert.told) expect(phones).toContain(one.from);
          }
          expect(nextDueMs ?? Infinity).toBeGreaterThan(nowMs);
        }
        expect(new Set(told).size).toBe(told.length);
        const may = whoMayTake(rights, rings, START);
        for (const one of told) {
          expect(may).toContain(one);
          expect(phones).not.toContain(one);
        }
      }),
    );
  });
});
