// The records of calls that rang: written by the recorder's thread in its batches, read by `callwarden pickup calls`.
import {
  ringOutcomes,
  type RingOutcome,
  type RingRecord,
  type RungExtension,
} from '../pickup/ring-record.ts';
import { readNewestFirst, type PageQuery, type RowPage } from './newest-first.ts';
import type { Store } from './open.ts';
import { wordsOf } from './rows.ts';

/** A record as it is bound to the statement: nothing but text, numbers and null, so that a thread can be handed it. */
export interface RingingRow {
  readonly kind: 'rang';
  readonly id: string;
  readonly pbx: string;
  readonly callId: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly ringMs: number;
  readonly outcome: RingOutcome;
  readonly answeredBy: string | null;
  readonly takenFrom: string | null;
  readonly callerNumber: string;
  readonly callerName: string;
  readonly callerExtension: string | null;
  readonly dialled: string;
  /** JSON. */
  readonly legs: string;
  /** JSON. */
  readonly pickupGroups: string;
}

/** A call that rang, as it is kept. */
export type StoredRinging = RingRecord & {
  readonly seq: number;
  readonly id: string;
  readonly pbx: string;
  /** Names of the pickup groups of whose targets one rang, as they were then. */
  readonly pickupGroups: readonly string[];
};

/** Times are rounded to whole milliseconds, the numbers that the table takes. */
export function toRingingRow(pbx: string, record: RingRecord, pickupGroups: readonly string[]): RingingRow {
  const startedMs = Math.round(record.startedAtMs);
  return {
    kind: 'rang',
    id: `rang:${pbx}:${record.callId}:${startedMs}`,
    pbx,
    callId: record.callId,
    startedMs,
    endedMs: Math.round(record.endedAtMs),
    ringMs: Math.round(record.ringMs),
    outcome: record.outcome,
    answeredBy: record.answeredBy,
    takenFrom: record.takenFrom,
    callerNumber: record.callerNumber,
    callerName: record.callerName,
    callerExtension: record.callerExtension,
    dialled: record.dialled,
    legs: JSON.stringify(record.extensions.map(legOf)),
    pickupGroups: JSON.stringify(pickupGroups),
  };
}

const legOf = ({ extension, sinceMs, ringMs, outcome }: RungExtension): RungExtension => ({
  extension,
  sinceMs: Math.round(sinceMs),
  ringMs: Math.round(ringMs),
  outcome,
});

/**
 * One call rings once at a time, and of several daemons each hears it, by a clock of its own: what overlaps by half or
 * more of the shorter one is the same ringing.
 */
const SAME_RINGING = `
  call_id = @callId AND pbx = @pbx AND
  2 * (min(ended_ms, @endedMs) - max(started_ms, @startedMs)) >= min(ended_ms - started_ms, @endedMs - @startedMs)`;

const INSERT = `
  INSERT INTO ringing_calls (id, pbx, call_id, started_ms, ended_ms, ring_ms, outcome, answered_by, taken_from,
    caller_number, caller_name, caller_extension, dialled, legs, pickup_groups)
  SELECT @id, @pbx, @callId, @startedMs, @endedMs, @ringMs, @outcome, @answeredBy, @takenFrom,
    @callerNumber, @callerName, @callerExtension, @dialled, @legs, @pickupGroups
  WHERE NOT EXISTS (SELECT 1 FROM ringing_calls WHERE ${SAME_RINGING})
  ON CONFLICT (id) DO NOTHING`;

/** A queue rings again, or the next phone does, within this time after a daemon lost sight of a call. */
const RINGS_AGAIN_MS = 60_000;

/**
 * Who has lost the link, or was stopped, knows no end; whoever heard it knows better, also where he heard of it only from a later
 * phone on.
 */
const FORGET_UNKNOWN = `
  DELETE FROM ringing_calls
  WHERE outcome = 'unknown' AND call_id = @callId AND pbx = @pbx
    AND started_ms <= @endedMs AND ended_ms >= @startedMs - ${RINGS_AGAIN_MS}`;

/** Writes rows inside a transaction of the caller's; the same ringing again is kept once. */
export function rangWriter({ db }: Store): (row: RingingRow) => void {
  const insert = db.prepare(INSERT);
  const forgetUnknown = db.prepare(FORGET_UNKNOWN);
  return (row) => {
    if (row.outcome !== 'unknown') forgetUnknown.run(row);
    insert.run(row);
  };
}

/** Times are those of the first ring. */
export interface RingingFilter extends PageQuery {
  /** It rang there, or the one there got it or called. */
  readonly extension?: string | undefined;
  /** The name of a pickup group. */
  readonly group?: string | undefined;
  readonly outcome?: RingOutcome | undefined;
  /** Letters or digits that the caller's number or name contains, or what was dialled. */
  readonly text?: string | undefined;
}

const WHERE = `
  (@outcome IS NULL OR outcome = @outcome)
  AND (@extension IS NULL OR answered_by = @extension OR caller_extension = @extension
    OR EXISTS (SELECT 1 FROM json_each(legs) WHERE value ->> 'extension' = @extension))
  AND (@group IS NULL OR EXISTS (SELECT 1 FROM json_each(pickup_groups) WHERE value = @group))
  AND (@text IS NULL OR instr(lower(caller_number || ' ' || caller_name || ' ' || dialled), lower(@text)) > 0)`;

interface Row {
  readonly seq: number;
  readonly id: string;
  readonly pbx: string;
  readonly call_id: string;
  readonly started_ms: number;
  readonly ended_ms: number;
  readonly ring_ms: number;
  readonly outcome: string;
  readonly answered_by: string | null;
  readonly taken_from: string | null;
  readonly caller_number: string;
  readonly caller_name: string;
  readonly caller_extension: string | null;
  readonly dialled: string;
  readonly legs: string;
  readonly pickup_groups: string;
}

/** Newest first, by the first ring. */
export function readRingingPage(store: Store, filter: RingingFilter): RowPage<StoredRinging> {
  const values = {
    extension: filter.extension ?? null,
    group: filter.group ?? null,
    outcome: filter.outcome ?? null,
    text: filter.text ?? null,
  };
  const listing = { table: 'ringing_calls', time: 'started_ms', of: '', where: WHERE };
  const { rows, next } = readNewestFirst<Row>(store, listing, values, filter);
  return { rows: rows.map(fromRow), next };
}

/** The rows of one page. */
export const readRingingCalls = (store: Store, filter: RingingFilter): readonly StoredRinging[] =>
  readRingingPage(store, filter).rows;

function fromRow(row: Row): StoredRinging {
  return {
    seq: row.seq,
    id: row.id,
    pbx: row.pbx,
    callId: row.call_id,
    startedAtMs: row.started_ms,
    endedAtMs: row.ended_ms,
    ringMs: row.ring_ms,
    outcome: ringOutcomes.find((known) => known === row.outcome) ?? 'unknown',
    answeredBy: row.answered_by,
    takenFrom: row.taken_from,
    callerNumber: row.caller_number,
    callerName: row.caller_name,
    callerExtension: row.caller_extension,
    dialled: row.dialled,
    // As this program wrote them.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    extensions: JSON.parse(row.legs) as readonly RungExtension[],
    pickupGroups: wordsOf(row.pickup_groups),
  };
}
