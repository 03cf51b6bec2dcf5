// A made-up older version of the numbering data, for comparison with that in use.
import type { Region } from '../../src/numbering/destination.ts';
import {
  numberingData,
  type NumberingData,
  type RegionPatterns,
} from '../../src/numbering/numbering-data.ts';

/**
 * In France all of 081 to 089 is premium, Mexico's emergency number is 0999 and it has a premium short number, BQ is not
 * known behind +599, and San Marino's range is not.
 */
export function olderData(more: Readonly<Record<Region, Partial<RegionPatterns>>> = {}): NumberingData {
  const now = numberingData();
  const { BQ: _unknown, ...regions } = now.regions;
  const { '+39 0549': _placed, ...ranges } = now.ranges;
  const changed = (region: Region, change: Partial<RegionPatterns>) => {
    const patterns = regions[region];
    if (patterns === undefined) throw new Error(`${region} is not in the data.`);
    return { [region]: { ...patterns, ...change } };
  };
  const { 'shared-cost': _cheaper, ...french } = regions['FR']?.types ?? {};
  const mexico = regions['MX'];
  const emergency = ['0999', ...(mexico?.emergency ?? []).filter((number) => number !== '911')].sort();
  const short = mexico?.short ?? { short: null, free: null, standard: null, premium: null, sms: null };
  return {
    ...now,
    versions: { ...now.versions, numbers: 'libphonenumber-js 1.0.0' },
    ranges,
    callingCodes: { ...now.callingCodes, '599': ['CW'] },
    regions: {
      ...regions,
      ...changed('FR', { types: { ...french, premium: '8[1-9]\\d{7}' } }),
      ...changed('MX', { emergency, short: { ...short, premium: '7777' } }),
      ...Object.fromEntries(
        Object.entries(more).flatMap(([region, change]) => Object.entries(changed(region, change))),
      ),
    },
  };
}
