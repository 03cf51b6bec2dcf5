// What became of a call that rang, in the order in which people look for it.
import type { z } from 'zod';
import type { rangForm } from '../../../http/api/routes/record-forms.ts';

export type RingOutcome = z.infer<typeof rangForm>['outcome'];

export const ringOutcomes: readonly RingOutcome[] = [
  'abandoned',
  'unanswered',
  'answered',
  'rescued',
  'refused',
  'forwarded',
  'unknown',
];
