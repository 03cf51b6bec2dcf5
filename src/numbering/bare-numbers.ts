// Numbers that are dialled without the trunk prefix of their region (mobiles in CN and PE, 1800 in AU).
import { prefixPattern } from './digit-pattern.ts';
import { isOrdinaryType, tellingDigits } from './number-kinds.ts';
import type { RegionData } from './region-data.ts';

/** Whether numbers that begin so are dialled without the trunk prefix: all of them, none, or it takes more digits. */
export type Bareness = (leading: string) => 'all' | 'none' | 'some';

/** True where a region with a trunk prefix has numbers that are dialled without it. */
export function hasBareNumbers(data: RegionData): boolean {
  return data.formats.some(({ bare }) => bare);
}

/** Tells of national numbers of one length whether they are dialled without the trunk prefix, by how they are written. */
export function bareNumbersOf(data: RegionData, length: number): Bareness {
  const formats = data.formats
    .filter(({ digits }) => new RegExp(`^(?:${digits})$`).test('0'.repeat(length)))
    .map(({ leading, bare }) => ({
      bare,
      begun: leading === null ? null : new RegExp(`^(?:${leading})`),
      beginning: leading === null ? null : prefixPattern(leading),
    }));
  return (leading) => {
    for (const { bare, begun, beginning } of formats) {
      if (begun === null || begun.test(leading)) return bare ? 'all' : 'none';
      if (beginning?.test(leading) === true) return 'some';
    }
    return 'none';
  };
}

/** True for digits of the length and the beginning of an ordinary number that is dialled without the trunk prefix. */
export function bareNumbers(data: RegionData): (digits: string) => boolean {
  if (!hasBareNumbers(data)) return () => false;
  const byLength = new Map(data.lengths.map((length) => [length, bareNumbersOf(data, length)]));
  const ordinary = data.types.filter(({ type }) => isOrdinaryType(type));
  return (digits) => {
    if (byLength.get(digits.length)?.(digits) !== 'all') return false;
    const leading = digits.slice(0, tellingDigits);
    return ordinary.some(
      ({ lengths, beginning }) => lengths.includes(digits.length) && beginning.test(leading),
    );
  };
}
