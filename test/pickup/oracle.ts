// Who may take what, written down as simply as can be and slowly, to hold the choice against.
import type {
  PickupParty,
  PickupPolicyData,
  PickupProtectionRow,
  PickupRequest,
  RingingCall,
} from '../../src/pickup/call.ts';
import { isOpenInTests, NOW_MS } from './situations.ts';

type Role = 'interceptor' | 'target';

/** The policy with every member group replaced by those who are in it. */
export function flattened(policy: PickupPolicyData): PickupPolicyData {
  const groups = policy.groups.map((group) => {
    const may = {
      interceptor: membersOf(policy, group.name, 'interceptor'),
      target: membersOf(policy, group.name, 'target'),
    };
    const everybody = [...new Set([...may.interceptor, ...may.target])];
    const members = everybody.map((extension) => ({
      extension,
      interceptor: may.interceptor.includes(extension),
      target: may.target.includes(extension),
    }));
    return { ...group, members, memberGroups: [] };
  });
  return { ...policy, groups };
}

function membersOf(
  policy: PickupPolicyData,
  name: string,
  role: Role,
  above: readonly string[] = [],
): string[] {
  const group = policy.groups.find((one) => one.name === name);
  if (!group || above.includes(name)) return [];
  const own = group.members.filter((member) => member[role]).map(({ extension }) => extension);
  const parts = group.memberGroups.filter((member) => member[role]);
  return [...own, ...parts.flatMap((part) => membersOf(policy, part.group, role, [...above, name]))];
}

/** The channels of the call that the request may take; of a policy without member groups. */
export function mayTake(
  flat: PickupPolicyData,
  request: PickupRequest,
  call: RingingCall,
): readonly string[] {
  const { picker } = request;
  if (picker === null || call.callerExtension === picker) return [];
  return call.legs
    .filter(({ extension }) => mayTakeFrom(flat, picker, request, call, extension))
    .map(({ channelId }) => channelId);
}

function mayTakeFrom(
  flat: PickupPolicyData,
  picker: string,
  { kind, target }: PickupRequest,
  call: RingingCall,
  extension: string,
): boolean {
  const guards = flat.protections.filter((one) => guardsCall(one, call, extension, picker));
  if (!guards.every((guard) => guard.allowed.some((party) => isParty(flat, party, picker, 'interceptor'))))
    return false;
  const byGroup = flat.groups.some(
    (group) => isIn(group.members, picker, 'interceptor') && isIn(group.members, extension, 'target'),
  );
  const byAny =
    extension === picker ||
    byGroup ||
    flat.anyRight.includes(picker) ||
    hasRow(flat, picker, extension) ||
    guards.length > 0;
  switch (kind) {
    case 'directed':
      return extension === target && byAny;
    case 'group':
      return byGroup;
    case 'other-group':
      return mayTakeFromGroup(flat, picker, target, extension);
    case 'any':
      return byAny;
    case 'exact':
      return call.callId === target && byAny;
  }
}

/** Of a flat policy the groups in groups are lost: nothing here asks for more than the group itself. */
function mayTakeFromGroup(
  flat: PickupPolicyData,
  picker: string,
  number: string | null,
  extension: string,
): boolean {
  const group = flat.groups.find((one) => one.number === number);
  if (!group || !isIn(group.members, extension, 'target')) return false;
  return (
    isIn(group.members, picker, 'interceptor') ||
    flat.anyRight.includes(picker) ||
    rowsNow(flat, picker).some(
      (row) => row.target.kind === 'any' || (row.target.kind === 'group' && row.target.name === group.name),
    )
  );
}

function rowsNow(flat: PickupPolicyData, picker: string) {
  return flat.rights.filter(
    (row) =>
      isParty(flat, row.picker, picker, 'interceptor') &&
      (row.fromMs === null || row.fromMs <= NOW_MS) &&
      (row.untilMs === null || row.untilMs > NOW_MS) &&
      (row.schedule === '' || isOpenInTests(row.schedule)),
  );
}

function hasRow(flat: PickupPolicyData, picker: string, extension: string): boolean {
  return rowsNow(flat, picker).some(
    ({ target }) => target.kind === 'any' || isParty(flat, target, extension, 'target'),
  );
}

function isParty(
  flat: PickupPolicyData,
  { kind, name }: PickupParty,
  extension: string,
  role: Role,
): boolean {
  if (kind === 'extension') return name === extension;
  return flat.groups.some((group) => group.name === name && isIn(group.members, extension, role));
}

function isIn(
  members: readonly { readonly extension: string; readonly interceptor: boolean; readonly target: boolean }[],
  extension: string,
  role: Role,
): boolean {
  return members.some((member) => member.extension === extension && member[role]);
}

function guardsCall(
  { kind, value }: PickupProtectionRow,
  call: RingingCall,
  extension: string,
  picker: string,
): boolean {
  switch (kind) {
    case 'extension':
      return value === extension && extension !== picker;
    case 'caller':
      return isSame(value, call.callerNumber) || value === call.callerExtension;
    case 'dialled':
      return call.dialled.some((number) => isSame(value, number));
  }
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => text.replaceAll(/\D/g, '').replace(/^00/, ''));
  if (one === undefined || other === undefined) return false;
  if (one === other) return true;
  return Math.min(one.length, other.length) >= 7 && (one.endsWith(other) || other.endsWith(one));
}
