// Ranges that reach another region than the phone number data says, kept by hand with their reason.
import type { Region } from './destination.ts';
import { prefixPattern } from './digit-pattern.ts';

export interface MisplacedRange {
  readonly callingCode: string;
  readonly leading: RegExp;
  /** Matches what can still grow to match `leading`. */
  readonly beginning: RegExp;
  readonly region: Region;
}

const ranges: readonly MisplacedRange[] = [
  // Saint Pierre and Miquelon has a range of the French plan beside +508.
  range('33', '508', 'PM'),
  // San Marino is reached by its Italian area code too, at the rate of +378.
  range('39', '0549', 'SM'),
  // Mobiles of the Isle of Man; the data gives part of them to GB.
  range('44', '7[4569]24', 'IM'),
  // Palestinian mobile networks are reached by the Israeli code too, at the rate of +970.
  range('972', '5[69]', 'PS'),
];

function range(callingCode: string, source: string, region: Region): MisplacedRange {
  return { callingCode, leading: new RegExp(`^(?:${source})`), beginning: prefixPattern(source), region };
}

/** The hand-kept ranges behind one calling code. */
export function misplacedRanges(callingCode: string): readonly MisplacedRange[] {
  return ranges.filter((each) => each.callingCode === callingCode);
}

/** The region that a national number really reaches, or null where the data is right. */
export function misplacedRegion(callingCode: string, national: string): Region | null {
  const found = ranges.find((each) => each.callingCode === callingCode && each.leading.test(national));
  return found?.region ?? null;
}
