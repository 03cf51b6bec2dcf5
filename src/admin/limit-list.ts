// The limits as they are written, and how much of each is used up.
import type { LimitRow } from '../barring/policy.ts';
import { readLimits } from '../store/limits.ts';
import type { Store } from '../store/open.ts';
import { lengthWord } from './length-words.ts';
import { limitUses, type LimitUse } from './limit-use.ts';
import { amountWord } from './limit-words.ts';
import { holderWord, requireLimit } from './limits.ts';

export interface ShownLimit extends LimitRow {
  /** `20/h`, `2`, `60m`. */
  readonly amount: string;
  /** `extension 1001`, `group sales`, `organisation`. */
  readonly of: string;
  /** Null where it does not put anybody into quarantine. */
  readonly quarantineFor: string | null;
}

const shownLimit = (row: LimitRow): ShownLimit => ({
  ...row,
  amount: amountWord(row, row.measure),
  of: holderWord(row),
  quarantineFor: row.action === 'quarantine' ? lengthWord(row.quarantineMs) : null,
});

/** In the order of their ids. */
export function listLimits(store: Store): readonly ShownLimit[] {
  return readLimits(store).map(shownLimit);
}

/** Throws `AppError('not-found')`. */
export function showLimit(store: Store, id: string): ShownLimit {
  return shownLimit(requireLimit(readLimits(store), id));
}

export type UsedLimit = ShownLimit & LimitUse;

/** With what of them is used up. Reads the calls on record, which takes a moment where there are many. */
export function listUsedLimits(store: Store, nowMs: number): readonly UsedLimit[] {
  const uses = limitUses(store, nowMs);
  return listLimits(store).map((limit) =>
    Object.assign({}, limit, uses.get(limit.id) ?? { used: null, extensions: [] }),
  );
}
