// The policy as decisions read it: compiled once when it changes, then never altered.
import { compilePlan } from '../numbering/compile-plan.ts';
import type { CompiledPlan } from '../numbering/compile-plan.ts';
import { createReader, type Reader } from '../numbering/reader.ts';
import { compileAnnouncements, type AnnouncementTable } from './announcement.ts';
import { compileCallers, type CompiledExtension } from './compile-callers.ts';
import { compileLists, type Admission } from './compile-lists.ts';
import { compileRules } from './compile-rules.ts';
import { countryEntries } from './country-entries.ts';
import type { Layer } from './entry.ts';
import { compileLevels, type LevelTable } from './levels.ts';
import type { PatternIndex } from './pattern-index.ts';
import type { BarringSettings, LimitRow, PinRow, PolicySource } from './policy.ts';
import { compileSchedule, type CompiledSchedule } from './schedule.ts';

export interface PolicySnapshot {
  readonly version: number;
  readonly plan: CompiledPlan;
  /** Reads what was dialled by that plan. */
  readonly read: Reader;
  readonly settings: BarringSettings;
  /** By exact name: every extension that the policy names anywhere. One that is not here has no rights. */
  readonly extensions: ReadonlyMap<string, CompiledExtension>;
  readonly organisation: Layer;
  /** The block-list. */
  readonly blocked: PatternIndex;
  readonly levels: LevelTable;
  readonly schedules: ReadonlyMap<string, CompiledSchedule>;
  /** Of the organisation. */
  readonly limits: readonly LimitRow[];
  /** By the number of an outside caller: the people whom a list admits. */
  readonly admissions: ReadonlyMap<string, readonly Admission[]>;
  /** By the authorised entry whose outside calls they admit. */
  readonly pinsOfEntries: ReadonlyMap<number, readonly PinRow[]>;
  readonly announcements: AnnouncementTable;
}

/**
 * Compiles plain policy rows into an immutable snapshot that shares nothing with them.
 * @throws AppError `invalid` when the numbering plan cannot be used.
 */
export function compileSnapshot(data: PolicySource): PolicySnapshot {
  const steps = compileSnapshotSteps(data);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/**
 * The same in slices: yields after every few hundred rows, so that a driver can let calls through in between. Dropping
 * the generator half-way is fine. Throws as `compileSnapshot` does.
 */
export function* compileSnapshotSteps(data: PolicySource): Generator<void, PolicySnapshot, void> {
  const plan = compilePlan(data.plan);
  yield;
  const settings = structuredClone(data.settings);
  const rules = yield* compileRules(data.rules);
  const lists = yield* compileLists(data.lists);
  const { extensions, pinsOfEntries } = yield* compileCallers(data, rules.groups, lists);
  return Object.freeze({
    version: data.version,
    plan,
    read: createReader(plan),
    settings,
    extensions,
    organisation: {
      kind: 'organisation' as const,
      name: '',
      numbers: rules.organisation,
      countries: countryEntries(data.countries),
      lists: [],
      level: settings.level,
    },
    blocked: rules.blocked,
    levels: compileLevels(data.levels, data.neighbours, data.plan.homeRegion),
    schedules: new Map(data.schedules.map((row) => [row.name, compileSchedule(row)])),
    limits: structuredClone(data.limits.filter(({ layer }) => layer === 'organisation')),
    admissions: lists.admissions,
    pinsOfEntries,
    announcements: compileAnnouncements(data.announcements),
  });
}
