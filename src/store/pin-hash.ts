// How a PIN is kept: argon2id with a random salt and the key file's bytes as its secret, in one PHC string.
import { createHash, timingSafeEqual } from 'node:crypto';
import { derive, hashText, newCosts, readHash, takingTurns, type Argon2idCosts } from './argon2id.ts';

/** The thread pool has four threads, and files need some of them. */
const PARALLEL_MAX = 2;
/** Checks that wait for a thread, at most. */
const WAITING_MAX = 512;
/** Nothing longer is a PIN, and nothing longer is hashed. */
const MESSAGE_LENGTH_MAX = 64;

const KEY_ID = /^,keyid=([\w-]{11})$/;
const EXACT = /^\d{6,12}$/;

/** Makes and checks hashes with one key. */
export interface PinHasher {
  /** Whether a hash was made with this key; with another one nothing ever matches. */
  made(hash: string): boolean;
  /** Rejects with `AppError('unavailable')` when too many wait. */
  hash(digits: string): Promise<string>;
  /**
   * Whether these are exactly the digits. Costs the same whatever they are, and whatever is wrong with them.
   * Rejects with `AppError('unavailable')` when too many wait.
   */
  matches(hash: string, digits: string): Promise<boolean>;
}

/** Whether this text has the form of a PIN: 6 to 12 digits. */
export const isPinForm = (digits: string): boolean => EXACT.test(digits);

export function createPinHasher(key: Uint8Array): PinHasher {
  const keyId = keyIdOfKey(key);
  const oneOfFew = takingTurns({
    parallelMax: PARALLEL_MAX,
    waitingMax: WAITING_MAX,
    busy: 'Too many PINs are being checked. Try again in a moment.',
  });
  const tagOf = (digits: string, costs: Argon2idCosts) =>
    oneOfFew(() => derive({ ...costs, message: digits.slice(0, MESSAGE_LENGTH_MAX), secret: key }));
  return {
    made: (hash) => parse(hash)?.keyId === keyId,
    hash: async (digits) => {
      const costs = newCosts();
      return hashText(costs, await tagOf(digits, costs), `,keyid=${keyId}`);
    },
    matches: async (hash, digits) => {
      const kept = parse(hash);
      const tag = await tagOf(digits, kept?.costs ?? newCosts());
      return kept !== null && timingSafeEqual(tag, kept.tag) && kept.keyId === keyId && isPinForm(digits);
    },
  };
}

function keyIdOfKey(key: Uint8Array): string {
  return createHash('sha256').update('callwarden key id\n').update(key).digest('base64url').slice(0, 11);
}

function parse(hash: string) {
  const kept = readHash(hash);
  const [, keyId] = KEY_ID.exec(kept?.extra ?? '') ?? [];
  return kept === null || keyId === undefined ? null : { ...kept, keyId };
}
