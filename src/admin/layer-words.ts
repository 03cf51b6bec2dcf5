// What extensions and groups can both say, in the administrator's words: right, level, schedule and PIN.
import {
  levelNames,
  pinEntries,
  pinUses,
  type ExtensionRow,
  type PinEntry,
  type PinUse,
  type Right,
} from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { readChoice } from './known-word.ts';
import { readSwitch } from './switch-word.ts';

/** The terms of one layer; null (and `inherit`) leave it to the next. */
export type LayerTerms = Pick<ExtensionRow, 'right' | 'level' | 'schedule' | 'pin' | 'pinEntry'>;

/** A layer that says nothing. */
export const silentTerms: LayerTerms = {
  right: 'inherit',
  level: null,
  schedule: null,
  pin: null,
  pinEntry: null,
};

/** As they stand on a command line or in a file, by the option's name without its dashes. */
export interface LayerWords {
  readonly international?: string | undefined;
  readonly level?: string | undefined;
  readonly schedule?: string | undefined;
  readonly pin?: string | undefined;
  readonly pinEntry?: string | undefined;
}

export const INHERIT = 'inherit';
/** The schedule that is always open. */
const ALWAYS = 'always';

/** The terms that the words name, and no others. Throws `AppError('invalid')`. Schedules are not looked up. */
export function readLayerWords(words: LayerWords): Partial<LayerTerms> {
  const { international, level, schedule, pin, pinEntry } = words;
  return {
    ...(international === undefined ? {} : { right: readRight(international, '--international') }),
    ...(level === undefined ? {} : { level: readOrInherit(level, levelNames, '--level') }),
    ...(schedule === undefined ? {} : { schedule: readScheduleWord(schedule) }),
    ...(pin === undefined ? {} : { pin: readOrInherit<PinUse>(pin, pinUses, '--pin') }),
    ...(pinEntry === undefined
      ? {}
      : { pinEntry: readOrInherit<PinEntry>(pinEntry, pinEntries, '--pin-entry') }),
  };
}

function readRight(word: string, option: string): Right {
  if (word.toLowerCase() === INHERIT) return INHERIT;
  try {
    return readSwitch(word, option) ? 'on' : 'off';
  } catch {
    throw new AppError('invalid', `${option} is on or off, or inherit, not ${JSON.stringify(word)}.`);
  }
}

function readOrInherit<Choice extends string>(
  word: string,
  choices: readonly Choice[],
  option: string,
): Choice | null {
  const found = readChoice<Choice | typeof INHERIT>(word, [...choices, INHERIT], option);
  return found === INHERIT ? null : found;
}

function readScheduleWord(word: string): string | null {
  if (word === INHERIT) return null;
  return word === ALWAYS ? '' : word;
}

/** `inherit`, `always`, or the name. */
export function scheduleWord(schedule: string | null): string {
  if (schedule === null) return INHERIT;
  return schedule === '' ? ALWAYS : schedule;
}

/** The terms as words, in the order in which people are told them. */
export function layerWordsOf(terms: LayerTerms): Readonly<Record<keyof LayerWords, string>> {
  return {
    international: terms.right,
    level: terms.level ?? INHERIT,
    schedule: scheduleWord(terms.schedule),
    pin: terms.pin ?? INHERIT,
    pinEntry: terms.pinEntry ?? INHERIT,
  };
}

/** The same without what is inherited, the right aside: for something that is new or gone. */
export function spokenTerms(terms: LayerTerms): Readonly<Record<string, string>> {
  const told = Object.entries(layerWordsOf(terms));
  return Object.fromEntries(told.filter(([key, word]) => key === 'international' || word !== INHERIT));
}
