// The digits of a PIN: drawn at random, or chosen by a person and then not too easy to guess.
import { randomInt } from 'node:crypto';
import { AppError } from '../errors.ts';

const DIGITS_MIN = 6;
const DIGITS_MAX = 12;
/** A shorter extension stands in many numbers by chance. */
const OWN_NUMBER_MIN = 3;
/** `121212` and `123123` repeat themselves. */
const REPEATED_MAX = 3;

/** Throws `AppError('invalid')`. */
export function readDigitCount(word: string): number {
  const count = /^\d{1,2}$/.test(word) ? Number(word) : 0;
  if (count >= DIGITS_MIN && count <= DIGITS_MAX) return count;
  throw new AppError('invalid', `--digits takes a whole number from ${DIGITS_MIN} to ${DIGITS_MAX}.`);
}

/** Digits that nobody guesses, of whose holders these are the numbers. */
export function drawDigits(count: number, ownNumbers: readonly string[]): string {
  for (;;) {
    const digits = Array.from({ length: count }, () => randomInt(10)).join('');
    // One in a thousand is refused, so this ends.
    if (weaknessOf(digits, ownNumbers) === null) return digits;
  }
}

/** Throws `AppError('invalid')`, whose words never hold the digits. */
export function refuseWeakDigits(digits: string, ownNumbers: readonly string[]): void {
  const weakness = weaknessOf(digits, ownNumbers);
  if (weakness !== null) throw new AppError('invalid', `This is no PIN: ${weakness}. Choose other digits.`);
}

function weaknessOf(digits: string, ownNumbers: readonly string[]): string | null {
  if (!/^\d*$/.test(digits)) return 'it holds something else than digits';
  if (digits.length < DIGITS_MIN || digits.length > DIGITS_MAX) {
    return `it must have ${DIGITS_MIN} to ${DIGITS_MAX} digits`;
  }
  if (isRepetition(digits)) return 'the same digits come again and again';
  if (isStaircase(digits)) return 'its digits only count up or down';
  if (ownNumbers.some((number) => hasNumber(digits, number))) {
    return 'the number of its holder stands in it, or it stands in the number';
  }
  return null;
}

function isRepetition(digits: string): boolean {
  for (let length = 1; length <= REPEATED_MAX; length += 1) {
    const block = digits.slice(0, length);
    if (block.repeat(Math.ceil(digits.length / length)).startsWith(digits)) return true;
  }
  return false;
}

/** `123456`, `987654`, and `890123` over the ten. */
function isStaircase(digits: string): boolean {
  const steps = Array.from(
    digits.slice(1),
    (digit, index) => (Number(digit) - Number(digits[index]) + 10) % 10,
  );
  return steps.every((step) => step === 1) || steps.every((step) => step === 9);
}

function hasNumber(digits: string, number: string): boolean {
  const own = number.replaceAll(/\D/g, '');
  return own.length >= OWN_NUMBER_MIN && (digits.includes(own) || own.includes(digits));
}
