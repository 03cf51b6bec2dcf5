// The rows of the limits on chargeable calls.
import type { LimitRow } from '../barring/policy.ts';
import type { Store } from './open.ts';

type Row = Pick<LimitRow, 'id' | 'layer' | 'name' | 'counted' | 'measure' | 'class' | 'max' | 'action'> & {
  readonly window_ms: number | null;
  readonly warn_percent: number;
  readonly quarantine_ms: number;
  readonly observe: number;
};

/** In the order of their ids. */
export function readLimits(store: Store): readonly LimitRow[] {
  const sql = `SELECT id, layer, name, counted, measure, class, max, window_ms, warn_percent, action, quarantine_ms,
    observe FROM limits ORDER BY id`;
  return store.db
    .prepare<[], Row>(sql)
    .all()
    .map(
      ({ window_ms: windowMs, warn_percent: warnPercent, quarantine_ms: quarantineMs, observe, ...row }) => ({
        ...row,
        windowMs,
        warnPercent,
        quarantineMs,
        observe: observe === 1,
      }),
    );
}
