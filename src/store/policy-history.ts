// Past versions of the policy as whole documents, to go back to. No part of the checksum: what is lost here decides nothing.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Store } from './open.ts';

/** Versions that are kept, and what all their documents together may take, packed. The newest is always kept. */
const VERSIONS_MAX = 50;
const BYTES_MAX = 64 * 1024 * 1024;

/** The quickest: a change waits for it. */
const GZIP_LEVEL = 1;
/** Unpacked; a hundred thousand rules are a third of it. */
const DOCUMENT_BYTES_MAX = 256 * 1024 * 1024;

export interface RememberedVersion {
  readonly version: number;
  readonly atMs: number;
  readonly actor: string;
  /** Of the packed document. */
  readonly bytes: number;
}

interface Row {
  readonly version: number;
  readonly at_ms: number;
  readonly actor: string;
  readonly bytes: number;
}

/** Keeps the document of a version, in the transaction of its change, and drops the oldest where there are too many. */
export function rememberPolicy(
  store: Store,
  version: number,
  actor: string,
  atMs: number,
  document: unknown,
): void {
  const packed = gzipSync(JSON.stringify(document), { level: GZIP_LEVEL });
  store.db
    .prepare('INSERT OR REPLACE INTO policy_history (version, at_ms, actor, document) VALUES (?, ?, ?, ?)')
    .run(version, atMs, actor, packed);
  const kept = keptVersions(readHistory(store));
  store.db.prepare('DELETE FROM policy_history WHERE version < ?').run(kept);
}

/** The oldest version that is kept. */
function keptVersions(newestFirst: readonly RememberedVersion[]): number {
  let bytes = 0;
  let oldest = newestFirst[0]?.version ?? 0;
  for (const row of newestFirst.slice(0, VERSIONS_MAX)) {
    bytes += row.bytes;
    if (bytes > BYTES_MAX) break;
    oldest = row.version;
  }
  return oldest;
}

/** Newest first. */
export function readHistory(store: Store): readonly RememberedVersion[] {
  return store.db
    .prepare<[], Row>(
      'SELECT version, at_ms, actor, length(document) AS bytes FROM policy_history ORDER BY version DESC',
    )
    .all()
    .map(({ version, at_ms: atMs, actor, bytes }) => ({ version, atMs, actor, bytes }));
}

/** The document of a version; null where it is not kept. Throws where it cannot be unpacked. */
export function readRemembered(store: Store, version: number): unknown {
  const packed = store.db
    .prepare<[number], Buffer>('SELECT document FROM policy_history WHERE version = ?')
    .pluck()
    .get(version);
  if (packed === undefined) return null;
  return JSON.parse(gunzipSync(packed, { maxOutputLength: DOCUMENT_BYTES_MAX }).toString());
}
