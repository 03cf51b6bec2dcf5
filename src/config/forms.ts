// The forms that values of the configuration have in common, and the words in which they say what is wrong.
import { z } from 'zod';

/** What a value must be, in the words of a sentence that begins with its key. */
export const must = (be: string) => ({
  error: (issue: { input?: unknown }) =>
    issue.input === undefined ? `is missing: it must be ${be}` : `must be ${be}`,
});

export const word = (be: string) => z.string(must(be)).trim().min(1, must(be)).max(200, must(be));

export const wholeNumber = (min: number, max: number, unit: string) => {
  const be = `a whole number${unit} from ${min} to ${max}`;
  return z.int(must(be)).min(min, must(be)).max(max, must(be));
};

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, must(`one of ${values.map((value) => `"${value}"`).join(', ')}`));
