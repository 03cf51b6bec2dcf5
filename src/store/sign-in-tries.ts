// Passwords that were given wrong, by whom: an account, a network address, a known browser. They survive a restart.
import type { Store } from './open.ts';

/** Rows at most; those with the fewest tries are forgotten first, so that made-up names push out no real one. */
const ROWS_MAX = 100_000;

export interface SignInTries {
  /** Since the last right one. */
  readonly inARow: number;
  readonly lastMs: number;
  /** When the day began in which they are counted. */
  readonly dayMs: number;
  readonly ofDay: number;
}

interface Row {
  readonly in_a_row: number;
  readonly last_ms: number;
  readonly day_ms: number;
  readonly of_day: number;
}

export function readSignInTries({ db }: Store, who: string): SignInTries | null {
  const row = db
    .prepare<[string], Row>('SELECT in_a_row, last_ms, day_ms, of_day FROM sign_in_tries WHERE who = ?')
    .get(who);
  return row ? { inARow: row.in_a_row, lastMs: row.last_ms, dayMs: row.day_ms, ofDay: row.of_day } : null;
}

export function writeSignInTries({ db }: Store, who: string, tries: SignInTries): void {
  db.prepare(
    `INSERT OR REPLACE INTO sign_in_tries (who, in_a_row, last_ms, day_ms, of_day)
     VALUES (@who, @inARow, @lastMs, @dayMs, @ofDay)`,
  ).run({ who, ...tries });
  const count = db.prepare<[], number>('SELECT count(*) FROM sign_in_tries').pluck().get() ?? 0;
  if (count <= ROWS_MAX) return;
  db.prepare(
    'DELETE FROM sign_in_tries WHERE who IN (SELECT who FROM sign_in_tries ORDER BY of_day, last_ms LIMIT ?)',
  ).run(count - ROWS_MAX);
}

/** `pattern`: of many, with `*` for a word. */
export function deleteSignInTries({ db }: Store, who: string, pattern: string): void {
  const [front = '', back = ''] = pattern.split('*', 2);
  db.prepare(
    `DELETE FROM sign_in_tries WHERE who = @who OR (
       substr(who, 1, length(@front)) = @front AND
       substr(who, length(@front) + instr(substr(who, length(@front) + 1), ' ')) = @back)`,
  ).run({ who, front, back });
}
