// Numbers behind an international prefix: the configured ones, and those that the home region publishes.
import { isPremiumType } from './number-kinds.ts';
import type { CompiledPlan } from './compile-plan.ts';
import { readE164Digits } from './e164-digits.ts';
import type { E164Reading } from './e164-digits.ts';
import type { Reading, Steps } from './reading.ts';

interface Candidate extends E164Reading {
  readonly prefix: string;
  readonly configured: boolean;
}

export interface PrefixReading {
  readonly reading: Reading;
  /** Whether a prefix of the settings was dialled; else one that only the home region publishes. */
  readonly configured: boolean;
}

/**
 * Reads digits behind every international prefix that they begin with; null where they begin with none.
 * One prefix may be the beginning of another (`00` and `0014` in BR): the configured prefix counts, and a published
 * one beside it where the configured one leads to no number that the data knows and the published one does.
 */
export function readBehindPrefix(digits: string, plan: CompiledPlan, steps: Steps): PrefixReading | null {
  const candidates = prefixesOf(digits, plan).map(({ prefix, configured }): Candidate => {
    const { reading, valid } = readE164Digits(digits.slice(prefix.length), plan);
    return { reading, valid, prefix, configured };
  });
  const [first] = candidates;
  if (first === undefined) return null;
  const counting = chooseCandidates(candidates);
  const [chosen = first] = counting;
  steps.push({
    step: 'international-prefix',
    result: counting.length > 1 ? counting.map(({ prefix }) => prefix).join(' or ') : chosen.prefix,
  });
  return {
    reading: counting.map(({ reading }) => reading).reduce(combined, chosen.reading),
    configured: candidates.some(({ configured }) => configured),
  };
}

function prefixesOf(
  digits: string,
  plan: CompiledPlan,
): readonly { readonly prefix: string; readonly configured: boolean }[] {
  const configured = plan.configuredPrefixes.filter((prefix) => digits.startsWith(prefix));
  const published: string[] = [];
  for (let length = Math.min(plan.publishedPrefixDigitsMax, digits.length); length > 0; length -= 1) {
    const prefix = digits.slice(0, length);
    if (plan.publishedPrefixes.has(prefix) && !configured.includes(prefix)) published.push(prefix);
  }
  return [
    ...configured.map((prefix) => ({ prefix, configured: true })),
    ...published.map((prefix) => ({ prefix, configured: false })),
  ];
}

function chooseCandidates(candidates: readonly Candidate[]): readonly Candidate[] {
  const readable = candidates.filter(({ reading }) => reading.kind !== 'unreadable');
  const valid = readable.filter((candidate) => candidate.valid);
  const configured = readable.filter((candidate) => candidate.configured);
  const known = configured.find((candidate) => candidate.valid);
  if (known !== undefined) return [known];
  const [dialled] = configured;
  if (dialled !== undefined) return [dialled, ...valid];
  return valid.length > 0 ? valid : readable.slice(0, 1);
}

/** Two ways to understand the same digits: both must be allowed. */
function combined(left: Reading, right: Reading): Reading {
  if (left.kind !== 'international') return right.kind === 'international' ? right : left;
  if (right.kind !== 'international' || left === right) return left;
  return {
    ...left,
    regions: [...new Set([...left.regions, ...right.regions])],
    numberType: isPremiumType(right.numberType) ? right.numberType : left.numberType,
  };
}
