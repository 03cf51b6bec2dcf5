// Changing extensions: their rights, their names, and whether they are known at all.
import { AppError } from '../errors.ts';
import {
  countExtensions,
  deleteExtensions,
  readExtension,
  tiesOfExtensions,
  writeExtension,
  type ExtensionRecord,
} from '../store/extensions.ts';
import { deleteGroupMember, readGroupsOf, writeGroupMember, type GroupOf } from '../store/groups.ts';
import type { PickupWay } from '../pickup/call.ts';
import type { Store } from '../store/open.ts';
import { readPickupGroups } from '../store/pickup-groups.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { isSame } from './same.ts';
import { extensionWords, newcomer, spokenExtension } from './extension-record.ts';
import { readExtensionWords } from './extension-words.ts';
import { goneNotices, type Ties } from './gone-with.ts';
import { refuseTooManyGroups, requireGroup } from './groups.ts';
import type { LayerTerms } from './layer-words.ts';
import { readLine } from './line-text.ts';
import { seedLevels } from './level-seed.ts';
import { pinLosses } from './pin-losses.ts';
import { requireSchedule } from './schedules.ts';

/** Extensions that the policy holds, at most. */
const EXTENSIONS_MAX = 100_000;
const NAME_LENGTH_MAX = 100;

export interface ExtensionAttributes extends Partial<LayerTerms> {
  readonly name?: string;
  readonly anyPickup?: boolean;
  /** '' for none. */
  readonly mail?: string;
  /** Null: as the setting says. */
  readonly pickupNotice?: readonly PickupWay[] | null;
  /** All the groups that it is in from now on. */
  readonly groups?: readonly string[];
}

/** Adds the extensions that are new, without rights, and gives all of them the attributes. */
export function setExtensions(
  context: AdminContext,
  words: readonly string[],
  attributes: ExtensionAttributes,
): ChangeOutcome {
  const extensions = readExtensionWords(words);
  if (attributes.name !== undefined && extensions.length > 1)
    throw new AppError('invalid', 'A name belongs to one extension. Set it for each of them.');
  return changePolicy(context, () => ({
    changes: writeExtensions(
      context.store,
      extensions.map((extension) => ({ extension, attributes })),
    ),
  }));
}

/** One extension and what it is given. */
export interface WantedExtension {
  readonly extension: string;
  readonly attributes: ExtensionAttributes;
}

/** Inside a change: writes all of them, and returns what is different now. Throws `AppError`. */
export function writeExtensions(store: Store, wanted: readonly WantedExtension[]): readonly Change[] {
  const groupsOf = readGroupsOf(
    store,
    wanted.map(({ extension }) => extension),
  );
  const schedules = new Set(wanted.flatMap(({ attributes }) => attributes.schedule || []));
  for (const schedule of schedules) requireSchedule(store, schedule);
  const groups = new Set(wanted.flatMap(({ attributes }) => attributes.groups ?? []));
  for (const group of groups) requireGroup(store, group);
  const changes = wanted.flatMap(({ extension, attributes }) =>
    writeOne(store, extension, attributes, groupsOf),
  );
  refuseTooMany(countExtensions(store));
  return wanted.some(({ attributes }) => attributes.level) ? [...seedLevels(store), ...changes] : changes;
}

function writeOne(
  store: Store,
  extension: string,
  attributes: ExtensionAttributes,
  groupsOf: ReadonlyMap<string, readonly GroupOf[]>,
): readonly Change[] {
  const { groups: wanted, ...own } = attributes;
  const before = readExtension(store, extension);
  const groupsBefore = namesOf(groupsOf.get(extension));
  const groupsAfter = wanted === undefined ? groupsBefore : [...new Set(wanted)].sort();
  const base = before ?? newcomer(extension);
  const after: ExtensionRecord = { ...base, ...own, name: readDisplayName(own.name ?? base.name) };
  const told = before && extensionWords(before, groupsBefore);
  if (isSame(told, extensionWords(after, groupsAfter))) return [];
  writeExtension(store, after);
  refuseTooManyGroups(extension, groupsAfter.length);
  for (const group of groupsBefore) {
    if (!groupsAfter.includes(group)) deleteGroupMember(store, group, extension);
  }
  for (const group of groupsAfter) {
    if (!groupsBefore.includes(group)) writeGroupMember(store, group, extension);
  }
  return [
    {
      action: before ? 'extension-changed' : 'extension-added',
      subject: `extension ${extension}`,
      before: told,
      after: before ? extensionWords(after, groupsAfter) : spokenExtension(after, groupsAfter),
    },
  ];
}

const namesOf = (groups: readonly GroupOf[] = []) => groups.map(({ name }) => name).sort();

/**
 * Takes the extensions away with everything that stands under their names. Throws where none of them is known.
 */
export function removeExtensions(context: AdminContext, words: readonly string[]): ChangeOutcome {
  const extensions = readExtensionWords(words);
  return changePolicy(context, () => {
    const { store } = context;
    const tiesOf = tiesOfExtensions(store, extensions);
    const pickupGroupsOf = pickupGroupsByMember(store);
    const changes: Change[] = [];
    const gone: Ties[] = [];
    const unknown: string[] = [];
    const pins = pinLosses(store, { extensions, groups: [], people: new Map() });
    for (const extension of extensions) {
      const before = readExtension(store, extension);
      const { groups, ...others } = tiesOf(extension);
      const pickupGroups = pickupGroupsOf.get(extension) ?? [];
      const ties = { groups, ...others, pickupGroups };
      if (!before && Object.values(ties).every((names) => names.length === 0)) {
        unknown.push(extension);
        continue;
      }
      const stood = Object.entries(others).filter(([, names]) => names.length > 0);
      gone.push(ties);
      changes.push({
        action: 'extension-removed',
        subject: `extension ${extension}`,
        before: {
          ...spokenExtension(before ?? newcomer(extension), groups),
          ...Object.fromEntries(stood),
          pickupGroups,
        },
        after: null,
      });
    }
    deleteExtensions(store, extensions);
    if (changes.length === 0) throw unknownExtensions(unknown);
    const strangers = unknown.length > 0 ? [`Not known before: ${unknown.join(', ')}.`] : [];
    return {
      changes: [...changes, ...pins.changes],
      notices: [...goneNotices(gone), ...pins.notices, ...strangers],
    };
  });
}

/** The names of the pickup groups that each is in by itself. */
function pickupGroupsByMember(store: Store): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, members } of readPickupGroups(store)) {
    for (const { extension } of members) {
      const others = found.get(extension);
      if (others) others.push(name);
      else found.set(extension, [name]);
    }
  }
  return found;
}

function unknownExtensions(extensions: readonly string[]): AppError {
  const [first = ''] = extensions;
  const which = extensions.length === 1 ? `The extension ${first} is` : 'These extensions are';
  return new AppError('not-found', `${which} not known. \`callwarden extension list\` shows those that are.`);
}

/** Throws `AppError('invalid')`. */
export const readDisplayName = (name: string): string => readLine(name, NAME_LENGTH_MAX, 'A name');

function refuseTooMany(count: number): void {
  if (count <= EXTENSIONS_MAX) return;
  const max = EXTENSIONS_MAX.toLocaleString('en');
  throw new AppError(
    'invalid',
    `There would be ${count} extensions, and ${max} is the limit. Remove old ones.`,
  );
}
