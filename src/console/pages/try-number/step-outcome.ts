// What came of one step of a decision, told from the words of its trace.
import type { BadgeTone } from '../../components/badge.tsx';

/** Beginning of a result -> what it is called here, and its colour. */
const outcomes: readonly (readonly [begins: string, outcome: string, tone: BadgeTone])[] = [
  ['no opinion', 'no-opinion', 'plain'],
  ['observed deny', 'observed-deny', 'warn'],
  ['observed challenge', 'observed-challenge', 'warn'],
  ['deny without a PIN', 'deny-without-pin', 'warn'],
  ['with a PIN', 'with-pin', 'warn'],
  ['challenge', 'challenge', 'warn'],
  ['continue', 'continue', 'good'],
  ['permit', 'permit', 'good'],
  ['deny', 'deny', 'bad'],
  ['pass', 'pass', 'plain'],
];

export interface StepOutcome {
  /** Null for steps of reading, whose result is a detail alone. */
  readonly outcome: string | null;
  readonly detail: string;
  readonly tone: BadgeTone;
}

/** `deny: country:FR` is the outcome `deny` with the detail `country:FR`. */
export function outcomeOf(result: string): StepOutcome {
  const found = outcomes.find(([begins]) => result === begins || result.startsWith(`${begins}: `));
  if (found === undefined) return { outcome: null, detail: result, tone: 'plain' };
  const [begins, outcome, tone] = found;
  return { outcome, detail: result.slice(begins.length + ': '.length), tone };
}
