// What the recorder and its thread say to each other.
import type { ErrorCode } from '../errors.ts';
import type { WriterRow } from './calls.ts';
import type { RetentionLimits } from './retention.ts';
import type { CheckedAudit } from './self-check.ts';
import type { WriterTask } from './writer-tasks.ts';

/** What the thread found when it looked at its database: all is well, or what is not. */
export type CheckedDatabase =
  | { readonly problem: ''; readonly audit: CheckedAudit }
  | { readonly problem: string; readonly audit: null };

export interface RecorderWorkerData {
  readonly path: string;
  readonly limits: RetentionLimits;
}

/** One batch or task at a time; the next one follows on its answer. */
export type RecorderOrder =
  | { readonly type: 'write'; readonly rows: readonly WriterRow[] }
  | { readonly type: 'task'; readonly task: WriterTask }
  | { readonly type: 'stop' };

export type RecorderAnswer =
  /** The batch is settled: `refused` rows can never be written, whatever the state of the disk. */
  | { readonly type: 'written'; readonly rows: number; readonly refused: number }
  /** Nothing of the batch counts as written; it may be tried again. */
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'done'; readonly answer: unknown }
  /** Nothing of the task was done; where the code is `unavailable` it may be tried again. */
  | { readonly type: 'not-done'; readonly code: ErrorCode; readonly problem: string }
  | { readonly type: 'clean-up-failed'; readonly problem: string }
  | { readonly type: 'checked'; readonly found: CheckedDatabase };
