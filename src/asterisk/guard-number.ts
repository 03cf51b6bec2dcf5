// What a trunk was told to dial, and whether a verdict on one number holds for it however a route has rewritten it.
import { premiumClassesOf } from '../barring/premium.ts';
import type { Destination } from '../numbering/destination.ts';

/** Fewer digits prove nothing by being the end of another number. */
const COMMON_DIGITS_MIN = 3;
/** Shorter ones are the end of too many other numbers. */
const PREFIXED_DIGITS_MIN = 7;

/**
 * The number in a dial string as the `Dial` event has it, without the technology (apps/app_dial.c, `numsubst`):
 * `<number>@<endpoint>` and `<endpoint>/sip:<number>@<host>` of SIP, `<peer>/<number>` of the others. '' where the string
 * names an endpoint alone, as for a phone of the house.
 */
export function numberInDialString(dialstring: string): string {
  const [first = '', ...rest] = dialstring.split('/');
  const last = rest.join('/');
  if (last === '') return first.includes('@') ? userOf(first) : '';
  return last.startsWith('sip:') || last.startsWith('sips:')
    ? userOf(last)
    : unescaped(last.split('@', 1).join(''));
}

/** Of a URI, which the carrier reads so too: `%30` is a nought (RFC 3261, 19.1.4). */
const unescaped = (user: string) =>
  user.replaceAll(/%([0-7][0-9a-f])/gi, (_whole, code: string) => String.fromCodePoint(parseInt(code, 16)));

function userOf(uri: string): string {
  const user = uri.replace(/^sips?:/, '');
  const name = user.slice(0, Math.max(0, user.lastIndexOf('@')));
  return unescaped(name.split(';', 1).join(''));
}

/** Only what could be dialled on a telephone, separators apart: the user of a softphone's contact is no number. */
export function couldBeDialled(number: string): boolean {
  return /^\+?[0-9*#]+$/.test(number.replaceAll(/[ ().-]/g, ''));
}

/** True for what nobody may dial without a verdict: numbers abroad, numbers that cost extra, and what cannot be read. */
export function needsVerdict(destination: Destination): boolean {
  if (destination.kind === 'unreadable' || destination.kind === 'international') return true;
  return premiumClassesOf(destination).length > 0;
}

/**
 * Whether the number that was let out is the one that the trunk was told. Routes take prefixes away, put a carrier's in
 * front, or dial the E.164 form; a national number never vouches for one abroad that ends in the same digits.
 */
export function isSameNumber(judged: Destination, onTrunk: Destination, trunkNumber: string): boolean {
  if (judged.number === trunkNumber) return true;
  const e164 = e164Of(judged);
  if (e164 !== '' && e164 === e164Of(onTrunk)) return true;
  const [told, number] = [digitsOf(trunkNumber), digitsOf(judged.number)];
  if (told.length < COMMON_DIGITS_MIN || number.length < COMMON_DIGITS_MIN) return told === number;
  if (number.endsWith(told) || e164.endsWith(told)) return true;
  if (e164 !== '' && told.endsWith(e164)) return true;
  // Behind a carrier's prefix. A call for help stays one, however short its number (I1).
  const isLong = number.length >= PREFIXED_DIGITS_MIN || judged.kind === 'emergency';
  return isLong && onTrunk.kind !== 'international' && told.endsWith(number);
}

const digitsOf = (number: string) => number.replaceAll(/[^0-9]/g, '');

const e164Of = (destination: Destination) =>
  'e164' in destination && destination.e164 !== null ? digitsOf(destination.e164) : '';
