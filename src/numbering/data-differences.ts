// What differs between two versions of the numbering data.
import type { Region } from './destination.ts';
import type { NumberingData, RegionPatterns } from './numbering-data.ts';

export type DataDifference =
  | { readonly kind: 'region'; readonly region: Region; readonly state: 'added' | 'removed' }
  | {
      readonly kind: 'pattern';
      readonly region: Region;
      readonly type: string;
      readonly state: 'added' | 'removed' | 'changed';
    }
  | { readonly kind: 'leading-digits'; readonly region: Region }
  | {
      readonly kind: 'calling-code';
      readonly callingCode: string;
      readonly before: readonly Region[];
      readonly after: readonly Region[];
    }
  | {
      readonly kind: 'range';
      readonly range: string;
      readonly before: Region | null;
      readonly after: Region | null;
    }
  /** The three below are about the home region alone. */
  | {
      readonly kind: 'emergency';
      readonly region: Region;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  | { readonly kind: 'short-numbers'; readonly region: Region; readonly cost: ShortCost }
  | { readonly kind: 'dialling'; readonly region: Region };

const shortCosts = ['short', 'free', 'standard', 'premium', 'sms'] as const;
type ShortCost = (typeof shortCosts)[number];

const without = (from: readonly string[], taken: readonly string[]) =>
  from.filter((item) => !taken.includes(item));

const keysOfBoth = (before: object, after: object): readonly string[] => [
  ...new Set([...Object.keys(before), ...Object.keys(after)]),
];

/** Everything that differs, of the home region's own callers only for `home`. */
export function differencesOfData(
  before: NumberingData,
  after: NumberingData,
  home: Region,
): readonly DataDifference[] {
  const regions = keysOfBoth(before.regions, after.regions).flatMap((region) =>
    regionDifferences(region, before.regions[region], after.regions[region]),
  );
  return [
    ...homeDifferences(home, before.regions[home], after.regions[home]),
    ...codeDifferences(before, after),
    ...rangeDifferences(before, after),
    ...regions,
  ];
}

function regionDifferences(
  region: Region,
  before: RegionPatterns | undefined,
  after: RegionPatterns | undefined,
): readonly DataDifference[] {
  if (before === undefined) return [{ kind: 'region', region, state: 'added' }];
  if (after === undefined) return [{ kind: 'region', region, state: 'removed' }];
  const patterns = (['types', 'byHand'] as const).flatMap((where) => {
    const [old, now]: Readonly<Record<string, string>>[] = [before[where], after[where]];
    return keysOfBoth(old ?? {}, now ?? {})
      .filter((type) => old?.[type] !== now?.[type])
      .map((type): DataDifference => {
        const state = old?.[type] === undefined ? 'added' : now?.[type] === undefined ? 'removed' : 'changed';
        return { kind: 'pattern', region, type, state };
      });
  });
  return before.leading === after.leading ? patterns : [{ kind: 'leading-digits', region }, ...patterns];
}

function codeDifferences(before: NumberingData, after: NumberingData): readonly DataDifference[] {
  return keysOfBoth(before.callingCodes, after.callingCodes).flatMap((callingCode): DataDifference[] => {
    const old = before.callingCodes[callingCode] ?? [];
    const now = after.callingCodes[callingCode] ?? [];
    if (old.join() === now.join()) return [];
    return [{ kind: 'calling-code', callingCode, before: old, after: now }];
  });
}

function rangeDifferences(before: NumberingData, after: NumberingData): readonly DataDifference[] {
  return keysOfBoth(before.ranges, after.ranges).flatMap((range): DataDifference[] => {
    const old = before.ranges[range] ?? null;
    const now = after.ranges[range] ?? null;
    return old === now ? [] : [{ kind: 'range', range, before: old, after: now }];
  });
}

function homeDifferences(
  region: Region,
  before: RegionPatterns | undefined,
  after: RegionPatterns | undefined,
): readonly DataDifference[] {
  if (before === undefined || after === undefined) return [];
  const [old, now] = [before.emergency, after.emergency];
  const [added, removed] = [without(now, old), without(old, now)];
  const costs = shortCosts.filter((cost) => sourceOf(before.short, cost) !== sourceOf(after.short, cost));
  const dialling = before.dialling !== after.dialling || before.supplement !== after.supplement;
  return [
    ...(added.length + removed.length > 0
      ? [{ kind: 'emergency', region, added, removed } satisfies DataDifference]
      : []),
    ...costs.map((cost) => ({ kind: 'short-numbers', region, cost }) satisfies DataDifference),
    ...(dialling ? [{ kind: 'dialling', region } satisfies DataDifference] : []),
  ];
}

const sourceOf = (row: RegionPatterns['short'], cost: ShortCost) => row?.[cost] ?? null;
