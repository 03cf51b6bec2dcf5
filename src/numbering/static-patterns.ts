// Asterisk patterns for what is certainly internal or national: the dialplan's rules for when the daemon is away (I3).
import { hasBareNumbers } from './bare-numbers.ts';
import { canBeginWith, patternPlaces } from './asterisk-pattern.ts';
import type { CompiledPlan } from './compile-plan.ts';
import type { InternalPattern } from './internal-pattern.ts';
import { nationalShapes } from './national-shapes.ts';
import type { Head } from './national-shapes.ts';
import { read } from './read.ts';
import { costsExtra } from './reading.ts';

export interface StaticPatterns {
  /** Patterns without their underscore (`1XXX`), and plain extensions. */
  readonly internal: readonly string[];
  /** Patterns of dialled forms, outside prefix included, that are national and cost nothing extra. */
  readonly national: readonly string[];
}

/** A dialplan gets at most so many national patterns; beyond, the longest are left out. */
export const staticPatternsMax = 1200;

/** Numbers of each pattern that are read as a last check on the shapes. */
const samplesPerPattern = 6;

/** A wide internal pattern of this length could hold an international number. */
const wideDigitsMin = 6;

/**
 * The patterns of a plan. Conservative: a number that no pattern matches may still be internal or national, but one
 * that a pattern matches is read so, costs nothing extra, and is nothing international, whatever its other digits.
 */
export function staticPatterns(plan: CompiledPlan): StaticPatterns {
  const national = nationalHeads(plan).flatMap((head) =>
    nationalShapes(plan, head).map((shape) => head.outside + head.trunk + shape),
  );
  const kept = [...new Set(national)].filter((pattern) => isCertain(pattern, plan));
  return {
    internal: plan.internal.filter((each) => !mayBeAbroad(each, plan)).map(({ source }) => source),
    national: kept.sort((left, right) => left.length - right.length).slice(0, staticPatternsMax),
  };
}

/** What stands in front of a national number: its trunk prefix, if any, alone and behind each outside prefix. */
function nationalHeads(plan: CompiledPlan): readonly Head[] {
  const { trunkPrefix, outsidePrefixes, home } = plan;
  const isEither = trunkPrefix !== '' && (home.callingCode === '1' || hasBareNumbers(home));
  const trunks = [...(trunkPrefix === '' || isEither ? [''] : []), ...plan.trunkPrefixes];
  return ['', ...outsidePrefixes].flatMap((outside) => trunks.map((trunk) => ({ outside, trunk })));
}

function isCertain(pattern: string, plan: CompiledPlan): boolean {
  const places = patternPlaces(pattern);
  if (places === null) return false;
  for (let sample = 0; sample < samplesPerPattern; sample += 1) {
    const dialled = places
      .map((place, index) => place.charAt((sample * 7 + index * 3) % place.length))
      .join('');
    const destination = read(dialled, plan);
    if (destination.kind !== 'national' || costsExtra(destination)) return false;
  }
  return true;
}

function mayBeAbroad({ literal, places }: InternalPattern, plan: CompiledPlan): boolean {
  if (literal || places.length < wideDigitsMin) return false;
  const prefixes = [...plan.configuredPrefixes, ...plan.publishedPrefixes];
  return prefixes.some((prefix) => canBeginWith(places, prefix));
}
