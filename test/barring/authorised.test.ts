// Authorised lists in the decision: what they open, for whom, and whom they admit from outside.
import { describe, expect, it } from 'vitest';
import type { AuthorisedEntry, AuthorisedListRow, PinRow, PolicyData } from '../../src/barring/policy.ts';
import { screenCall } from '../../src/barring/screen-call.ts';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import { noUsage, type Usage } from '../../src/barring/usage.ts';
import type { OutboundCall } from '../../src/barring/verdict.ts';
import { extensionRow, noFurtherRows, planFor, settingsFor } from './policy.ts';
import { exception, group, pin, rule } from './rows.ts';

const person = (fields: Partial<AuthorisedEntry> = {}): AuthorisedEntry => ({
  id: 12,
  firstName: 'Ana',
  lastName: 'López',
  number: '+541143211234',
  enabled: true,
  fromMs: null,
  untilMs: null,
  ...fields,
});

const list = (fields: Partial<AuthorisedListRow> = {}): AuthorisedListRow => ({
  name: 'partners',
  enabled: true,
  admits: false,
  premium: [],
  countries: [],
  entries: [person()],
  extensions: ['1002'],
  groups: [],
  ...fields,
});

const pinOf = (fields: Partial<PinRow> = {}): PinRow =>
  pin('p-ana', { extensions: [], entryId: 12, ...fields });

function policy(rows: Partial<PolicyData>) {
  return compileSnapshot({
    version: 1,
    plan: planFor({ homeRegion: 'MX', internationalPrefixes: ['00'], internalPatterns: ['1XXX'] }),
    settings: settingsFor({}),
    extensions: [extensionRow('1001', { right: 'on' }), extensionRow('1002'), extensionRow('1003')],
    ...noFurtherRows,
    ...rows,
  });
}

function judge(rows: Partial<PolicyData>, dialled: string, call: Partial<OutboundCall> = {}) {
  const { verdict } = screenCall(policy(rows), {
    dialled,
    payer: '1002',
    via: 'direct',
    atMs: 1000,
    ...call,
  });
  return `${verdict.kind} ${verdict.reason} ${verdict.rule.id}`;
}

const ana = '00541143211234';
const opened = 'continue authorised-number list:partners:12';
const closed = 'deny no-international-right extension:1002:international';

describe('a list that is attached', () => {
  it('opens its numbers to an extension without the right, however they are dialled', () => {
    expect(
      [ana, '+541143211234', '00 54 11 4321-1234'].map((dialled) => judge({ lists: [list()] }, dialled)),
    ).toEqual([opened, opened, opened]);
  });

  it('opens nothing else, and nothing to others', () => {
    expect(judge({ lists: [list()] }, '00541143211235')).toBe(closed);
    expect(judge({ lists: [list()] }, '005411432112345')).toBe(closed);
    expect(judge({ lists: [list()] }, ana, { payer: '1003' })).toMatch(/^deny no-international-right/);
    expect(judge({ lists: [list()] }, ana, { payer: '1001' })).toMatch(/^deny country-not-allowed/);
    expect(judge({ lists: [list()] }, ana, { payer: null })).toMatch(/^deny unknown-payer/);
  });

  it.each([
    ['a disabled list', list({ enabled: false }), closed],
    ['a disabled person', list({ entries: [person({ enabled: false })] }), closed],
    ['a person who counts later', list({ entries: [person({ fromMs: 1001 })] }), closed],
    ['a person who counts from now on', list({ entries: [person({ fromMs: 1000 })] }), opened],
    ['a person whose time runs out now', list({ entries: [person({ untilMs: 1000 })] }), closed],
    ['a person whose time runs out next', list({ entries: [person({ untilMs: 1001 })] }), opened],
    ['a list of a group that the extension is not in', list({ extensions: [], groups: ['sales'] }), closed],
  ])('%s counts as it says', (_title, row, expected) => {
    expect(judge({ lists: [row] }, ana)).toBe(expected);
  });

  it('works for the members of a group', () => {
    const sales = group('sales', { members: ['1002'] });
    const rows = { groups: [sales], lists: [list({ extensions: [], groups: ['sales'] })] };
    expect(judge(rows, ana)).toBe(opened);
    expect(judge(rows, ana, { payer: '1003' })).toMatch(/^deny no-international-right/);
    // Nearer than the group: a level of the extension itself says what it may call.
    const withLevel = { ...rows, extensions: [extensionRow('1002', { level: 'closed', right: 'on' })] };
    expect(judge(withLevel, ana)).toMatch(/^deny country-not-allowed/);
  });

  it('opens countries, without what costs extra in them', () => {
    const lists = [list({ countries: ['FR'], entries: [] })];
    expect(judge({ lists }, '0033140205050')).toBe('continue authorised-number list:partners:FR');
    expect(judge({ lists }, '0033899123456')).toBe('deny premium-not-allowed setting:premium');
    expect(judge({ lists }, '00390669812345')).toBe(closed);
  });

  it('opens the numbers of its people also where they cost extra', () => {
    const lists = [
      list({ entries: [person({ number: '+33899123456' }), person({ id: 13, number: '+529001234567' })] }),
    ];
    expect(judge({ lists }, '0033899123456')).toBe(opened);
    expect(judge({ lists }, '9001234567')).toBe('continue authorised-number list:partners:13');
    expect(judge({ lists }, '9001234568')).toMatch(/^deny premium-not-allowed/);
  });

  it('opens classes of premium numbers, at home and in the countries that are open', () => {
    const lists = [list({ premium: ['premium', 'satellite'], countries: ['FR', '+870'], entries: [] })];
    expect(judge({ lists }, '9001234567')).toBe('continue authorised-number list:partners:premium:premium');
    expect(judge({ lists }, '0033899123456')).toMatch(/^continue authorised-number list:partners:/);
    expect(judge({ lists }, '00870773111632')).toMatch(/^continue authorised-number list:partners:/);
    expect(judge({ lists }, '00390899123456')).toMatch(/^deny/);
    expect(judge({ lists }, '9001234567', { payer: '1003' })).toBe(
      'deny premium-not-allowed setting:premium',
    );
  });

  it('opens nothing that is blocked, and yields to a refusal of the extension for the same number', () => {
    const block = rule(1, '+541143211234', { action: 'block', exact: true });
    expect(judge({ lists: [list()], rules: [block] }, ana)).toBe('deny blocked-number block:1');
    expect(judge({ lists: [list()], rules: [{ ...block, action: 'deny' }] }, ana)).toBe(opened);
    const refusal = exception(2, {
      extension: '1002',
      action: 'deny',
      pattern: '+541143211234',
      exact: true,
    });
    expect(judge({ lists: [list()], exceptions: [refusal] }, ana)).toMatch(/^deny/);
    expect(
      judge({ lists: [list()], exceptions: [{ ...refusal, pattern: '+5411', exact: false }] }, ana),
    ).toBe(opened);
  });

  it('is for extensions that are charged: the forwarder, not the caller', () => {
    expect(judge({ lists: [list()] }, ana, { via: 'forward', payer: '1002' })).toBe(opened);
    expect(judge({ lists: [list()] }, ana, { via: 'forward', payer: '1003' })).toMatch(/^deny/);
  });
});

describe('a list that admits', () => {
  const admitting = list({ admits: true, extensions: [], countries: ['FR'] });
  const rows = { lists: [admitting], pins: [pinOf()] };
  const outside = { payer: null, outsideCaller: '+541143211234' };
  const asked = 'challenge pin-required list:partners:12';

  it.each(['+541143211234', '541143211234', '00541143211234'])(
    'asks the caller %s for a PIN',
    (outsideCaller) => {
      expect(judge(rows, '0033140205050', { ...outside, outsideCaller })).toBe(asked);
    },
  );

  it.each(['+541143211234', '541143211234', '00541143211234'])(
    'counts the tries of %s as those of the person on the list, and asks nothing once they are locked',
    (outsideCaller) => {
      const call = {
        dialled: '0033140205050',
        via: 'direct',
        atMs: 1000,
        ...outside,
        outsideCaller,
      } as const;
      expect(screenCall(policy(rows), call).verdict).toMatchObject({ who: '+541143211234', pins: ['p-ana'] });
      const usage: Usage = {
        ...noUsage,
        pinLockedUntilMs: (who) => (who === '+541143211234' ? 2000 : null),
      };
      expect(screenCall(policy(rows), call, usage).verdict.reason).toBe('pin-locked');
    },
  );

  it('grants with the PIN what the list grants, and nothing else', () => {
    const admitted = { ...outside, pin: { id: 'p-ana' } };
    expect(judge(rows, '0033140205050', admitted)).toBe('continue pin-accepted pin:p-ana');
    expect(judge(rows, ana, admitted)).toBe('continue pin-accepted pin:p-ana');
    expect(judge(rows, '00390669812345', admitted)).toMatch(/^deny/);
    expect(judge(rows, '0033899123456', admitted)).toMatch(/^deny premium-not-allowed/);
    const open = { ...rows, settings: settingsFor({ premium: true, settings: { level: 'open' } }) };
    expect(judge(open, '00390669812345', admitted)).toMatch(/^deny/);
  });

  it.each([
    ['another number', rows, { outsideCaller: '+541143211235' }],
    ['a number with a letter more', rows, { outsideCaller: '+541143211234x' }],
    ['a number with separators', rows, { outsideCaller: '+54-1143211234' }],
    ['no number', rows, { outsideCaller: '' }],
    ['a list that does not admit', { ...rows, lists: [{ ...admitting, admits: false }] }, {}],
    ['a disabled list', { ...rows, lists: [{ ...admitting, enabled: false }] }, {}],
    [
      'a person who is disabled',
      { ...rows, lists: [{ ...admitting, entries: [person({ enabled: false })] }] },
      {},
    ],
    [
      'a person whose time ran out',
      { ...rows, lists: [{ ...admitting, entries: [person({ untilMs: 9 })] }] },
      {},
    ],
    ['nobody’s PIN', { ...rows, pins: [] }, {}],
    ['a disabled PIN', { ...rows, pins: [pinOf({ enabled: false })] }, {}],
    ['a PIN that ran out', { ...rows, pins: [pinOf({ untilMs: 9 })] }, {}],
    ['the PIN of an extension', { ...rows, pins: [pinOf({ entryId: null, extensions: ['1002'] })] }, {}],
  ])('does not admit %s', (_title, changed, call) => {
    expect(judge(changed, '0033140205050', { ...outside, ...call })).toBe(
      'deny unknown-payer system:unknown-payer',
    );
  });

  it('takes nobody’s PIN for another’s, and asks nothing of a number that is locked', () => {
    expect(judge(rows, '0033140205050', { ...outside, pin: { id: 'p-ben' } })).toMatch(
      /^deny pin-unavailable/,
    );
    const usage = { ...noUsage, pinLockedUntilMs: () => 2000 };
    const call = { dialled: '0033140205050', via: 'direct', atMs: 1000, ...outside } as const;
    expect(screenCall(policy(rows), call, usage).verdict.reason).toBe('pin-locked');
  });

  it.each([{ protection: false }, { mode: 'observe' }] as const)(
    'asks under the settings %j as well',
    (settings) => {
      const changed = { ...rows, settings: settingsFor({ settings }) };
      expect(judge(changed, '0033140205050', outside)).toBe(asked);
      expect(judge(changed, '5512345678', outside)).toBe(asked);
      expect(judge(changed, '0033140205050', { ...outside, outsideCaller: '+541143211235' })).toMatch(
        /^deny unknown-payer/,
      );
      expect(judge(changed, '0033140205050', { ...outside, pin: { id: 'p-ana' } })).toMatch(/^continue/);
    },
  );

  it('lets emergency calls through without asking, and blocked numbers not at all', () => {
    expect(judge(rows, '911', outside)).toMatch(/^continue emergency/);
    const block = rule(1, '+33', { action: 'block' });
    const admitted = { ...outside, pin: { id: 'p-ana' } };
    expect(judge({ ...rows, rules: [block] }, '0033140205050', admitted)).toBe('deny blocked-number block:1');
  });
});
