// The classes of premium numbers in the administrator's words.
import { premiumClasses, type PremiumClass } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';

/**
 * The classes that the words mean, joined by commas or apart, in the order of the classes; `all` and `none` stand
 * alone. Throws `AppError('invalid')`; `what` names what was given: `--premium`.
 */
export function readPremiumWords(words: readonly string[], what: string): readonly PremiumClass[] {
  const given = words.flatMap((text) => text.toLowerCase().split(/[\s,]+/)).filter((word) => word !== '');
  if (given.length === 1 && given[0] === 'all') return premiumClasses;
  if (given.length === 1 && given[0] === 'none') return [];
  const found = new Set(given.map((word) => readClass(word, what)));
  if (found.size > 0) return premiumClasses.filter((name) => found.has(name));
  throw new AppError('invalid', `${what} takes all, none, or some of ${premiumClasses.join(', ')}.`);
}

function readClass(word: string, what: string): PremiumClass {
  const found = premiumClasses.find((name) => name === word);
  if (found) return found;
  const near = nearestWord(word, premiumClasses);
  const next =
    near === null ? `It takes all, none, or some of ${premiumClasses.join(', ')}.` : `Did you mean ${near}?`;
  throw new AppError('invalid', `${what}: ${JSON.stringify(word)} is no class of premium numbers. ${next}`);
}
