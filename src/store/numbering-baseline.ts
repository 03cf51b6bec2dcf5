// The numbering data that the policy was last seen to fit, kept whole to be compared with that of an update.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Store } from './open.ts';

/** Unpacked; today's data has a quarter of a megabyte. */
const DATA_BYTES_MAX = 16 * 1024 * 1024;

export interface NumberingBaseline {
  readonly atMs: number;
  readonly data: unknown;
}

/** In the transaction of whoever accepts the data. */
export function writeNumberingBaseline(store: Store, { atMs, data }: NumberingBaseline): void {
  store.db
    .prepare('INSERT OR REPLACE INTO numbering_baseline (only_row, at_ms, data) VALUES (1, ?, ?)')
    .run(atMs, gzipSync(JSON.stringify(data)));
}

/** When the baseline was written; null where there is none. */
export function baselineTime(store: Store): number | null {
  return store.db.prepare<[], number>('SELECT at_ms FROM numbering_baseline').pluck().get() ?? null;
}

/** Null where there is none. Throws where it cannot be unpacked. */
export function readNumberingBaseline(store: Store): NumberingBaseline | null {
  const row = store.db
    .prepare<[], { at_ms: number; data: Buffer }>('SELECT at_ms, data FROM numbering_baseline')
    .get();
  if (row === undefined) return null;
  const text = gunzipSync(row.data, { maxOutputLength: DATA_BYTES_MAX }).toString();
  return { atMs: row.at_ms, data: JSON.parse(text) as unknown };
}
