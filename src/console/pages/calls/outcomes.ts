// What became of a call that rang, in the order in which people look for it.
import type { RingOutcome } from '../../../pickup/ring-record.ts';

export type { RingOutcome };

export const ringOutcomes: readonly RingOutcome[] = [
  'abandoned',
  'unanswered',
  'answered',
  'rescued',
  'refused',
  'forwarded',
  'unknown',
];
