// New passwords: drawn, or chosen by a person and then long enough and none of those that are tried first.
import { randomInt } from 'node:crypto';
import { AppError } from '../errors.ts';

const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 128;
/** Letters and digits that nobody takes for one another. */
const LETTERS = 'abcdefghjkmnpqrstvwxyz23456789';
const BLOCKS = 4;
const BLOCK_LENGTH = 5;
/** `abcabcabcabc` repeats itself. */
const REPEATED_MAX = 6;
/** A shorter name stands in many words by chance. */
const NAME_LENGTH_MIN = 4;
/** What remains without the words that everybody thinks of must be this long. */
const REST_MIN = 6;

/** Long ones that stand at the top of every list of stolen passwords are made of these and of rows of keys. */
const EVERYBODYS = new RegExp(
  'password|passwort|passphrase|contrase(?:n|ñ)a|motdepasse|callwarden|asterisk|freepbx' +
    '|administrator|admin|welcome|letmein|changeme|iloveyou|qwertyuiop|qwerty|asdfghjkl|zxcvbnm' +
    '|1q2w3e4r5t|abc123|secret|master|dragon|monkey|football|baseball|superman|batman|trustno1' +
    '|sunshine|princess|default|extension|telephone',
  'g',
);

/** How a password comes about. */
export type PasswordChoice = 'drawn' | { readonly chosen: string };

/** About 98 bits: `k7m2p-…`. */
export function drawPassword(): string {
  const letter = () => LETTERS[randomInt(LETTERS.length)] ?? '';
  const block = () => Array.from({ length: BLOCK_LENGTH }, letter).join('');
  return Array.from({ length: BLOCKS }, block).join('-');
}

/** Throws `AppError('invalid')`, whose words never hold the password. */
export function refuseWeakPassword(password: string, names: readonly string[]): void {
  const weakness = weaknessOf(password, names);
  if (weakness !== null) throw new AppError('invalid', `This password cannot be taken: ${weakness}.`);
}

function weaknessOf(password: string, names: readonly string[]): string | null {
  const plain = password.normalize('NFKC').toLowerCase();
  if (plain.length < PASSWORD_LENGTH_MIN) {
    return `it is too short. Take at least ${PASSWORD_LENGTH_MIN} characters; a few words that do not belong together will do`;
  }
  if (plain.length > PASSWORD_LENGTH_MAX) return `it is longer than ${PASSWORD_LENGTH_MAX} characters`;
  if (/\p{Cc}/u.test(password)) return 'it holds characters that no keyboard types';
  if (isRepetition(plain)) return 'the same characters come again and again';
  if (isStaircase(plain)) return 'its characters only count up or down';
  const own = names.map((name) => name.toLowerCase()).filter((name) => name.length >= NAME_LENGTH_MIN);
  if (own.some((name) => plain.includes(name))) return 'the name of the account stands in it';
  const rest = plain.replaceAll(EVERYBODYS, '').replaceAll(/[\s\d!@#$%._-]/g, '');
  const isCommon = plain.replaceAll(EVERYBODYS, '') !== plain || /^[\s\d!@#$%._-]+$/.test(plain);
  if (isCommon && rest.length < REST_MIN) return 'it is one of those that are tried first';
  return null;
}

function isRepetition(text: string): boolean {
  for (let length = 1; length <= REPEATED_MAX; length += 1) {
    const block = text.slice(0, length);
    if (block.repeat(Math.ceil(text.length / length)).startsWith(text)) return true;
  }
  return false;
}

/** `abcdefghijkl`, `zyxwvu…`. */
function isStaircase(text: string): boolean {
  const steps = Array.from(text.slice(1), (letter, index) => letter.charCodeAt(0) - text.charCodeAt(index));
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}
