// Notices that a command put an extension into quarantine, or released one, and hands all of them on.
import type { Quarantine } from '../barring/usage.ts';
import { watchFile, type FileWatchOptions } from './file-watch.ts';
import { readNoticesBehind, type StoredNotice } from './notices.ts';
import { readQuarantines } from './quarantines.ts';

/** A release is seen within this time. */
const LOOK_INTERVAL_MS = 250;
/** Read at one look; what is beyond stands in the list of notices alone. */
const NOTICES_MAX = 200;

export interface QuarantineWatchOptions extends Pick<FileWatchOptions<unknown>, 'onProblem' | 'onLook'> {
  /** Called with all rows at once, and again after each change of the file. */
  readonly onRows: (rows: readonly Quarantine[]) => void;
  /** Called with the notices that have come since the last look, whoever wrote them. */
  readonly onNotices: (notices: readonly StoredNotice[]) => void;
}

/** Looks now, and again and again until disposed. Never throws, and never waits for a writer. */
export function watchQuarantines(
  path: string,
  { onRows, onNotices, ...options }: QuarantineWatchOptions,
): Disposable {
  let newestSeq = Number.POSITIVE_INFINITY;
  return watchFile(path, {
    ...options,
    intervalMs: LOOK_INTERVAL_MS,
    read: (store) => ({
      rows: readQuarantines(store),
      ...readNoticesBehind(store, newestSeq, NOTICES_MAX),
    }),
    onRead: ({ rows, notices, newest }) => {
      onRows(rows);
      if (notices.length > 0) onNotices(notices);
      // Of another file that was put in its place, what was told long ago is not told again.
      newestSeq = newest;
    },
  });
}
