// The policy as decisions read it: compiled once when it changes, then never altered.
import { compilePlan } from '../numbering/compile-plan.ts';
import type { CompiledPlan } from '../numbering/compile-plan.ts';
import type { Region } from '../numbering/destination.ts';
import { createReader, type Reader } from '../numbering/reader.ts';
import { regionData, regionsOfCallingCode } from '../numbering/region-data.ts';
import type { BarringSettings, CountryRow, ExtensionRow, PolicyData } from './policy.ts';

export interface PolicySnapshot {
  readonly version: number;
  readonly plan: CompiledPlan;
  /** Reads what was dialled by that plan. */
  readonly read: Reader;
  readonly settings: BarringSettings;
  /** By exact name; an extension that is not here has no rights. */
  readonly extensions: ReadonlyMap<string, ExtensionRow>;
  /** A region that is not here is not allowed. */
  readonly countries: ReadonlyMap<Region, CountryState>;
}

/** Rows compiled between two pauses: well below a millisecond of work. */
const ROWS_PER_STEP = 256;

interface CountryState {
  readonly state: CountryRow['state'];
  /** The region whose row says so: another one where shared calling codes count as one. */
  readonly by: Region;
}

/**
 * Compiles plain policy rows into an immutable snapshot that shares nothing with them.
 * @throws AppError `invalid` when the numbering plan cannot be used.
 */
export function compileSnapshot(data: PolicyData): PolicySnapshot {
  const steps = compileSnapshotSteps(data);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/**
 * The same in slices: yields after every few hundred rows, so that a driver can let calls through in between. Dropping
 * the generator half-way is fine. Throws as `compileSnapshot` does.
 */
export function* compileSnapshotSteps(data: PolicyData): Generator<void, PolicySnapshot, void> {
  const plan = compilePlan(data.plan);
  yield;
  const extensions = new Map<string, ExtensionRow>();
  for (const row of data.extensions) {
    extensions.set(row.extension, { ...row });
    if (extensions.size % ROWS_PER_STEP === 0) yield;
  }
  return Object.freeze({
    version: data.version,
    plan,
    read: createReader(plan),
    settings: structuredClone(data.settings),
    extensions,
    countries: compileCountries(data.countries, data.plan.sharedCodes),
  });
}

function compileCountries(
  rows: readonly CountryRow[],
  sharedCodes: 'region' | 'code',
): ReadonlyMap<Region, CountryState> {
  const own = new Map<Region, CountryState>();
  for (const row of rows) {
    // Should two rows ever name the same region, the refusal counts.
    if (own.get(row.region)?.state !== 'deny') own.set(row.region, { state: row.state, by: row.region });
  }
  if (sharedCodes === 'region') return own;
  const spread = new Map(own);
  for (const { state, by } of own.values()) {
    if (state === 'deny') continue;
    for (const region of regionsWithCodeOf(by)) if (!own.has(region)) spread.set(region, { state, by });
  }
  return spread;
}

/** All regions behind the calling code of one of them: allowed as one where `shared-codes` is `code`. */
function regionsWithCodeOf(region: Region): readonly Region[] {
  const data = regionData(region);
  return data === null ? [] : (regionsOfCallingCode(data.callingCode) ?? []);
}
