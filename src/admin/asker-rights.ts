// What a change needs beyond the right to ask for it: parts of it that belong to another right, and accounts with more rights.
import { AppError } from '../errors.ts';
import type { Right } from './account-rights.ts';
import type { Change } from './change.ts';

/** Of who asks; undefined for whoever has the machine itself, and so every right. */
export type AskerRights = ReadonlySet<Right> | undefined;

/** What of an extension holds it back, or lets others be: to forget it would be to take these away. */
const HELD_BY_ORGANISATION = ['exceptions', 'limits', 'pickupProtections'] as const;

/** Of what was changed, by whichever way. Throws `AppError('forbidden')`, before anything is sealed. */
export function refuseOthersParts(asker: AskerRights, changes: readonly Change[]): void {
  if (asker === undefined || asker.has('system.write')) return;
  for (const { action, subject, before, after } of changes) {
    if (!action.startsWith('extension-')) continue;
    const held = HELD_BY_ORGANISATION.filter((part) => after === null && hasAny(fieldOf(before, part)));
    if (held.length > 0) {
      const what = `The ${subject} has ${held.join(' and ')}, which go with it`;
      throw new AppError('forbidden', `${what}: that needs the right system.write. Nothing was changed.`);
    }
    if (after !== null && isOn(before) !== isOn(after)) {
      const what = 'Who may pick up any ringing call is said by the right system.write';
      throw new AppError('forbidden', `${what}: leave that out for the ${subject}. Nothing was changed.`);
    }
  }
}

/** Nobody gives, takes over or takes away what is more than his own. Throws `AppError('forbidden')`. */
export function refuseHigher(asker: AskerRights, account: string, rights: readonly Right[]): void {
  if (asker === undefined) return;
  const missing = rights.filter((right) => !asker.has(right));
  if (missing.length === 0) return;
  const what = `${account} has, or would have, rights that you have not: ${missing.join(', ')}`;
  throw new AppError('forbidden', `${what}. Ask somebody who has them.`);
}

const fieldOf = (words: unknown, field: string): unknown =>
  typeof words === 'object' && words !== null ? new Map(Object.entries(words)).get(field) : undefined;
const hasAny = (names: unknown) => Array.isArray(names) && names.length > 0;
const isOn = (words: unknown) => fieldOf(words, 'anyPickup') === true;
