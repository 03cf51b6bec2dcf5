// Who may take whose calls, compiled once per policy from the groups in the database.
import type { PickupPolicyData } from './call.ts';

export interface CompiledGroup {
  readonly name: string;
  /** Whose calls may be taken by the group's interceptors. */
  readonly targets: ReadonlySet<string>;
}

/** An immutable snapshot of the pickup rights. */
export interface PickupRights {
  /** The groups in which an extension is an interceptor, in the order of their names. */
  readonly groupsByInterceptor: ReadonlyMap<string, readonly CompiledGroup[]>;
  readonly anyRight: ReadonlySet<string>;
  /** Asterisk sound names by outcome. */
  readonly announcements: Readonly<Record<string, string>>;
}

/** Names of rules as records and explanations carry them. */
export const RULES = {
  anyRight: 'any-right',
  unknownPicker: 'unknown-picker',
  noGroup: 'no-group',
  noSharedGroup: 'no-shared-group',
} as const;

/** Compiles the policy. Extensions and groups are compared whole and by exact bytes. */
export function compileRights(data: PickupPolicyData): PickupRights {
  const groupsByInterceptor = new Map<string, CompiledGroup[]>();
  const byName = data.groups.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, members } of byName) {
    const group: CompiledGroup = {
      name,
      targets: new Set(members.filter(({ target }) => target).map(({ extension }) => extension)),
    };
    for (const extension of new Set(members.filter((m) => m.interceptor).map((m) => m.extension))) {
      const groups = groupsByInterceptor.get(extension);
      if (groups) groups.push(group);
      else groupsByInterceptor.set(extension, [group]);
    }
  }
  return { groupsByInterceptor, anyRight: new Set(data.anyRight), announcements: data.announcements };
}

/** The groups in which the picker is an interceptor. */
export function groupsOf(rights: PickupRights, picker: string): readonly CompiledGroup[] {
  return rights.groupsByInterceptor.get(picker) ?? [];
}

/** The rule that lets the picker take a call from the target by a group of his own; null when there is none. */
export function ruleByGroup(rights: PickupRights, picker: string, target: string): string | null {
  const group = groupsOf(rights, picker).find(({ targets }) => targets.has(target));
  return group ? `group:${group.name}` : null;
}

/** The rule that lets the picker take a call from the target by any right that he has; null when there is none. */
export function ruleByAny(rights: PickupRights, picker: string, target: string): string | null {
  return ruleByGroup(rights, picker, target) ?? (rights.anyRight.has(picker) ? RULES.anyRight : null);
}
