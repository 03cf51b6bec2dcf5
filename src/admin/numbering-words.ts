// Differences of numbering data as sentences.
import type { DataDifference } from '../numbering/data-differences.ts';
import type { DataReading } from '../numbering/data-reader.ts';
import { regionName } from './regions.ts';

/** Of the generated short-number data. */
const costWords: Readonly<Record<string, string>> = {
  short: 'short numbers',
  free: 'free short numbers',
  standard: 'short numbers at the standard price',
  premium: 'premium short numbers',
  sms: 'short numbers for text messages',
};

/** `FR premium pattern changed`, `emergency numbers of MX: + 089`. */
export function differenceText(difference: DataDifference): string {
  switch (difference.kind) {
    case 'region': {
      const { region, state } = difference;
      const next = state === 'added' ? 'is new in the data' : 'is no longer in the data';
      return `${region} (${regionName(region)}) ${next}`;
    }
    case 'pattern':
      return `${difference.region} ${difference.type} pattern ${difference.state}`;
    case 'leading-digits':
      return `${difference.region} leading digits behind its shared calling code changed`;
    case 'calling-code': {
      const { callingCode, before, after } = difference;
      return `regions of +${callingCode}: ${signs(before, after)}`;
    }
    case 'range': {
      const { range, before, after } = difference;
      return `${range}…: was ${before ?? 'as the data says'}, now ${after ?? 'as the data says'}`;
    }
    case 'emergency': {
      const { region, added, removed } = difference;
      return `emergency numbers of ${region}: ${signs(removed, added)}`;
    }
    case 'short-numbers':
      return `${costWords[difference.cost] ?? difference.cost} of ${difference.region} changed`;
    case 'dialling':
      return `prefixes, lengths or carrier codes of ${difference.region} changed`;
  }
}

/** `+ 089 − 060`; the order alone counts as a change too. */
function signs(before: readonly string[], after: readonly string[]): string {
  const added = after.filter((item) => !before.includes(item)).map((item) => `+ ${item}`);
  const removed = before.filter((item) => !after.includes(item)).map((item) => `- ${item}`);
  const all = [...added, ...removed];
  return all.length === 0 ? `now in the order ${after.join(', ')}` : all.join(' ');
}

/** `was premium, now shared-cost`; the regions where they differ. */
export function readingText(before: DataReading, after: DataReading): string {
  const words = ({ regions, types }: DataReading) => {
    const kinds = types.length === 0 ? 'unknown' : types.join('/');
    const places =
      before.regions.join() === after.regions.join() ? '' : ` of ${regions.join('/') || 'no region'}`;
    return kinds + places;
  };
  return `was ${words(before)}, now ${words(after)}`;
}
