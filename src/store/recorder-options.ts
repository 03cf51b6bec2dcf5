// What the recorder is told at its start, and what it tells of itself.
import type { CheckedDatabase } from './recorder-messages.ts';
import type { RetentionLimits } from './retention.ts';

export interface RecorderOptions {
  /** The database file; it must exist. */
  readonly path: string;
  readonly limits: RetentionLimits;
  /** Told when writing begins to fail, and of losses once a minute; never for each record. */
  readonly onProblem: (message: string) => void;
  /** Told when writing works again. */
  readonly onRecovered: (message: string) => void;
  /** Told what the thread found each time it looked at the database, every few seconds. */
  readonly onChecked?: (found: CheckedDatabase) => void;
}

export interface RecorderStats {
  /** Waiting to be written. */
  readonly queued: number;
  readonly written: number;
  /** Dropped since the start: the queue was full, the schema refused a row, or the daemon had to stop. */
  readonly lost: number;
  /** What keeps it from writing now; '' when all is well. */
  readonly problem: string;
}
