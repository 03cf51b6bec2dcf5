// Numbers that cost extra: closed by class, on top of every allowed country, unless an entry opens them by itself.
import { describe, expect, it } from 'vitest';
import type { PremiumClass } from '../../src/barring/policy.ts';
import { planFor } from './policy.ts';
import { exception, group, outcome, rule, type Rows } from './rows.ts';

const on = (...premium: readonly PremiumClass[]): Rows => ({ settings: { premium } });
const allowed = (...regions: readonly string[]): Pick<Rows, 'countries'> => ({
  countries: regions.map((region) => ({ region, state: 'allow' as const })),
});
const austria: Pick<Rows, 'plan'> = { plan: planFor({ homeRegion: 'AT', internationalPrefixes: ['00'] }) };

const frenchPremium = '0033899123456';
const closed = /^deny premium-not-allowed setting:premium/;

describe('the classes', () => {
  it.each<readonly [title: string, rows: Rows, dialled: string, expected: RegExp]>([
    ['premium numbers at home', {}, '9001234567', closed],
    ['are opened by their class', on('premium'), '9001234567', /^continue premium-allowed setting:premium/],
    ['and by no other', on('shared-cost', 'personal', 'satellite', 'directory'), '9001234567', closed],
    ['premium numbers of an allowed country', allowed('FR'), frenchPremium, closed],
    [
      'need country and class',
      { ...on('premium'), ...allowed('FR') },
      frenchPremium,
      /^continue premium-allowed/,
    ],
    ['the class alone opens no country', on('premium'), frenchPremium, /^deny country-not-allowed/],
    ['shared cost', allowed('DE'), '00491805123456', closed],
    ['has a class of its own', { ...on('shared-cost'), ...allowed('DE') }, '00491805123456', /^continue/],
    ['personal numbers', allowed('GB'), '00447012345678', closed],
    ['have one too', { ...on('personal'), ...allowed('GB') }, '00447012345678', /^continue/],
    [
      'a satellite needs its class and its code by name',
      on('satellite'),
      '00870773111632',
      /^deny country-not-allowed/,
    ],
    ['code alone does not do', allowed('+870'), '00870773111632', closed],
    ['both do', { ...on('satellite'), ...allowed('+870') }, '00870773111632', /^continue premium-allowed/],
    [
      'freephone of no country costs nothing extra',
      allowed('+800'),
      '0080012345678',
      /^continue country-allowed/,
    ],
    [
      'shared cost of no country is shared cost',
      { ...on('shared-cost'), ...allowed('+808') },
      '0080812345678',
      /^continue/,
    ],
    [
      'premium of no country is premium',
      { ...on('satellite'), ...allowed('+979') },
      '00979123456789',
      closed,
    ],
    ['directory enquiry', austria, '11833', closed],
    ['is opened by its own class', { ...austria, ...on('directory') }, '11833', /^continue premium-allowed/],
  ])('%s', (_title, rows, dialled, expected) => {
    expect(outcome(rows, dialled)).toMatch(expected);
  });

  it('are those of the group where it has a list, and those that all groups have where there are several', () => {
    const groups = [group('a', { premium: ['premium', 'personal'] }), group('b', { premium: ['premium'] })];
    const rows = { ...allowed('FR', 'GB'), groups };
    expect(outcome(rows, frenchPremium)).toBe('continue premium-allowed group:a:premium');
    expect(outcome(rows, '00447012345678')).toBe('deny premium-not-allowed group:b:premium');
    const none = { ...on('premium'), groups: [group('a', { premium: [] })] };
    expect(outcome(none, '9001234567')).toBe('deny premium-not-allowed group:a:premium');
    expect(outcome({ ...on('premium'), groups: [group('a')] }, '9001234567')).toMatch(/^continue/);
  });
});

describe('an entry that allows the number', () => {
  const french = { pattern: '+33899', exact: false };
  const by = (rows: Rows) => outcome(rows, frenchPremium);

  it('opens what costs extra where it is exact or says so', () => {
    expect(by({ rules: [rule(1, '+33899')] })).toMatch(closed);
    expect(by({ rules: [rule(1, '+33899', { premium: true })] })).toBe('continue rule-allowed rule:1');
    expect(by({ rules: [rule(1, '+33899123456', { exact: true })] })).toBe('continue rule-allowed rule:1');
    expect(by({ exceptions: [exception(2, french)] })).toMatch(closed);
    expect(by({ exceptions: [exception(2, { ...french, premium: true })] })).toMatch(/^continue exception/);
    expect(by({ exceptions: [exception(2, { region: 'FR' })] })).toMatch(closed);
    expect(by({ exceptions: [exception(2, { region: 'FR', premium: true })] })).toMatch(
      /^continue exception/,
    );
  });

  it('does so at home as well, also without the right to call abroad', () => {
    const exceptions = [exception(2, { extension: '1002', pattern: '+529001234567', exact: true })];
    expect(outcome({ exceptions }, '9001234567', { payer: '1002' })).toBe('continue exception exception:2');
    expect(outcome({ exceptions }, '9001234568', { payer: '1002' })).toMatch(closed);
    expect(outcome({ rules: [rule(1, '+52900', { premium: true })] }, '9001234567', { payer: null })).toMatch(
      /^deny unknown-payer/,
    );
  });

  it('closes them where it denies, whatever is on', () => {
    const rows = { ...on('premium'), rules: [rule(1, '+52900', { action: 'deny' })] };
    expect(outcome(rows, '9001234567')).toBe('deny number-denied rule:1');
  });
});
