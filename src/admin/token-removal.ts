// The end of tokens: one, or all of an account, inside of the transaction of a change.
import { deleteApiToken, readApiTokens, type ApiTokenRow } from '../store/api-tokens.ts';
import type { Store } from '../store/open.ts';
import type { AdminContext, Change } from './change.ts';
import { isoMoment } from './moment-words.ts';

/** All of one account. */
export const removeTokens = ({ store }: AdminContext, account: string): readonly Change[] =>
  readApiTokens(store, account).map((token) => removeOneToken(store, token));

export function removeOneToken(store: Store, token: ApiTokenRow): Change {
  deleteApiToken(store, token.account, token.name);
  return { action: 'token-removed', subject: tokenSubject(token), before: spokenToken(token), after: null };
}

export const tokenSubject = ({ account, name }: ApiTokenRow): string => `token ${account}/${name}`;

/** As the audit says it. */
export const spokenToken = ({ rights, fromMs, untilMs }: ApiTokenRow) => ({
  rights,
  from: isoMoment(fromMs) ?? '',
  until: isoMoment(untilMs),
});
