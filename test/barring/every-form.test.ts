// However a number is written, it meets the same entry: what names a number cannot be walked round.
import { expect, test } from 'vitest';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import type { PolicySnapshot } from '../../src/barring/snapshot.ts';
import type { NumberingPlan } from '../../src/numbering/plan.ts';
import { regionData } from '../../src/numbering/region-data.ts';
import { examples, type Example } from '../numbering/library-examples.ts';
import { extensionRow, noFurtherRows, planFor, screen, settingsFor } from './policy.ts';
import { rule } from './rows.ts';

type Plan = Pick<NumberingPlan, 'homeRegion' | 'internationalPrefixes' | 'outsidePrefixes'>;

function plan(homeRegion: string, prefix: string, outsidePrefixes: readonly string[]): Plan {
  return { homeRegion, internationalPrefixes: [prefix], outsidePrefixes };
}

function blocking(where: Plan, pattern: string, exact: boolean): PolicySnapshot {
  return compileSnapshot({
    version: 1,
    plan: planFor(where),
    settings: settingsFor({}),
    extensions: [extensionRow('1001', { right: 'on' })],
    ...noFurtherRows,
    rules: [rule(1, pattern, { action: 'block', exact })],
  });
}

/** The forms of a number with its calling code, behind each prefix of the plan and with what may stand between. */
function formsFromAnywhere({ e164, region }: Example, where: Plan): readonly string[] {
  const [outside = ''] = where.outsidePrefixes;
  const prefix = outside + (where.internationalPrefixes[0] ?? '');
  const { callingCode = '', trunkPrefix = '' } = regionData(region) ?? {};
  const rest = e164.slice(1 + callingCode.length);
  return [
    e164,
    outside + e164,
    `${e164}#`,
    prefix + e164.slice(1),
    `${prefix} ${e164.slice(1, 4)}-${e164.slice(4)}`,
    `+${callingCode} (${rest.slice(0, 2)}) ${rest.slice(2)}`,
    ...(trunkPrefix === '0' ? [`+${callingCode} (0)${rest}`, `${prefix}${callingCode}0${rest}`] : []),
  ];
}

/** Without the outside prefix too, unless the number itself begins like it. */
function formsAtHome({ national }: Example, where: Plan): readonly string[] {
  const [outside = ''] = where.outsidePrefixes;
  const bare = outside !== '' && national.startsWith(outside) ? [] : [national, `${national}#`];
  return [...bare, outside + national, `${outside} (${national.slice(0, 3)}) ${national.slice(3)}#`];
}

function missed(example: Example, where: Plan, forms: readonly string[]): readonly string[] {
  const { callingCode = '' } = regionData(example.region) ?? {};
  const prefix = example.e164.slice(0, Math.max(callingCode.length + 4, example.e164.length - 4));
  return [blocking(where, example.e164, true), blocking(where, prefix, false)].flatMap((snapshot) =>
    forms
      .map((dialled) => ({ dialled, screened: screen(snapshot, dialled) }))
      .filter(({ screened }) => screened.verdict.reason !== 'blocked-number')
      .map(({ dialled, screened }) => `${where.homeRegion} ${dialled}: ${screened.verdict.reason}`),
  );
}

test.each(['', '9', '0'])(
  'at home a block-listed number is refused in every form, with the outside prefix "%s"',
  (outside) => {
    const wrong = examples.flatMap((example) => {
      const where = plan(example.region, '00', outside === '' ? [] : [outside]);
      const national = outside === '0' ? [] : formsAtHome(example, where);
      return missed(example, where, [...formsFromAnywhere(example, where), ...national]);
    });
    expect(wrong).toEqual([]);
  },
);

test.each([
  ['DE', '00', '0'],
  ['US', '011', '9'],
  ['MX', '00', ''],
  ['RU', '810', '9'],
])('from %s a block-listed number abroad is refused in every form', (home, prefix, outside) => {
  const where = plan(home, prefix, outside === '' ? [] : [outside]);
  const wrong = examples
    .filter(({ region }) => region !== home)
    .flatMap((example) => missed(example, where, formsFromAnywhere(example, where)));
  expect(wrong).toEqual([]);
});

test.each([
  [
    'AR',
    '+5491123456789',
    ['011 15 2345-6789', '11 15 2345 6789', '+54 11 15 2345-6789', '0054 9 11 23456789'],
  ],
  [
    'BR',
    '+551123456789',
    ['(11) 2345-6789', '0 15 11 2345 6789', '90 15 11 2345-6789', '+55 015 11 23456789'],
  ],
  ['MX', '+525512345678', ['55 1234 5678', '01 55 12345678', '044 5512345678', '+52 1 55 1234 5678']],
  ['IT', '+390212345678', ['02 12345678', '0039 02 1234 5678']],
  ['RU', '+74951234567', ['8 495 123-45-67', '8 10 7 495 1234567', '+7 8 495 1234567', '495 1234567']],
  ['CO', '+573211234567', ['3211234567', '03 321 1234567', '+57 (0)3211234567']],
  ['FR', '+596696123456', ['0696 12 34 56', '+33 696 12 34 56', '0033 696123456', '00596 0696123456']],
  ['IE', '+442890123456', ['048 90 12 34 56', '00442890123456', '0044 (0)28 90123456']],
])('%s: the old and the special forms of %s meet its entry', (home, e164, forms) => {
  const snapshot = blocking(plan(home, home === 'RU' ? '810' : '00', []), e164, true);
  const reasons = forms.map((dialled) => `${dialled}: ${screen(snapshot, dialled).verdict.reason}`);
  expect(reasons).toEqual(forms.map((dialled) => `${dialled}: blocked-number`));
});
