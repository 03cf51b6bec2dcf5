// A number or prefix as an administrator writes it for a rule or exception: `+5411`, `005411`, a national number, `118`.
import { AppError } from '../errors.ts';
import type { CompiledPlan } from '../numbering/compile-plan.ts';
import { read } from '../numbering/read.ts';
import { regionsOfCallingCode } from '../numbering/region-data.ts';

/** ITU-T E.164. */
const E164_DIGITS_MAX = 15;
const CALLING_CODE_DIGITS_MAX = 3;
/** Short numbers; whatever is longer and not E.164 is a national number. */
const SHORT_DIGITS_MAX = 8;

/** What a rule or an exception keeps, and what the administrator should know of it. */
export interface NumberPattern {
  /** With `+` for E.164, bare as dialled for short numbers. */
  readonly pattern: string;
  /** '' where it stands as it was written. */
  readonly notice: string;
}

/**
 * Reads one number (`exact`) or prefix by the plan of the PBX. Throws `AppError('invalid')` for emergency numbers, for
 * what no number begins with, and for nonsense.
 */
export function readNumberPattern(word: string, exact: boolean, plan: CompiledPlan): NumberPattern {
  const text = word.replaceAll(/[\s.()/-]/g, '');
  if (!/^\+?[0-9*#]{1,24}$/.test(text))
    throw refused(word, 'is no number or prefix: write it as +5411 or 118');
  if (plan.shortNumbers.emergency.has(text.replace(/^\+/, ''))) {
    throw refused(word, 'is an emergency number, which everybody may call at any time');
  }
  const found = exact ? readExact(word, text, plan) : readPrefix(word, text, plan);
  return { pattern: found, notice: noticeOf(word, text, found, plan) };
}

function noticeOf(word: string, text: string, found: string, plan: CompiledPlan): string {
  if (found !== text) return `${word} is kept as ${found}.`;
  if (read(text, plan).kind !== 'internal') return '';
  return `${word} is an internal number: calls from phone to phone pass no outbound route, where they would be judged.`;
}

function readExact(word: string, text: string, plan: CompiledPlan): string {
  const destination = read(text, plan);
  switch (destination.kind) {
    case 'emergency':
      throw refused(word, 'is an emergency number, which everybody may call at any time');
    case 'unreadable':
      throw refused(word, `cannot be read as a number (${destination.cause})`);
    case 'international':
    case 'national':
      return destination.e164 ?? destination.number;
    case 'internal':
    case 'service':
      return destination.number;
  }
}

function readPrefix(word: string, text: string, plan: CompiledPlan): string {
  if (text.startsWith('+')) return checkedPrefix(word, text.slice(1));
  const prefix = [...plan.configuredPrefixes, ...plan.publishedPrefixes].find(
    (known) => text.startsWith(known) && text.length > known.length,
  );
  if (prefix !== undefined) return checkedPrefix(word, text.slice(prefix.length));
  if (text.length <= SHORT_DIGITS_MAX) return text;
  throw refused(word, 'is too long for a short number: write national prefixes with + and the country code');
}

/** E.164 whose beginning some country has. */
function checkedPrefix(word: string, digits: string): string {
  if (!/^[1-9]\d*$/.test(digits)) throw refused(word, 'is no beginning of an international number');
  if (digits.length > E164_DIGITS_MAX) throw refused(word, `has more than ${E164_DIGITS_MAX} digits`);
  if (!beginsCode(digits)) throw refused(word, 'begins with a country code that nobody has');
  return `+${digits}`;
}

function beginsCode(digits: string): boolean {
  for (let length = 1; length <= CALLING_CODE_DIGITS_MAX; length += 1) {
    if (regionsOfCallingCode(digits.slice(0, length)) !== null) return true;
  }
  // `+3` is the beginning of many.
  if (digits.length >= CALLING_CODE_DIGITS_MAX) return false;
  return Array.from({ length: 10 }, (_, next) => next).some((next) => beginsCode(`${digits}${next}`));
}

function refused(word: string, why: string): AppError {
  return new AppError('invalid', `${JSON.stringify(word)} ${why}.`);
}

/** `+`, `+3` and `+33` of `+33`: every prefix that takes it in. */
export function beginningsOf(digits: string): readonly string[] {
  return Array.from({ length: digits.length }, (_, at) => digits.slice(0, at + 1));
}
