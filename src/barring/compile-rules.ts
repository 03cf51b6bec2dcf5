// Rules by number and prefix, sorted into the block-list, the organisation and its groups.
import type { Entry } from './entry.ts';
import { addPattern, createPatternIndex, type PatternIndex } from './pattern-index.ts';
import type { RuleRow } from './policy.ts';
import { ROWS_PER_STEP } from './rows-per-step.ts';

export interface CompiledRules {
  readonly blocked: PatternIndex;
  readonly organisation: PatternIndex;
  readonly groups: ReadonlyMap<string, PatternIndex>;
}

/** A generator that pauses between slices, as all of `compileSnapshotSteps`. */
export function* compileRules(rows: Iterable<RuleRow>): Generator<void, CompiledRules, void> {
  const blocked = createPatternIndex();
  const organisation = createPatternIndex();
  const groups = new Map<string, PatternIndex>();
  let count = 0;
  for (const row of rows) {
    addPattern(indexFor(row, blocked, organisation, groups), row.pattern, entryOf(row));
    count += 1;
    if (count % ROWS_PER_STEP === 0) yield;
  }
  return { blocked, organisation, groups };
}

/** A block names no group: it holds for everybody, whoever wrote it. */
function indexFor(
  { action, group }: RuleRow,
  blocked: PatternIndex,
  organisation: PatternIndex,
  groups: Map<string, PatternIndex>,
): PatternIndex {
  if (action === 'block') return blocked;
  if (group === null) return organisation;
  const known = groups.get(group);
  if (known) return known;
  const index = createPatternIndex();
  groups.set(group, index);
  return index;
}

function entryOf(row: RuleRow): Entry {
  return {
    kind: 'rule',
    id: row.id,
    action: row.action,
    exact: row.exact,
    premium: row.premium,
    observe: row.observe,
    fromMs: row.fromMs,
    untilMs: row.untilMs,
    reason: row.reason,
  };
}
