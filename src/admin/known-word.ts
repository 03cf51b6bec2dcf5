// Words that must be known: choices, and names of things, each with what was most likely meant.
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';

/** One of the choices, in any case. Throws `AppError('invalid')`; `what` names what was given: `--class`. */
export function readChoice<Word extends string>(word: string, choices: readonly Word[], what: string): Word {
  const found = choices.find((choice) => choice === word.toLowerCase());
  if (found !== undefined) return found;
  const near = nearestWord(word, choices);
  const hint = near === null ? '' : ` Did you mean ${near}?`;
  throw new AppError(
    'invalid',
    `${what} is one of ${choices.join(', ')}, not ${JSON.stringify(word)}.${hint}`,
  );
}

/** To be thrown where no `what` has that name; `command` lists them: `group list`. */
export function notKnown(what: string, name: string, known: readonly string[], command: string): AppError {
  return new AppError(
    'not-found',
    `There is no ${what} ${JSON.stringify(name)}. ${nextStep(name, known, command)}`,
  );
}

/** `Did you mean sales?`, or where all of them stand. */
export function nextStep(name: string, known: readonly string[], command: string): string {
  const near = nearestWord(name, known);
  return near === null ? `\`callwarden ${command}\` shows them.` : `Did you mean ${near}?`;
}
