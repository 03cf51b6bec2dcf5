// Observing: what would be refused is written down and goes out, as a whole policy or by one rule; and what never does.
import { describe, expect, it } from 'vitest';
import { noUsage } from '../../src/barring/usage.ts';
import { exception, group, limit, outcome, pin, rule, schedule, verdictBy, type Rows } from './rows.ts';

const paris = '0033140205050';
const observing = (rows: Rows = {}): Rows => ({ ...rows, settings: { ...rows.settings, mode: 'observe' } });
const observed = (rows: Rows, dialled: string, call = {}, usage = noUsage) =>
  verdictBy(rows, dialled, call, usage).observed.map(
    ({ would, reason, rule: decided }) => `${would} ${reason} ${decided.id}`,
  );

describe('a policy that observes', () => {
  it.each<readonly [title: string, rows: Rows, dialled: string, observations: readonly string[]]>([
    ['a country', {}, paris, ['deny country-not-allowed country:FR']],
    ['premium at home', {}, '9001234567', ['deny premium-not-allowed setting:premium']],
    [
      'all that speaks against it',
      { settings: { schedule: 'office' }, schedules: [schedule('office')], limits: [limit(7, { max: 0 })] },
      '0033899123456',
      [
        'deny country-not-allowed country:FR',
        'deny premium-not-allowed setting:premium',
        'deny outside-hours schedule:office',
        'deny limit-calls limit:7',
      ],
    ],
    [
      'a national number that a rule denies',
      { rules: [rule(1, '+5255', { action: 'deny' })] },
      '5512345678',
      ['deny number-denied rule:1'],
    ],
    [
      'a PIN that would be asked for',
      { settings: { pin: 'always', level: 'open' }, pins: [pin('p-1')] },
      paris,
      ['challenge pin-required setting:pin'],
    ],
    [
      'a PIN in the place of a refusal',
      { settings: { pin: 'when-denied' }, pins: [pin('p-1')] },
      paris,
      ['challenge pin-required country:FR'],
    ],
  ])('lets it go out and tells what would have refused it: %s', (_title, rows, dialled, observations) => {
    const [first = ''] = observations;
    expect(outcome(observing(rows), dialled)).toBe(`continue observed ${first.split(' ')[2] ?? ''}`);
    expect(observed(observing(rows), dialled)).toEqual(observations);
  });

  it('says nothing of calls that would go out anyway', () => {
    const rows = observing({ settings: { level: 'open' } });
    expect(outcome(rows, paris)).toBe('continue country-allowed level:open');
    expect(observed(rows, paris)).toEqual([]);
  });

  it('lets a call without a payer and one in quarantine out', () => {
    const quarantine = { extension: '1001', sinceMs: 0, untilMs: null, reason: 'fraud', by: 'cli:ana' };
    const rows = observing({ settings: { level: 'open' } });
    expect(outcome(rows, paris, { payer: null })).toMatch(/^continue observed system:unknown-payer/);
    expect(outcome(rows, paris, {}, { ...noUsage, quarantine: () => quarantine })).toBe(
      'continue observed quarantine:1001',
    );
  });

  it('never lets out what is unreadable or blocked, nor anybody from outside', () => {
    const rows = observing({ rules: [rule(1, '+33', { action: 'block' })] });
    expect(outcome(rows, paris)).toBe('deny blocked-number block:1');
    expect(outcome(rows, '00999123456')).toMatch(/^deny unreadable/);
    expect(outcome(rows, '0053;1')).toMatch(/^deny unreadable/);
    const outside = { payer: null, outsideCaller: '+5411' };
    expect(outcome(rows, '004930123456', outside)).toMatch(/^deny unknown-payer/);
    expect(outcome(rows, '5512345678', outside)).toMatch(/^deny unknown-payer/);
  });
});

describe('a rule that observes', () => {
  const allowed: Rows = { countries: [{ region: 'FR', state: 'allow' }] };

  it('is written down where it would have decided, and otherwise without effect', () => {
    const rows = { ...allowed, rules: [rule(1, '+33', { action: 'deny', observe: true })] };
    expect(outcome(rows, paris)).toBe('continue country-allowed country:FR');
    expect(observed(rows, paris)).toEqual(['deny number-denied rule:1']);
    expect(observed(rows, '004930123456')).toEqual([]);
    const nearer = { ...rows, exceptions: [exception(2, { region: 'FR' })] };
    expect(observed(nearer, paris)).toEqual([]);
    const longer = { ...rows, rules: [...rows.rules, rule(3, '+331')] };
    expect(observed(longer, paris)).toEqual([]);
  });

  it('may be one that would allow, or ask for a PIN', () => {
    const allow = { rules: [rule(1, '+33', { observe: true })] };
    expect(outcome(allow, paris)).toMatch(/^deny country-not-allowed/);
    expect(observed(allow, paris)).toEqual(['continue rule-allowed rule:1']);
    const ask = {
      ...allowed,
      groups: [group('a')],
      rules: [rule(1, '+33', { action: 'pin', observe: true, group: 'a' })],
    };
    expect(outcome(ask, paris)).toMatch(/^continue country-allowed/);
    expect(observed(ask, paris)).toEqual(['challenge pin-required rule:1']);
  });

  it('may be a limit', () => {
    const rows = { ...allowed, limits: [limit(7, { max: 0, observe: true })] };
    expect(outcome(rows, paris)).toMatch(/^continue country-allowed/);
    expect(observed(rows, paris)).toEqual(['deny limit-calls limit:7']);
  });
});
