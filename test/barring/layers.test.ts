// Which layer decides: extension, groups, organisation; inside one, number before country before level.
import { describe, expect, it } from 'vitest';
import { exception, group, noonMs, outcome, rule, verdictBy, type Rows } from './rows.ts';
import { extensionRow } from './policy.ts';

const paris = '0033140205050';
const berlin = '004930123456';
const havana = '005371234567';
const level = (name: 'low' | 'medium' | 'high' | 'open') => ({ settings: { level: name } });
const allowFrance = { countries: [{ region: 'FR', state: 'allow' as const }] };

describe('the levels', () => {
  it.each([
    ['low', berlin, 'continue country-allowed level:low'],
    ['low', paris, 'deny country-not-allowed level:low'],
    ['medium', paris, 'continue country-allowed level:medium'],
    ['medium', havana, 'deny country-not-allowed level:medium'],
    ['high', havana, 'continue country-allowed level:high'],
    ['high', '006212345678', 'deny country-not-allowed level:high'],
    ['open', '006212345678', 'continue country-allowed level:open'],
    ['open', '00881631234567', 'deny country-not-allowed level:open'],
    ['open', '00883510012345678', 'deny country-not-allowed level:open'],
  ] as const)('%s: %s gives %s', (name, dialled, expected) => {
    expect(outcome(level(name), dialled)).toBe(expected);
  });

  it('count a neighbour of the home region one lower, and only of that one', () => {
    const neighbours = [
      { home: 'MX', region: 'CU' },
      { home: 'MX', region: 'GT' },
      { home: 'US', region: 'FR' },
    ];
    const guatemala = '0050222345678';
    expect(outcome({ ...level('medium'), neighbours }, havana)).toBe('continue country-allowed level:medium');
    expect(outcome({ ...level('high'), neighbours }, guatemala)).toBe('continue country-allowed level:high');
    expect(outcome({ ...level('medium'), neighbours }, guatemala)).toMatch(/^deny/);
    expect(outcome({ ...level('low'), neighbours }, paris)).toMatch(/^deny/);
  });

  it('stand behind the countries of the organisation, which open and close beyond them', () => {
    const countries = [
      { region: 'CU', state: 'allow' as const },
      { region: 'DE', state: 'deny' as const },
    ];
    expect(outcome({ ...level('low'), countries }, havana)).toBe('continue country-allowed country:CU');
    expect(outcome({ ...level('low'), countries }, berlin)).toBe('deny country-denied country:DE');
  });

  it('decide everything in a layer that has one; without one it is silent about what it does not name', () => {
    const sales = group('sales', { level: 'low' });
    expect(outcome({ ...allowFrance, groups: [sales] }, paris)).toBe(
      'deny country-not-allowed group:sales:level:low',
    );
    expect(outcome({ ...allowFrance, groups: [group('sales')] }, paris)).toBe(
      'continue country-allowed country:FR',
    );
    const extensions = [extensionRow('1001', { right: 'on', level: 'medium' })];
    expect(outcome({ groups: [sales], extensions }, paris)).toBe(
      'continue country-allowed extension:1001:level:medium',
    );
  });
});

describe('rules', () => {
  it.each<readonly [title: string, rows: Rows, dialled: string, expected: string]>([
    [
      'a longer prefix beats a shorter one',
      { rules: [rule(1, '+33'), rule(2, '+331', { action: 'deny' })] },
      paris,
      'deny number-denied rule:2',
    ],
    [
      'whichever of the two allows',
      { rules: [rule(1, '+33', { action: 'deny' }), rule(2, '+331')] },
      paris,
      'continue rule-allowed rule:2',
    ],
    [
      'deny wins a tie',
      { rules: [rule(1, '+33'), rule(2, '+33', { action: 'deny' })] },
      paris,
      'deny number-denied rule:2',
    ],
    [
      'an exact rule is about that number alone',
      { rules: [rule(1, '+3314020505', { exact: true })] },
      paris,
      'deny country-not-allowed country:FR',
    ],
    [
      'an exact rule names the number in whatever form it is dialled',
      { rules: [rule(1, '+33140205050', { exact: true })] },
      '+33 (0)1 40-20-50-50',
      'continue rule-allowed rule:1',
    ],
    [
      'a number beats a country of the same layer',
      { ...allowFrance, rules: [rule(1, '+3314', { action: 'deny' })] },
      paris,
      'deny number-denied rule:1',
    ],
    [
      'a rule of a group beats a longer one of the organisation',
      {
        groups: [group('sales')],
        rules: [rule(1, '+33140205050', { action: 'deny' }), rule(2, '+33', { group: 'sales' })],
      },
      paris,
      'continue rule-allowed rule:2',
    ],
    [
      'a rule of a group that the extension is not in is none',
      { groups: [group('sales', { members: ['1002'] })], rules: [rule(2, '+33', { group: 'sales' })] },
      paris,
      'deny country-not-allowed country:FR',
    ],
    [
      'an exception of the extension beats both',
      {
        groups: [group('sales')],
        rules: [rule(1, '+33', { action: 'deny', group: 'sales' })],
        exceptions: [exception(3, { region: 'FR' })],
      },
      paris,
      'continue exception exception:3',
    ],
    [
      'a denying exception closes what all others open',
      { ...allowFrance, exceptions: [exception(3, { region: 'FR', action: 'deny' })] },
      paris,
      'deny country-denied exception:3',
    ],
    [
      'a national number is closed only by a rule that names it',
      { rules: [rule(1, '+5255', { action: 'deny' })] },
      '5512345678',
      'deny number-denied rule:1',
    ],
    [
      'a country says nothing about home',
      { countries: [{ region: 'MX', state: 'deny' }] },
      '5512345678',
      'continue national system:national',
    ],
    [
      'a short number is named as it is dialled',
      { rules: [rule(1, '040', { action: 'deny', exact: true })] },
      '040',
      'deny number-denied rule:1',
    ],
    [
      'an internal number too',
      { rules: [rule(1, '19', { action: 'deny' })] },
      '1900',
      'deny number-denied rule:1',
    ],
    [
      'what the home plan does not know can be allowed by a rule',
      { settings: { unmatched: 'deny' }, rules: [rule(1, '541938384', { exact: true })] },
      '541938384',
      'continue rule-allowed rule:1',
    ],
  ])('%s', (_title, rows, dialled, expected) => {
    expect(outcome(rows, dialled)).toBe(expected);
  });

  it('of several groups make one layer: the longest wins, a refusal wins a tie, the narrowest level holds', () => {
    const groups = [group('a', { level: 'high' }), group('b', { level: 'medium' })];
    expect(outcome({ groups }, havana)).toBe('deny country-not-allowed group:b:level:medium');
    const tie = [rule(1, '+33', { group: 'a' }), rule(2, '+33', { group: 'b', action: 'deny' })];
    expect(outcome({ groups, rules: tie }, paris)).toBe('deny number-denied rule:2');
    expect(outcome({ groups, rules: [...tie, rule(3, '+331', { group: 'a' })] }, paris)).toBe(
      'continue rule-allowed rule:3',
    );
    const named = [
      group('a', { countries: [{ region: 'FR', state: 'allow' }] }),
      group('b', { countries: [{ region: 'FR', state: 'deny' }] }),
    ];
    expect(outcome({ groups: named }, paris)).toBe('deny country-denied group:b:country:FR');
  });

  it('tell who decided, for what reason, in words', () => {
    const rules = [rule(1, '+33', { action: 'deny', group: 'sales', reason: 'too dear' })];
    expect(verdictBy({ groups: [group('sales')], rules }, paris).rule).toEqual({
      id: 'rule:1',
      origin: 'group',
      text: 'A rule of the group sales denies numbers that begin with +33 (too dear).',
    });
  });
});

describe('the block-list', () => {
  const blocked = { rules: [rule(9, '+33140205050', { action: 'block', exact: true })] };

  it('beats every permission, also with protection off and in observe mode', () => {
    const expected = 'deny blocked-number block:9';
    const exceptions = [exception(1, { pattern: '+33140205050', exact: true })];
    expect(outcome({ ...blocked, exceptions }, paris)).toBe(expected);
    expect(outcome({ ...blocked, settings: { protection: false } }, paris)).toBe(expected);
    expect(outcome({ ...blocked, settings: { mode: 'observe' } }, paris)).toBe(expected);
    expect(outcome(blocked, paris, { payer: null })).toBe(expected);
    expect(outcome(blocked, paris, { pin: { id: 'p-1' } })).toBe(expected);
  });

  it('holds for national and short numbers, for groups of rules and whatever they observe', () => {
    const of = (pattern: string, fields = {}) => ({
      rules: [rule(9, pattern, { action: 'block', ...fields })],
    });
    expect(outcome(of('+52551'), '5512345678')).toMatch(/^deny blocked-number/);
    expect(outcome(of('040'), '040')).toMatch(/^deny blocked-number/);
    expect(outcome(of('1900'), '1900')).toMatch(/^deny blocked-number/);
    expect(outcome(of('+33', { observe: true, group: 'sales' }), paris)).toMatch(/^deny blocked-number/);
    expect(outcome(of('911'), '911')).toBe('continue emergency system:emergency');
  });

  it('is not passed by the form in which Mexican mobiles were once dialled', () => {
    const rules = [rule(9, '+525512345678', { action: 'block', exact: true })];
    expect(outcome({ rules }, '005215512345678')).toMatch(/^deny blocked-number/);
  });
});

describe('the right to call abroad', () => {
  it.each<readonly [title: string, rows: Rows, expected: RegExp]>([
    ['nobody has it by default', allowFrance, /^deny no-international-right extension:1002:international/],
    [
      'a group gives it',
      { ...allowFrance, groups: [group('sales', { right: 'on', members: ['1002'] })] },
      /^continue country-allowed/,
    ],
    [
      'of several groups a refusal wins',
      {
        ...allowFrance,
        groups: [
          group('a', { right: 'on', members: ['1002'] }),
          group('b', { right: 'off', members: ['1002'] }),
        ],
      },
      /^deny no-international-right group:b:international/,
    ],
    [
      'the extension itself is nearer',
      {
        ...allowFrance,
        groups: [group('a', { right: 'on', members: ['1002'] })],
        extensions: [extensionRow('1002', { right: 'off' })],
      },
      /^deny no-international-right extension:1002:international/,
    ],
    [
      'an exception needs none for what it names',
      { exceptions: [exception(4, { extension: '1002', region: 'FR' })] },
      /^continue exception exception:4/,
    ],
    [
      'a rule of its group is no exception',
      { groups: [group('a', { members: ['1002'] })], rules: [rule(1, '+33', { group: 'a' })] },
      /^deny no-international-right/,
    ],
    [
      'an extension that only a group names is one all the same',
      { ...allowFrance, extensions: [], groups: [group('sales', { right: 'on', members: ['1002'] })] },
      /^continue country-allowed/,
    ],
  ])('%s', (_title, rows, expected) => {
    expect(outcome(rows, paris, { payer: '1002' })).toMatch(expected);
  });
});

describe('times', () => {
  const spell = { fromMs: noonMs, untilMs: noonMs + 1000 };

  it.each([
    [-1, /^deny/],
    [0, /^continue exception/],
    [999, /^continue exception/],
    [1000, /^deny/],
  ])('an entry counts from its first moment until before its last (%i ms)', (after, expected) => {
    const exceptions = [exception(1, { region: 'FR', ...spell })];
    expect(outcome({ exceptions }, paris, { atMs: noonMs + after })).toMatch(expected);
  });

  it('end rules and blocks alike', () => {
    const rules = [rule(1, '+33', { action: 'block', ...spell }), rule(2, '+33')];
    expect(outcome({ rules }, paris, { atMs: noonMs })).toBe('deny blocked-number block:1');
    expect(outcome({ rules }, paris, { atMs: noonMs + 1000 })).toBe('continue rule-allowed rule:2');
  });
});
