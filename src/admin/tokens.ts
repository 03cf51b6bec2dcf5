// Tokens for programs: the rights of an account or some of them, until a day, shown once and kept as a hash.
import { AppError } from '../errors.ts';
import { readAccount } from '../store/accounts.ts';
import {
  insertApiToken,
  readApiToken,
  readApiTokenOf,
  readApiTokens,
  writeApiTokenUsed,
  type ApiTokenRow,
} from '../store/api-tokens.ts';
import type { Store } from '../store/open.ts';
import { inWriteTransaction } from '../store/transaction.ts';
import { rights, type Right } from './account-rights.ts';
import { accountOf, requireAccount, type Account } from './accounts.ts';
import { refuseHigher } from './asker-rights.ts';
import { changeBeside, type AdminContext, type ChangeOutcome } from './change.ts';
import { nextStep, readChoice } from './known-word.ts';
import { readPolicyName } from './policy-name.ts';
import { drawToken, hashOfSecret } from './secret-words.ts';
import { removeOneToken, spokenToken, tokenSubject } from './token-removal.ts';

const TOKENS_OF_ACCOUNT_MAX = 50;
const DAY_MS = 86_400_000;
const LENGTH_MS_MAX = 732 * DAY_MS;
/** How often the last use is written down. */
const USED_EVERY_MS = 60_000;

/** Without anything secret. */
export interface ApiToken extends Omit<ApiTokenRow, 'rights'> {
  readonly rights: readonly Right[];
}

export interface TokenWords {
  readonly name: string;
  readonly rights: readonly string[];
  readonly fromMs: number | null;
  readonly untilMs: number;
}

export interface TokenOutcome extends ChangeOutcome {
  /** To be shown once. */
  readonly token: string;
}

const tokenOf = (row: ApiTokenRow): ApiToken => ({
  ...row,
  rights: rights.filter((right) => row.rights.includes(right)),
});

/** Of one account, or of all. */
export function listTokens(store: Store, account: string | null): readonly ApiToken[] {
  if (account !== null) requireAccount(store, account);
  return readApiTokens(store, account).map(tokenOf);
}

/** Throws `AppError('invalid')` for rights that the account has not. */
export function addToken(context: AdminContext, account: string, words: TokenWords): TokenOutcome {
  const { store, nowMs } = context;
  const name = readPolicyName(words.name, 'a token');
  const chosen = new Set(words.rights.map((word) => readChoice(word, rights, 'A right')));
  const wanted = rights.filter((right) => chosen.has(right));
  if (wanted.length === 0) throw new AppError('invalid', 'Choose what the token may do: one right or more.');
  refuseTimes(words, nowMs);
  const token = drawToken();
  const outcome = changeBeside(context, () => {
    const holder = requireAccount(store, account);
    refuseHigher(context.rights, account, wanted);
    const missing = wanted.filter((right) => !holder.rights.includes(right));
    if (missing.length > 0) {
      throw new AppError('invalid', `${account} has no right to do this itself: ${missing.join(', ')}.`);
    }
    if (readApiTokenOf(store, account, name)) {
      throw new AppError('conflict', `${account} has a token ${name} already. Choose another name.`);
    }
    if (readApiTokens(store, account).length >= TOKENS_OF_ACCOUNT_MAX) {
      throw new AppError('invalid', `${account} has ${TOKENS_OF_ACCOUNT_MAX} tokens, which is the limit.`);
    }
    const { fromMs, untilMs } = words;
    const row = { account, name, rights: wanted, createdMs: nowMs, fromMs, untilMs, usedMs: null };
    insertApiToken(store, hashOfSecret(token), row);
    return {
      changes: [{ action: 'token-added', subject: tokenSubject(row), before: null, after: spokenToken(row) }],
    };
  });
  return { ...outcome, token };
}

/** It is good for nothing from then on. */
export function removeToken(context: AdminContext, account: string, name: string): ChangeOutcome {
  const { store } = context;
  return changeBeside(context, () => {
    return { changes: [removeOneToken(store, requireToken(store, account, name))] };
  });
}

function requireToken(store: Store, account: string, name: string): ApiTokenRow {
  requireAccount(store, account);
  const row = readApiTokenOf(store, account, name);
  if (row) return row;
  const known = readApiTokens(store, account).map((token) => token.name);
  const next = nextStep(name, known, `user token list ${account}`);
  throw new AppError('not-found', `${account} has no token ${JSON.stringify(name)}. ${next}`);
}

export interface TokenHolder {
  readonly token: ApiToken;
  readonly account: Account;
  /** Those of the token that the account still has. */
  readonly rights: readonly Right[];
}

/** Null for a token that is none, that does not count yet or any more, or whose account is disabled. */
export function tokenHolder(store: Store, secret: string, nowMs: number): TokenHolder | null {
  return holderOf(store, readApiToken(store, hashOfSecret(secret)), nowMs);
}

/** The same by its name, for what lasts longer than a request. */
export function tokenHolderOf(
  store: Store,
  account: string,
  name: string,
  nowMs: number,
): TokenHolder | null {
  return holderOf(store, readApiTokenOf(store, account, name), nowMs);
}

function holderOf(store: Store, row: ApiTokenRow | null, nowMs: number): TokenHolder | null {
  if (row === null || (row.fromMs !== null && nowMs < row.fromMs) || nowMs >= row.untilMs) return null;
  const held = readAccount(store, row.account);
  if (held?.enabled !== true) return null;
  const token = tokenOf(row);
  const account = accountOf(held);
  return { token, account, rights: token.rights.filter((right) => account.rights.includes(right)) };
}

/** Written once a minute at most. */
export function noteTokenUsed(store: Store, { account, name, usedMs }: ApiToken, nowMs: number): void {
  if (usedMs !== null && nowMs - usedMs < USED_EVERY_MS) return;
  inWriteTransaction(store, () => writeApiTokenUsed(store, account, name, nowMs));
}

function refuseTimes({ fromMs, untilMs }: TokenWords, nowMs: number): void {
  if (untilMs <= Math.max(nowMs, fromMs ?? 0)) {
    throw new AppError('invalid', 'The end must be in the future, and behind the beginning.');
  }
  if (untilMs - nowMs <= LENGTH_MS_MAX) return;
  throw new AppError('invalid', 'A token counts for two years at most. Make a new one then.');
}
