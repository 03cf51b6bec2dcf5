// How PINs are used: each right one is counted, each wrong one too, before anybody is told. No part of the policy.
import {
  laterPinFailures,
  noPinFailures,
  pinLockLeftMs,
  withoutPinFailures,
  withPinFailure,
  type PinFailures,
} from '../barring/pin-lockout.ts';
import type { Store } from './open.ts';

/** Callers whose wrong PINs are remembered, at most; the one that was quiet for longest is forgotten first. */
const CALLERS_MAX = 100_000;

/** One caller at one moment. */
export interface PinCaller {
  /** An extension, or the number of an outside caller as its list has it. */
  readonly who: string;
  /** Of the clock that never goes back; it counts locks. */
  readonly steadyMs: number;
  /** What the asker remembers: it holds where the database, put back from a backup, knows less. */
  readonly known: PinFailures;
}

export interface PinPage {
  readonly failures: PinFailures;
  /** By the ids that were asked for and are there. */
  readonly hashes: ReadonlyMap<string, string>;
}

export interface PinUse {
  readonly uses: number;
  readonly lastUsedMs: number;
}

export interface PinState {
  readonly failures: ReadonlyMap<string, PinFailures>;
  readonly hashes: readonly string[];
}

/** After a wrong PIN: what is remembered now, and whether this very one has locked the caller. */
export interface PinFailed {
  readonly failures: PinFailures;
  readonly locksNow: boolean;
}

/** `refused`: the digits are right, but it may no longer be used; that is no guess, and counts as no wrong one. */
export type PinClaim = PinFailed & { readonly kind: 'claimed' | 'refused' | 'locked' };

interface FailureRow {
  readonly who: string;
  readonly failures: number;
  readonly last_ms: number;
  readonly locked_until_ms: number | null;
}

const FAILURES = 'SELECT who, failures, last_ms, locked_until_ms FROM pin_failures';

const fromRow = (row: FailureRow): PinFailures => ({
  failures: row.failures,
  lastMs: row.last_ms,
  lockedUntilMs: row.locked_until_ms,
});

/** What is remembered of wrong PINs, by extension or outside number. */
export function readPinFailures(store: Store): ReadonlyMap<string, PinFailures> {
  const rows = store.db
    .prepare<[number], FailureRow>(`${FAILURES} ORDER BY who LIMIT ?`)
    .iterate(CALLERS_MAX);
  return new Map(Array.from(rows, (row) => [row.who, fromRow(row)] as const));
}

/** What a daemon needs to know of PINs when it starts, and after each change. */
export function readPinState(store: Store): PinState {
  return {
    failures: readPinFailures(store),
    hashes: store.db.prepare<[], string>('SELECT hash FROM pins ORDER BY id').pluck().all(),
  };
}

/** What a check begins with. */
export function readPinPage(store: Store, caller: PinCaller, ids: readonly string[]): PinPage {
  const hash = store.db.prepare<[string], string>('SELECT hash FROM pins WHERE id = ?').pluck();
  const found = ids.flatMap((id) => {
    const text = hash.get(id);
    return text === undefined ? [] : [[id, text] as const];
  });
  return { failures: failuresOf(store, caller), hashes: new Map(found) };
}

/**
 * Counts one use of a PIN whose digits were right, unless the caller is locked or the PIN may not be used at
 * `atMs`. In a write transaction: two calls that claim the last use are told apart here.
 */
export function claimPin(store: Store, caller: PinCaller, id: string, atMs: number): PinClaim {
  const before = failuresOf(store, caller);
  if (pinLockLeftMs(before, caller.steadyMs) > 0)
    return { kind: 'locked', failures: before, locksNow: false };
  if (!mayBeUsed(store, id, atMs)) return { kind: 'refused', failures: before, locksNow: false };
  store.db
    .prepare(
      `INSERT INTO pin_uses (pin_id, uses, last_used_ms) VALUES (?, 1, ?)
       ON CONFLICT (pin_id) DO UPDATE SET uses = uses + 1, last_used_ms = excluded.last_used_ms`,
    )
    .run(id, atMs);
  const failures = before.failures === 0 ? before : withoutPinFailures(before, caller.steadyMs);
  if (failures !== before) writeFailures(store, caller, failures);
  return { kind: 'claimed', failures, locksNow: false };
}

/**
 * Counts one wrong PIN, in a write transaction. A caller who is locked already is left as he is, or his calls would
 * lock him for ever.
 */
export function notePinFailure(store: Store, caller: PinCaller): PinFailed {
  const before = failuresOf(store, caller);
  if (pinLockLeftMs(before, caller.steadyMs) > 0) return { failures: before, locksNow: false };
  return fail(store, caller, before);
}

function fail(store: Store, caller: PinCaller, before: PinFailures): PinFailed {
  const failures = withPinFailure(before, caller.steadyMs);
  writeFailures(store, caller, failures);
  return { failures, locksNow: failures.lockedUntilMs !== null };
}

/** Forgets wrong PINs by an administrator's word. Null where there was nothing to forget. */
export function resetPinFailures(store: Store, who: string, nowMs: number): PinFailures | null {
  const before = storedFailures(store, who);
  if (before === null || before.failures === 0) return null;
  // The row stays: a running daemon takes the later of two states, and this one must be it.
  writeFailures(store, { who }, withoutPinFailures(before, nowMs));
  return before;
}

/** Uses since a PIN got its digits. */
export function readPinUses(store: Store): ReadonlyMap<string, PinUse> {
  const rows = store.db
    .prepare<[], { pin_id: string; uses: number; last_used_ms: number }>(
      'SELECT pin_id, uses, last_used_ms FROM pin_uses',
    )
    .all();
  return new Map(rows.map((row) => [row.pin_id, { uses: row.uses, lastUsedMs: row.last_used_ms }]));
}

/** A PIN with new digits, or none any more, was never used. */
export function deletePinUses(store: Store, id: string): void {
  store.db.prepare('DELETE FROM pin_uses WHERE pin_id = ?').run(id);
}

function mayBeUsed(store: Store, id: string, atMs: number): boolean {
  const row = store.db
    .prepare<{ id: string; at: number }, { id: string }>(
      `SELECT id FROM pins LEFT JOIN pin_uses ON pin_id = id
       WHERE id = :id AND enabled = 1 AND (from_ms IS NULL OR from_ms <= :at)
         AND (until_ms IS NULL OR until_ms > :at) AND (max_uses IS NULL OR coalesce(uses, 0) < max_uses)`,
    )
    .get({ id, at: atMs });
  return row !== undefined;
}

function storedFailures(store: Store, who: string): PinFailures | null {
  const row = store.db.prepare<[string], FailureRow>(`${FAILURES} WHERE who = ?`).get(who);
  return row ? fromRow(row) : null;
}

function failuresOf(store: Store, { who, known }: PinCaller): PinFailures {
  return laterPinFailures(known, storedFailures(store, who) ?? noPinFailures);
}

function writeFailures(store: Store, { who }: Pick<PinCaller, 'who'>, after: PinFailures): void {
  store.db
    .prepare(
      `INSERT INTO pin_failures (who, failures, last_ms, locked_until_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (who) DO UPDATE SET failures = excluded.failures, last_ms = excluded.last_ms,
         locked_until_ms = excluded.locked_until_ms`,
    )
    .run(who, after.failures, after.lastMs, after.lockedUntilMs);
  const count = store.db.prepare<[], number>('SELECT count(*) FROM pin_failures').pluck().get() ?? 0;
  if (count > CALLERS_MAX) {
    store.db
      .prepare(
        'DELETE FROM pin_failures WHERE who IN (SELECT who FROM pin_failures ORDER BY last_ms LIMIT ?)',
      )
      .run(count - CALLERS_MAX);
  }
}
