// Two policies compared by what extensions may call: country by country, class by class, counted and named.
import { decide } from '../barring/decide.ts';
import { isOpenedBy } from '../barring/levels.ts';
import { levelNames } from '../barring/policy.ts';
import type { PolicySnapshot } from '../barring/snapshot.ts';
import { noUsage } from '../barring/usage.ts';
import type { Verdict } from '../barring/verdict.ts';
import type { Destination, Region } from '../numbering/destination.ts';
import { regionData, regionsOfCallingCode } from '../numbering/region-data.ts';
import type { Steps } from '../store/steps.ts';
import { homeProbes, ordinaryProbe, premiumProbes } from './effective-probes.ts';
import type { EqualTerms } from './equal-terms.ts';
import { allRegions } from './regions.ts';
import { isSame } from './same.ts';

/** Regions by their code, `premium:directory` for a class of numbers at home, `home:national` for a kind of number there. */
export type PreviewedItem = string;

/** What becomes of the calls of somebody. */
interface Moves {
  readonly loses: readonly PreviewedItem[];
  readonly gains: readonly PreviewedItem[];
  /** Will ask for a PIN. */
  readonly pin: readonly PreviewedItem[];
}

export interface PreviewedPeople extends Moves {
  readonly count: number;
  /** The first of them. */
  readonly extensions: readonly string[];
}

export interface PreviewedCount {
  readonly item: PreviewedItem;
  readonly lose: number;
  readonly gain: number;
  readonly pin: number;
}

export interface PreviewedEffect {
  /** Extensions that the policy names. */
  readonly known: number;
  /** For whom anything is different. */
  readonly concerned: number;
  /** Those with the same losses and gains together, the most first. */
  readonly people: readonly PreviewedPeople[];
  /** Concerned beside `people`, each with terms of their own. */
  readonly others: number;
  /** Not looked at: there are too many with terms of their own. */
  readonly unexamined: number;
  /** Extensions that lose or gain each, what most lose first. */
  readonly items: readonly PreviewedCount[];
  /** What is different for an extension that the policy does not name. */
  readonly unknown: Moves;
}

const noMoves: Moves = { loses: [], gains: [], pin: [] };
export const noEffect: PreviewedEffect = {
  known: 0,
  concerned: 0,
  people: [],
  others: 0,
  unexamined: 0,
  items: [],
  unknown: noMoves,
};

/** Heaps of equal losses and gains that are told, and the extensions that each names. */
const PEOPLE_MAX = 50;
const NAMED_MAX = 20;
/** Extensions with terms of their own that are judged: some seconds of work at most. */
const CLASSES_MAX = 1_000;
/** No endpoint can have this name. */
const NOBODY_NAMED = '?';

interface Compared {
  readonly before: PolicySnapshot;
  readonly after: PolicySnapshot;
  readonly classes: readonly EqualTerms[];
  readonly atMs: number;
}

export function* effectSteps({ before, after, classes, atMs }: Compared): Steps<PreviewedEffect> {
  const items = itemsTouched(before, after);
  const [old, wanted] = [probesOf(before, items), probesOf(after, items)];
  const movesOf = (payer: string): Moves => {
    const ask = (by: PolicySnapshot, probe: Destination | undefined): Verdict['kind'] =>
      probe === undefined
        ? 'deny'
        : decide(by, { dialled: '', payer, via: 'direct', atMs }, probe, noUsage).kind;
    const moves = { loses: [] as string[], gains: [] as string[], pin: [] as string[] };
    for (const item of items) {
      const [was, is] = [ask(before, old.get(item)), ask(after, wanted.get(item))];
      if (was === is) continue;
      moves[is === 'deny' ? 'loses' : is === 'continue' ? 'gains' : 'pin'].push(item);
    }
    return moves;
  };
  const heaps = new Map<string, { readonly moves: Moves; readonly extensions: string[] }>();
  for (const { representative, extensions } of classes.slice(0, CLASSES_MAX)) {
    const moves = movesOf(representative);
    const key = JSON.stringify(moves);
    const heap = heaps.get(key) ?? { moves, extensions: [] };
    heaps.set(key, heap);
    for (const extension of extensions) heap.extensions.push(extension);
    yield;
  }
  const count = (each: readonly EqualTerms[]) =>
    each.reduce((sum, { extensions }) => sum + extensions.length, 0);
  return {
    ...told([...heaps.values()]),
    known: count(classes),
    unexamined: count(classes.slice(CLASSES_MAX)),
    unknown: movesOf(NOBODY_NAMED),
  };
}

function told(heaps: readonly { readonly moves: Moves; readonly extensions: readonly string[] }[]) {
  const moved = heaps
    .filter(({ moves }) => !isSame(moves, noMoves))
    .toSorted((a, b) => b.extensions.length - a.extensions.length);
  const sum = (each: typeof moved) => each.reduce((total, { extensions }) => total + extensions.length, 0);
  const counts = new Map<string, { lose: number; gain: number; pin: number }>();
  for (const { moves, extensions } of moved) {
    const add = (items: readonly string[], what: 'lose' | 'gain' | 'pin') => {
      for (const item of items) {
        const found = counts.get(item) ?? { lose: 0, gain: 0, pin: 0 };
        counts.set(item, { ...found, [what]: found[what] + extensions.length });
      }
    };
    add(moves.loses, 'lose');
    add(moves.gains, 'gain');
    add(moves.pin, 'pin');
  }
  return {
    concerned: sum(moved),
    people: moved.slice(0, PEOPLE_MAX).map(({ moves: { loses, gains, pin }, extensions }) => ({
      loses,
      gains,
      pin,
      count: extensions.length,
      extensions: extensions.slice(0, NAMED_MAX),
    })),
    others: sum(moved.slice(PEOPLE_MAX)),
    items: [...counts]
      .map(([item, { lose, gain, pin }]) => ({ item, lose, gain, pin }))
      .toSorted((a, b) => b.lose - a.lose || b.gain - a.gain || b.pin - a.pin),
  };
}

/** An ordinary number of each region, and one of each kind at home. */
function probesOf(
  { plan }: PolicySnapshot,
  items: readonly PreviewedItem[],
): ReadonlyMap<PreviewedItem, Destination> {
  const probes = new Map<PreviewedItem, Destination>(
    items.filter((item) => !item.includes(':')).map((region) => [region, ordinaryProbe(region)]),
  );
  for (const { destination } of homeProbes(plan)) probes.set(homeItem(destination), destination);
  for (const each of premiumProbes(plan)) probes.set(`premium:${each.class}`, each.destination);
  const national = probes.get('home:national');
  if (national !== undefined && probes.has(plan.home.region)) probes.set(plan.home.region, national);
  return probes;
}

const homeItem = (destination: Destination) =>
  destination.kind === 'national' && !destination.matched ? 'home:unmatched' : `home:${destination.kind}`;

/** What can be different at all: everything, or what the differences in countries, level and classes are about. */
function itemsTouched(before: PolicySnapshot, after: PolicySnapshot): readonly PreviewedItem[] {
  const regions = allRegions();
  const ofHome = homeProbes(after.plan).map(({ destination }) => homeItem(destination));
  const classes = premiumProbes(after.plan).map((each) => `premium:${each.class}`);
  const { level: _before, premium: open, announcements: _sounds, ...old } = before.settings;
  const { level: _after, premium: opens, announcements: _others, ...wanted } = after.settings;
  const home = after.plan.home.region;
  if (!isSame(old, wanted) || !isSame(before.plan.plan, after.plan.plan)) {
    const isMoved = home !== before.plan.home.region;
    return [...regions.filter((region) => isMoved || region !== home), ...ofHome, ...classes];
  }
  const isPremium = !isSame(open, opens);
  const asOne = after.plan.plan.sharedCodes === 'code';
  const touched = new Set(
    regions.filter((region) => (isPremium && region.startsWith('+')) || isMovedAt(before, after, region)),
  );
  const near = asOne ? [...touched].flatMap(siblingsOf) : [];
  const found = new Set([...touched, ...near]);
  return [...regions.filter((region) => found.has(region) && region !== home), ...(isPremium ? classes : [])];
}

/** Whether the organisation, or a level at any layer, says another thing of the region. */
function isMovedAt(before: PolicySnapshot, after: PolicySnapshot, region: Region): boolean {
  const actions = ({ organisation }: PolicySnapshot) =>
    organisation.countries?.get(region)?.map(({ action }) => action) ?? [];
  if (!isSame(actions(before), actions(after))) return true;
  const opens = ({ levels }: PolicySnapshot, level: (typeof levelNames)[number]) =>
    isOpenedBy(levels, level, region);
  return (
    opens(before, before.settings.level) !== opens(after, after.settings.level) ||
    levelNames.some((level) => opens(before, level) !== opens(after, level))
  );
}

function siblingsOf(region: Region): readonly Region[] {
  return regionsOfCallingCode(regionData(region)?.callingCode ?? '') ?? [];
}
