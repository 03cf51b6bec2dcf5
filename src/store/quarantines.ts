// Extensions in quarantine: their chargeable calls are refused until a time, or until somebody releases them.
import type { Quarantine } from '../barring/usage.ts';
import type { Store } from './open.ts';

interface Row {
  readonly extension: string;
  readonly since_ms: number;
  readonly until_ms: number | null;
  readonly reason: string;
  readonly by: string;
}

const fromRow = ({ extension, since_ms: sinceMs, until_ms: untilMs, reason, by }: Row): Quarantine => ({
  extension,
  sinceMs,
  untilMs,
  reason,
  by,
});

const COLUMNS = 'extension, since_ms, until_ms, reason, by';

/** All that stand there, the ended ones included, by extension. */
export function readQuarantines({ db }: Store): readonly Quarantine[] {
  const sql = `SELECT ${COLUMNS} FROM quarantines ORDER BY length(extension), extension`;
  return db.prepare<[], Row>(sql).all().map(fromRow);
}

export function readQuarantine({ db }: Store, extension: string): Quarantine | null {
  const sql = `SELECT ${COLUMNS} FROM quarantines WHERE extension = ?`;
  const row = db.prepare<[string], Row>(sql).get(extension);
  return row ? fromRow(row) : null;
}

/** In the place of an earlier one of the same extension. */
export function writeQuarantine({ db }: Store, quarantine: Quarantine): void {
  db.prepare(`INSERT OR REPLACE INTO quarantines (${COLUMNS}) VALUES (?, ?, ?, ?, ?)`).run(
    quarantine.extension,
    quarantine.sinceMs,
    quarantine.untilMs,
    quarantine.reason,
    quarantine.by,
  );
}

export function deleteQuarantine({ db }: Store, extension: string): void {
  db.prepare('DELETE FROM quarantines WHERE extension = ?').run(extension);
}
