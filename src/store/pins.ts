// The rows of the PINs. What goes into the policy holds no secret; the hash is asked for by id alone.
import type { PinRow } from '../barring/policy.ts';
import type { Store } from './open.ts';
import { groupedBy } from './rows.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly enabled: number;
  readonly from_ms: number | null;
  readonly until_ms: number | null;
  readonly max_uses: number | null;
  readonly entry_id: number | null;
}

interface HolderRow {
  readonly pin_id: string;
  readonly kind: 'extension' | 'group';
  readonly name: string;
}

/** In the order of their ids. */
export function readPins(store: Store): readonly PinRow[] {
  const pins = store.db
    .prepare<[], Row>('SELECT id, name, enabled, from_ms, until_ms, max_uses, entry_id FROM pins ORDER BY id')
    .all();
  const holders = groupedBy(
    store.db
      .prepare<[], HolderRow>('SELECT pin_id, kind, name FROM pin_holders ORDER BY length(name), name')
      .iterate(),
    (row) => row.pin_id,
  );
  return pins.map((row) => {
    const held = holders.get(row.id) ?? [];
    const named = (kind: HolderRow['kind']) =>
      held.filter((holder) => holder.kind === kind).map(({ name }) => name);
    return {
      id: row.id,
      name: row.name,
      enabled: row.enabled === 1,
      fromMs: row.from_ms,
      untilMs: row.until_ms,
      maxUses: row.max_uses,
      extensions: named('extension'),
      groups: named('group'),
      entryId: row.entry_id,
    };
  });
}
