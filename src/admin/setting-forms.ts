// How the values of settings are written and read: each form with its parser and its words.
import { AppError } from '../errors.ts';
import { readSwitch } from './switch-word.ts';

/** One way to write a value. `parse` gets the words of the command line and throws `AppError('invalid')`. */
export interface SettingForm<Value> {
  /** What is expected, for the help: `digits, several allowed`. */
  readonly expects: string;
  readonly parse: (words: readonly string[], key: string) => Value;
  readonly format: (value: Value) => string;
}

const NONE = 'none';
/** Entries of one list, at most. */
const ENTRIES_MAX = 200;

function oneWord(words: readonly string[], key: string): string {
  const [word, ...more] = words;
  if (word !== undefined && more.length === 0) return word.trim();
  throw new AppError(
    'invalid',
    `${key} takes one value. Set it with \`callwarden settings set ${key} <value>\`.`,
  );
}

function entriesOf(words: readonly string[]): readonly string[] {
  const entries = words.flatMap((word) => word.split(/[\s,]+/)).filter((entry) => entry !== '');
  return entries.length === 1 && entries[0] === NONE ? [] : [...new Set(entries)];
}

/** Entries separated by spaces or commas; an empty value or `none` clears the list. */
export function listOf(entry: RegExp, expects: string): SettingForm<readonly string[]> {
  return {
    expects,
    parse: (words, key) => {
      const entries = entriesOf(words);
      const wrong = entries.filter((item) => !entry.test(item));
      if (wrong.length > 0) {
        throw new AppError('invalid', `${key} takes ${expects}, not ${wrong.map(quoted).join(', ')}.`);
      }
      if (entries.length > ENTRIES_MAX) {
        throw new AppError('invalid', `${key} takes ${ENTRIES_MAX} entries at most, not ${entries.length}.`);
      }
      return entries;
    },
    format: (value) => (value.length === 0 ? NONE : value.join(' ')),
  };
}

export const onOff: SettingForm<boolean> = {
  expects: 'on or off',
  parse: (words, key) => readSwitch(oneWord(words, key), key),
  format: (value) => (value ? 'on' : 'off'),
};

export function oneOf<const Choice extends string>(choices: readonly Choice[]): SettingForm<Choice> {
  const expects = choices.join(' or ');
  return {
    expects,
    parse: (words, key) => {
      const word = oneWord(words, key).toLowerCase();
      const choice = choices.find((known) => known === word);
      if (choice === undefined) throw new AppError('invalid', `${key} is ${expects}, not ${quoted(word)}.`);
      return choice;
    },
    format: (value) => value,
  };
}

/** A whole number with its unit for the words. */
export function wholeNumber(min: number, max: number, unit: string): SettingForm<number> {
  const expects = `a whole number of ${unit} from ${min} to ${max}`;
  return {
    expects,
    parse: (words, key) => {
      const word = oneWord(words, key);
      const value = /^\d{1,9}$/.test(word) ? Number(word) : NaN;
      if (value >= min && value <= max) return value;
      throw new AppError('invalid', `${key} takes ${expects}, not ${quoted(word)}.`);
    },
    format: String,
  };
}

/** One text of a form; `none` and the empty value are the empty text, where that is allowed. */
export function oneText(form: RegExp, expects: string, change = (word: string) => word): SettingForm<string> {
  return {
    expects,
    parse: (words, key) => {
      const word = oneWord(words, key);
      const value = word === NONE ? '' : change(word);
      if (!form.test(value)) throw new AppError('invalid', `${key} takes ${expects}, not ${quoted(word)}.`);
      return value;
    },
    format: (value) => (value === '' ? NONE : value),
  };
}

/** Digits, `none` for no prefix at all, or `auto` for what the home region uses. */
export const nationalPrefix: SettingForm<string | null> = {
  expects: 'up to 4 digits, "none", or "auto" for the home region’s own',
  parse: (words, key) => {
    const word = oneWord(words, key);
    if (word === 'auto') return null;
    if (word === NONE || /^\d{0,4}$/.test(word)) return word === NONE ? '' : word;
    throw new AppError('invalid', `${key} takes ${nationalPrefix.expects}, not ${quoted(word)}.`);
  },
  format: (value) => (value === null ? 'auto' : value || NONE),
};

const quoted = (word: string) => JSON.stringify(word);
