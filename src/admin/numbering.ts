// Numbering data that changed with an update, held against the policy: what differs now, and what it touches.
import { AppError } from '../errors.ts';
import { differencesOfData, type DataDifference } from '../numbering/data-differences.ts';
import { createDataReader, type DataReading } from '../numbering/data-reader.ts';
import type { Region } from '../numbering/destination.ts';
import { NUMBERING_DATA_FORMAT, numberingData, type NumberingData } from '../numbering/numbering-data.ts';
import { appendAudit } from '../store/audit.ts';
import { readNumberingBaseline, writeNumberingBaseline } from '../store/numbering-baseline.ts';
import type { Store } from '../store/open.ts';
import { policyVersion } from '../store/policy.ts';
import { readSettings } from '../store/settings.ts';
import { inReadTransaction, inWriteTransaction } from '../store/transaction.ts';
import { refuseActor, type AdminContext } from './change.ts';
import { differenceText, readingText } from './numbering-words.ts';
import { namedNumbers, namedRegions } from './policy-names.ts';

/** What a number of the policy is read as, before and now. */
interface NumberDifference {
  readonly kind: 'number';
  readonly number: string;
  readonly before: DataReading;
  readonly after: DataReading;
}

export interface ToldDifference {
  readonly difference: DataDifference | NumberDifference;
  /** `FR premium pattern changed`. */
  readonly text: string;
  /** The levels, countries, rules, exceptions and lists that it touches. */
  readonly touches: readonly string[];
}

export interface NumberingState {
  readonly versions: Readonly<Record<string, string>>;
  /** What the policy was last seen to fit; null where nothing is kept, or in a form of another version. */
  readonly accepted: {
    readonly atMs: number;
    readonly versions: Readonly<Record<string, string>>;
    readonly differences: readonly ToldDifference[];
  } | null;
}

/** Compares the data in use with what was accepted last. */
export function numberingState(store: Store): NumberingState {
  return inReadTransaction(store, () => {
    const now = numberingData();
    const baseline = readBaseline(store);
    if (baseline === null) return { versions: now.versions, accepted: null };
    const { atMs, data } = baseline;
    const home = readSettings(store)['home-region'];
    const differences = [...dataDifferences(store, data, now, home), ...numberDifferences(store, data, now)];
    return { versions: now.versions, accepted: { atMs, versions: data.versions, differences } };
  });
}

/** How many differences there are in the data itself, whatever the policy says; null where nothing was accepted. */
export function countDataDifferences(store: Store): number | null {
  const baseline = readBaseline(store);
  if (baseline === null) return null;
  return differencesOfData(baseline.data, numberingData(), readSettings(store)['home-region']).length;
}

/** Keeps the data in use as what the policy fits, audited. Returns what it was before; null where nothing was kept. */
export function acceptNumbering({ store, actor, pbx, nowMs }: AdminContext): NumberingState['accepted'] {
  refuseActor(actor);
  return inWriteTransaction(store, () => {
    const { accepted, versions } = numberingState(store);
    writeNumberingBaseline(store, { atMs: nowMs, data: numberingData() });
    appendAudit(store, [
      {
        atMs: nowMs,
        pbx,
        actor,
        action: 'numbering-accepted',
        subject: 'numbering data',
        before: accepted?.versions ?? null,
        after: versions,
        policyVersion: policyVersion(store),
      },
    ]);
    return accepted;
  });
}

/** For a new database: what it is made with is what it fits. One that is kept already stays. */
export function keepFirstNumbering(store: Store, nowMs: number): void {
  inWriteTransaction(store, () => {
    if (readNumberingBaseline(store) !== null) return;
    writeNumberingBaseline(store, { atMs: nowMs, data: numberingData() });
  });
}

function readBaseline(store: Store): { readonly atMs: number; readonly data: NumberingData } | null {
  const kept = readNumberingBaseline(store);
  return kept !== null && isNumberingData(kept.data) ? { atMs: kept.atMs, data: kept.data } : null;
}

function isNumberingData(data: unknown): data is NumberingData {
  return (
    typeof data === 'object' && data !== null && 'format' in data && data.format === NUMBERING_DATA_FORMAT
  );
}

function dataDifferences(
  store: Store,
  before: NumberingData,
  now: NumberingData,
  home: Region,
): readonly ToldDifference[] {
  const named = namedRegions(store);
  const touchedBy = (regions: readonly Region[]) => [
    ...new Set(regions.flatMap((region) => named.get(region) ?? [])),
  ];
  return differencesOfData(before, now, home).map((difference) => ({
    difference,
    text: differenceText(difference),
    touches: touchedBy(regionsOf(difference)),
  }));
}

function regionsOf(difference: DataDifference): readonly Region[] {
  switch (difference.kind) {
    case 'region':
    case 'pattern':
    case 'leading-digits':
      return [difference.region];
    case 'calling-code':
      return [...difference.before, ...difference.after];
    case 'range':
      return [difference.before, difference.after].filter((region) => region !== null);
    // What callers at home dial touches the plan, not a country of the policy.
    case 'emergency':
    case 'short-numbers':
    case 'dialling':
      return [];
  }
}

/** The numbers of the policy behind calling codes of which anything changed, where they are read otherwise now. */
function numberDifferences(
  store: Store,
  before: NumberingData,
  now: NumberingData,
): readonly ToldDifference[] {
  const codes = changedCodes(before, now);
  if (codes.length === 0) return [];
  const old = createDataReader(before);
  const today = createDataReader(now);
  const wanted = (pattern: string) => codes.some((code) => pattern.startsWith(code));
  return namedNumbers(store, wanted).flatMap(({ pattern, exact, text, by }) => {
    const was = old.read(pattern, exact);
    const is = today.read(pattern, exact);
    if (was === null || is === null || JSON.stringify(was) === JSON.stringify(is)) return [];
    const difference = { kind: 'number', number: text, before: was, after: is } as const;
    return [{ difference, text: `${text}: ${readingText(was, is)}`, touches: by }];
  });
}

/** `+33` for each calling code that has another region, or a region with other patterns. */
function changedCodes(before: NumberingData, now: NumberingData): readonly string[] {
  const codes = new Set<string>();
  for (const [region, patterns] of Object.entries(now.regions)) {
    if (JSON.stringify(before.regions[region]) !== JSON.stringify(patterns)) codes.add(patterns.callingCode);
  }
  for (const [code, regions] of Object.entries(before.callingCodes)) {
    if (now.callingCodes[code]?.join() !== regions.join()) codes.add(code);
  }
  return [...codes].map((code) => `+${code}`);
}

/** Throws `AppError('not-found')` where nothing was accepted yet. */
export function requireAccepted({ accepted }: NumberingState): NonNullable<NumberingState['accepted']> {
  if (accepted !== null) return accepted;
  throw new AppError(
    'not-found',
    'No numbering data was accepted yet, so nothing can be compared. ' +
      'Run `callwarden numbering accept` to keep that of today.',
  );
}
