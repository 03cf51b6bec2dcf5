// The words of an explanation: what each right, group and protection says about one picker.
import type { PickupParty, PickupRightRow } from './call.ts';
import type { PickupGroup } from './groups.ts';
import type { Protection } from './protections.ts';
import {
  isNamed,
  rowsOf,
  tryRight,
  whyNotNow,
  wholesOfTarget,
  type PickerRights,
  type PickupRights,
  type PickupTarget,
  type Try,
} from './rights.ts';

/** How a time is told. */
export type When = (atMs: number) => string;

export interface Asking {
  readonly rights: PickupRights;
  readonly his: PickerRights;
  readonly atMs: number;
  readonly when: When;
}

/** Names that one sentence tells; of more their count is told. */
const NAMED_MAX = 12;

/** What a protection says, and whether he is named. */
export function guardText(protection: Protection, his: PickerRights): string {
  const { picker } = his;
  const verdict = isNamed(his, protection) ? `${picker} is named` : `${picker} is not named`;
  return `${protectionText(protection)}; ${verdict}`;
}

export function protectionText({ kind, value, reason, extensions, groups }: Protection): string {
  const what = {
    extension: `the extension ${value}`,
    caller: `the caller ${value}`,
    dialled: `calls to ${value}`,
  };
  const named = [...extensions, ...groups.map(({ name }) => `the interceptors of ${name}`)];
  const who = named.length === 0 ? 'nobody may take' : `only ${list(named)} may take`;
  return `the protection of ${what[kind]}${reasonText(reason)}: ${who}`;
}

/** What came of one try. */
export function tryText(asking: Asking, target: PickupTarget, one: Try): string {
  const { his } = asking;
  const { picker } = his;
  const found = tryRight(his, target, one);
  switch (one) {
    case 'own-phone':
      return `${picker} rings himself: what rings on one’s own extension may be taken on another phone of it`;
    case 'group':
      return groupText(asking, target, found?.rule.slice('group:'.length) ?? null);
    case 'any-right':
      return found ? `${picker} has the any-call right` : `${picker} does not have the any-call right`;
    case 'right':
      return rowsText(asking, target);
    case 'pin':
      return '';
  }
}

function groupText({ his, rights }: Asking, target: PickupTarget, shared: string | null): string {
  const { picker, groups } = his;
  const mine = groups.size === 0 ? 'no group' : list(namesOf(groups));
  const named = typeof target === 'string' ? target : `the group ${target.name}`;
  if (shared !== null)
    return `${picker} may take in ${shared}${via(his, rights, shared, target)}, and ${named} may be taken from there`;
  const theirs = namesOf(wholesOfTarget(rights, target));
  return `${picker} may take in ${mine}; ${named} may be taken from in ${theirs.length === 0 ? 'no group' : list(theirs)}`;
}

/** Through which groups of one's own, where one stands in the shared one only by a group in it. */
function via(
  { picker }: PickerRights,
  { groups }: PickupRights,
  shared: string,
  target: PickupTarget,
): string {
  const through = (extension: string, role: 'interceptor' | 'target') => {
    const direct = groups.ofMember[role].get(extension) ?? [];
    if (direct.some(({ name }) => name === shared)) return [];
    return [`${extension} stands there through ${list(namesOf(direct))}`];
  };
  const ways = [
    ...through(picker, 'interceptor'),
    ...(typeof target === 'string' ? through(target, 'target') : []),
  ];
  return ways.length === 0 ? '' : ` (${ways.join('; ')})`;
}

/** Every right of his that leads to the target, whether it holds now or not. */
function rowsText({ his, rights, when, atMs }: Asking, target: PickupTarget): string {
  const names = new Set(namesOf(wholesOfTarget(rights, target)));
  const leading = rowsOf(rights, his.picker, his.groups).filter(({ target: to }) => {
    if (to.kind === 'any') return true;
    return to.kind === 'group' ? names.has(to.name) : to.name === target;
  });
  if (leading.length === 0) return `${his.picker} has no right of his own to it`;
  const told = leading.slice(0, NAMED_MAX).map((row) => {
    const why = whyNotNow(row, atMs, rights.isOpen);
    const state = { 'not-yet': 'it does not hold yet', over: 'it is over', closed: 'its schedule is closed' };
    return `${rowText(row, when)}: ${why === null ? 'it holds' : state[why]}`;
  });
  const rest = leading.length - told.length;
  return [...told, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

function rowText(
  { id, picker, target, fromMs, untilMs, schedule, reason }: PickupRightRow,
  when: When,
): string {
  const to = target.kind === 'any' ? 'everybody' : partyText(target, 'targets');
  const limits = [
    ...(fromMs === null ? [] : [`from ${when(fromMs)}`]),
    ...(untilMs === null ? [] : [`until ${when(untilMs)}`]),
    ...(schedule === '' ? [] : [`inside the schedule ${schedule}`]),
  ];
  const who = partyText(picker, 'interceptors');
  return `right ${id} of ${who} to ${to}${limits.map((limit) => `, ${limit}`).join('')}${reasonText(reason)}`;
}

function partyText({ kind, name }: PickupParty, role: string): string {
  return kind === 'group' ? `the ${role} of ${name}` : name;
}

function reasonText(reason: string): string {
  return reason === '' ? '' : ` (${reason})`;
}

function namesOf(groups: Iterable<PickupGroup>): string[] {
  return [...groups].map(({ name }) => name).toSorted();
}

/** Some of the names, and how many there are beside. */
export function list(names: readonly string[]): string {
  const rest = names.length - NAMED_MAX;
  const told = names.slice(0, NAMED_MAX).join(', ') || 'nobody';
  return rest > 0 ? `${told} and ${rest} more` : told;
}
