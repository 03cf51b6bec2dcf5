// The shapes of a home plan's ordinary numbers (fixed, mobile, toll-free), as digits and Asterisk's X, Z, N, [..].
import { isGeographicType, isPremiumType } from './assignment.ts';
import { extraTypes } from './extra-types.ts';
import { placeSource } from './asterisk-pattern.ts';
import type { CompiledPlan } from './compile-plan.ts';
import { regionData, regionsOfCallingCode } from './region-data.ts';
import type { RegionData, TypeRule } from './region-data.ts';

/** How many leading digits are told apart at most; ranges that need more are left out. */
const leadingDigitsMax = 7;

const digits = '0123456789'.split('');

/** What is dialled in front of a national number. */
export interface Head {
  readonly outside: string;
  readonly trunk: string;
}

/** Whether numbers that begin so are ordinary: all of them, none, or it takes more digits to tell. */
type Certainty = 'all' | 'none' | 'some';

interface Range {
  readonly length: number;
  readonly certainty: (leading: string) => Certainty;
}

/**
 * The shapes of all national numbers behind `head` that are certain by their leading digits: every number of such a
 * shape is ordinary, whether or not it is assigned.
 */
export function nationalShapes(plan: CompiledPlan, head: Head): readonly string[] {
  const wanted = plan.home.types.filter(({ type }) => isGeographicType(type) || type === 'toll-free');
  const lengths = [...new Set(wanted.flatMap((rule) => rule.lengths))].sort((left, right) => left - right);
  const foreign = foreignRules(plan);
  const taboo = tabooBeginnings(plan, head);
  return lengths
    .filter((length) => length <= plan.nationalDigitsMax)
    .flatMap((length) => {
      const ofLength = (rules: readonly TypeRule[]) => rules.filter((rule) => rule.lengths.includes(length));
      const [ordinary, other] = [ofLength(wanted), ofLength(foreign.rules)];
      const certainty = (leading: string): Certainty => {
        if (!ordinary.some((rule) => rule.beginning.test(leading))) return 'none';
        if (foreign.leading.some((pattern) => pattern.test(leading))) return 'none';
        const known = taboo(leading);
        if (known !== 'all') return known;
        const open = [...other, ...foreign.open].some(({ beginning }) => beginning.test(leading));
        return open ? 'some' : 'all';
      };
      return shapesFrom({ length, certainty }, '');
    });
}

function shapesFrom(range: Range, leading: string): readonly string[] {
  const certainty = range.certainty(leading);
  if (certainty === 'none') return [];
  if (certainty === 'all') return ['X'.repeat(range.length - leading.length)];
  if (leading.length >= Math.min(leadingDigitsMax, range.length)) return [];
  const byRest = new Map<string, string[]>();
  for (const digit of digits) {
    for (const rest of shapesFrom(range, leading + digit)) {
      byRest.set(rest, [...(byRest.get(rest) ?? []), digit]);
    }
  }
  return [...byRest].map(([rest, firsts]) => placeSource(firsts.join('')) + rest);
}

interface Foreign {
  readonly rules: readonly TypeRule[];
  /** What numbers that are not ordinary begin with, and what can still grow to it. */
  readonly leading: readonly RegExp[];
  readonly open: readonly { readonly beginning: RegExp }[];
}

/** What must not be among ordinary numbers: numbers that cost extra, and those of regions dialled alike. */
function foreignRules(plan: CompiledPlan): Foreign {
  const { home, supplement } = plan;
  const sharing = (regionsOfCallingCode(home.callingCode) ?? []).filter((region) => region !== home.region);
  const neighbours = [...sharing, ...supplement.siblings].flatMap((region) => regionData(region) ?? []);
  return {
    rules: [
      ...home.types.filter(({ type }) => isPremiumType(type)),
      ...neighbours.flatMap((data) => ownRules(data, home)),
    ],
    leading: [
      ...neighbours.flatMap(({ leading }) => leading ?? []),
      ...extraTypes(home.region).map(({ pattern }) => pattern),
    ],
    open: [
      ...neighbours.flatMap(({ leadingBeginning }) =>
        leadingBeginning === null ? [] : [{ beginning: leadingBeginning }],
      ),
      ...extraTypes(home.region),
    ],
  };
}

/** Without the ranges that the whole shared plan uses, which the home region's callers dial as their own. */
function ownRules(data: RegionData, home: RegionData): readonly TypeRule[] {
  if (data.leading !== null) return [];
  return data.types.filter((rule) => !home.types.some(({ source }) => source === rule.source));
}

/** Whether digits behind a head begin like something other than a national number. */
function tabooBeginnings(plan: CompiledPlan, head: Head): (leading: string) => Certainty {
  const { home, shortNumbers } = plan;
  const prefixes = [
    ...plan.configuredPrefixes,
    ...plan.carrierCodes,
    ...Object.keys(plan.supplement.abroad),
    // Without an outside prefix in front, digits that could begin with one may be meant to.
    ...(head.outside === '' ? plan.outsidePrefixes : []),
  ];
  const open = [home.internationalPrefixBeginning, shortNumbers.premiumBeginning].flatMap(
    (pattern) => pattern ?? [],
  );
  return (leading) => {
    const body = head.trunk + leading;
    if (home.internationalPrefix?.test(body) === true) return 'none';
    if (prefixes.some((prefix) => body.startsWith(prefix))) return 'none';
    const growing =
      prefixes.some((prefix) => prefix.startsWith(body)) || open.some((pattern) => pattern.test(body));
    return growing ? 'some' : 'all';
  };
}
