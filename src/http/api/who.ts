// Who asks the API, and what the guard at its door says about a request.
import type { Right } from '../../admin/account-rights.ts';

export interface Who {
  /** The name of the account, or `account/token` for a token of it. */
  readonly name: string;
  /** As it stands in the audit: `user:maria`, `token:maria/crm`. */
  readonly actor: string;
  readonly rights: ReadonlySet<Right>;
  /** The phone that `Pick up` rings, and whose rights count there; null for none. */
  readonly extension: string | null;
  /** Sees every ringing call; else those that the extension may take, and those on its own phone. */
  readonly seesAll: boolean;
  /** `board`: a session that shows what happens on a wall, and changes nothing. */
  readonly via: 'session' | 'board' | 'token';
  readonly account: string;
  /** The id of the session, or the name of the token. */
  readonly credential: string;
}

/** Of routes that are open to anybody. */
export const nobody: Who = {
  name: 'nobody',
  actor: 'nobody',
  rights: new Set(),
  extension: null,
  seesAll: false,
  via: 'session',
  account: '',
  credential: '',
};

/** `refused`: known or not, this request is not let in, such as one that another site has made the browser send. */
export type Identity =
  | { readonly kind: 'known'; readonly who: Who }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly status: 403 | 429; readonly message: string };
