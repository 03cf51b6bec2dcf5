// Who may call abroad in the end: the extension's own word, then that of its groups, and nobody without either.
import type { ExtensionRow, GroupRow, Right } from '../barring/policy.ts';

/** Groups by the name of a member. */
export type GroupsOf = ReadonlyMap<string, readonly GroupRow[]>;

export function groupsByMember(groups: readonly GroupRow[]): GroupsOf {
  const found = new Map<string, GroupRow[]>();
  for (const group of groups) {
    for (const extension of group.members) {
      const others = found.get(extension);
      if (others) others.push(group);
      else found.set(extension, [group]);
    }
  }
  return found;
}

/** `off` wins among several groups. */
export function mayCallAbroad(own: Right, groups: readonly Pick<GroupRow, 'right'>[]): boolean {
  if (own !== 'inherit') return own === 'on';
  return groups.some(({ right }) => right === 'on') && !groups.some(({ right }) => right === 'off');
}

/** The extensions that may call abroad, those among them that only a group knows. */
export function extensionsAbroad(
  extensions: readonly Pick<ExtensionRow, 'extension' | 'right'>[],
  groups: readonly GroupRow[],
): ReadonlySet<string> {
  const groupsOf = groupsByMember(groups);
  const own = new Map(extensions.map(({ extension, right }) => [extension, right]));
  const names = new Set([...own.keys(), ...groupsOf.keys()]);
  return new Set(
    [...names].filter((name) => mayCallAbroad(own.get(name) ?? 'inherit', groupsOf.get(name) ?? [])),
  );
}

/** What a change gives and takes, in sentences. */
export function rightNotices(before: ReadonlySet<string>, after: ReadonlySet<string>): readonly string[] {
  const gained = [...after].filter((name) => !before.has(name)).length;
  const lost = [...before].filter((name) => !after.has(name)).length;
  const count = (many: number) => `${many.toLocaleString('en')} ${many === 1 ? 'extension' : 'extensions'}`;
  return [
    ...(gained > 0 ? [`${count(gained)} may now call abroad.`] : []),
    ...(lost > 0 ? [`${count(lost)} may no longer call abroad.`] : []),
  ];
}
