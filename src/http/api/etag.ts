// Entity tags (RFC 9110, 8.8.3): a hash of what was shown, so that nobody writes over what he has not seen.
import { createHash } from 'node:crypto';
import { canonical } from '../../admin/same.ts';
import { AppError } from '../../errors.ts';

/** Strong, with its quotes. The same for the same JSON, in whatever order its keys stand. */
export function etagOf(shown: unknown): string {
  const text = JSON.stringify(canonical(shown));
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}

/**
 * True for `*`, and for a list that holds the tag. A proxy that compresses makes a tag a weak one on its way out (nginx does); as
 * ours are of what was shown, not of its bytes, it still says the same.
 */
export function matches(header: string, etag: string): boolean {
  return header.split(',').some((word) => ['*', etag, `W/${etag}`].includes(word.trim()));
}

/** Throws `AppError('stale')` where the header names none that is in force. */
export function requireMatch(header: string, shown: unknown): void {
  if (matches(header, etagOf(shown))) return;
  throw new AppError(
    'stale',
    'Somebody has changed this since you read it. Read it again, look at what is different, then save once more.',
  );
}
