// Extensions and groups as decisions read them: what they say themselves, and everything that names them.
import type { Region } from '../numbering/destination.ts';
import type { CompiledLists } from './compile-lists.ts';
import { countryEntries } from './country-entries.ts';
import type { CompiledList, Entry, Layer } from './entry.ts';
import { addPattern, createPatternIndex, type PatternIndex } from './pattern-index.ts';
import type {
  ExceptionRow,
  GroupRow,
  LimitRow,
  PinEntry,
  PinRow,
  PinUse,
  PolicySource,
  PremiumClass,
  Right,
} from './policy.ts';
import { ROWS_PER_STEP } from './rows-per-step.ts';

/** What an extension and a group have in common. */
interface Terms {
  readonly right: Right;
  readonly schedule: string | null;
  readonly pin: PinUse | null;
  readonly pinEntry: PinEntry | null;
  readonly layer: Layer;
  readonly limits: readonly LimitRow[];
  readonly pins: readonly PinRow[];
}

export interface CompiledGroup extends Terms {
  readonly name: string;
  readonly premium: ReadonlySet<PremiumClass> | null;
}

export interface CompiledExtension extends Terms {
  readonly extension: string;
  readonly groups: readonly CompiledGroup[];
}

interface CompiledCallers {
  readonly extensions: ReadonlyMap<string, CompiledExtension>;
  readonly pinsOfEntries: ReadonlyMap<number, readonly PinRow[]>;
}

/** Everything about extensions, by extension, before it is put together. */
interface Drafts {
  readonly exceptions: Map<string, ExceptionRow[]>;
  readonly limits: Map<string, LimitRow[]>;
  readonly pins: Map<string, PinRow[]>;
  readonly groups: Map<string, CompiledGroup[]>;
}

/** One empty array for all that have none: most extensions. */
const none: readonly never[] = Object.freeze([]);

const inheritsAll = { right: 'inherit', level: null, schedule: null, pin: null, pinEntry: null } as const;

/** A generator that pauses between slices, as all of `compileSnapshotSteps`. */
export function* compileCallers(
  data: PolicySource,
  rulesOfGroups: ReadonlyMap<string, PatternIndex>,
  lists: CompiledLists,
): Generator<void, CompiledCallers, void> {
  const pins = yield* sortPins(data.pins);
  const drafts: Drafts = {
    exceptions: yield* sortExceptions(data.exceptions),
    limits: grouped(data.limits, 'extension'),
    pins: pins.ofExtensions,
    groups: new Map(),
  };
  const limitsOfGroups = grouped(data.limits, 'group');
  for (const row of data.groups.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    const group = compileGroup(row, {
      numbers: rulesOfGroups.get(row.name) ?? null,
      lists: lists.ofGroup.get(row.name) ?? none,
      limits: limitsOfGroups.get(row.name) ?? none,
      pins: pins.ofGroups.get(row.name) ?? none,
    });
    for (const member of row.members) append(drafts.groups, member, group);
    yield;
  }
  const extensions = new Map<string, CompiledExtension>();
  const add = (name: string, row: Parameters<typeof compileExtension>[1]) => {
    extensions.set(name, compileExtension(name, row, drafts, lists.ofExtension.get(name) ?? none));
    return extensions.size % ROWS_PER_STEP === 0;
  };
  for (const row of data.extensions) if (add(row.extension, row)) yield;
  // An extension without a row of its own is one all the same where something names it.
  for (const names of [...Object.values(drafts), lists.ofExtension]) {
    for (const name of names.keys()) if (!extensions.has(name) && add(name, inheritsAll)) yield;
  }
  return { extensions, pinsOfEntries: pins.ofEntries };
}

function compileGroup(
  row: GroupRow,
  found: Pick<Terms, 'limits' | 'pins'> & Pick<Layer, 'numbers' | 'lists'>,
): CompiledGroup {
  const { numbers, lists, limits, pins } = found;
  return {
    name: row.name,
    right: row.right,
    schedule: row.schedule,
    pin: row.pin,
    pinEntry: row.pinEntry,
    premium: row.premium === null ? null : new Set(row.premium),
    layer: {
      kind: 'group',
      name: row.name,
      numbers,
      countries: countryEntries(row.countries),
      lists,
      level: row.level,
    },
    limits,
    pins,
  };
}

function compileExtension(
  extension: string,
  row: Pick<CompiledExtension, 'right' | 'schedule' | 'pin' | 'pinEntry'> & Pick<Layer, 'level'>,
  drafts: Drafts,
  lists: readonly CompiledList[],
): CompiledExtension {
  return {
    extension,
    right: row.right,
    schedule: row.schedule,
    pin: row.pin,
    pinEntry: row.pinEntry,
    groups: drafts.groups.get(extension) ?? none,
    layer: {
      kind: 'extension',
      name: extension,
      ...exceptionsOf(drafts.exceptions.get(extension) ?? none),
      lists,
      level: row.level,
    },
    limits: drafts.limits.get(extension) ?? none,
    pins: drafts.pins.get(extension) ?? none,
  };
}

function exceptionsOf(rows: readonly ExceptionRow[]): Pick<Layer, 'numbers' | 'countries'> {
  let numbers: PatternIndex | null = null;
  let countries: Map<Region, Entry[]> | null = null;
  for (const row of rows) {
    const entry: Entry = {
      kind: 'exception',
      id: row.id,
      action: row.action,
      exact: row.exact,
      premium: row.premium,
      observe: false,
      fromMs: row.fromMs,
      untilMs: row.untilMs,
      reason: row.reason,
    };
    if (row.pattern !== null) addPattern((numbers ??= createPatternIndex()), row.pattern, entry);
    if (row.region !== null) append((countries ??= new Map()), row.region, entry);
  }
  return { numbers, countries };
}

function* sortExceptions(rows: readonly ExceptionRow[]): Generator<void, Map<string, ExceptionRow[]>, void> {
  const sorted = new Map<string, ExceptionRow[]>();
  let count = 0;
  for (const row of rows) {
    append(sorted, row.extension, row);
    count += 1;
    if (count % ROWS_PER_STEP === 0) yield;
  }
  return sorted;
}

function grouped(rows: readonly LimitRow[], layer: LimitRow['layer']): Map<string, LimitRow[]> {
  const found = new Map<string, LimitRow[]>();
  for (const row of rows) if (row.layer === layer) append(found, row.name, { ...row });
  return found;
}

interface SortedPins {
  readonly ofExtensions: Map<string, PinRow[]>;
  readonly ofGroups: Map<string, PinRow[]>;
  readonly ofEntries: Map<number, PinRow[]>;
}

/** Only PINs that are enabled; validity is asked at the call. */
function* sortPins(rows: readonly PinRow[]): Generator<void, SortedPins, void> {
  const ofExtensions = new Map<string, PinRow[]>();
  const ofGroups = new Map<string, PinRow[]>();
  const ofEntries = new Map<number, PinRow[]>();
  let count = 0;
  for (const row of rows) {
    count += 1;
    if (count % ROWS_PER_STEP === 0) yield;
    if (!row.enabled) continue;
    const pin = { ...row, extensions: [...row.extensions], groups: [...row.groups] };
    for (const extension of pin.extensions) append(ofExtensions, extension, pin);
    for (const group of pin.groups) append(ofGroups, group, pin);
    if (pin.entryId !== null) append(ofEntries, pin.entryId, pin);
  }
  return { ofExtensions, ofGroups, ofEntries };
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}
