// The shapes of a home plan's ordinary numbers (fixed, mobile, toll-free), as digits and Asterisk's X, Z, N, [..].
import { isOrdinaryType, isPremiumType, tellingDigits } from './number-kinds.ts';
import { extraTypes } from './extra-types.ts';
import { bareNumbersOf } from './bare-numbers.ts';
import { placeSource } from './asterisk-pattern.ts';
import type { CompiledPlan } from './compile-plan.ts';
import { misplacedRanges } from './misplaced-ranges.ts';
import { regionData, regionsOfCallingCode } from './region-data.ts';
import type { RegionData, TypeRule } from './region-data.ts';

/** How many leading digits are told apart at most; ranges that need more are left out. */
const leadingDigitsMax = 6;

/** Beginnings that are looked at for one length of numbers; a plan that needs more gets fewer shapes. */
const nodesMax = 20_000;

const digitsInOrder = '0123456789'.split('');

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
  readonly budget: { nodes: number };
}

/**
 * The shapes of all national numbers behind `head` that are certain by their leading digits: every number of such a
 * shape is ordinary, whether or not it is assigned.
 */
export function nationalShapes(plan: CompiledPlan, head: Head): readonly string[] {
  const wanted = plan.home.types.filter(({ type }) => isOrdinaryType(type));
  const lengths = [...new Set(wanted.flatMap((rule) => rule.lengths))].sort((left, right) => left - right);
  const foreign = foreignBeginnings(plan);
  // Behind an outside prefix, digits may be meant without it, where national numbers need no trunk prefix.
  const isBare = plan.needsTrunkPrefix && head.trunk === '';
  const isTold = head.outside === '' || (plan.needsTrunkPrefix && !isBare);
  const whole = isTold ? () => 'all' as const : foreign;
  const taboo = tabooBeginnings(plan, head);
  // Without a trunk prefix, or where the whole begins like an international number, the range must be told first.
  const ambiguous = (dialled: string, leading: string): Certainty =>
    leading.length < tellingDigits &&
    (isBare || plan.configuredPrefixes.some((prefix) => dialled.startsWith(prefix)))
      ? 'some'
      : 'all';
  return lengths
    .filter((length) => length <= plan.nationalDigitsMax)
    .flatMap((length) => {
      const ordinary = wanted.filter((rule) => rule.lengths.includes(length));
      const bare = isBare ? bareNumbersOf(plan.home, length) : () => 'all' as const;
      const certainty = (leading: string): Certainty => {
        if (!ordinary.some((rule) => rule.beginning.test(leading))) return 'none';
        const dialled = head.outside + head.trunk + leading;
        return leastCertain([
          taboo(leading),
          foreign(leading),
          bare(leading),
          whole(dialled),
          ambiguous(dialled, leading),
        ]);
      };
      return shapesFrom({ length, certainty, budget: { nodes: nodesMax } }, '');
    });
}

function shapesFrom(range: Range, leading: string): readonly string[] {
  range.budget.nodes -= 1;
  const certainty = range.certainty(leading);
  if (certainty === 'none' || range.budget.nodes < 0) return [];
  if (certainty === 'all') return ['X'.repeat(range.length - leading.length)];
  if (leading.length >= Math.min(leadingDigitsMax, range.length)) return [];
  const byRest = new Map<string, string[]>();
  for (const digit of digitsInOrder) {
    for (const rest of shapesFrom(range, leading + digit)) {
      byRest.set(rest, [...(byRest.get(rest) ?? []), digit]);
    }
  }
  return [...byRest].map(([rest, firsts]) => placeSource(firsts.join('')) + rest);
}

/** Whether digits begin like what is not ordinary: numbers that cost extra, and those of regions dialled alike. */
function foreignBeginnings(plan: CompiledPlan): (leading: string) => Certainty {
  const { home, supplement } = plan;
  const sharing = (regionsOfCallingCode(home.callingCode) ?? []).filter((region) => region !== home.region);
  const neighbours = [...sharing, ...supplement.siblings].flatMap((region) => regionData(region) ?? []);
  const misplaced = misplacedRanges(home.callingCode).filter(({ region }) => region !== home.region);
  const extras = [home.region, ...sharing].flatMap((region) => extraTypes(region));
  const complete = anyOf([
    ...neighbours.flatMap(({ leading }) => leading ?? []),
    ...misplaced.map(({ leading }) => leading),
    ...extras.map(({ pattern }) => pattern),
  ]);
  const beginning = anyOf([
    ...neighbours.flatMap(({ leadingBeginning }) => leadingBeginning ?? []),
    ...[
      ...home.types.filter(({ type }) => isPremiumType(type)),
      ...neighbours.flatMap((data) => ownRules(data, home)),
      ...misplaced,
      ...extras,
    ].map((rule) => rule.beginning),
  ]);
  return (digits) => {
    if (complete.test(digits)) return 'none';
    return beginning.test(digits) ? 'some' : 'all';
  };
}

/** Without the ranges that the whole shared plan uses, which the home region's callers dial as their own. */
function ownRules(data: RegionData, home: RegionData): readonly TypeRule[] {
  if (data.leading !== null) return [];
  return data.types.filter((rule) => !home.types.some(({ source }) => source === rule.source));
}

/** Whether digits behind a head begin like something other than a national number. */
function tabooBeginnings(plan: CompiledPlan, head: Head): (leading: string) => Certainty {
  const { home, shortNumbers, supplement } = plan;
  const prefixes = [
    ...plan.configuredPrefixes,
    ...plan.carrierCodes,
    ...Object.keys(plan.supplement.abroad),
    // Without an outside prefix in front, digits that could begin with one may be meant to.
    ...(head.outside === '' ? plan.outsidePrefixes : []),
  ];
  const open = [
    home.internationalPrefixBeginning,
    shortNumbers.premiumBeginning,
    supplement.carrierBeginning,
  ].flatMap((pattern) => pattern ?? []);
  return (leading) => {
    const body = head.trunk + leading;
    if (home.internationalPrefix?.test(body) === true || supplement.carrier?.test(body) === true) {
      return 'none';
    }
    if (prefixes.some((prefix) => body.startsWith(prefix))) return 'none';
    const growing =
      prefixes.some((prefix) => prefix.startsWith(body)) || open.some((pattern) => pattern.test(body));
    return growing ? 'some' : 'all';
  };
}

function leastCertain(each: readonly Certainty[]): Certainty {
  return each.find((one) => one === 'none') ?? each.find((one) => one === 'some') ?? 'all';
}

/** One pattern for all of them, which is much faster than one after the other; nothing matches an empty list. */
function anyOf(patterns: readonly RegExp[]): RegExp {
  return patterns.length === 0 ? /(?!)/ : new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'));
}
