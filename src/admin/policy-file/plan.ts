// What would have to change so that one policy becomes another.
import type { Change } from '../change.ts';
import type { Gone } from '../pin-losses.ts';
import { saysTheSame } from '../same.ts';
import { entitiesOf, entityKinds, type Entity } from './entities.ts';
import type { PolicyRows } from './rows.ts';

/** One step from the old policy to the new one. `before` null: it is new; `after` null: it goes. */
export interface PlannedStep {
  readonly before: Entity | null;
  readonly after: Entity | null;
}

/**
 * The steps in an order in which they can be made: what goes, from the last kind to the first (members before their
 * group), then what comes or changes, from the first kind to the last.
 */
export function planSteps(before: PolicyRows, after: PolicyRows): readonly PlannedStep[] {
  const old = entitiesOf(before);
  const wanted = entitiesOf(after);
  const gone = [...old].filter(([key]) => !wanted.has(key)).map(([, one]) => ({ before: one, after: null }));
  const made = [...wanted]
    .map(([key, one]) => ({ before: old.get(key) ?? null, after: one }))
    .filter((step) => step.before === null || !saysTheSame(step.before.value, step.after.value));
  const rank = (one: Entity) => entityKinds.indexOf(one.kind);
  return [
    ...gone.toSorted((a, b) => rank(b.before) - rank(a.before)),
    ...made.toSorted((a, b) => rank(a.after) - rank(b.after)),
  ];
}

/** Those who go, and to whom PINs may belong. */
export function goneBy(steps: readonly PlannedStep[]): Gone {
  const gone = steps.flatMap(({ before, after }) => (after === null && before !== null ? [before] : []));
  return {
    extensions: gone.flatMap((one) => (one.kind === 'extension' ? [one.row.extension] : [])),
    groups: gone.flatMap((one) => (one.kind === 'group' ? [one.row.name] : [])),
    people: new Map(
      gone.flatMap((one) => {
        if (one.kind !== 'person') return [];
        const { list, entry } = one.row;
        return [[entry.id, { list, number: entry.number }] as const];
      }),
    ),
  };
}

/** The step as the audit and a plan tell it. */
export function changeOf({ before, after }: PlannedStep): Change {
  const one = after ?? before;
  const how = before === null ? 'added' : after === null ? 'removed' : 'changed';
  return {
    action: `${one?.kind ?? 'policy'}-${how}`,
    subject: one?.subject ?? '',
    before: before?.value ?? null,
    after: after?.value ?? null,
  };
}
