// How pickup is written by administrators: roles, parties (`1001`, `group:sales`, `any`), numbers of groups and of callers.
import { AppError } from '../errors.ts';
import type { PickupGroupRow, PickupParty, PickupProtectionRow, PickupRightRow } from '../pickup/call.ts';
import { readExtensionWords } from './extension-words.ts';
import { readChoice } from './known-word.ts';
import { readPolicyName } from './policy-name.ts';

/** `both` may take and be taken from; the others are one side of an asymmetric right. */
export type PickupRole = 'both' | 'interceptor' | 'target';

export const pickupRoles: readonly PickupRole[] = ['both', 'interceptor', 'target'];

type Sides = Pick<PickupGroupRow['members'][number], 'interceptor' | 'target'>;

export const sidesOf = (role: PickupRole): Sides => ({
  interceptor: role !== 'target',
  target: role !== 'interceptor',
});

export function roleOf({ interceptor, target }: Sides): PickupRole {
  if (interceptor && target) return 'both';
  return interceptor ? 'interceptor' : 'target';
}

/** Throws `AppError('invalid')`. */
export const readRole = (word: string): PickupRole => readChoice(word, pickupRoles, 'A role');

const GROUP = 'group:';
const ANY = 'any';

/** `1001` or `group:sales`. Throws `AppError('invalid')`; whether it is there is not looked up. */
export function readParty(word: string): PickupParty {
  if (word.startsWith(GROUP)) {
    return { kind: 'group', name: readPolicyName(word.slice(GROUP.length), 'a pickup group') };
  }
  return { kind: 'extension', name: readOneExtension(word) };
}

/** The same, or `any`. */
export const readTarget = (word: string): PickupRightRow['target'] =>
  word === ANY ? { kind: 'any' } : readParty(word);

/** As `readParty` and `readTarget` read it. */
export function partyWord(party: PickupRightRow['target']): string {
  if (party.kind === 'any') return ANY;
  return party.kind === 'group' ? GROUP + party.name : party.name;
}

export function readOneExtension(word: string): string {
  const [extension = '', ...more] = readExtensionWords([word]);
  if (more.length === 0) return extension;
  throw new AppError('invalid', `${JSON.stringify(word)} is more than one extension. Name one.`);
}

/** Who is named in one protection. */
export const PICKUP_ALLOWED_MAX = 100;

/** What is dialled behind the group code. */
export const GROUP_NUMBER = /^\d{1,8}$/;

/** Null for `none`. Throws `AppError('invalid')`. */
export function readGroupNumber(word: string): string | null {
  if (word === 'none') return null;
  if (GROUP_NUMBER.test(word)) return word;
  throw new AppError(
    'invalid',
    `The number of a pickup group has 1 to 8 digits, or is none, not ${JSON.stringify(word)}.`,
  );
}

export const ALERT_AFTER_S_MAX = 600;

/** Seconds; null for `default`. Throws `AppError('invalid')`. */
export function readAlertAfter(word: string): number | null {
  if (word === 'default') return null;
  const seconds = /^\d{1,4}$/.test(word) ? Number(word) : Infinity;
  if (seconds <= ALERT_AFTER_S_MAX) return seconds;
  throw new AppError(
    'invalid',
    `--alert-after takes seconds up to ${ALERT_AFTER_S_MAX}, 0 for never, or default, not ${JSON.stringify(word)}.`,
  );
}

export const protectionKinds: readonly PickupProtectionRow['kind'][] = ['extension', 'caller', 'dialled'];

/** A number as a caller shows it, or as it is dialled. */
export const PROTECTED_NUMBER = /^\+?\d{1,20}$/;

/** What is protected, without the marks that people put between digits. Throws `AppError('invalid')`. */
export function readProtected(kind: PickupProtectionRow['kind'], word: string): string {
  if (kind === 'extension') return readOneExtension(word);
  const number = word.replaceAll(/[\s()./-]/g, '');
  if (PROTECTED_NUMBER.test(number)) return number;
  throw new AppError(
    'invalid',
    `${JSON.stringify(word)} is no number. Write its digits as they are shown or dialled, with + in front or not.`,
  );
}
