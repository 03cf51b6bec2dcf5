// The extensions with what holds for each in the end, for lists and tables.
import type { GroupRow } from '../barring/policy.ts';
import { readExtension, readExtensions, type ExtensionRecord } from '../store/extensions.ts';
import { readGroups, readGroupsOf } from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import { newcomer } from './extension-record.ts';
import { groupsByMember, mayCallAbroad } from './international-right.ts';

export interface ShownExtension extends ExtensionRecord {
  /** Whether it may call abroad in the end; `right` is its own word. */
  readonly international: boolean;
  /** By name. */
  readonly groups: readonly string[];
}

/** All extensions that are known, shorter numbers first. */
export function listExtensions(store: Store): readonly ShownExtension[] {
  const groupsOf = groupsByMember(readGroups(store));
  return readExtensions(store).map((record) => shownExtension(record, groupsOf.get(record.extension)));
}

/** These alone, in their order. */
export function showExtensions(store: Store, records: readonly ExtensionRecord[]): readonly ShownExtension[] {
  const names = records.map(({ extension }) => extension);
  const groupsOf = readGroupsOf(store, names);
  return records.map((record) => shownExtension(record, groupsOf.get(record.extension)));
}

/** One extension, whether it is known or not; `isKnown` tells which. */
export function findExtension(
  store: Store,
  extension: string,
): { readonly shown: ShownExtension; readonly isKnown: boolean } {
  const record = readExtension(store, extension);
  const groups = readGroupsOf(store, [extension]).get(extension);
  return { shown: shownExtension(record ?? newcomer(extension), groups), isKnown: record !== null };
}

function shownExtension(
  record: ExtensionRecord,
  groups: readonly Pick<GroupRow, 'name' | 'right'>[] = [],
): ShownExtension {
  const { extension, name, ...rest } = record;
  const international = mayCallAbroad(record.right, groups);
  return { extension, name, international, ...rest, groups: groups.map((group) => group.name).sort() };
}
