// How the owner of an extension is told that a call of his was taken, in the administrator's words.
import { pickupWays, type PickupPerson, type PickupWay } from '../pickup/call.ts';
import { AppError } from '../errors.ts';
import { readChoice } from './known-word.ts';

/** Of RFC 5321, 4.5.3.1.3. */
export const MAIL_LENGTH_MAX = 254;
/** One plain address without a display name; what quotes or brackets would hide from a reader is none. */
export const MAIL_ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$/;

const NONE = 'none';
/** The word for what the setting `pickup-notice` says. */
const DEFAULT = 'default';

/** An address, or `none`, which is ''. Throws `AppError('invalid')`. */
export function readMail(word: string): string {
  const text = word.trim();
  if (text === NONE) return '';
  if (text.length <= MAIL_LENGTH_MAX && MAIL_ADDRESS.test(text)) return text;
  throw new AppError(
    'invalid',
    `${JSON.stringify(word)} is no mail address. Write it alone, such as ana@example.org, or none.`,
  );
}

/** `message,mail`, `none`, or `default` for null. Throws `AppError('invalid')`. */
export function readNotice(word: string, what: string): readonly PickupWay[] | null {
  if (word === DEFAULT) return null;
  if (word === NONE) return [];
  const words = word.split(/[\s,]+/).filter((part) => part !== '');
  // Alone it may be meant for one of the other words.
  const [only = ''] = words;
  if (words.length < 2) readChoice(only, [...pickupWays, NONE, DEFAULT], what);
  const ways = new Set(words.map((part) => readChoice(part, pickupWays, what)));
  return pickupWays.filter((way) => ways.has(way));
}

/** As `readNotice` reads it. */
export function noticeWord(notice: PickupPerson['notice']): string {
  if (notice === null) return DEFAULT;
  return notice.length === 0 ? NONE : notice.join(',');
}
