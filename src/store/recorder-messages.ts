// What the recorder and its thread say to each other.
import type { CallRow } from './calls.ts';
import type { RetentionLimits } from './retention.ts';

export interface RecorderWorkerData {
  readonly path: string;
  readonly limits: RetentionLimits;
}

/** One batch at a time; the next one follows on its answer. */
export type RecorderOrder =
  | { readonly type: 'write'; readonly rows: readonly CallRow[] }
  | { readonly type: 'stop' };

export type RecorderAnswer =
  /** The batch is settled: `refused` rows can never be written, whatever the state of the disk. */
  | { readonly type: 'written'; readonly rows: number; readonly refused: number }
  /** Nothing of the batch counts as written; it may be tried again. */
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'clean-up-failed'; readonly problem: string };
