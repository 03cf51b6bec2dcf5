// New digits for a PIN: drawn or chosen, and nobody else's where they would be confused.
import type { PinRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import type { Store } from '../store/open.ts';
import type { PinHasher } from '../store/pin-hash.ts';
import { readPinHashes } from '../store/pin-secrets.ts';
import { readPins } from '../store/pins.ts';
import { inReadTransaction } from '../store/transaction.ts';
import { drawDigits, refuseWeakDigits } from './pin-digits.ts';
import { rivalsOf } from './pin-holders.ts';

/** PINs that new digits are compared with; each comparison costs some hundredths of a second. */
const COMPARED_MAX = 400;
/** Random digits that are somebody's PIN already are as rare as a right guess. */
const DRAWS_MAX = 5;

/** How the digits come about: so many at random, or those that a person has chosen. */
export type DigitChoice = { readonly draw: number } | { readonly chosen: string };

interface ChosenDigits {
  readonly digits: string;
  readonly hash: string;
  readonly notices: readonly string[];
  /** Throws where somebody else's PIN came in while these digits were compared. */
  readonly refuseNewcomers: (rivals: readonly PinRow[]) => void;
}

/** Digits that nobody has with whom they would be confused, and their hash. Takes a moment for each rival. */
export async function chooseDigits(
  store: Store,
  holders: Pick<PinRow, 'extensions' | 'groups' | 'entryId'>,
  ownNumbers: readonly string[],
  choice: DigitChoice,
  hasher: PinHasher,
): Promise<ChosenDigits> {
  if ('chosen' in choice) refuseWeakDigits(choice.chosen, ownNumbers);
  const { pins, hashes } = inReadTransaction(store, () => ({
    pins: readPins(store),
    hashes: readPinHashes(store),
  }));
  const rivals = rivalsOf(store, holders, pins).flatMap(({ id }) => hashes.get(id) ?? []);
  if (rivals.length > COMPARED_MAX) {
    throw new AppError('invalid', `More than ${COMPARED_MAX} PINs count in there. Choose a smaller group.`);
  }
  const foreign = [...hashes.values()].filter((hash) => !hasher.made(hash)).length;
  const notices =
    foreign === 0
      ? []
      : [
          `Made with another key file, so they match nothing: ${foreign} PINs. Put that file back, or renew them.`,
        ];
  for (let draws = 1; ; draws += 1) {
    const digits = 'chosen' in choice ? choice.chosen : drawDigits(choice.draw, ownNumbers);
    const same = await Promise.all(rivals.map((hash) => hasher.matches(hash, digits)));
    if (!same.includes(true)) {
      const refuseNewcomers = (now: readonly PinRow[]) => {
        const known = readPinHashes(store);
        if (now.every(({ id }) => hashes.get(id) === known.get(id))) return;
        throw new AppError('conflict', 'Somebody else changed PINs in this moment. Try again.');
      };
      return { digits, hash: await hasher.hash(digits), notices, refuseNewcomers };
    }
    if ('chosen' in choice || draws >= DRAWS_MAX) {
      throw new AppError(
        'conflict',
        'These digits cannot be taken, as they are in use there. Choose others.',
      );
    }
  }
}
