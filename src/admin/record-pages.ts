// The records of calls, of what rang, of changes and of notices as pages that one can go on from.
import { AppError } from '../errors.ts';
import { readAuditPage, type AuditFilter, type AuditRecord } from '../store/audit.ts';
import { readCall, readCallPage, type CallFilter, type StoredCall } from '../store/calls.ts';
import type { Place, RowPage } from '../store/newest-first.ts';
import { noticeKinds, readNoticePage, type NoticeFilter, type StoredNotice } from '../store/notices.ts';
import type { Store } from '../store/open.ts';
import { readRingingPage, type RingingFilter, type StoredRinging } from '../store/ringing-calls.ts';

export { noticeKinds };

/** Rows that one page looks at: a tenth of a second of the thread that serves the console. */
const LOOKED_AT_MAX = 50_000;

/** What counts; the page is asked for by its cursor. */
type Asked<Filter> = Omit<Filter, 'behind' | 'lookedAtMax'> & {
  /** The `next` of the page before; null or nothing for the first page. */
  readonly cursor?: string | null | undefined;
};

export type CallQuery = Asked<CallFilter>;
export type AuditQuery = Asked<AuditFilter>;
export type RingingQuery = Asked<RingingFilter>;
export type NoticeQuery = Asked<NoticeFilter>;

/** Newest first. A page may be short, or empty, while it has a `next`: so many records were looked at. */
export interface RecordPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** Throws `AppError('invalid')` for a cursor that is none, as the others do. */
export const listCalls = (store: Store, query: CallQuery): RecordPage<StoredCall> =>
  asPage(readCallPage(store, bounded(query)));

export const listAudit = (store: Store, query: AuditQuery): RecordPage<AuditRecord> =>
  asPage(readAuditPage(store, bounded(query)));

export const listRinging = (store: Store, query: RingingQuery): RecordPage<StoredRinging> =>
  asPage(readRingingPage(store, bounded(query)));

export const listNotices = (store: Store, query: NoticeQuery): RecordPage<StoredNotice> =>
  asPage(readNoticePage(store, bounded(query)));

/** Throws `AppError('not-found')`. */
export function showCall(store: Store, seq: number): StoredCall {
  const found = readCall(store, seq);
  if (found) return found;
  throw new AppError('not-found', `There is no record ${seq}, or it is kept no longer.`);
}

function bounded<Query extends Asked<object>>({ cursor, ...query }: Query) {
  const behind = cursor === null || cursor === undefined ? null : placeOf(cursor);
  return { ...query, behind, lookedAtMax: LOOKED_AT_MAX };
}

function asPage<Row>({ rows, next }: RowPage<Row>): RecordPage<Row> {
  return { rows, next: next && `${next.atMs}.${next.seq}` };
}

function placeOf(cursor: string): Place {
  const [, atMs, seq] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (atMs !== undefined && seq !== undefined) return { atMs: Number(atMs), seq: Number(seq) };
  throw new AppError('invalid', 'The cursor is not one that a page gave; begin at the first page.');
}
