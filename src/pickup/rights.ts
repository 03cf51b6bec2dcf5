// Who may take whose calls, compiled once per policy, and the tries by which one picker gets at one target.
import type { PickupPerson, PickupPolicyData, PickupRightRow, PickupSettings } from './call.ts';
import {
  addTo,
  compileGroups,
  groupsInRole,
  partsOf,
  wholesOf,
  type PickupGroup,
  type PickupGroups,
} from './groups.ts';
import { compileProtections, type Protection, type Protections } from './protections.ts';

/** An immutable snapshot of the pickup rights. */
export interface PickupRights {
  readonly groups: PickupGroups;
  readonly anyRight: ReadonlySet<string>;
  readonly rows: {
    readonly ofExtension: ReadonlyMap<string, readonly PickupRightRow[]>;
    readonly ofGroup: ReadonlyMap<string, readonly PickupRightRow[]>;
    readonly toExtension: ReadonlyMap<string, readonly PickupRightRow[]>;
    readonly toGroup: ReadonlyMap<string, readonly PickupRightRow[]>;
    readonly toAny: readonly PickupRightRow[];
  };
  readonly protections: Protections;
  readonly isOpen: IsOpen;
  readonly settings: PickupSettings;
  /** By extension. */
  readonly people: ReadonlyMap<string, PickupPerson>;
  /** Asterisk sound names by outcome. */
  readonly announcements: Readonly<Record<string, string>>;
}

export type IsOpen = (schedule: string, atMs: number) => boolean;

/** Names of rules as records and explanations carry them. */
export const RULES = {
  anyRight: 'any-right',
  ownPhone: 'own-phone',
  unknownPicker: 'unknown-picker',
  noGroup: 'no-group',
  noSuchGroup: 'no-such-group',
  noSharedGroup: 'no-shared-group',
} as const;

/** Compiles the policy. Extensions and groups are compared whole and by exact bytes; a schedule is never open by default. */
export function compileRights(data: PickupPolicyData, isOpen: IsOpen = () => false): PickupRights {
  const groups = compileGroups(data.groups);
  return {
    groups,
    anyRight: new Set(data.anyRight),
    rows: indexRows(data.rights),
    protections: compileProtections(data.protections, groups),
    isOpen,
    settings: data.settings,
    people: new Map(data.people.map((person) => [person.extension, person])),
    announcements: data.announcements,
  };
}

function indexRows(rights: readonly PickupRightRow[]): PickupRights['rows'] {
  const ofExtension = new Map<string, PickupRightRow[]>();
  const ofGroup = new Map<string, PickupRightRow[]>();
  const toExtension = new Map<string, PickupRightRow[]>();
  const toGroup = new Map<string, PickupRightRow[]>();
  const toAny: PickupRightRow[] = [];
  for (const row of rights) {
    addTo(row.picker.kind === 'group' ? ofGroup : ofExtension, row.picker.name, row);
    if (row.target.kind === 'any') toAny.push(row);
    else addTo(row.target.kind === 'group' ? toGroup : toExtension, row.target.name, row);
  }
  return { ofExtension, ofGroup, toExtension, toGroup, toAny };
}

/** A PIN that was entered: it opens what the any-call right opens, and no protection. */
export interface PickupGrant {
  readonly pin: string;
}

/** What one picker may, at one instant. */
export interface PickerRights {
  readonly rights: PickupRights;
  readonly picker: string;
  readonly grant: PickupGrant | null;
  /** Those in which he is an interceptor. */
  readonly groups: ReadonlySet<PickupGroup>;
  /** The groups whose targets he may take from by them, and by his rights. */
  readonly reach: { readonly byGroup: ReadonlySet<PickupGroup>; readonly byRow: ReadonlySet<PickupGroup> };
  /** His rights that hold at that instant, the one that ends last first. */
  readonly rows: readonly PickupRightRow[];
  /** Targets looked up already; it lives as long as one question. */
  readonly found: Map<string, Finding | null>;
}

/** Why a picker may take, and until when; null for no end. */
export interface Finding {
  readonly rule: string;
  readonly untilMs: number | null;
}

/** A phone, or a whole group. */
export type PickupTarget = string | PickupGroup;

/** Looks up everything that a picker has, once per question. */
export function rightsOf(
  rights: PickupRights,
  picker: string,
  atMs: number,
  grant: PickupGrant | null = null,
): PickerRights {
  const groups = groupsInRole(rights.groups, 'interceptor', picker);
  const rows = rowsOf(rights, picker, groups)
    .filter((row) => whyNotNow(row, atMs, rights.isOpen) === null)
    .toSorted((a, b) => (b.untilMs ?? Infinity) - (a.untilMs ?? Infinity) || a.id - b.id);
  const reach = { byGroup: partsOf(groups, 'target'), byRow: partsOf(targetGroups(rights, rows), 'target') };
  return { rights, picker, grant, groups, reach, rows, found: new Map() };
}

function targetGroups({ groups }: PickupRights, rows: readonly PickupRightRow[]): readonly PickupGroup[] {
  return rows
    .map(({ target }) => (target.kind === 'group' ? groups.byName.get(target.name) : undefined))
    .filter((group) => group !== undefined);
}

/** Every right of the picker and of groups in which he is an interceptor, whether it holds now or not. */
export function rowsOf(
  { rows }: PickupRights,
  picker: string,
  groups: Iterable<PickupGroup>,
): readonly PickupRightRow[] {
  const own = rows.ofExtension.get(picker) ?? [];
  return [...own, ...[...groups].flatMap(({ name }) => rows.ofGroup.get(name) ?? [])];
}

/** Null when the right holds at that time; its end does not belong to it. */
export function whyNotNow(
  { fromMs, untilMs, schedule }: PickupRightRow,
  atMs: number,
  isOpen: IsOpen,
): 'not-yet' | 'over' | 'closed' | null {
  if (fromMs !== null && atMs < fromMs) return 'not-yet';
  if (untilMs !== null && atMs >= untilMs) return 'over';
  return schedule === '' || isOpen(schedule, atMs) ? null : 'closed';
}

export type Try = 'own-phone' | 'group' | 'any-right' | 'right' | 'pin';

/** In this order; the first that finds something is the rule. */
export const TRIES: readonly Try[] = ['own-phone', 'group', 'any-right', 'right', 'pin'];

/** One try to get at a target, protections aside; null when it finds nothing. */
export function tryRight(his: PickerRights, target: PickupTarget, one: Try): Finding | null {
  switch (one) {
    case 'own-phone':
      // Taking on one phone what rings on the other one of the same extension is answering one's own call.
      return target === his.picker ? endless(RULES.ownPhone) : null;
    case 'group': {
      const name = sharedGroup(his, target);
      return name === null ? null : endless(`group:${name}`);
    }
    case 'any-right':
      return his.rights.anyRight.has(his.picker) ? endless(RULES.anyRight) : null;
    case 'right': {
      const row = rowTo(his, target);
      return row ? { rule: `right:${row.id}`, untilMs: row.untilMs } : null;
    }
    case 'pin':
      return his.grant ? endless(`pin:${his.grant.pin}`) : null;
  }
}

/** By what the picker may take from the target, protections aside; null when by nothing. */
export function findRight(his: PickerRights, target: PickupTarget): Finding | null {
  const key = typeof target === 'string' ? `extension ${target}` : `group ${target.name}`;
  const known = his.found.get(key);
  if (known !== undefined) return known;
  let found: Finding | null = null;
  for (const one of TRIES) found ??= tryRight(his, target, one);
  his.found.set(key, found);
  return found;
}

/** Whether he has anything at all beside his own phone, so that "nothing rings" is an answer for him. */
export function hasAny(his: PickerRights): boolean {
  const { rights, picker, groups, rows, grant } = his;
  const { namedExtensions, namedGroups } = rights.protections;
  return (
    groups.size > 0 ||
    rows.length > 0 ||
    grant !== null ||
    rights.anyRight.has(picker) ||
    namedExtensions.has(picker) ||
    namedGroups.intersection(groups).size > 0
  );
}

export function isNamed({ picker, groups }: PickerRights, protection: Protection): boolean {
  return protection.extensions.has(picker) || protection.groups.some((group) => groups.has(group));
}

/** A protection as a rule: `closed` for who is not named, `named` for who is. */
export function ruleOfProtection({ kind, value }: Protection, side: 'closed' | 'named'): string {
  return `${side === 'closed' ? 'protected' : 'named'}:${kind}:${value}`;
}

function endless(rule: string): Finding {
  return { rule, untilMs: null };
}

/** The groups whose interceptors may take from the target. A group is one of them, and each that takes its targets in. */
export function wholesOfTarget(rights: PickupRights, target: PickupTarget): ReadonlySet<PickupGroup> {
  return wholesOf(groupsAt(rights, target), 'target');
}

function groupsAt({ groups }: PickupRights, target: PickupTarget): readonly PickupGroup[] {
  return typeof target === 'string' ? (groups.ofMember.target.get(target) ?? []) : [target];
}

/**
 * The name of a group of his in which the target is one; of several the one that comes first, so that the order of the
 * groups in the policy changes no record. With much ringing, most targets are none: they cost a look into one set.
 */
function sharedGroup({ rights, groups, reach }: PickerRights, target: PickupTarget): string | null {
  let first: string | null = null;
  if (!groupsAt(rights, target).some((group) => reach.byGroup.has(group))) return first;
  for (const { name } of wholesOfTarget(rights, target).intersection(groups)) {
    if (first === null || name < first) first = name;
  }
  return first;
}

function rowTo({ rights, rows, reach }: PickerRights, target: PickupTarget): PickupRightRow | undefined {
  const isReached = groupsAt(rights, target).some((group) => reach.byRow.has(group));
  const names = new Set(isReached ? [...wholesOfTarget(rights, target)].map(({ name }) => name) : []);
  return rows.find((row) => {
    if (row.target.kind === 'any') return true;
    return row.target.kind === 'group' ? names.has(row.target.name) : row.target.name === target;
  });
}
