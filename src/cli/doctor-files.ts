// The files that `callwarden doctor` looks at: our own with their rights, and Asterisk's configuration.
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { counted } from '../counted.ts';
import { readConf } from '../asterisk/doctor/conf-file.ts';
import { failure, ok, warning, type Finding } from '../asterisk/doctor/finding.ts';
import { CONF_NAMES, type ConfFile, type SystemFacts } from '../asterisk/doctor/system.ts';
import type { Config } from '../config/config.ts';
import { readKeyFile } from '../config/key-file.ts';
import { checkRights } from '../config/rights.ts';
import { AppError, codeOf, messageOf } from '../errors.ts';
import type { Store } from '../store/open.ts';
import { createPinHasher } from '../store/pin-hash.ts';
import { readPinHashes } from '../store/pin-secrets.ts';

const BY_OTHERS = 0o007;
const WRITABLE_BY_GROUP = 0o020;
const CONF_BYTES_MAX = 8 * 1024 * 1024;
/** Longer ones are felt by callers while the daemon is away. */
const DECISION_MS_MAX = 3000;

/** Our own files: who else may read or change them. */
export function examineFiles(config: Config): readonly Finding[] {
  const found = [
    ...rightsOfConfig(config),
    ...attempt('key-file', () => void readKeyFile(config.security.keyFile)),
    ...rightsOf(config.database.path),
    ...rightsOf(dirname(config.database.path)),
  ];
  const { decisionMs } = config.deadlines;
  const slow =
    decisionMs > DECISION_MS_MAX
      ? [
          warning(
            'deadline-long',
            `A caller waits ${decisionMs} ms for the static rules while the daemon is frozen.`,
            'Set [deadlines] decision-ms = 2000.',
          ),
        ]
      : [];
  if (found.length > 0) return [...found, ...slow];
  return [
    ok('own-files', 'Configuration, key file and database can be changed by their owner alone.'),
    ...slow,
  ];
}

function rightsOfConfig(config: Config): readonly Finding[] {
  try {
    return checkRights(config).map((text) => warning('file-rights', text, `chmod 640 ${config.file}`));
  } catch (error) {
    return told('file-rights', error);
  }
}

function rightsOf(path: string): readonly Finding[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    return [
      failure('database-missing', `${path} does not exist.`, 'Run `callwarden init`, or restore a backup.'),
    ];
  }
  if ((found.mode & (BY_OTHERS | WRITABLE_BY_GROUP)) === 0) return [];
  const mode = found.isDirectory() ? '700' : '600';
  const text = `${path} can be opened by other users (mode ${(found.mode & 0o777).toString(8)}).`;
  // Within a folder that is closed nobody comes to it.
  if (!found.isDirectory() && (statSync(dirname(path)).mode & BY_OTHERS) === 0) return [];
  return [warning('file-rights', text, `chmod ${mode} ${path}`)];
}

function attempt(code: string, look: () => void): readonly Finding[] {
  try {
    look();
    return [];
  } catch (error) {
    return told(code, error);
  }
}

function told(code: string, error: unknown): readonly Finding[] {
  if (!(error instanceof AppError)) throw error;
  return [failure(code, error.message, '')];
}

/** Each file of Asterisk's that matters, or why it could not be read. */
export function readAsteriskConf(etc: string): SystemFacts['files'] {
  return new Map(CONF_NAMES.map((name) => [name, readOne(join(etc, name))]));
}

function readOne(path: string): ConfFile {
  try {
    if (statSync(path).size > CONF_BYTES_MAX) return { problem: `${path} is too large` };
    return readConf(readFileSync(path, 'utf8'));
  } catch (error) {
    return { problem: `${path} cannot be read (${codeOf(error) || messageOf(error)})` };
  }
}

/** PINs that were made with another key file are never right again. A key that cannot be read is told of apart. */
export function examinePins(store: Store, keyFile: string): readonly Finding[] {
  const hashes = [...readPinHashes(store).values()];
  if (hashes.length === 0) return [];
  let key: Buffer;
  try {
    key = readKeyFile(keyFile);
  } catch {
    return [];
  }
  const hasher = createPinHasher(key);
  const foreign = hashes.filter((hash) => !hasher.made(hash)).length;
  const all = hashes.length === 1 ? 'The one PIN was' : `All ${hashes.length} PINs were`;
  if (foreign === 0) return [ok('pin-key', `${all} made with ${keyFile}.`)];
  const text = `${foreign} of ${counted(hashes.length, 'PIN')} made with another key file than ${keyFile}, so never right.`;
  return [failure('pin-key', text, `Put the key file of this database at ${keyFile}.`)];
}
