// The rows of the limits on chargeable calls.
import type { LimitRow } from '../barring/policy.ts';
import type { Store } from './open.ts';
import { collect, type Listing } from './pages.ts';
import { asBit } from './rows.ts';
import { finish, type Steps } from './steps.ts';

type Row = Pick<LimitRow, 'id' | 'layer' | 'name' | 'counted' | 'measure' | 'class' | 'max' | 'action'> & {
  readonly window_ms: number | null;
  readonly warn_percent: number;
  readonly quarantine_ms: number;
  readonly observe: number;
};

const LIMITS: Listing<Row> = {
  table: 'limits',
  columns:
    'id, layer, name, counted, measure, class, max, window_ms, warn_percent, action, quarantine_ms, observe',
  key: ['id'],
};

const fromRow = ({
  window_ms: windowMs,
  warn_percent: warnPercent,
  quarantine_ms: quarantineMs,
  observe,
  ...row
}: Row): LimitRow => ({ ...row, windowMs, warnPercent, quarantineMs, observe: observe === 1 });

/** In the order of their ids. */
export function readLimits(store: Store): readonly LimitRow[] {
  return finish(limitSteps(store));
}

export function limitSteps(store: Store): Steps<LimitRow[]> {
  return collect(store, LIMITS, fromRow);
}

const valuesOf = (limit: Omit<LimitRow, 'id'>) => [
  limit.layer,
  limit.name,
  limit.counted,
  limit.measure,
  limit.class,
  limit.max,
  limit.windowMs,
  limit.warnPercent,
  limit.action,
  limit.quarantineMs,
  asBit(limit.observe),
];

/** Returns the id, which no other limit ever had. */
export function addLimit(store: Store, limit: Omit<LimitRow, 'id'>): number {
  const { lastInsertRowid } = store.db
    .prepare(
      `INSERT INTO limits (layer, name, counted, measure, class, max, window_ms, warn_percent, action, quarantine_ms,
         observe) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(...valuesOf(limit));
  return Number(lastInsertRowid);
}

/** In the place of the one with its id. */
export function writeLimit(store: Store, { id, ...limit }: LimitRow): void {
  const columns = `layer = ?, name = ?, counted = ?, measure = ?, class = ?, max = ?, window_ms = ?, warn_percent = ?,
    action = ?, quarantine_ms = ?, observe = ?`;
  store.db.prepare(`UPDATE limits SET ${columns} WHERE id = ?`).run(...valuesOf(limit), id);
}

export function deleteLimit(store: Store, id: number): void {
  store.db.prepare('DELETE FROM limits WHERE id = ?').run(id);
}
