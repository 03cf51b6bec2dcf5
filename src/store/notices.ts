// Notices: what people should hear of, such as a limit reached or a sign of fraud. No part of the policy.
import { readNewestFirst, type PageQuery, type RowPage } from './newest-first.ts';
import type { Store } from './open.ts';

/** What the daemon gives notice of. */
export const noticeKinds = [
  'limit-near',
  'limit-reached',
  'quarantined',
  'released',
  'sign-first-country',
  'sign-sequential-numbers',
  'sign-short-calls-at-night',
  'sign-refused-attempts',
  'pin-locked',
  'unscreened-call',
  'emergency-call',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export interface Notice {
  readonly atMs: number;
  readonly pbx: string;
  readonly kind: NoticeKind;
  /** Null where it is about no single extension. */
  readonly extension: string | null;
  /** One sentence. */
  readonly text: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type StoredNotice = Notice & { readonly seq: number };

/** In the detail of a notice: what its like is known by, and until when none is given again. */
export const QUIET_KEY = 'quietKey';
export const QUIET_UNTIL = 'quietUntilMs';

interface Row extends Omit<StoredNotice, 'atMs' | 'detail'> {
  readonly at_ms: number;
  readonly detail: string;
}

function fromRow(row: Row): StoredNotice {
  const { seq, at_ms: atMs, pbx, kind, extension, text } = row;
  const detail: unknown = JSON.parse(row.detail);
  const fields = typeof detail === 'object' && detail !== null ? { ...detail } : {};
  return { seq, atMs, pbx, kind, extension, text, detail: fields };
}

/** Older ones go, and so do the oldest beyond this count. */
const KEEP_MS = 90 * 86_400_000;
const KEEP_MAX = 10_000;
/** With each new one. */
const FORGOTTEN_AT_ONCE = 50;

/** True where its like was given a short while ago, by this daemon or another one. */
export function isQuiet({ db }: Store, { atMs, kind, detail }: Notice): boolean {
  const key = detail[QUIET_KEY];
  if (typeof key !== 'string') return false;
  const sql = `
    SELECT 1 FROM notices WHERE kind = ? AND at_ms > ? AND at_ms <= ? AND json_extract(detail, '$.${QUIET_KEY}') = ?
      AND json_extract(detail, '$.${QUIET_UNTIL}') > ? LIMIT 1`;
  return db.prepare(sql).get(kind, atMs - KEEP_MS, atMs, key, atMs) !== undefined;
}

/** Adds one and takes away those that are kept no longer; within the transaction of the caller. */
export function writeNotice({ db }: Store, notice: Notice): void {
  const added = db
    .prepare('INSERT INTO notices (at_ms, pbx, kind, extension, text, detail) VALUES (?, ?, ?, ?, ?, ?)')
    .run(notice.atMs, notice.pbx, notice.kind, notice.extension, notice.text, JSON.stringify(notice.detail));
  db.prepare('DELETE FROM notices WHERE seq <= ?').run(Number(added.lastInsertRowid) - KEEP_MAX);
  // They were written in the order of their time, and are not looked through for each of thousands.
  db.prepare(
    'DELETE FROM notices WHERE at_ms < ? AND seq IN (SELECT seq FROM notices ORDER BY seq LIMIT ?)',
  ).run(notice.atMs - KEEP_MS, FORGOTTEN_AT_ONCE);
}

/** Those behind `seq`, oldest first; of another file, whose newest is not behind it, none. */
export function readNoticesBehind(
  { db }: Store,
  seq: number,
  limit: number,
): { readonly newest: number; readonly notices: readonly StoredNotice[] } {
  const newest = db.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM notices').pluck().get() ?? 0;
  const sql = `
    SELECT seq, at_ms, pbx, kind, extension, text, detail FROM notices
    WHERE seq > ? ORDER BY seq LIMIT ?`;
  const rows = newest > seq ? db.prepare<[number, number], Row>(sql).all(seq, limit) : [];
  return { newest, notices: rows.map(fromRow) };
}

export interface NoticeFilter extends PageQuery {
  readonly kind?: NoticeKind | undefined;
  readonly extension?: string | undefined;
}

const WHERE = `
  (@kind IS NULL OR kind = @kind) AND (@extension IS NULL OR extension = @extension)
  AND at_ms >= @sinceMs AND at_ms < @untilMs`;

/** Newest first. */
export function readNoticePage(store: Store, filter: NoticeFilter): RowPage<StoredNotice> {
  const values = {
    kind: filter.kind ?? null,
    extension: filter.extension ?? null,
    sinceMs: filter.sinceMs ?? Number.MIN_SAFE_INTEGER,
    untilMs: filter.untilMs ?? Number.MAX_SAFE_INTEGER,
  };
  const listing = { table: 'notices', time: null, of: '', where: WHERE };
  const { rows, next } = readNewestFirst<Row>(store, listing, values, filter);
  return { rows: rows.map(fromRow), next };
}

/** The rows of one page. */
export const readNotices = (store: Store, filter: NoticeFilter): readonly StoredNotice[] =>
  readNoticePage(store, filter).rows;
