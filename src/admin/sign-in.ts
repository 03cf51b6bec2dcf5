// Signing in with a name and a password; whoever guesses is slowed down, and nobody is told which of the two was wrong.
import { readAccount, readPasswordHash } from '../store/accounts.ts';
import {
  isKnownBrowser,
  isKnownNetwork,
  writeKnownBrowser,
  writeKnownNetwork,
} from '../store/known-places.ts';
import { deleteSession, readSession } from '../store/sessions.ts';
import { accountSubject, type PasswordHasher } from './accounts.ts';
import { changeBeside, type AdminContext } from './change.ts';
import { PASSWORD_LENGTH_MAX } from './password-choice.ts';
import { drawSecret, hashOfSecret } from './secret-words.ts';
import { beginSession } from './sessions.ts';
import { claimTry, dropTry, takeTryBack, type Trier } from './sign-in-tries.ts';

/** A browser in which an account was used may always try, for so long after the last time. */
export const BROWSER_KNOWN_MS = 180 * 86_400_000;
const BROWSERS_OF_ACCOUNT_MAX = 10;
/** Where an account was signed in to so lately, others do not lock its owner out. */
const NETWORK_KNOWN_MS = 30 * 86_400_000;
const NETWORKS_OF_ACCOUNT_MAX = 10;
/** Who sits at the machine itself. */
const LOOPBACK = /^(127\.|::1$|0:0:0:0$)/;
const NAME_LENGTH_MAX = 40;

export interface SignInWords {
  readonly name: string;
  readonly password: string;
  readonly address: string;
  readonly network: string;
  readonly userAgent: string;
  /** What the browser holds from an earlier time, if anything. */
  readonly browser: string | null;
  /** The session that it has now, which ends. */
  readonly session: string | null;
}

/** `wrong`: the name or the password. Secrets go to the browser and are nowhere else. */
export type SignInOutcome =
  | {
      readonly kind: 'signed-in';
      readonly account: string;
      readonly session: string;
      readonly browser: string;
    }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too-many'; readonly waitMs: number };

type House = Omit<AdminContext, 'actor' | 'precondition'>;

/** Rejects with `AppError('unavailable')` where too many sign in at once, or the database cannot be written. */
export async function signIn(
  house: House,
  words: SignInWords,
  hasher: PasswordHasher,
): Promise<SignInOutcome> {
  const account = words.name.trim().toLowerCase().slice(0, NAME_LENGTH_MAX);
  const trier = trierOf(house, account, words);
  const checked = await checkPassword(house, trier, words.password, hasher);
  return checked.kind === 'right' ? begin(house, trier, words, checked.hash) : checked;
}

/** `right`: the try is counted still, and to be taken back. */
export async function checkPassword(
  { store, nowMs }: House,
  trier: Trier,
  password: string,
  hasher: PasswordHasher,
): Promise<
  Exclude<SignInOutcome, { kind: 'signed-in' }> | { readonly kind: 'right'; readonly hash: string }
> {
  const wait = claimTry(store, trier, nowMs);
  if (wait) return { kind: 'too-many', ...wait };
  const hash = readPasswordHash(store, trier.account);
  let isRight = false;
  try {
    isRight = await hasher.matches(hash, password.slice(0, PASSWORD_LENGTH_MAX * 2));
  } catch (error) {
    // Too many sign in just now: nobody has guessed anything.
    dropTry(store, trier);
    throw error;
  }
  return isRight && hash !== null ? { kind: 'right', hash } : { kind: 'wrong' };
}

/** Who asks, and whether this account was used before in that browser, or from there. */
export function trierOf(
  { store, nowMs }: House,
  account: string,
  { network, browser }: Pick<SignInWords, 'network' | 'browser'>,
): Trier {
  const hash = browser === null ? null : hashOfSecret(browser);
  const isKnown = hash !== null && isKnownBrowser(store, hash, account, nowMs - BROWSER_KNOWN_MS);
  const isKnownThere =
    LOOPBACK.test(network) || isKnownNetwork(store, network, account, nowMs - NETWORK_KNOWN_MS);
  return { account, network, isKnownThere, browser: isKnown ? hash : null };
}

/** A disabled account, or one whose password was changed while it was looked at, is like a wrong password. */
function begin(house: House, trier: Trier, words: SignInWords, hash: string): SignInOutcome {
  const { store, nowMs } = house;
  const { account } = trier;
  let outcome: SignInOutcome = { kind: 'wrong' };
  changeBeside({ ...house, actor: `user:${account}` }, () => {
    const isEnabled = readAccount(store, account)?.enabled === true;
    if (!isEnabled || readPasswordHash(store, account) !== hash) return { changes: [] };
    takeTryBack(store, trier);
    const old = words.session === null ? null : readSession(store, hashOfSecret(words.session));
    if (old) deleteSession(store, old.id);
    const browser = trier.browser === null || words.browser === null ? drawSecret() : words.browser;
    const known = { hash: hashOfSecret(browser), account, usedMs: nowMs };
    writeKnownBrowser(store, known, BROWSERS_OF_ACCOUNT_MAX);
    if (words.network !== '') {
      const place = { network: words.network, account, usedMs: nowMs };
      writeKnownNetwork(store, place, NETWORKS_OF_ACCOUNT_MAX);
    }
    outcome = { kind: 'signed-in', account, session: beginSession(house, account, words), browser };
    const after = { address: words.address };
    return { changes: [{ action: 'signed-in', subject: accountSubject(account), before: null, after }] };
  });
  return outcome;
}
