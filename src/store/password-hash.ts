// How a password is kept: argon2id with a random salt, in one PHC string.
import { timingSafeEqual } from 'node:crypto';
import { derive, hashText, newCosts, readHash, takingTurns, type Argon2idCosts } from './argon2id.ts';

/** The pool has four threads: PINs of calls take two of them, and files need one. */
const PARALLEL_MAX = 1;
/** A second's work. Who comes then is told to try again. */
const WAITING_MAX = 30;

export interface PasswordHasher {
  /** Rejects with `AppError('unavailable')` when too many wait. */
  hash(password: string): Promise<string>;
  /** Costs the same whatever is wrong, also where there is no hash. Rejects when too many wait. */
  matches(hash: string | null, password: string): Promise<boolean>;
}

export function createPasswordHasher(): PasswordHasher {
  const inTurn = takingTurns({
    parallelMax: PARALLEL_MAX,
    waitingMax: WAITING_MAX,
    busy: 'Too many people sign in at this moment. Try again in a few seconds.',
  });
  const tagOf = (password: string, costs: Argon2idCosts) =>
    // The same password typed on another keyboard may come in other code points.
    inTurn(() => derive({ ...costs, message: password.normalize('NFKC') }));
  return {
    hash: async (password) => {
      const costs = newCosts();
      return hashText(costs, await tagOf(password, costs));
    },
    matches: async (hash, password) => {
      const kept = hash === null ? null : readHash(hash);
      const tag = await tagOf(password, kept?.costs ?? newCosts());
      return kept !== null && kept.extra === '' && timingSafeEqual(tag, kept.tag);
    },
  };
}
