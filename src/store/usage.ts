// What the ledger is rebuilt from at a start: the chargeable calls on record.
import { limitClasses, type LimitClass } from '../barring/policy.ts';
import type { Region } from '../numbering/destination.ts';
import { readGroups } from './groups.ts';
import type { Store } from './open.ts';
import { inReadTransaction } from './transaction.ts';

/** Calls that are read, the newest: about a second of a start. Limits count no more than half of that. */
const CALLS_MAX = 200_000;
/** In one look at what was written since the last one. */
const CALLS_AFTER_MAX = 2_000;

export interface ChargeableCall {
  /** Of the record. */
  readonly id: string;
  readonly channelId: string;
  readonly atMs: number;
  readonly extension: string | null;
  /** Those that the extension is in now. */
  readonly groups: readonly string[];
  readonly dialled: string;
  readonly regions: readonly Region[];
  readonly classes: readonly LimitClass[];
  /** Null where no end is on record: it may be up. */
  readonly endedMs: number | null;
}

interface Row {
  readonly seq: number;
  readonly id: string;
  readonly channel_id: string;
  readonly at_ms: number;
  readonly party: string | null;
  readonly dialled: string;
  readonly regions: string;
  readonly classes: string;
  readonly ended_ms: number | null;
}

const COLUMNS = 'seq, id, channel_id, at_ms, party, dialled, regions, classes, ended_ms';
const LET_OUT = `classes <> '' AND verdict = 'continue' AND outcome IS NOT 'abandoned'`;

/** The calls that were let out since then, oldest first. */
export function readChargeableCalls(store: Store, sinceMs: number): readonly ChargeableCall[] {
  const sql = `
    SELECT ${COLUMNS} FROM calls
    WHERE ${LET_OUT} AND at_ms >= ? ORDER BY at_ms DESC LIMIT ${CALLS_MAX}`;
  return inReadTransaction(store, () => {
    const groups = groupsByMember(store);
    const rows = store.db.prepare<[number], Row>(sql).all(sinceMs);
    return rows.toReversed().map((row) => fromRow(row, groups));
  });
}

function fromRow(row: Row, groups: ReadonlyMap<string, readonly string[]>): ChargeableCall {
  return {
    id: row.id,
    channelId: row.channel_id,
    atMs: row.at_ms,
    extension: row.party,
    groups: row.party === null ? [] : (groups.get(row.party) ?? []),
    dialled: row.dialled,
    regions: row.regions === '' ? [] : row.regions.split(' '),
    classes: limitClasses.filter((name) => row.classes.split(' ').includes(name)),
    endedMs: row.ended_ms,
  };
}

/** The place of the last record of all. */
export function lastCall({ db }: Store): number {
  return Number(db.prepare('SELECT coalesce(max(seq), 0) FROM calls').pluck().get());
}

/** The calls that were let out and written behind that place, in order, and the place of the last record read. */
export function readChargeableCallsAfter(
  store: Store,
  seq: number,
): { readonly calls: readonly ChargeableCall[]; readonly seq: number } {
  const sql = `SELECT ${COLUMNS} FROM calls WHERE ${LET_OUT} AND seq > ? ORDER BY seq LIMIT ${CALLS_AFTER_MAX}`;
  return inReadTransaction(store, () => {
    const last = lastCall(store);
    const rows = store.db.prepare<[number], Row>(sql).all(seq);
    if (rows.length === 0) return { calls: [], seq: last };
    const groups = groupsByMember(store);
    const read = rows.length < CALLS_AFTER_MAX ? last : (rows.at(-1)?.seq ?? last);
    return { calls: rows.map((row) => fromRow(row, groups)), seq: read };
  });
}

/** How many there ever were, as far as they are kept; not counted beyond `max`. */
export function countChargeableCalls({ db }: Store, max: number): number {
  const sql = `SELECT count(*) FROM (SELECT 1 FROM calls WHERE ${LET_OUT} LIMIT ?)`;
  return Number(db.prepare<[number]>(sql).pluck().get(max));
}

function groupsByMember(store: Store): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { name, members } of readGroups(store)) {
    for (const member of members) groups.set(member, [...(groups.get(member) ?? []), name]);
  }
  return groups;
}
