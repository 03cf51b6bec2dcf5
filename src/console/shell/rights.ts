// The rights of accounts, as the API names them.
import type { Who } from '../../http/api/who.ts';

export type Right = Who['rights'] extends ReadonlySet<infer Name> ? Name : never;
