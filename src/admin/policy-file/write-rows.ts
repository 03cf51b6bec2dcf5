// Makes the planned steps of a policy true in the database, each thing by the functions that the commands use.
import assert from 'node:assert';
import { deleteAnnouncement, writeAnnouncement } from '../../store/announcements.ts';
import { entryWriter } from '../../store/authorised-entries.ts';
import {
  deleteAttachment,
  deleteAuthorisedList,
  writeAttachment,
  writeAuthorisedList,
  type AttachmentKind,
} from '../../store/authorised-lists.ts';
import { writeCountry, writeGroupCountry } from '../../store/countries.ts';
import { addException, deleteException } from '../../store/exceptions.ts';
import { deleteExtensionAlone, writeExtension } from '../../store/extensions.ts';
import { deleteGroup, deleteGroupMember, writeGroup, writeGroupMember } from '../../store/groups.ts';
import {
  deleteLevelCountry,
  deleteLevelNeighbour,
  writeLevelCountry,
  writeLevelNeighbour,
} from '../../store/levels.ts';
import { addLimit, deleteLimit } from '../../store/limits.ts';
import type { Store } from '../../store/open.ts';
import {
  deletePickupGroupAlone,
  deletePickupMember,
  deletePickupMemberGroup,
  writePickupGroup,
  writePickupMember,
  writePickupMemberGroup,
} from '../../store/pickup-groups.ts';
import { deletePickupProtection, writePickupProtection } from '../../store/pickup-protections.ts';
import { addPickupRight, deletePickupRight } from '../../store/pickup-rights.ts';
import { deleteRule, ruleWriter } from '../../store/rules.ts';
import { deleteSchedule, writeSchedule } from '../../store/schedules.ts';
import { writeSetting } from '../../store/settings.ts';
import type { Entity, EntityKind } from './entities.ts';
import type { PlannedStep } from './plan.ts';

/** What is prepared once for many rows. */
interface Pens {
  readonly store: Store;
  readonly nowMs: number;
  readonly addRule: ReturnType<typeof ruleWriter>;
  readonly people: ReturnType<typeof entryWriter>;
}

type Row<Kind extends EntityKind> = Extract<Entity, { kind: Kind }>['row'];

/** To be called inside a change. */
export function writeSteps(store: Store, steps: readonly PlannedStep[], nowMs: number): void {
  const pens = { store, nowMs, addRule: ruleWriter(store), people: entryWriter(store) };
  for (const { before, after } of steps) {
    // First of all: two groups may take each other's numbers.
    if (before?.kind === 'pickup-group' && after !== null)
      writePickupGroup(store, { ...before.row, number: null });
  }
  for (const { before, after } of steps) {
    if (after === null) remove(pens, before);
    else write(pens, after, before);
  }
}

/** `before` is the same thing as it was, or null for a new one. */
function write(pens: Pens, after: Entity, before: Entity | null): void {
  const { store } = pens;
  switch (after.kind) {
    case 'setting':
      return writeSetting(store, after.row.key, after.row.value);
    case 'country':
      return writeCountry(store, after.row.region, after.row.state);
    case 'level-country':
      return writeLevelCountry(store, after.row);
    case 'neighbours':
      return writeNeighbours(store, after.row, before?.kind === 'neighbours' ? before.row : null);
    case 'schedule':
      return writeSchedule(store, after.row);
    case 'group':
      return writeWholeGroup(store, after.row, before?.kind === 'group' ? before.row : null);
    case 'extension':
      return writeExtension(store, after.row);
    case 'pickup-group':
      return writeWholePickupGroup(store, after.row, before?.kind === 'pickup-group' ? before.row : null);
    case 'pickup-member-group':
      return writePickupMemberGroup(store, after.row.name, after.row.member);
    case 'pickup-protection':
      return writePickupProtection(store, after.row);
    case 'announcement':
      return writeAnnouncement(store, after.row);
    case 'list':
      return writeList(store, after.row, before?.kind === 'list' ? before.row : null);
    case 'person':
      if (before?.kind !== 'person') pens.people.add(after.row.list, after.row.entry, pens.nowMs);
      else pens.people.change({ ...after.row.entry, id: before.row.entry.id });
      return;
    case 'rule':
    case 'exception':
    case 'limit':
    case 'pickup-right':
      // Entries with numbers of their own: what changed is another entry, and its number names no other rule for ever.
      remove(pens, before);
      if (after.kind === 'rule') pens.addRule(after.row);
      else if (after.kind === 'exception') addException(store, after.row);
      else if (after.kind === 'pickup-right') addPickupRight(store, after.row);
      else addLimit(store, after.row);
  }
}

function remove({ store, people }: Pens, before: Entity | null): void {
  switch (before?.kind) {
    case undefined:
      return;
    case 'setting':
      return assert.fail('a policy has all settings, and none of them ever goes');
    case 'country':
      return writeCountry(store, before.row.region, null);
    case 'level-country':
      return deleteLevelCountry(store, before.row.region);
    case 'neighbours':
      return writeNeighbours(store, { home: before.row.home, regions: [] }, before.row);
    case 'schedule':
      return deleteSchedule(store, before.row.name);
    case 'group':
      return deleteGroup(store, before.row.name);
    case 'extension':
      return deleteExtensionAlone(store, before.row.extension);
    case 'pickup-group':
      return deletePickupGroupAlone(store, before.row.name);
    case 'pickup-member-group':
      return deletePickupMemberGroup(store, before.row.name, before.row.member.group);
    case 'pickup-right':
      return deletePickupRight(store, before.row.id);
    case 'pickup-protection':
      return deletePickupProtection(store, before.row.kind, before.row.value);
    case 'announcement':
      return deleteAnnouncement(store, before.row.reason, before.row.language);
    case 'list':
      return deleteAuthorisedList(store, before.row.name);
    case 'person':
      return people.remove(before.row.entry.id);
    case 'rule':
      return deleteRule(store, before.row.id);
    case 'exception':
      return deleteException(store, before.row.id);
    case 'limit':
      return deleteLimit(store, before.row.id);
  }
}

function writeNeighbours(store: Store, after: Row<'neighbours'>, before: Row<'neighbours'> | null): void {
  const { home } = after;
  for (const region of before?.regions ?? []) deleteLevelNeighbour(store, { home, region });
  for (const region of after.regions) writeLevelNeighbour(store, { home, region });
}

function writeWholeGroup(store: Store, after: Row<'group'>, before: Row<'group'> | null): void {
  const { name } = after;
  writeGroup(store, after);
  for (const extension of before?.members ?? []) deleteGroupMember(store, name, extension);
  for (const extension of after.members) writeGroupMember(store, name, extension);
  for (const { region } of before?.countries ?? []) writeGroupCountry(store, name, region, null);
  for (const { region, state } of after.countries) writeGroupCountry(store, name, region, state);
}

function writeWholePickupGroup(
  store: Store,
  after: Row<'pickup-group'>,
  before: Row<'pickup-group'> | null,
): void {
  const { name } = after;
  writePickupGroup(store, after);
  for (const { extension } of before?.members ?? []) deletePickupMember(store, name, extension);
  for (const member of after.members) writePickupMember(store, name, member);
}

function writeList(store: Store, after: Row<'list'>, before: Row<'list'> | null): void {
  const { name } = after;
  writeAuthorisedList(store, after);
  const both = (list: Row<'list'>, act: (kind: AttachmentKind, to: string) => void) => {
    list.extensions.forEach((extension) => act('extension', extension));
    list.groups.forEach((group) => act('group', group));
  };
  if (before !== null) both(before, (kind, to) => deleteAttachment(store, name, kind, to));
  both(after, (kind, to) => writeAttachment(store, name, kind, to));
}
