// Changing which countries and regions may be called: by name, for the organisation or for one group.
import type { CountryRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import type { Region } from '../numbering/destination.ts';
import { regionData, regionsOfCallingCode } from '../numbering/region-data.ts';
import { readCountries, writeCountry, writeGroupCountry } from '../store/countries.ts';
import type { Store } from '../store/open.ts';
import { openClasses, readSettings } from '../store/settings.ts';
import { changePolicy, type AdminContext, type Change, type Changed, type ChangeOutcome } from './change.ts';
import { requireGroup } from './groups.ts';
import { layersOf, levelTableOf, openRegions, type LayerOwner } from './open-regions.ts';
import { readRegionWords, regionName } from './regions.ts';
import { someNames } from './some-of.ts';

/** Neighbours in a calling code that a notice names. */
const NAMED_MAX = 8;

type State = CountryRow['state'];

/** What is said of regions by name; null takes back what was said. */
export type CountryDecisions = ReadonlyMap<Region, State | null>;

/** Allows, denies, or with null forgets the regions that the words mean; of one group where it is named. */
export function setCountries(
  context: AdminContext,
  words: readonly string[],
  state: State | null,
  group: string | null = null,
): ChangeOutcome {
  return decideCountries(context, new Map(readRegionWords(words).map((region) => [region, state])), group);
}

/** All of them or none, in one change. */
export function decideCountries(
  context: AdminContext,
  decisions: CountryDecisions,
  group: string | null = null,
): ChangeOutcome {
  return changePolicy(context, () => changeCountries(context.store, decisions, group, context.nowMs));
}

/** Three lists of words as one. Throws `AppError('invalid')`, also where a region stands in two of them. */
export function readDecisions(words: {
  readonly allow?: readonly string[] | undefined;
  readonly deny?: readonly string[] | undefined;
  readonly reset?: readonly string[] | undefined;
}): CountryDecisions {
  const lists = [
    [words.allow ?? [], 'allow'],
    [words.deny ?? [], 'deny'],
    [words.reset ?? [], null],
  ] as const;
  const decisions = new Map<Region, State | null>();
  for (const [list, state] of lists) {
    for (const region of list.length === 0 ? [] : readRegionWords(list)) {
      if (decisions.has(region)) {
        throw new AppError('invalid', `${region} stands in two of the lists allow, deny and reset.`);
      }
      decisions.set(region, state);
    }
  }
  return decisions;
}

/** Inside a change. */
export function changeCountries(
  store: Store,
  decisions: CountryDecisions,
  group: string | null,
  nowMs: number,
): Changed {
  const rows = group === null ? readCountries(store) : requireGroup(store, group).countries;
  const stored = new Map(rows.map((row) => [row.region, row.state]));
  const changes: Change[] = [];
  for (const [region, state] of decisions) {
    const before = stored.get(region) ?? null;
    if (before === state) continue;
    if (group === null) writeCountry(store, region, state);
    else writeGroupCountry(store, group, region, state);
    const country = `country ${region} (${regionName(region)})`;
    changes.push({
      action: group === null ? 'country-changed' : 'group-country-changed',
      subject: group === null ? country : `group ${group}: ${country}`,
      before,
      after: state,
    });
  }
  const owner: LayerOwner = group === null ? { kind: 'organisation' } : { kind: 'group', name: group };
  return { changes, notices: noticesOf(store, decisions, owner, nowMs) };
}

function noticesOf(
  store: Store,
  decisions: CountryDecisions,
  owner: LayerOwner,
  nowMs: number,
): readonly string[] {
  const settings = readSettings(store);
  const home = settings['home-region'];
  const allowed = [...decisions].filter(([, state]) => state === 'allow').map(([region]) => region);
  return [
    ...(decisions.has(home)
      ? [`${home} is the home region: calls within it are national, whatever its entry says.`]
      : []),
    ...(allowed.length > 0 ? allowedNotices(store, allowed, owner, nowMs) : []),
    ...(settings.protection
      ? []
      : ['Protection is off, so no country is refused until `callwarden settings set protection on`.']),
  ];
}

/** What allowing a region does not open, or opens beside it. */
function allowedNotices(
  store: Store,
  regions: readonly Region[],
  owner: LayerOwner,
  nowMs: number,
): readonly string[] {
  const settings = readSettings(store);
  const asOne = settings['shared-codes'] === 'code';
  const open = openRegions(layersOf(store, owner, nowMs), levelTableOf(store), settings['home-region']);
  const classes = premiumOf(store, owner);
  const networks = regions.filter((region) => /^\+8[78]/.test(region) && !classes.includes('satellite'));
  const codes = new Set(regions.map((region) => regionData(region)?.callingCode ?? ''));
  const shared = [...codes].flatMap((code) => {
    const closed = (regionsOfCallingCode(code) ?? []).filter(
      (region) => !open.has(region) && region !== settings['home-region'],
    );
    if (closed.length === 0) return [];
    const names = closed.map((region) => `${regionName(region)} (${region})`);
    const named = someNames(names, NAMED_MAX);
    return asOne
      ? [`+${code} counts as one (shared-codes is "code"): this also opens ${named}.`]
      : [`The code +${code} is shared. These stay closed: ${named}.`];
  });
  return [
    ...shared,
    ...networks.map(
      (region) =>
        `${region} (${regionName(region)}) also needs its class, which is off: \`callwarden premium on satellite\`.`,
    ),
  ];
}

/** The classes that are on for the owner's members. */
function premiumOf(store: Store, owner: LayerOwner): readonly string[] {
  const own = owner.kind === 'group' ? requireGroup(store, owner.name).premium : null;
  return own ?? openClasses(readSettings(store));
}
