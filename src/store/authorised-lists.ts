// The rows of the authorised-number lists, and whom they are attached to.
import { premiumClasses, type AuthorisedListRow } from '../barring/policy.ts';
import { entrySteps } from './authorised-entries.ts';
import { deleteUsesOfList } from './authorised-uses.ts';
import type { Store } from './open.ts';
import { collect, type Listing } from './pages.ts';
import { asBit, groupedBy, shorterFirst, wordsOf } from './rows.ts';
import { finish, type Steps } from './steps.ts';

const LISTS: Listing<ListRow> = {
  table: 'authorised_lists',
  columns: 'name, enabled, admits, premium, countries',
  key: ['name'],
};
const ATTACHMENTS: Listing<AttachmentRow> = {
  table: 'authorised_attachments',
  columns: 'list_name, kind, name',
  key: ['list_name', 'kind', 'name'],
};

/** A list without its people. */
export type AuthorisedListHead = Omit<AuthorisedListRow, 'entries'>;

export type AttachmentKind = 'extension' | 'group';

interface ListRow {
  readonly name: string;
  readonly enabled: number;
  readonly admits: number;
  readonly premium: string;
  readonly countries: string;
}

interface AttachmentRow {
  readonly list_name: string;
  readonly kind: AttachmentKind;
  readonly name: string;
}

/** All lists by name, without their people; of those they are attached to, shorter numbers first. */
export function readListHeads(store: Store): readonly AuthorisedListHead[] {
  return finish(headSteps(store)).map((head) =>
    Object.assign(head, {
      extensions: head.extensions.toSorted(shorterFirst),
      groups: head.groups.toSorted(shorterFirst),
    }),
  );
}

function* headSteps(store: Store): Steps<AuthorisedListHead[]> {
  const attachmentRows = yield* collect(store, ATTACHMENTS, (row: AttachmentRow) => row);
  const attachments = groupedBy(attachmentRows, (row) => row.list_name);
  return yield* collect(store, LISTS, (row: ListRow) => {
    const attached = attachments.get(row.name) ?? [];
    const named = (kind: AttachmentKind) =>
      attached.filter((attachment) => attachment.kind === kind).map(({ name }) => name);
    return {
      name: row.name,
      enabled: row.enabled === 1,
      admits: row.admits === 1,
      premium: wordsOf(row.premium, premiumClasses),
      countries: wordsOf(row.countries),
      extensions: named('extension'),
      groups: named('group'),
    };
  });
}

/** All lists by name, with everything that belongs to them. */
export function readAuthorisedLists(store: Store): readonly AuthorisedListRow[] {
  const entries = finish(entrySteps(store));
  return readListHeads(store).map((head) => Object.assign(head, { entries: entries.get(head.name) ?? [] }));
}

/** The same with those they are attached to by their characters. */
export function* authorisedListSteps(store: Store): Steps<AuthorisedListRow[]> {
  const entries = yield* entrySteps(store);
  const heads = yield* headSteps(store);
  return heads.map((head) => Object.assign(head, { entries: entries.get(head.name) ?? [] }));
}

/** Its attachments have functions of their own. */
export function writeAuthorisedList(
  store: Store,
  list: Omit<AuthorisedListHead, 'extensions' | 'groups'>,
): void {
  store.db
    .prepare(
      `INSERT INTO authorised_lists (name, enabled, admits, premium, countries) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET enabled = excluded.enabled, admits = excluded.admits,
       premium = excluded.premium, countries = excluded.countries`,
    )
    .run(
      list.name,
      asBit(list.enabled),
      asBit(list.admits),
      JSON.stringify(list.premium),
      JSON.stringify(list.countries),
    );
}

/** Takes its people and attachments along, and what was counted of them. */
export function deleteAuthorisedList(store: Store, name: string): void {
  deleteUsesOfList(store, name);
  store.db.prepare('DELETE FROM authorised_lists WHERE name = ?').run(name);
}

export function writeAttachment(store: Store, list: string, kind: AttachmentKind, name: string): void {
  store.db
    .prepare(
      `INSERT INTO authorised_attachments (list_name, kind, name) VALUES (?, ?, ?)
       ON CONFLICT (list_name, kind, name) DO NOTHING`,
    )
    .run(list, kind, name);
}

export function deleteAttachment(store: Store, list: string, kind: AttachmentKind, name: string): void {
  store.db
    .prepare('DELETE FROM authorised_attachments WHERE list_name = ? AND kind = ? AND name = ?')
    .run(list, kind, name);
}
