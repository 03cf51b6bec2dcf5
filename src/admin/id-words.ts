// Which numbered things of a list are meant: their ids.
import { AppError } from '../errors.ts';

/** Each once. Throws `AppError('invalid')`; `command` lists the `what`: `exceptions`, `exception list`. */
export function readIds(words: readonly string[], what: string, command: string): readonly number[] {
  const ids = words.flatMap((word) => word.split(/[\s,]+/)).filter((word) => word !== '');
  const wrong = ids.find((word) => !/^\d{1,15}$/.test(word));
  if (wrong === undefined && ids.length > 0) return [...new Set(ids.map(Number))];
  const given = wrong === undefined ? 'none was given' : `${JSON.stringify(wrong)} is none`;
  throw new AppError('invalid', `Name ${what} by their ids from \`callwarden ${command}\`: ${given}.`);
}
