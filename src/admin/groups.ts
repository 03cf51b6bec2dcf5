// Changing groups (classes of service): what they give, and who is in them.
import type { GroupRow, PremiumClass } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { readExtension, writeExtension } from '../store/extensions.ts';
import {
  deleteGroup,
  deleteGroupMember,
  readGroups,
  readGroupsOf,
  readGroupTies,
  writeGroup,
  writeGroupMember,
  type GroupTerms,
} from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { isSame } from './same.ts';
import { readExtensionWords } from './extension-words.ts';
import { newcomer, spokenExtension } from './extension-record.ts';
import { goneNotices } from './gone-with.ts';
import { mayCallAbroad, rightNotices } from './international-right.ts';
import { notKnown } from './known-word.ts';
import { INHERIT, layerWordsOf, silentTerms, spokenTerms, type LayerTerms } from './layer-words.ts';
import { seedLevels } from './level-seed.ts';
import { pinLosses } from './pin-losses.ts';
import { readPolicyName, refuseAlike } from './policy-name.ts';
import { requireSchedule } from './schedules.ts';

const GROUPS_MAX = 1_000;
/** Groups that one extension may be in: their terms make one layer, and people must be able to tell what it says. */
export const GROUPS_OF_EXTENSION_MAX = 8;

export interface GroupAttributes extends Partial<LayerTerms> {
  /** Null leaves the classes to the organisation. */
  readonly premium?: readonly PremiumClass[] | null;
}

const subjectOf = (name: string) => `group ${name}`;
const memberSubject = (name: string, extension: string) => `group ${name}, extension ${extension}`;

/** What the audit and the tables show of a group's terms. */
export function groupWords(terms: GroupTerms): Readonly<Record<string, unknown>> {
  return { ...layerWordsOf(terms), premium: premiumWord(terms) };
}

const premiumWord = ({ premium }: GroupTerms) => premium ?? INHERIT;

function spokenGroup(terms: GroupTerms): Readonly<Record<string, unknown>> {
  return { ...spokenTerms(terms), ...(terms.premium === null ? {} : { premium: terms.premium }) };
}

const termsOf = ({ name, right, level, premium, schedule, pin, pinEntry }: GroupRow): GroupTerms => ({
  name,
  right,
  level,
  premium,
  schedule,
  pin,
  pinEntry,
});

/** Adds the group, or gives the one of that name the attributes. Throws `AppError`. */
export function setGroup(context: AdminContext, given: string, attributes: GroupAttributes): ChangeOutcome {
  const name = readPolicyName(given, 'a group');
  return changePolicy(context, () => {
    const { store } = context;
    const groups = readGroups(store);
    const found = groups.find((group) => group.name === name);
    const before = found === undefined ? null : termsOf(found);
    if (before === null && groups.length >= GROUPS_MAX) {
      throw new AppError('invalid', `There are ${GROUPS_MAX} groups, which is the limit. Remove old ones.`);
    }
    if (before === null) refuseAlike([name], groups, 'group');
    if (attributes.schedule) requireSchedule(store, attributes.schedule);
    const after: GroupTerms = { ...silentTerms, premium: null, ...before, ...attributes, name };
    if (isSame(before && groupWords(before), groupWords(after))) return { changes: [] };
    const members = found?.members ?? [];
    const abroad = abroadAmong(store, members);
    writeGroup(store, after);
    return {
      changes: [
        ...(attributes.level ? seedLevels(store) : []),
        {
          action: before === null ? 'group-added' : 'group-changed',
          subject: subjectOf(name),
          before: before && groupWords(before),
          after: before === null ? spokenGroup(after) : groupWords(after),
        },
      ],
      notices: [
        ...rightNotices(abroad, abroadAmong(store, members)),
        ...(members.length === 0 ? [`Nobody is in it yet: \`callwarden group add ${name} 1001-1010\`.`] : []),
      ],
    };
  });
}

/** Takes its members, countries, rules and limits along. Throws `AppError('not-found')` where there is none. */
export function removeGroup(context: AdminContext, name: string): ChangeOutcome {
  return changePolicy(context, () => {
    const { store } = context;
    const group = requireGroup(store, name);
    const { members, countries } = group;
    const abroad = abroadAmong(store, members);
    const { pins: _, ...ties } = readGroupTies(store, name);
    const pins = pinLosses(store, { extensions: [], groups: [name], people: new Map() });
    deleteGroup(store, name);
    const gone = Object.entries(ties).filter(([, names]) => names.length > 0);
    const change = {
      action: 'group-removed',
      subject: subjectOf(name),
      before: { ...spokenGroup(group), members, countries, ...Object.fromEntries(gone) },
      after: null,
    };
    return {
      changes: [change, ...pins.changes],
      notices: [
        ...goneNotices([ties]),
        ...pins.notices,
        ...rightNotices(abroad, abroadAmong(store, members)),
      ],
    };
  });
}

/** Extensions that are not known yet are added. Throws `AppError`. */
export function addGroupMembers(
  context: AdminContext,
  name: string,
  words: readonly string[],
): ChangeOutcome {
  const extensions = readExtensionWords(words);
  return changePolicy(context, () => {
    const { store } = context;
    const members = new Set(requireGroup(store, name).members);
    const groupsOf = readGroupsOf(store, extensions);
    const abroad = abroadAmong(store, extensions);
    const changes: Change[] = [...addUnknown(store, extensions)];
    const added = changes.length;
    for (const extension of extensions) {
      if (members.has(extension)) continue;
      refuseTooManyGroups(extension, (groupsOf.get(extension)?.length ?? 0) + 1);
      writeGroupMember(store, name, extension);
      changes.push({
        action: 'group-member-added',
        subject: memberSubject(name, extension),
        before: null,
        after: 'member',
      });
    }
    const known = added === 0 ? [] : [`Not known before, and added: ${added}.`];
    return { changes, notices: [...known, ...rightNotices(abroad, abroadAmong(store, extensions))] };
  });
}

/** Extensions that are no members are told in a notice. */
export function dropGroupMembers(
  context: AdminContext,
  name: string,
  words: readonly string[],
): ChangeOutcome {
  const extensions = readExtensionWords(words);
  return changePolicy(context, () => {
    const { store } = context;
    const members = new Set(requireGroup(store, name).members);
    const abroad = abroadAmong(store, extensions);
    const dropped = extensions.filter((extension) => members.has(extension));
    const strangers = extensions.filter((extension) => !members.has(extension));
    for (const extension of dropped) deleteGroupMember(store, name, extension);
    return {
      changes: dropped.map((extension) => ({
        action: 'group-member-removed',
        subject: memberSubject(name, extension),
        before: 'member',
        after: null,
      })),
      notices: [
        ...(strangers.length > 0 ? [`No members of ${name}: ${strangers.join(', ')}.`] : []),
        ...rightNotices(abroad, abroadAmong(store, extensions)),
      ],
    };
  });
}

/** Makes the extensions known that are not, without rights of their own. Returns the changes. */
export function addUnknown(store: Store, extensions: readonly string[]): readonly Change[] {
  return extensions
    .filter((extension) => readExtension(store, extension) === null)
    .map((extension) => {
      const record = newcomer(extension);
      writeExtension(store, record);
      const after = spokenExtension(record, []);
      return { action: 'extension-added', subject: `extension ${extension}`, before: null, after };
    });
}

export function refuseTooManyGroups(extension: string, count: number): void {
  if (count <= GROUPS_OF_EXTENSION_MAX) return;
  throw new AppError(
    'invalid',
    `Extension ${extension} would be in ${count} groups, and ${GROUPS_OF_EXTENSION_MAX} is the limit. ` +
      'Take it out of another first.',
  );
}

/** Those of the extensions that may call abroad: asked before and after a change, of those whom it concerns. */
export function abroadAmong(store: Store, extensions: readonly string[]): ReadonlySet<string> {
  const groupsOf = readGroupsOf(store, extensions);
  const own = (extension: string) => readExtension(store, extension)?.right ?? 'inherit';
  return new Set(
    extensions.filter((extension) => mayCallAbroad(own(extension), groupsOf.get(extension) ?? [])),
  );
}

/** Throws `AppError('not-found')` with the nearest name. */
export function requireGroup(store: Store, name: string): GroupRow {
  const groups = readGroups(store);
  const found = groups.find((group) => group.name === name);
  if (found) return found;
  const names = groups.map((group) => group.name);
  throw notKnown('group', name, names, 'group list');
}
