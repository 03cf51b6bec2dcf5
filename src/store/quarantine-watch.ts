// Notices that a command put an extension into quarantine, or released one, and hands all of them on.
import type { Quarantine } from '../barring/usage.ts';
import { watchFile, type FileWatchOptions } from './file-watch.ts';
import { readQuarantines } from './quarantines.ts';

/** A release is seen within this time. */
const LOOK_INTERVAL_MS = 250;

export interface QuarantineWatchOptions extends Pick<FileWatchOptions<unknown>, 'onProblem' | 'onLook'> {
  /** Called with all rows at once, and again after each change of the file. */
  readonly onRows: (rows: readonly Quarantine[]) => void;
}

/** Looks now, and again and again until disposed. Never throws, and never waits for a writer. */
export function watchQuarantines(path: string, { onRows, ...options }: QuarantineWatchOptions): Disposable {
  return watchFile(path, {
    ...options,
    intervalMs: LOOK_INTERVAL_MS,
    read: readQuarantines,
    onRead: onRows,
  });
}
