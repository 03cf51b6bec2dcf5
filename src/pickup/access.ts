// Whether one picker may take one call from one phone: protections first, then his rights.
import type { RingingCall } from './call.ts';
import { groupsInRole, membersInRole } from './groups.ts';
import { protectionsOfCall, type Protection } from './protections.ts';
import {
  findRight,
  isNamed,
  rightsOf,
  ruleOfProtection,
  RULES,
  type PickerRights,
  type PickupRights,
} from './rights.ts';

export type Access =
  | { readonly kind: 'open'; readonly rule: string; readonly untilMs: number | null }
  | { readonly kind: 'refused'; readonly rule: string; readonly protection: Protection | null };

/**
 * A protection beats every right: of those over the phone and over the call, all must name the picker. Who is named
 * needs no other right, since "only these may take it" is what a protection with names says. One's own phone is not
 * protected from oneself; a protected caller or number is.
 */
export function accessTo(his: PickerRights, extension: string, overCall: readonly Protection[]): Access {
  const standing = [...protectionsOfPhone(his, extension), ...overCall];
  const closed = standing.find((protection) => !isNamed(his, protection));
  if (closed) return { kind: 'refused', rule: ruleOfProtection(closed, 'closed'), protection: closed };
  const right = findRight(his, extension);
  if (right) return { kind: 'open', ...right };
  const [naming] = standing;
  if (naming) return { kind: 'open', rule: ruleOfProtection(naming, 'named'), untilMs: null };
  return { kind: 'refused', rule: RULES.noSharedGroup, protection: null };
}

/** Those over what rings on a phone, as far as they concern this picker. */
export function protectionsOfPhone(
  { rights, picker }: PickerRights,
  extension: string,
): readonly Protection[] {
  return extension === picker ? [] : (rights.protections.extensions.get(extension) ?? []);
}

/** More are not told: beyond, the list is cut off behind the last in order. */
const WHO_MAX = 1_000;

/**
 * The extensions that may take the call from one of its phones at that time by a right, a group or a protection that
 * names them, in order, at most 1,000. Those who have it already are not among them: the caller, and whoever it rings
 * for only on his own phone. A PIN is nobody's right.
 */
export function whoMayTake(rights: PickupRights, call: RingingCall, atMs: number): readonly string[] {
  const overCall = protectionsOfCall(rights.protections, call);
  const phones = [...new Set(call.legs.map(({ extension }) => extension))];
  const found: string[] = [];
  const pickers = new Set(phones.flatMap((extension) => pickersOf(rights, extension, overCall)));
  for (const picker of [...pickers].toSorted()) {
    if (picker === call.callerExtension) continue;
    const his = rightsOf(rights, picker, atMs);
    const others = phones.filter((extension) => extension !== picker);
    if (!others.some((extension) => accessTo(his, extension, overCall).kind === 'open')) continue;
    found.push(picker);
    if (found.length === WHO_MAX) break;
  }
  return found;
}

/** Everybody who could have access to what rings there; each of them is asked then. */
function pickersOf(
  rights: PickupRights,
  extension: string,
  overCall: readonly Protection[],
): readonly string[] {
  const { groups, rows, protections, anyRight } = rights;
  // All protections must name him, so that those whom one names are enough.
  const [guard] = [...(protections.extensions.get(extension) ?? []), ...overCall];
  if (guard) return [...guard.extensions, ...membersInRole(guard.groups, 'interceptor')];
  const taking = new Set(groupsInRole(groups, 'target', extension));
  const leading = [
    ...rows.toAny,
    ...(rows.toExtension.get(extension) ?? []),
    ...[...taking].flatMap(({ name }) => rows.toGroup.get(name) ?? []),
  ];
  const pickers = [...anyRight];
  for (const { picker } of leading) {
    const group = picker.kind === 'group' ? groups.byName.get(picker.name) : undefined;
    if (group) taking.add(group);
    else if (picker.kind === 'extension') pickers.push(picker.name);
  }
  return [...pickers, ...membersInRole(taking, 'interceptor')];
}

/** The names of the groups in which one of the extensions is a target, in order. */
export function groupsOfTarget(rights: PickupRights, extensions: readonly string[]): readonly string[] {
  const found = new Set(
    extensions.flatMap((extension) =>
      [...groupsInRole(rights.groups, 'target', extension)].map(({ name }) => name),
    ),
  );
  return [...found].toSorted();
}
