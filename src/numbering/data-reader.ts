// What a number is by one version of the numbering data, read by its patterns alone.
import { prefixPattern } from './digit-pattern.ts';
import type { Region } from './destination.ts';
import type { NumberingData, RegionPatterns } from './numbering-data.ts';

/** What a number, or every number that begins so, is by one version of the data. */
export interface DataReading {
  readonly regions: readonly Region[];
  readonly types: readonly string[];
}

/** Numbers asked for one after the other share their regular expressions. */
export interface DataReader {
  /** `+33892…`; null for what has no calling code that is known, or names nothing behind it. */
  readonly read: (number: string, exact: boolean) => DataReading | null;
}

export function createDataReader(data: NumberingData): DataReader {
  const compiled = new Map<string, RegExp>();
  const matches = (source: string, kind: 'whole' | 'beginning' | 'leading', digits: string): boolean => {
    const key = `${kind} ${source}`;
    const pattern = compiled.get(key) ?? compile(source, kind);
    compiled.set(key, pattern);
    return pattern.test(digits);
  };
  const isAtHomeIn = (leading: string | null, national: string, exact: boolean): boolean =>
    leading === null ||
    matches(leading, 'leading', national) ||
    (!exact && matches(leading, 'beginning', national));
  const typesIn = ({ types, byHand }: RegionPatterns, national: string, exact: boolean): string[] => {
    const costlier = Object.entries(byHand).find(([, source]) => matches(source, 'leading', national));
    if (costlier) return [costlier[0]];
    const kind = exact ? 'whole' : 'beginning';
    const found = Object.entries(types)
      .filter(([, source]) => matches(source, kind, national))
      .map(([type]) => type);
    return exact ? found.slice(0, 1) : found;
  };
  const readOne = (number: string, exact: boolean): DataReading | null => {
    const code = [1, 2, 3]
      .map((length) => number.slice(1, 1 + length))
      .find((part) => part in data.callingCodes);
    if (!number.startsWith('+') || code === undefined || number.length === code.length + 1) return null;
    const national = number.slice(1 + code.length);
    const found = (data.callingCodes[code] ?? []).flatMap((region) => {
      const patterns = data.regions[region];
      if (patterns === undefined || !isAtHomeIn(patterns.leading, national, exact)) return [];
      const types = typesIn(patterns, national, exact);
      return types.length === 0 ? [] : [{ region, types }];
    });
    return {
      regions: found.map(({ region }) => region),
      types: [...new Set(found.flatMap(({ types }) => types))],
    };
  };
  return {
    read: (number, exact) => {
      const reading = readOne(number, exact);
      // A number of odd length is told by its leading digits.
      return exact && reading?.types.length === 0 ? readOne(number, false) : reading;
    },
  };
}

/** A pattern of another version that cannot be read matches nothing. */
function compile(source: string, kind: 'whole' | 'beginning' | 'leading'): RegExp {
  try {
    if (kind === 'beginning') return prefixPattern(source);
    return new RegExp(kind === 'whole' ? `^(?:${source})$` : `^(?:${source})`);
  } catch {
    return /(?!)/;
  }
}
