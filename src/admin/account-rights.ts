// What accounts of the console and the API may do: rights, and the roles that hold them.

/** In the order in which people read them. */
export const rights = [
  'policy.read',
  'system.write',
  'users.write',
  'calls.read',
  'live.read',
  'pickup',
  'figures.read',
  'audit.read',
  'backup',
  'accounts',
] as const;

/**
 * `policy.read`: settings, levels, extensions, groups, lists, limits, and what a call would meet (check).
 * `system.write`: the organisation's barring and the pickup groups. `users.write`: extensions, their
 * groups, PINs, release from quarantine. Exceptions of users need both, and so does to forget an extension
 * that has some, or a limit or a protection of its own; who may pick up any call is of `system.write`.
 * Nobody reaches an account that may do more than he. `calls.read`: who called whom, and decisions as they
 * happen. `live.read`: the ringing board and the state of the links. `pickup`: taking a ringing call for
 * one's own extension. `figures.read`: statistics. `audit.read`: who changed what. `backup`: copies of the
 * database. `accounts`: accounts and tokens of others.
 */
export type Right = (typeof rights)[number];

/** In the order in which people read them. */
export const roles = ['administrator', 'telephony-system', 'users', 'supervisor', 'auditor'] as const;
export type Role = (typeof roles)[number];

const rightsOfRole: Readonly<Record<Role, readonly Right[]>> = {
  administrator: rights,
  'telephony-system': ['policy.read', 'system.write', 'calls.read', 'figures.read'],
  users: ['policy.read', 'users.write', 'calls.read'],
  supervisor: ['live.read', 'pickup', 'figures.read'],
  auditor: ['policy.read', 'calls.read', 'live.read', 'figures.read', 'audit.read'],
};

/** What a board on a wall shows, of what its account may see. */
export const boardRights: readonly Right[] = ['live.read', 'figures.read'];

/** Roles whose holders see every ringing call; others see those that their extension may take, and those on its own phone. */
const seeingAll: ReadonlySet<Role> = new Set(['administrator', 'auditor']);

/** All that the roles hold together, in the order of `rights`. */
export function rightsOfRoles(held: readonly Role[]): readonly Right[] {
  const found = new Set(held.flatMap((role) => rightsOfRole[role]));
  return rights.filter((right) => found.has(right));
}

export function seesAllCalls(held: readonly Role[]): boolean {
  return held.some((role) => seeingAll.has(role));
}
