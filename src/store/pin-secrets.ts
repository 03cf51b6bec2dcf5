// Writing PINs, and reading their hashes: the one place beside a check where a hash is seen.
import type { PinRow } from '../barring/policy.ts';
import type { Store } from './open.ts';
import { asBit } from './rows.ts';

export interface NewPin extends PinRow {
  readonly hash: string;
  /** When it got these digits. */
  readonly madeMs: number;
}

/** By id, those that are there. */
export function readPinHashes(store: Store): ReadonlyMap<string, string> {
  const rows = store.db.prepare<[], { id: string; hash: string }>('SELECT id, hash FROM pins').all();
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/** When each got its digits, by id; those that an older schema has kept are not in it. */
export function readPinDays(store: Store): ReadonlyMap<string, number> {
  const rows = store.db
    .prepare<[], { id: string; madeMs: number }>(
      'SELECT id, made_ms AS madeMs FROM pins WHERE made_ms IS NOT NULL',
    )
    .all();
  return new Map(rows.map(({ id, madeMs }) => [id, madeMs]));
}

export function insertPin(store: Store, pin: NewPin): void {
  store.db
    .prepare(
      `INSERT INTO pins (id, name, hash, enabled, from_ms, until_ms, max_uses, entry_id, made_ms)
       VALUES (@id, @name, @hash, @enabled, @fromMs, @untilMs, @maxUses, @entryId, @madeMs)`,
    )
    .run({ ...pin, enabled: asBit(pin.enabled) });
  const holder = store.db.prepare('INSERT INTO pin_holders (pin_id, kind, name) VALUES (?, ?, ?)');
  for (const name of pin.extensions) holder.run(pin.id, 'extension', name);
  for (const name of pin.groups) holder.run(pin.id, 'group', name);
}

export function writePinEnabled(store: Store, id: string, enabled: boolean): void {
  store.db.prepare('UPDATE pins SET enabled = ? WHERE id = ?').run(asBit(enabled), id);
}

/** New digits, and from and until when they count. */
export function writePinHash(
  store: Store,
  pin: Pick<NewPin, 'id' | 'hash' | 'fromMs' | 'untilMs' | 'madeMs'>,
): void {
  store.db
    .prepare('UPDATE pins SET hash = ?, from_ms = ?, until_ms = ?, made_ms = ? WHERE id = ?')
    .run(pin.hash, pin.fromMs, pin.untilMs, pin.madeMs, pin.id);
}

/** With its holders; the record of its uses is deleted apart. */
export function deletePin(store: Store, id: string): void {
  store.db.prepare('DELETE FROM pins WHERE id = ?').run(id);
}
