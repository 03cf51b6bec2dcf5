// Records as files for a spreadsheet or a program: written a page at a time, newest first, up to a bound.
import type { AuditRecord } from '../store/audit.ts';
import type { StoredCall } from '../store/calls.ts';
import type { Store } from '../store/open.ts';
import type { StoredRinging } from '../store/ringing-calls.ts';
import { formatCsv, formatCsvRows, type WrittenColumn } from './csv.ts';
import { isoMoment } from './moment-words.ts';
import {
  listAudit,
  listCalls,
  listRinging,
  type AuditQuery,
  type CallQuery,
  type RecordPage,
  type RingingQuery,
} from './record-pages.ts';

/** Rows of one file; who wants more asks for a shorter time, and then for the one before it. */
export const EXPORT_ROWS_MAX = 100_000;
/** Rows between two pauses in which others are served. */
const ROWS_A_PIECE = 500;

const json = (value: unknown) => (value === null ? '' : JSON.stringify(value));

const callColumns: readonly WrittenColumn<StoredCall>[] = [
  { title: 'time', cell: ({ atMs }) => isoMoment(atMs) },
  { title: 'kind', cell: ({ kind }) => kind },
  { title: 'from', cell: ({ party }) => party, numbers: true },
  { title: 'via', cell: ({ via }) => via },
  { title: 'dialled', cell: ({ dialled }) => dialled, numbers: true },
  { title: 'number', cell: ({ e164, number }) => e164 ?? number, numbers: true },
  { title: 'destination', cell: ({ destinationKind }) => destinationKind },
  { title: 'regions', cell: ({ regions }) => regions.join(' ') },
  { title: 'verdict', cell: ({ verdict }) => verdict },
  { title: 'reason', cell: ({ reason }) => reason },
  { title: 'rule', cell: ({ rule }) => rule },
  { title: 'outcome', cell: ({ outcome }) => outcome },
  { title: 'ended', cell: ({ endedMs }) => (endedMs === null ? null : isoMoment(endedMs)) },
  { title: 'policy_version', cell: ({ policyVersion }) => policyVersion },
  { title: 'pbx', cell: ({ pbx }) => pbx },
  { title: 'id', cell: ({ id }) => id },
];

const auditColumns: readonly WrittenColumn<AuditRecord>[] = [
  { title: 'seq', cell: ({ seq }) => seq },
  { title: 'time', cell: ({ atMs }) => isoMoment(atMs) },
  { title: 'actor', cell: ({ actor }) => actor },
  { title: 'action', cell: ({ action }) => action },
  { title: 'subject', cell: ({ subject }) => subject },
  { title: 'before', cell: ({ before }) => json(before) },
  { title: 'after', cell: ({ after }) => json(after) },
  { title: 'policy_version', cell: ({ policyVersion }) => policyVersion },
  { title: 'pbx', cell: ({ pbx }) => pbx },
  { title: 'hash', cell: ({ hash }) => hash },
];

const ringingColumns: readonly WrittenColumn<StoredRinging>[] = [
  { title: 'first_ring', cell: ({ startedAtMs }) => isoMoment(startedAtMs) },
  {
    title: 'caller',
    cell: ({ callerExtension, callerNumber }) => callerExtension ?? callerNumber,
    numbers: true,
  },
  { title: 'name', cell: ({ callerName }) => callerName },
  { title: 'dialled', cell: ({ dialled }) => dialled, numbers: true },
  { title: 'rang_ms', cell: ({ ringMs }) => ringMs },
  { title: 'outcome', cell: ({ outcome }) => outcome },
  { title: 'by', cell: ({ answeredBy }) => answeredBy, numbers: true },
  { title: 'taken_from', cell: ({ takenFrom }) => takenFrom, numbers: true },
  { title: 'groups', cell: ({ pickupGroups }) => pickupGroups.join(' ') },
  {
    title: 'rang_on',
    cell: ({ extensions }) =>
      extensions.map(({ extension, outcome }) => `${extension} ${outcome}`).join(', '),
  },
];

/** Pieces of the text of a file, each a few hundred rows. */
type Pieces = Generator<string, void, void>;

export const callsCsv = (store: Store, query: Omit<CallQuery, 'limit' | 'cursor'>): Pieces =>
  csvOf(callColumns, (page) => listCalls(store, { ...query, ...page }));

export const ringingCsv = (store: Store, query: Omit<RingingQuery, 'limit' | 'cursor'>): Pieces =>
  csvOf(ringingColumns, (page) => listRinging(store, { ...query, ...page }));

type AuditChoice = Omit<AuditQuery, 'limit' | 'cursor'>;

export const auditCsv = (store: Store, query: AuditChoice): Pieces =>
  csvOf(auditColumns, (page) => listAudit(store, { ...query, ...page }));

/** One JSON object a line, with the hashes that the chain is made of. */
export function* auditJsonLines(store: Store, query: AuditChoice): Pieces {
  for (const rows of rowsOf((page) => listAudit(store, { ...query, ...page }))) {
    yield rows.map((row) => `${JSON.stringify({ at: isoMoment(row.atMs), ...row })}\n`).join('');
  }
}

type ReadPage<Row> = (page: { readonly limit: number; readonly cursor: string | null }) => RecordPage<Row>;

function* csvOf<Row>(columns: readonly WrittenColumn<Row>[], read: ReadPage<Row>): Pieces {
  yield formatCsv(columns, []);
  for (const rows of rowsOf(read)) yield formatCsvRows(columns, rows);
}

function* rowsOf<Row>(read: ReadPage<Row>): Generator<readonly Row[], void, void> {
  let cursor: string | null = null;
  for (let left = EXPORT_ROWS_MAX; left > 0;) {
    const { rows, next }: RecordPage<Row> = read({ limit: Math.min(left, ROWS_A_PIECE), cursor });
    left -= rows.length;
    yield rows;
    if (next === null) return;
    cursor = next;
  }
}
