// PINs in the decision: who is asked, which PINs count, what a right one opens, and what it never does.
import { describe, expect, it } from 'vitest';
import type { PinRow } from '../../src/barring/policy.ts';
import { noUsage } from '../../src/barring/usage.ts';
import { extensionRow } from './policy.ts';
import {
  exception,
  group,
  limit,
  noonMs,
  outcome,
  pin,
  rule,
  schedule,
  verdictBy,
  type Rows,
} from './rows.ts';

const paris = '0033140205050';
const entered = { pin: { id: 'p-1' } };
const whenDenied: Rows = { settings: { pin: 'when-denied' }, pins: [pin('p-1')] };
const askedFor = (what: string) => `challenge pin-required ${what}`;

describe('a rule that asks for a PIN', () => {
  const rows: Rows = { rules: [rule(1, '+33', { action: 'pin' })], pins: [pin('p-1')] };

  it('asks, and lets the call go on with the right one', () => {
    expect(outcome(rows, paris)).toBe(askedFor('rule:1'));
    expect(outcome(rows, paris, entered)).toBe('continue pin-accepted pin:p-1');
  });

  it('tells which PINs count, how they are entered, what is said, and what the call ends with', () => {
    const settings = { announcements: { 'pin-prompt': 'custom/pin' } };
    const groups = [group('sales', { pinEntry: 'answer' })];
    const ofGroup = pin('p-0', { extensions: [], groups: ['sales'] });
    const other = pin('p-2', { extensions: ['1002'] });
    const verdict = verdictBy({ ...rows, settings, groups, pins: [pin('p-1'), ofGroup, other] }, paris);
    expect(verdict).toMatchObject({
      kind: 'challenge',
      instead: null,
      who: '1001',
      pins: ['p-0', 'p-1'],
      expiredPins: [],
      entry: 'answer',
      prompt: 'custom/pin',
      wrong: 'auth-incorrect',
      denial: { announcement: 'privacy-incorrect', cause: 21 },
    });
  });

  it('names those whose time has run out apart, which alone are no reason to ask', () => {
    const old = pin('p-0', { untilMs: 1 });
    const later = pin('p-3', { fromMs: Date.UTC(2100, 0) });
    const verdict = verdictBy({ ...rows, pins: [old, pin('p-1'), later] }, paris);
    expect(verdict).toMatchObject({ kind: 'challenge', pins: ['p-1'], expiredPins: ['p-0'] });
    expect(outcome({ ...rows, pins: [old] }, paris)).toMatch(/^deny pin-unavailable/);
    const used = { pin: { id: 'p-0' } };
    expect(outcome({ ...rows, pins: [old, pin('p-1')] }, paris, used)).toMatch(/^deny pin-unavailable/);
  });

  it('asks for national numbers that it names, too', () => {
    const national: Rows = { rules: [rule(1, '+5255', { action: 'pin' })], pins: [pin('p-1')] };
    expect(outcome(national, '5512345678')).toBe(askedFor('rule:1'));
    expect(outcome(national, '5512345678', entered)).toBe('continue pin-accepted pin:p-1');
    expect(outcome(national, '3312345678')).toMatch(/^continue national/);
  });

  it('of an exception opens what it names, without the right', () => {
    const exceptions = [exception(5, { extension: '1002', region: 'FR', action: 'pin' })];
    const own = { exceptions, pins: [pin('p-1', { extensions: ['1002'] })] };
    expect(outcome(own, paris, { payer: '1002' })).toBe(askedFor('exception:5'));
    expect(outcome(own, paris, { payer: '1002', ...entered })).toBe('continue pin-accepted pin:p-1');
  });

  it('opens no premium number by its prefix alone', () => {
    expect(outcome(rows, '0033899123456')).toMatch(/^deny premium-not-allowed/);
    expect(outcome(rows, '0033899123456', entered)).toMatch(/^deny premium-not-allowed/);
    const premium: Rows = { ...rows, rules: [rule(1, '+33', { action: 'pin', premium: true })] };
    expect(outcome(premium, '0033899123456')).toBe(askedFor('rule:1'));
  });

  it.each<readonly [title: string, pins: readonly PinRow[]]>([
    ['there is none', []],
    ['it is disabled', [pin('p-1', { enabled: false })]],
    ['it is of somebody else', [pin('p-1', { extensions: ['1002'] })]],
    ['it does not count yet', [pin('p-1', { fromMs: noonMs + 1 })]],
    ['it has run out', [pin('p-1', { untilMs: noonMs })]],
    ['it is for outside calls', [pin('p-1', { extensions: [], entryId: 3 })]],
  ])('refuses where no PIN can be right: %s', (_title, pins) => {
    expect(outcome({ ...rows, pins }, paris)).toBe('deny pin-unavailable rule:1');
    expect(outcome({ ...rows, pins }, paris, entered)).toBe('deny pin-unavailable rule:1');
  });

  it('does not ask while PINs are locked there', () => {
    const lockedUntil = (untilMs: number) => ({
      ...noUsage,
      pinLockedUntilMs: (who: string) => (who === '1001' ? untilMs : null),
    });
    expect(outcome(rows, paris, {}, lockedUntil(noonMs + 1))).toBe('deny pin-locked rule:1');
    expect(outcome(rows, paris, {}, lockedUntil(noonMs))).toBe(askedFor('rule:1'));
    expect(outcome(rows, paris, entered, lockedUntil(noonMs + 1))).toBe('continue pin-accepted pin:p-1');
  });
});

describe('a PIN where a call would be denied', () => {
  it.each<readonly [title: string, rows: Rows, dialled: string, rule: string, instead: string]>([
    ['the country', whenDenied, paris, 'country:FR', 'country-not-allowed'],
    [
      'a rule',
      { ...whenDenied, rules: [rule(1, '+33', { action: 'deny' })] },
      paris,
      'rule:1',
      'number-denied',
    ],
    ['a premium number', whenDenied, '9001234567', 'setting:premium', 'premium-not-allowed'],
    [
      'the time',
      {
        ...whenDenied,
        settings: { pin: 'when-denied', level: 'open', schedule: 'office' },
        schedules: [schedule('office')],
      },
      paris,
      'schedule:office',
      'outside-hours',
    ],
    [
      'the right',
      { ...whenDenied, extensions: [extensionRow('1001')] },
      paris,
      'extension:1001:international',
      'no-international-right',
    ],
  ])('is asked for instead: %s', (_title, rows, dialled, decided, instead) => {
    expect(outcome(rows, dialled)).toBe(askedFor(decided));
    expect(verdictBy(rows, dialled)).toMatchObject({ instead });
    expect(outcome(rows, dialled, entered)).toBe('continue pin-accepted pin:p-1');
  });

  it('is not asked for where the call is allowed, or costs nothing extra', () => {
    expect(outcome({ ...whenDenied, settings: { pin: 'when-denied', level: 'open' } }, paris)).toMatch(
      /^continue country-allowed/,
    );
    expect(outcome(whenDenied, '5512345678')).toMatch(/^continue national/);
  });

  it('leaves the refusal as it is where no PIN can be right', () => {
    const without = { ...whenDenied, pins: [] };
    expect(outcome(without, paris)).toBe('deny country-not-allowed country:FR');
    expect(outcome(whenDenied, paris, { pin: { id: 'p-9' } })).toBe('deny country-not-allowed country:FR');
  });

  it('never opens what is blocked, unreadable, in quarantine, or beyond a limit', () => {
    const blocked = { ...whenDenied, rules: [rule(1, '+33', { action: 'block' })] };
    const limited = { ...whenDenied, limits: [limit(7, { max: 0 })] };
    const quarantine = { extension: '1001', sinceMs: 0, untilMs: null, reason: 'fraud', by: 'sign:night' };
    for (const call of [{}, entered]) {
      expect(outcome(blocked, paris, call)).toBe('deny blocked-number block:1');
      expect(outcome(whenDenied, '00999123456', call)).toMatch(/^deny unreadable/);
      expect(outcome(limited, paris, call)).toBe('deny limit-calls limit:7');
      expect(outcome(whenDenied, paris, call, { ...noUsage, quarantine: () => quarantine })).toMatch(
        /^deny quarantined/,
      );
    }
  });
});

describe('a PIN for every chargeable call', () => {
  const always: Rows = { settings: { pin: 'always', level: 'open' }, pins: [pin('p-1')] };

  it('is asked for whatever is allowed, and lifts no refusal', () => {
    expect(outcome(always, paris)).toBe(askedFor('setting:pin'));
    expect(outcome(always, paris, entered)).toBe('continue pin-accepted pin:p-1');
    expect(outcome(always, '5512345678')).toMatch(/^continue national/);
    expect(outcome(always, '00881631234567')).toMatch(/^deny country-not-allowed/);
    expect(outcome({ ...always, pins: [] }, paris)).toBe('deny pin-unavailable setting:pin');
  });

  it('is set by the nearest layer, and by the strictest of several groups', () => {
    const groups = [group('a', { pin: 'when-denied' }), group('b', { pin: 'always' })];
    expect(outcome({ ...always, settings: { level: 'open' }, groups }, paris)).toBe(askedFor('group:b:pin'));
    const extensions = [extensionRow('1001', { right: 'on', pin: 'never' })];
    expect(outcome({ ...always, groups, extensions }, paris)).toMatch(/^continue country-allowed/);
  });
});
