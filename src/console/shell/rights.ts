// The rights of accounts, as the API names them.
import { tOr } from '../i18n/t.tsx';
import type { Who } from '../../http/api/who.ts';

export type Right = Who['rights'] extends ReadonlySet<infer Name> ? Name : never;

/** In words: `policy.read` is “Read the policy”. */
export const rightName = (right: Right): string => tOr(`accounts.right-${right.replace('.', '-')}`, right);
