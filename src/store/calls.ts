// The records of decisions and pickups: written in batches by the recorder's thread, read by `callwarden
// calls` and the API.
import { useNoter } from './authorised-uses.ts';
import { readNewestFirst, type PageQuery, type RowPage } from './newest-first.ts';
import type { Store } from './open.ts';
import { rangWriter, type RingingRow } from './ringing-calls.ts';
import { asBit } from './rows.ts';
import { regionNoter } from './seen-regions.ts';
import { inWriteTransaction } from './transaction.ts';

/** What a decision or a pickup leaves behind. Strings from the network are kept byte for byte. */
export interface CallRecord {
  /** Unique, made by the daemon: a record that is written twice is kept once. */
  readonly id: string;
  readonly atMs: number;
  readonly pbx: string;
  readonly kind: 'decision' | 'pickup';
  /** Asterisk's uniqueid of the channel that was judged, or of the picker's. */
  readonly channelId: string;
  /** What joins the records of one call: Asterisk's linkedid, or the ringing board's call id. */
  readonly callId: string;
  /** The payer of a decision, the picker of a pickup; null where nobody could be named. */
  readonly party: string | null;
  /** `direct`, `forward`, `transfer`; for a pickup `directed`, `group`, `other-group`, `any`, `exact`. */
  readonly via: string | null;
  /** As it arrived. */
  readonly dialled: string;
  /** The number to dial; '' where none could be read. */
  readonly number: string;
  readonly destinationKind: string | null;
  readonly e164: string | null;
  readonly regions: readonly string[];
  /** What limits count it as; empty for calls that cost nothing extra, and for those that were refused. */
  readonly classes: readonly string[];
  /** `continue`, `deny`; for a pickup the choice: `take`, `no-right`, `nothing-ringing`, … */
  readonly verdict: string;
  readonly reason: string;
  /** The id of the rule that decided. */
  readonly rule: string;
  readonly policyVersion: number | null;
  readonly latencyUs: number | null;
  /** What became of it: `told`, `abandoned`, `won`, `lost` …; null while unknown. */
  readonly outcome: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type StoredCall = CallRecord & {
  readonly seq: number;
  /** When the last leg of a chargeable call was gone; null while it is up, and for all others. */
  readonly endedMs: number | null;
};

interface Row {
  readonly seq: number;
  readonly id: string;
  readonly at_ms: number;
  readonly pbx: string;
  readonly kind: CallRecord['kind'];
  readonly channel_id: string;
  readonly call_id: string;
  readonly party: string | null;
  readonly via: string | null;
  readonly dialled: string;
  readonly number: string;
  readonly destination_kind: string | null;
  readonly e164: string | null;
  readonly regions: string;
  readonly classes: string;
  readonly ended_ms: number | null;
  readonly verdict: string;
  readonly reason: string;
  readonly rule: string;
  readonly policy_version: number | null;
  readonly latency_us: number | null;
  readonly outcome: string | null;
  readonly detail: string;
}

const INSERT = `
  INSERT INTO calls (id, at_ms, pbx, kind, channel_id, call_id, party, via, dialled, number, destination_kind,
    e164, regions, classes, verdict, reason, rule, policy_version, latency_us, outcome, detail)
  VALUES (@id, @atMs, @pbx, @kind, @channelId, @callId, @party, @via, @dialled, @number, @destinationKind,
    @e164, @regions, @classes, @verdict, @reason, @rule, @policyVersion, @latencyUs, @outcome, @detail)
  ON CONFLICT (id) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason, rule = excluded.rule,
    policy_version = excluded.policy_version, outcome = excluded.outcome, detail = excluded.detail,
    call_id = excluded.call_id, number = excluded.number
  WHERE calls.kind = 'pickup' OR calls.outcome IS NOT 'said'`;

/**
 * A record as it is bound to the statement: nothing but text, numbers and null, so that a thread can be
 * handed it.
 */
export type CallRow = Omit<CallRecord, 'regions' | 'classes' | 'detail'> & {
  readonly regions: string;
  readonly classes: string;
  readonly detail: string;
};

/** A call that was let out is over; `id` is that of its record. */
export interface CallEnd {
  readonly kind: 'end';
  readonly id: string;
  readonly endedMs: number;
}

export type WriterRow = CallRow | CallEnd | RingingRow;

/**
 * Never throws: a detail that JSON cannot hold (a cycle, a BigInt) is replaced, the record itself is kept.
 */
export function toCallRow(record: CallRecord): CallRow {
  const { regions, classes, detail } = record;
  return { ...record, regions: regions.join(' '), classes: classes.join(' '), detail: detailJson(detail) };
}

function detailJson(detail: CallRecord['detail']): string {
  try {
    return JSON.stringify(detail);
  } catch {
    return '{"problem":"detail-not-json"}';
  }
}

/**
 * Writes the rows in one transaction. A record that is there already only takes on the new verdict, outcome and detail: a
 * question whose first verdict never arrived is answered anew over the next link, or by another daemon. A verdict that was
 * said stays. So a batch may be written again after a failure whose effect is unknown.
 */
export function writeCalls(store: Store, rows: readonly WriterRow[]): void {
  inWriteTransaction(store, () => {
    const insert = store.db.prepare(INSERT);
    const end = store.db.prepare('UPDATE calls SET ended_ms = @endedMs WHERE id = @id');
    const noteUse = useNoter(store);
    const noteRegions = regionNoter(store);
    const writeRang = rangWriter(store);
    for (const row of rows) {
      if (row.kind === 'end') end.run(row);
      else if (row.kind === 'rang') writeRang(row);
      else {
        noteUse(row);
        noteRegions(row);
        insert.run(row);
      }
    }
  });
}

export interface CallFilter extends PageQuery {
  readonly kind?: CallRecord['kind'] | undefined;
  readonly party?: string | undefined;
  readonly verdict?: string | undefined;
  readonly reason?: string | undefined;
  /** Those only where something that merely observes would have decided otherwise. */
  readonly observed?: boolean | undefined;
  /** Digits that the number or what was dialled contains. */
  readonly number?: string | undefined;
  /** A region of the destination. */
  readonly region?: string | undefined;
  /** Letters or digits that any of the numbers, the caller, the reason or the rule contains. */
  readonly text?: string | undefined;
}

const WHERE = `
  (@kind IS NULL OR kind = @kind) AND (@party IS NULL OR party = @party)
  AND (@verdict IS NULL OR verdict = @verdict) AND (@reason IS NULL OR reason = @reason)
  AND (@number IS NULL OR instr(number, @number) > 0 OR instr(dialled, @number) > 0
    OR instr(coalesce(e164, ''), @number) > 0)
  AND (@region IS NULL OR instr(' ' || regions || ' ', ' ' || @region || ' ') > 0)
  AND (@text IS NULL OR instr(number, @text) > 0 OR instr(dialled, @text) > 0 OR instr(coalesce(e164, ''), @text) > 0
    OR instr(coalesce(party, ''), @text) > 0 OR instr(reason, @text) > 0 OR instr(rule, @text) > 0)
  AND (@observed = 0 OR json_extract(detail, '$.observed') IS NOT NULL)`;

/** Newest first, by the time of the call. */
export function readCallPage(store: Store, filter: CallFilter): RowPage<StoredCall> {
  const values = {
    kind: filter.kind ?? null,
    party: filter.party ?? null,
    verdict: filter.verdict ?? null,
    reason: filter.reason ?? null,
    observed: asBit(filter.observed === true),
    number: filter.number ?? null,
    region: filter.region ?? null,
    text: filter.text ?? null,
  };
  // Few of many records are pickups, and these have an index of their own.
  const of = filter.kind === 'pickup' ? `kind = 'pickup'` : '';
  const listing = { table: 'calls', time: 'at_ms', of, where: WHERE };
  const { rows, next } = readNewestFirst<Row>(store, listing, values, filter);
  return { rows: rows.map(fromRow), next };
}

/** The rows of one page. */
export const readCalls = (store: Store, filter: CallFilter): readonly StoredCall[] =>
  readCallPage(store, filter).rows;

/** Undefined where it is not kept. */
export function readCall(store: Store, seq: number): StoredCall | undefined {
  const row = store.db.prepare<[number], Row>('SELECT * FROM calls WHERE seq = ?').get(seq);
  return row && fromRow(row);
}

function fromRow(row: Row): StoredCall {
  const detail: unknown = JSON.parse(row.detail);
  return {
    seq: row.seq,
    id: row.id,
    atMs: row.at_ms,
    pbx: row.pbx,
    kind: row.kind,
    channelId: row.channel_id,
    callId: row.call_id,
    party: row.party,
    via: row.via,
    dialled: row.dialled,
    number: row.number,
    destinationKind: row.destination_kind,
    e164: row.e164,
    regions: row.regions === '' ? [] : row.regions.split(' '),
    classes: row.classes === '' ? [] : row.classes.split(' '),
    endedMs: row.ended_ms,
    verdict: row.verdict,
    reason: row.reason,
    rule: row.rule,
    policyVersion: row.policy_version,
    latencyUs: row.latency_us,
    outcome: row.outcome,
    detail: typeof detail === 'object' && detail !== null ? { ...detail } : {},
  };
}
