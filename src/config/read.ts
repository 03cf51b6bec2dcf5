// The first step of configuration: finds and reads the files, and judges nothing.
import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parse, TomlError, type TomlTable } from 'smol-toml';
import { AppError, codeOf } from '../errors.ts';
import { DEFAULT_CONFIG_FILE } from './config.ts';
import { isOpenToChange } from './rights.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigSource {
  /** As given on the command line; else `CALLWARDEN_CONFIG`, else the default place. */
  readonly path?: string | undefined;
  readonly env: Environment;
}

/** What the files hold, unjudged. */
export interface RawConfig {
  readonly file: string;
  readonly table: TomlTable;
  /** By the path that `password-file` or `secret-file` names: the secret, or why it could not be read. */
  readonly secrets: ReadonlyMap<string, { readonly secret: string } | { readonly problem: string }>;
  readonly hostname: string;
}

/** Where the configuration is looked for, and whether somebody named the place. */
export function configFile(source: ConfigSource): { readonly file: string; readonly named: boolean } {
  const named = source.path ?? source.env['CALLWARDEN_CONFIG'];
  if (named !== undefined && named !== '') return { file: resolve(named), named: true };
  return { file: DEFAULT_CONFIG_FILE, named: false };
}

/** Null where there is no such file; throws `AppError` where it cannot be read or is no TOML. */
export function readTable(file: string): TomlTable | null {
  const text = readText(file);
  return text === null ? null : parseTable(file, text);
}

/** Throws `AppError('invalid')` with line and column; `file` only names the text. */
export function parseTable(file: string, text: string): TomlTable {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = 'cannot be read'] = error.message.split('\n');
    throw new AppError(
      'invalid',
      `${file}:${error.line}:${error.column}: ${what.replace(/^Invalid TOML document: /, '')}.`,
      { cause: error },
    );
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    const what = code === 'EACCES' ? 'may not be read by this user' : `cannot be read (${code})`;
    throw new AppError('unauthorized', `The configuration ${file} ${what}. Run the command as root.`, {
      cause: error,
    });
  }
}

/** Throws `AppError('not-found')` where there is no configuration. */
export function readRaw(source: ConfigSource): RawConfig {
  const { file } = configFile(source);
  const table = readTable(file);
  if (!table) {
    throw new AppError(
      'not-found',
      `There is no configuration at ${file}. Run \`callwarden init\`, or name one with --config.`,
    );
  }
  return rawOf(file, table);
}

/** The keys that name the file of a secret. */
const SECRET_FILES = ['password-file', 'secret-file'] as const;

const textIn = (section: unknown, key: string): string => {
  const value: unknown = typeof section === 'object' && section !== null ? Reflect.get(section, key) : null;
  return typeof value === 'string' ? value : '';
};

/** The table with the secrets that it names. */
export function rawOf(file: string, table: TomlTable): RawConfig {
  const named = Object.values(table).flatMap((section) => (Array.isArray(section) ? section : [section]));
  const secrets = new Map(
    named
      .flatMap((section) => SECRET_FILES.map((key) => textIn(section, key)))
      .filter((name) => name !== '')
      .map((name) => [name, readSecret(resolve(dirname(file), name))] as const),
  );
  return { file, table, secrets, hostname: hostname() };
}

function readSecret(file: string): { readonly secret: string } | { readonly problem: string } {
  try {
    if (isOpenToChange(statSync(file).mode)) {
      return { problem: `other users may write to ${file}; run \`chmod 640 ${file}\`` };
    }
    const secret = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return secret === '' ? { problem: `the file ${file} is empty` } : { secret };
  } catch (error) {
    const code = codeOf(error);
    return { problem: `the file ${file} cannot be read (${code})` };
  }
}
