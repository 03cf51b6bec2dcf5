// Which passwords are looked at at all: counted on disk before they are, so that neither a restart nor haste helps to guess.
import type { Store } from '../store/open.ts';
import { deleteSignInTries, readSignInTries, writeSignInTries } from '../store/sign-in-tries.ts';
import { inWriteTransaction } from '../store/transaction.ts';
import {
  accountLimit,
  addressLimit,
  browserLimit,
  networkLimit,
  noTries,
  waitMs,
  withoutTry,
  withTry,
  type TryLimit,
} from './sign-in-limits.ts';

interface Counted {
  readonly who: string;
  readonly limit: TryLimit;
  /** A right password forgets the wrong ones before it. */
  readonly clears: boolean;
}

export interface Trier {
  readonly account: string;
  /** An address, or the network that one customer has of a provider. */
  readonly network: string;
  /** This account was signed in to from that network of late, or it is this very machine. */
  readonly isKnownThere: boolean;
  /** Hash of what a browser holds from which this account was used before; null for any other one. */
  readonly browser: string | null;
}

const triesOfAccount = (name: string) => `account ${name}`;
/** No network has a space: whatever is typed as a name is no other one's count. */
const triesAtNetwork = (network: string, name: string) => `network ${network} ${name}`;

/**
 * Those who guess from elsewhere use up what an account allows to strangers, and nothing of what its owner has in a browser or a
 * network from which he was let in before. Who signs in with an account of his own must not clear the way for
 * guessing at those of others from his address.
 */
function countedOf({ account, network, isKnownThere, browser }: Trier): readonly Counted[] {
  if (browser !== null) return [{ who: `browser ${browser}`, limit: browserLimit, clears: true }];
  return [
    isKnownThere
      ? { who: triesAtNetwork(network, account), limit: networkLimit, clears: true }
      : { who: triesOfAccount(account), limit: accountLimit, clears: true },
    { who: `address ${network}`, limit: addressLimit, clears: false },
  ];
}

/** Null: counted, and the password may be looked at. Else how long to wait, and nothing was counted. */
export function claimTry(store: Store, trier: Trier, nowMs: number): { readonly waitMs: number } | null {
  return inWriteTransaction(store, () => {
    const found = countedOf(trier).map(({ who, limit }) => {
      const tries = readSignInTries(store, who) ?? noTries(nowMs);
      return { who, limit, tries };
    });
    const wait = Math.max(...found.map(({ tries, limit }) => waitMs(tries, limit, nowMs)));
    if (wait > 0) return { waitMs: wait };
    for (const { who, tries } of found) writeSignInTries(store, who, withTry(tries, nowMs));
    return null;
  });
}

/** The password was not looked at. */
export function dropTry(store: Store, trier: Trier): void {
  inWriteTransaction(store, () => {
    for (const { who } of countedOf(trier)) uncount(store, who, false);
  });
}

/** The password was right, and is asked for no sign-in. */
export function forgiveTry(store: Store, trier: Trier): void {
  inWriteTransaction(store, () => takeTryBack(store, trier));
}

/** The password was right. In a write transaction. */
export function takeTryBack(store: Store, trier: Trier): void {
  for (const { who, clears } of countedOf(trier)) uncount(store, who, clears);
}

function uncount(store: Store, who: string, clears: boolean): void {
  const tries = readSignInTries(store, who);
  if (tries) writeSignInTries(store, who, withoutTry(tries, clears));
}

/** After a new password, whoever has it is let in. In a write transaction. */
export function forgetTries(store: Store, account: string): void {
  deleteSignInTries(store, triesOfAccount(account), triesAtNetwork('*', account));
}
