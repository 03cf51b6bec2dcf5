// The door to the daemon's configuration: read the files, check the whole.
import type { Config } from './config.ts';
import { parseTable, rawOf, readRaw, type ConfigSource } from './read.ts';
import { validateConfig } from './validate.ts';

/**
 * Throws `AppError`: `not-found` without a file, `invalid` with all problems as details, each a sentence with
 * its key. Commands that need no more than places use `findPlaces`, which starts faster.
 */
export function loadConfig(source: ConfigSource): Config {
  return validateConfig(readRaw(source));
}

/** The same for a text that is to become `file`. */
export function checkConfig(file: string, text: string): Config {
  return validateConfig(rawOf(file, parseTable(file, text)));
}
