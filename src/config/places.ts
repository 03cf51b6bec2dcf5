// Where the parts of an installation lie: all that a command on the database needs to know.
import { hostname } from 'node:os';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { TomlTable } from 'smol-toml';
import { AppError } from '../errors.ts';
import { DEFAULT_DATABASE, DEFAULT_KEY_FILE, DEFAULT_SOCKET } from './config.ts';
import { configFile, readTable, type ConfigSource } from './read.ts';

export interface Places {
  readonly pbx: string;
  readonly database: string;
  readonly socket: string;
  readonly keyFile: string;
  /** The configuration that named them; null where there is none and the defaults hold. */
  readonly file: string | null;
}

/**
 * What a command on the database needs, and no secret: it works where the rest of the file is wrong or its
 * password file may not be read. A file that was named must exist; without one at the default place the
 * defaults hold.
 */
export function findPlaces(source: ConfigSource & { readonly database?: string | undefined }): Places {
  const { file, named } = configFile(source);
  const table = source.database !== undefined && !named ? readTableOrNull(file) : readTable(file);
  if (!table && named) {
    throw new AppError('not-found', `There is no configuration at ${file}. Name another with --config.`);
  }
  return {
    pbx: text(table, 'pbx', 'name') ?? hostname(),
    database:
      source.database === undefined
        ? place(file, table, 'database', DEFAULT_DATABASE)
        : resolve(source.database),
    socket: place(file, table, 'socket', DEFAULT_SOCKET),
    keyFile: resolve(dirname(file), text(table, 'security', 'key-file') ?? DEFAULT_KEY_FILE),
    file: table ? file : null,
  };
}

/** Whoever names the database may work without the right to read the configuration. */
function readTableOrNull(file: string): TomlTable | null {
  try {
    return readTable(file);
  } catch {
    return null;
  }
}

function text(table: TomlTable | null, section: string, key: string): string | null {
  const found = table?.[section];
  const value = typeof found === 'object' && key in found ? Reflect.get(found, key) : null;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function place(file: string, table: TomlTable | null, section: string, fallback: string): string {
  const path = text(table, section, 'path') ?? fallback;
  if (isAbsolute(path)) return path;
  throw new AppError('invalid', `In ${file}, [${section}] path must be an absolute path, not "${path}".`);
}
