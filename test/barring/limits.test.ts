// Limits and quarantine: what is counted, for whom, when it is refused, what people are told.
import { describe, expect, it } from 'vitest';
import type { LimitClass } from '../../src/barring/policy.ts';
import { noUsage, type Usage, type UsageScope } from '../../src/barring/usage.ts';
import { group, limit, noonMs, outcome, verdictBy, type Rows } from './rows.ts';

const paris = '0033140205050';
const open: Rows = { settings: { level: 'open', premium: ['premium'] } };

/** So many calls for every scope and class; asked questions are kept. */
function used(calls: number, asked: string[] = []): Usage {
  const count =
    (what: string) =>
    (scope: UsageScope, of: LimitClass, sinceMs = 0) => {
      asked.push(`${what} ${scope.kind}:${scope.name} ${of} ${sinceMs === 0 ? '' : noonMs - sinceMs}`.trim());
      return calls;
    };
  return { ...noUsage, calls: count('calls'), concurrent: count('concurrent') };
}

const regions = (...known: readonly string[]): Usage => ({ ...noUsage, regions: () => new Set(known) });

describe('a limit', () => {
  it('refuses the call that would be one too many', () => {
    const rows = { ...open, limits: [limit(7, { max: 3 })] };
    expect(outcome(rows, paris, {}, used(2))).toMatch(/^continue/);
    expect(outcome(rows, paris, {}, used(3))).toBe('deny limit-calls limit:7');
    expect(outcome({ ...open, limits: [limit(7, { max: 0 })] }, paris)).toBe('deny limit-calls limit:7');
  });

  it('never touches emergency, national and internal calls', () => {
    const rows = { ...open, limits: [limit(7, { max: 0 }), limit(8, { max: 0, measure: 'concurrent' })] };
    for (const dialled of ['911', '5512345678', '1002', '541938384']) {
      expect(outcome(rows, dialled)).toMatch(/^continue/);
    }
    expect(outcome(rows, '9001234567')).toBe('deny limit-calls limit:7');
  });

  it.each<readonly [LimitClass, string, boolean]>([
    ['international', paris, true],
    ['international', '9001234567', false],
    ['premium', '9001234567', true],
    ['premium', paris, false],
    ['premium', '0033899123456', true],
    ['hot', '006212345678', true],
    ['hot', '0033140205050', false],
    ['hot', '0033899123456', true],
    ['hot', '9001234567', false],
  ])('of the class %s: %s counts: %s', (name, dialled, counts) => {
    const rows = { ...open, limits: [limit(7, { max: 0, class: name })] };
    expect(outcome(rows, dialled).startsWith('deny limit-calls')).toBe(counts);
  });

  it('asks for the calls of the extension in the window, or for those of all together', () => {
    const asked: string[] = [];
    const limits = [
      limit(1, { windowMs: 60_000 }),
      limit(2, { counted: 'together', class: 'hot' }),
      limit(3, { counted: 'together', layer: 'group', name: 'sales', measure: 'concurrent', windowMs: null }),
      limit(4, { layer: 'group', name: 'other', max: 0 }),
      limit(5, { layer: 'extension', name: '1002', max: 0 }),
    ];
    const verdict = verdictBy(
      { ...open, groups: [group('sales')], limits },
      '006212345678',
      {},
      used(1, asked),
    );
    expect(verdict.kind).toBe('continue');
    expect(asked).toEqual([
      'calls extension:1001 chargeable 60000',
      'calls organisation: hot 3600000',
      'concurrent group:sales chargeable',
    ]);
  });

  it('of the nearest layer holds where each extension has its own count, and all that are shared', () => {
    const wide = limit(1, { layer: 'extension', name: '1001', max: 100 });
    const ofGroup = limit(2, { layer: 'group', name: 'sales', max: 5 });
    const ofAll = limit(3, { max: 2 });
    const rows = (...limits: (typeof wide)[]) => ({ ...open, groups: [group('sales')], limits });
    expect(outcome(rows(wide, ofGroup, ofAll), paris, {}, used(50))).toMatch(/^continue/);
    expect(outcome(rows(ofGroup, ofAll), paris, {}, used(4))).toMatch(/^continue/);
    expect(outcome(rows(ofGroup, ofAll), paris, {}, used(5))).toBe('deny limit-calls limit:2');
    const shared = limit(4, { layer: 'group', name: 'sales', counted: 'together', max: 5 });
    expect(outcome(rows(wide, shared), paris, {}, used(5))).toBe('deny limit-calls limit:4');
    // Of another measure or class: the farther one holds beside it.
    const concurrent = limit(5, { measure: 'concurrent', windowMs: null, max: 2 });
    expect(outcome(rows(wide, concurrent), paris, {}, used(2))).toBe('deny limit-concurrent limit:5');
  });

  it('of countries refuses another country beyond its number, and none that was called already', () => {
    const rows = { ...open, limits: [limit(7, { measure: 'countries', max: 2 })] };
    expect(outcome(rows, paris, {}, regions('DE'))).toMatch(/^continue/);
    expect(outcome(rows, paris, {}, regions('DE', 'IT'))).toBe('deny limit-countries limit:7');
    expect(outcome(rows, paris, {}, regions('DE', 'IT', 'FR'))).toMatch(/^continue/);
    expect(outcome(rows, paris, {}, regions('DE', 'MX'))).toMatch(/^continue/);
    expect(outcome(rows, '9001234567', {}, regions('DE', 'IT'))).toMatch(/^continue/);
  });

  it('of the length of a call is the shortest that holds for its classes, of the nearest layer', () => {
    const duration = (id: number, max: number, fields = {}) =>
      limit(id, { measure: 'duration', windowMs: null, max, ...fields });
    const limits = [
      duration(1, 3600),
      duration(2, 600, { class: 'hot' }),
      duration(3, 60, { observe: true }),
    ];
    const lasting = (dialled: string, rows: Rows = {}) => {
      const verdict = verdictBy({ ...open, limits, ...rows }, dialled);
      return verdict.kind === 'continue' ? [verdict.maxDurationMs, verdict.classes] : verdict.reason;
    };
    expect(lasting(paris)).toEqual([3_600_000, ['chargeable', 'international']]);
    expect(lasting('006212345678')).toEqual([600_000, ['chargeable', 'international', 'hot']]);
    expect(lasting('5512345678')).toEqual([null, []]);
    const own = duration(4, 7200, { layer: 'extension', name: '1001' });
    expect(lasting(paris, { limits: [...limits, own] })).toEqual([
      7_200_000,
      ['chargeable', 'international'],
    ]);
  });

  it('gives notice from its share on, and with the refusal; a quarantine is asked for only where it is enforced', () => {
    const noticesOf = (rows: Rows, calls: number) =>
      verdictBy({ ...open, ...rows }, paris, {}, used(calls)).notices.map(
        ({ kind, limit: id, quarantineMs }) => [kind, id, quarantineMs] as const,
      );
    const limits = [limit(7, { max: 10, warnPercent: 80, action: 'quarantine' })];
    expect(noticesOf({ limits }, 6)).toEqual([]);
    expect(noticesOf({ limits }, 7)).toEqual([['limit-near', 'limit:7', null]]);
    expect(noticesOf({ limits }, 9)).toEqual([['limit-near', 'limit:7', null]]);
    expect(noticesOf({ limits }, 10)).toEqual([['limit-reached', 'limit:7', 14_400_000]]);
    const observing = { settings: { ...open.settings, mode: 'observe' as const }, limits };
    expect(noticesOf(observing, 10)).toEqual([['limit-reached', 'limit:7', null]]);
    expect(noticesOf({ limits: [limit(7, { observe: true, action: 'quarantine' })] }, 10)).toEqual([
      ['limit-reached', 'limit:7', null],
    ]);
  });

  it('of an outside or unknown caller is that of the organisation together', () => {
    const rows: Rows = {
      settings: { ...open.settings, mode: 'observe' },
      limits: [limit(1, { max: 0 }), limit(2, { max: 0, counted: 'together' })],
    };
    const { observed } = verdictBy(rows, paris, { payer: null });
    expect(observed.map(({ reason }) => reason)).toEqual(['unknown-payer', 'limit-calls']);
  });
});

describe('quarantine', () => {
  const inQuarantine = (untilMs: number | null): Usage => ({
    ...noUsage,
    quarantine: (extension) =>
      extension === '1001'
        ? { extension, sinceMs: 0, untilMs, reason: 'too many calls', by: 'limit:7' }
        : null,
  });

  it('refuses chargeable calls of the extension until it ends, and no others', () => {
    const refused = 'deny quarantined quarantine:1001';
    expect(outcome(open, paris, {}, inQuarantine(null))).toBe(refused);
    expect(outcome(open, '9001234567', {}, inQuarantine(noonMs + 1))).toBe(refused);
    expect(outcome(open, paris, {}, inQuarantine(noonMs))).toMatch(/^continue/);
    for (const dialled of ['911', '5512345678', '1002']) {
      expect(outcome(open, dialled, {}, inQuarantine(null))).toMatch(/^continue/);
    }
    const other = { ...open, groups: [group('abroad', { right: 'on', members: ['1002'] })] };
    expect(outcome(other, paris, { payer: '1002' }, inQuarantine(null))).toMatch(/^continue/);
  });
});
