// The rows of the PINs. What goes into the policy holds no secret; the hash is asked for by id alone.
import type { PinRow } from '../barring/policy.ts';
import type { Store } from './open.ts';
import { collect, type Listing } from './pages.ts';
import { groupedBy, shorterFirst } from './rows.ts';
import { finish, type Steps } from './steps.ts';

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

const PINS: Listing<Row> = {
  table: 'pins',
  columns: 'id, name, enabled, from_ms, until_ms, max_uses, entry_id',
  key: ['id'],
};
const HOLDERS: Listing<HolderRow> = {
  table: 'pin_holders',
  columns: 'pin_id, kind, name',
  key: ['pin_id', 'kind', 'name'],
};

/** In the order of their ids; of their holders, shorter numbers first. */
export function readPins(store: Store): readonly PinRow[] {
  return finish(pinSteps(store)).map((pin) =>
    Object.assign(pin, {
      extensions: pin.extensions.toSorted(shorterFirst),
      groups: pin.groups.toSorted(shorterFirst),
    }),
  );
}

/** The same with the holders by their characters. */
export function* pinSteps(store: Store): Steps<PinRow[]> {
  const holderRows = yield* collect(store, HOLDERS, (row: HolderRow) => row);
  const holders = groupedBy(holderRows, (row) => row.pin_id);
  return yield* collect(store, PINS, (row: Row) => {
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
