// Which extensions are meant: single names and ranges (`1001-1020 1105`), spelled out and bounded.
import { AppError } from '../errors.ts';

/** Extensions of one command, at most. */
const EXTENSIONS_OF_COMMAND_MAX = 10_000;

const RANGE = /^(\d{1,15})-(\d{1,15})$/;
/** Names of SIP endpoints: digits as a rule, but `reception` and `201-home` are extensions too. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}$/;

/**
 * The extensions in the order given, each once. Words may also be joined by commas. Throws
 * `AppError('invalid')`.
 */
export function readExtensionWords(words: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const word of words.flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '')) {
    const range = RANGE.exec(word);
    if (range) addRange(found, word, range[1] ?? '', range[2] ?? '');
    else found.add(readExtensionName(word));
    if (found.size > EXTENSIONS_OF_COMMAND_MAX) throw tooMany(word);
  }
  if (found.size === 0)
    throw new AppError('invalid', 'Name at least one extension, such as 1001 or 1001-1020.');
  return [...found];
}

function addRange(found: Set<string>, word: string, from: string, to: string): void {
  if (from.length !== to.length) {
    throw new AppError(
      'invalid',
      `The range ${word} must have as many digits on both sides, as 0100-0199 has.`,
    );
  }
  const [first, last] = [Number(from), Number(to)];
  if (last < first) throw new AppError('invalid', `The range ${word} runs backwards. Write ${to}-${from}.`);
  if (last - first >= EXTENSIONS_OF_COMMAND_MAX) throw tooMany(word);
  for (let number = first; number <= last; number += 1) found.add(String(number).padStart(from.length, '0'));
}

function tooMany(word: string): AppError {
  const max = EXTENSIONS_OF_COMMAND_MAX.toLocaleString('en');
  return new AppError(
    'invalid',
    `One command takes ${max} extensions at most, and ${word} goes beyond. Split it.`,
  );
}

/** Throws `AppError('invalid')` for what is no name of an endpoint. */
export function readExtensionName(word: string): string {
  if (NAME.test(word)) return word;
  throw new AppError(
    'invalid',
    `${JSON.stringify(word)} is no extension. Use the name of the endpoint: ` +
      'letters, digits, "_", "." and "-".',
  );
}
