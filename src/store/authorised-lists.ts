// The rows of the authorised-number lists, their people, and whom they are attached to.
import { premiumClasses, type AuthorisedEntry, type AuthorisedListRow } from '../barring/policy.ts';
import type { Store } from './open.ts';
import { groupedBy, wordsOf } from './rows.ts';

interface ListRow {
  readonly name: string;
  readonly enabled: number;
  readonly admits: number;
  readonly premium: string;
  readonly countries: string;
}

interface EntryRow {
  readonly id: number;
  readonly list_name: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly number: string;
  readonly enabled: number;
  readonly from_ms: number | null;
  readonly until_ms: number | null;
}

interface AttachmentRow {
  readonly list_name: string;
  readonly kind: 'extension' | 'group';
  readonly name: string;
}

const entryOf = (row: EntryRow): AuthorisedEntry => ({
  id: row.id,
  firstName: row.first_name,
  lastName: row.last_name,
  number: row.number,
  enabled: row.enabled === 1,
  fromMs: row.from_ms,
  untilMs: row.until_ms,
});

/** All lists by name, with everything that belongs to them. */
export function readAuthorisedLists(store: Store): readonly AuthorisedListRow[] {
  const { db } = store;
  const lists = db
    .prepare<[], ListRow>(
      'SELECT name, enabled, admits, premium, countries FROM authorised_lists ORDER BY name',
    )
    .all();
  const entries = groupedBy(
    db
      .prepare<[], EntryRow>(
        `SELECT id, list_name, first_name, last_name, number, enabled, from_ms, until_ms
         FROM authorised_entries ORDER BY id`,
      )
      .iterate(),
    (row) => row.list_name,
  );
  const attachments = groupedBy(
    db
      .prepare<[], AttachmentRow>(
        'SELECT list_name, kind, name FROM authorised_attachments ORDER BY length(name), name',
      )
      .iterate(),
    (row) => row.list_name,
  );
  return lists.map((row) => {
    const attached = attachments.get(row.name) ?? [];
    const named = (kind: AttachmentRow['kind']) =>
      attached.filter((attachment) => attachment.kind === kind).map(({ name }) => name);
    return {
      name: row.name,
      enabled: row.enabled === 1,
      admits: row.admits === 1,
      premium: wordsOf(row.premium, premiumClasses),
      countries: wordsOf(row.countries),
      entries: (entries.get(row.name) ?? []).map(entryOf),
      extensions: named('extension'),
      groups: named('group'),
    };
  });
}
