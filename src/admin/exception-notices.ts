// What an administrator should know of new exceptions: what they do not open, and what holds already.
import type { ExceptionRow } from '../barring/policy.ts';
import { regionData, regionsOfCallingCode } from '../numbering/region-data.ts';
import type { Store } from '../store/open.ts';
import { readSettings } from '../store/settings.ts';
import { regionName } from './regions.ts';
import { someNames } from './some-of.ts';

/** Neighbours in a calling code that a notice names. */
const NAMED_MAX = 5;

type Target = Pick<ExceptionRow, 'region' | 'pattern' | 'exact'>;

export function exceptionNotices(
  store: Store,
  targets: readonly Target[],
  asked: Pick<ExceptionRow, 'action' | 'untilMs' | 'premium'>,
): readonly string[] {
  const settings = readSettings(store);
  const regions = targets.flatMap(({ region }) => region ?? []);
  if (asked.action === 'deny') return homeNotice(regions, settings['home-region']);
  return [
    ...homeNotice(regions, settings['home-region']),
    ...regions.filter((region) => region.startsWith('+') && !asked.premium).map(costsExtra),
    ...(settings['shared-codes'] === 'region' ? regions.flatMap(sharedNotice) : []),
    ...(asked.untilMs === null ? ['It has no end: --until or --for would give it one.'] : []),
    ...(settings.protection ? [] : ['Protection is off, so nothing is refused until it is switched on.']),
  ];
}

function homeNotice(regions: readonly string[], home: string): readonly string[] {
  if (!regions.includes(home)) return [];
  return [`${home} is the home region: calls within it are national, whatever an exception says.`];
}

function costsExtra(region: string): string {
  return `${region} (${regionName(region)}) costs extra: it also needs --premium, or the class satellite.`;
}

/** `+1` is many countries: those beside the one that is named stay as they are. */
function sharedNotice(region: string): readonly string[] {
  const data = regionData(region);
  const others = (data === null ? null : regionsOfCallingCode(data.callingCode)) ?? [];
  const beside = others.filter((other) => other !== region);
  if (data === null || beside.length === 0) return [];
  const verb = beside.length === 1 ? 'stays as it is' : 'stay as they are';
  return [`+${data.callingCode} is shared: ${someNames(beside, NAMED_MAX)} ${verb}.`];
}
