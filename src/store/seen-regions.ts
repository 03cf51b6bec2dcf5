// Which regions an extension, and the organisation under the name '', has ever called. No part of the policy.
import type { Store } from './open.ts';

/** The organisation's own rows. */
export const ORGANISATION = '';

/** Rows that are read at a start, at most: extensions by the regions that each of them calls. */
const ROWS_MAX = 500_000;

interface ChargeableCall {
  readonly kind: string;
  readonly verdict: string;
  readonly party: string | null;
  readonly regions: string;
  readonly classes: string;
  readonly atMs: number;
  readonly outcome: string | null;
}

/** Notes where a chargeable call went that was let out, in the transaction of its record. */
export function regionNoter({ db }: Store): (call: ChargeableCall) => void {
  const note = db.prepare<[string, string, number]>(
    'INSERT OR IGNORE INTO seen_regions (extension, region, first_ms) VALUES (?, ?, ?)',
  );
  return (call) => {
    if (call.kind !== 'decision' || call.verdict !== 'continue' || call.classes === '') return;
    if (call.outcome === 'abandoned' || call.regions === '') return;
    for (const region of call.regions.split(' ')) {
      note.run(ORGANISATION, region, call.atMs);
      if (call.party !== null) note.run(call.party, region, call.atMs);
    }
  };
}

export interface SeenRegion {
  readonly extension: string;
  readonly region: string;
}

export function readSeenRegions({ db }: Store): readonly SeenRegion[] {
  return db
    .prepare<[], SeenRegion>(
      `SELECT extension, region FROM seen_regions ORDER BY first_ms DESC LIMIT ${ROWS_MAX}`,
    )
    .all();
}
