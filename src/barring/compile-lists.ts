// Authorised lists that are enabled: for those they are attached to, and for the outside callers they admit.
import type { CompiledList, Person } from './entry.ts';
import type { AuthorisedEntry, AuthorisedListRow } from './policy.ts';
import { ROWS_PER_STEP } from './rows-per-step.ts';

/** Somebody who may call in from outside, and the list that says so. */
export interface Admission {
  readonly list: CompiledList;
  readonly person: Person;
}

export interface CompiledLists {
  readonly ofExtension: ReadonlyMap<string, readonly CompiledList[]>;
  readonly ofGroup: ReadonlyMap<string, readonly CompiledList[]>;
  readonly admissions: ReadonlyMap<string, readonly Admission[]>;
}

/** A generator that pauses between slices, as all of `compileSnapshotSteps`. */
export function* compileLists(rows: readonly AuthorisedListRow[]): Generator<void, CompiledLists, void> {
  const ofExtension = new Map<string, CompiledList[]>();
  const ofGroup = new Map<string, CompiledList[]>();
  const admissions = new Map<string, Admission[]>();
  let count = 0;
  // By name, so that the order of the rows decides nothing.
  for (const row of rows.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    if (!row.enabled) continue;
    const people = new Map<string, Person>();
    const list = {
      name: row.name,
      premium: new Set(row.premium),
      countries: new Set(row.countries),
      people,
    };
    for (const entry of row.entries) {
      count += 1;
      if (count % ROWS_PER_STEP === 0) yield;
      if (!entry.enabled) continue;
      const person = personOf(entry);
      people.set(entry.number, person);
      if (row.admits) append(admissions, entry.number, { list, person });
    }
    for (const extension of row.extensions) append(ofExtension, extension, list);
    for (const group of row.groups) append(ofGroup, group, list);
    yield;
  }
  return { ofExtension, ofGroup, admissions };
}

function personOf(entry: AuthorisedEntry): Person {
  return {
    id: entry.id,
    name: `${entry.firstName} ${entry.lastName}`.trim(),
    number: entry.number,
    fromMs: entry.fromMs,
    untilMs: entry.untilMs,
  };
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}
