// A numbering plan made ready for reading: everything that does not depend on the number, computed once.
import { AppError } from '../errors.ts';
import { bareNumbers } from './bare-numbers.ts';
import { expandPattern } from './digit-pattern.ts';
import { homeSupplement } from './home-supplement.ts';
import type { HomeSupplement } from './home-supplement.ts';
import { compileInternalPattern } from './internal-pattern.ts';
import type { InternalPattern } from './internal-pattern.ts';
import type { NumberingPlan } from './plan.ts';
import { regionData } from './region-data.ts';
import type { RegionData } from './region-data.ts';
import { compileShortNumbers } from './short-numbers.ts';
import type { ShortNumbers } from './short-numbers.ts';

export interface CompiledPlan {
  readonly plan: NumberingPlan;
  readonly home: RegionData;
  readonly supplement: HomeSupplement;
  readonly shortNumbers: ShortNumbers;
  readonly serviceNumbers: ReadonlySet<string>;
  readonly internal: readonly InternalPattern[];
  /** Longest first, as all prefixes below. */
  readonly outsidePrefixes: readonly string[];
  readonly configuredPrefixes: readonly string[];
  readonly publishedPrefixes: ReadonlySet<string>;
  readonly publishedPrefixDigitsMax: number;
  readonly carrierCodes: readonly string[];
  readonly trunkPrefix: string;
  /** The trunk prefix and what some numbers have in its place that begins with it (8 0 in BY); longest first. */
  readonly trunkPrefixes: readonly string[];
  /** True for digits that may be a national number of those that are dialled without the trunk prefix. */
  readonly isBareNumber: (digits: string) => boolean;
  /** Whether national numbers always begin with the trunk prefix: without it, digits are local (not so in the NANP). */
  readonly needsTrunkPrefix: boolean;
  /** The longest national number, without trunk prefix, that the home plan has for fixed lines and mobiles. */
  readonly nationalDigitsMax: number;
  readonly emergencyCharactersMax: number;
}

/** Colombia and China publish the most: about 2,000 forms with all carriers. */
const publishedPrefixesMax = 4000;

/** Local, service and internal numbers up to this length exist where national numbers are shorter than that. */
const localDigitsMax = 7;

/** `*NN`, `+` and `#` around an emergency number. */
const emergencyDecorationMax = 5;

/**
 * Compiles a numbering plan; immutable and independent of the object given.
 * @throws AppError `invalid`, with one sentence for each mistake in `details`, when the plan cannot be used.
 */
export function compilePlan(plan: NumberingPlan): CompiledPlan {
  const problems = planProblems(plan);
  const home = regionData(plan.homeRegion);
  if (problems.length > 0 || home === null) {
    throw new AppError('invalid', `The numbering plan cannot be used: ${problems.join(' ')}`, {
      details: problems,
    });
  }
  const supplement = homeSupplement(home.region, home.callingCode);
  const shortNumbers = compileShortNumbers(home.region, supplement, plan.emergencyNumbers);
  const published = expandPattern(home.internationalPrefixes ?? '', publishedPrefixesMax).filter(Boolean);
  const outsidePrefixes = longestFirst(plan.outsidePrefixes);
  const trunkPrefix = plan.nationalPrefix ?? home.trunkPrefix;
  const needsTrunkPrefix = trunkPrefix !== '' && home.callingCode !== '1';
  return Object.freeze({
    plan: structuredClone(plan),
    home,
    supplement,
    shortNumbers,
    serviceNumbers: new Set(plan.serviceNumbers),
    internal: plan.internalPatterns.flatMap((source) => compileInternalPattern(source) ?? []),
    outsidePrefixes,
    configuredPrefixes: longestFirst(plan.internationalPrefixes),
    publishedPrefixes: new Set(published),
    publishedPrefixDigitsMax: longest(published),
    carrierCodes: longestFirst(plan.carrierCodes),
    trunkPrefix,
    trunkPrefixes: trunkPrefix === '' ? [] : longestFirst([trunkPrefix, ...longerThan(trunkPrefix, home)]),
    needsTrunkPrefix,
    isBareNumber: needsTrunkPrefix ? bareNumbers(home) : () => false,
    nationalDigitsMax: nationalDigitsMax(home),
    emergencyCharactersMax:
      longest(shortNumbers.emergency) + longest(outsidePrefixes) + emergencyDecorationMax,
  });
}

/** What is wrong with a plan, one sentence each; empty for a plan that can be compiled. */
export function planProblems(plan: NumberingPlan): readonly string[] {
  const digitsOnly: readonly (readonly [string, readonly string[]])[] = [
    ['An international prefix', plan.internationalPrefixes],
    ['An outside-line prefix', plan.outsidePrefixes],
    ['A carrier code', plan.carrierCodes],
    ['An emergency number', plan.emergencyNumbers],
  ];
  const region = regionData(plan.homeRegion);
  return [
    ...(region === null || region.region.startsWith('+')
      ? [`The home region ${plan.homeRegion} is unknown: give its ISO code, such as MX.`]
      : []),
    ...digitsOnly.flatMap(([name, values]) =>
      values
        .filter((value) => !/^\d{1,15}$/.test(value))
        .map((value) => `${name} must be 1 to 15 digits, not "${value}".`),
    ),
    ...(plan.nationalPrefix === null || /^\d{0,4}$/.test(plan.nationalPrefix)
      ? []
      : [`The national prefix must be up to 4 digits, not "${plan.nationalPrefix}".`]),
    ...plan.serviceNumbers
      .filter((value) => !/^[*#\d]{1,12}$/.test(value))
      .map((value) => `A service number must be 1 to 12 digits, * or #, not "${value}".`),
    ...plan.internalPatterns
      .filter((value) => compileInternalPattern(value) === null)
      .map((value) => `"${value}" is no internal pattern: use digits, X, Z, N and [2-4], at most 12 places.`),
  ];
}

function nationalDigitsMax(home: RegionData): number {
  const usual = home.types.filter(({ type }) => ['fixed', 'mobile', 'fixed-or-mobile'].includes(type));
  return Math.max(localDigitsMax, ...usual.flatMap(({ lengths }) => lengths));
}

function longerThan(trunkPrefix: string, home: RegionData): readonly string[] {
  return home.formats.map(({ trunk }) => trunk).filter((trunk) => trunk.startsWith(trunkPrefix));
}

function longestFirst(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort((left, right) => right.length - left.length);
}

function longest(values: Iterable<string>): number {
  return Math.max(0, ...[...values].map((value) => value.length));
}
