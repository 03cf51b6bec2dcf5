// Finds or installs the Asterisk that a lab runs: the machine's own, or Debian's package in a private root.
import { appendFileSync, existsSync, globSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

import { AppError } from '../../src/errors.ts';
import { ensureRoot, type Suite } from './debian-root.ts';
import { run } from './processes.ts';

/** 22 stands for the current line (22 or later), 16 for the older one without REST over WebSocket. */
export type AsteriskLine = 22 | 16;

/** An Asterisk on this machine that can be started with files of our own. */
export interface AsteriskInstall {
  /** Such as `22.10.1`. */
  readonly version: string;
  readonly major: number;
  /** Folder that Asterisk sees as `/`; '' for the machine's own. */
  readonly root: string;
  /** As Asterisk sees them. */
  readonly moduleFolder: string;
  readonly dataFolder: string;
}

const suites: Record<AsteriskLine, Suite> = { 22: 'sid', 16: 'bullseye' };
const essentialModules = ['app_dial', 'app_queue', 'app_stasis', 'chan_pjsip', 'res_agi', 'res_ari_channels'];
const known = new Map<AsteriskLine, AsteriskInstall>();

/**
 * The Asterisk to test with. The machine's own is taken when its version fits; it is started with private
 * files only, and one that is already running is left alone. Otherwise Debian's package is installed into a
 * private root; where the current line cannot be installed, 16 is taken and said so. Rejects with
 * `AppError('unavailable')`.
 */
export async function ensureAsterisk(
  line: AsteriskLine,
  onProgress: (message: string) => void = () => {},
): Promise<AsteriskInstall> {
  const before = known.get(line);
  if (before !== undefined) return before;
  const install = (await ownAsterisk(line)) ?? (await debianAsterisk(line, onProgress));
  onProgress(`Asterisk ${install.version} ${install.root === '' ? 'of this machine' : `in ${install.root}`}`);
  known.set(line, install);
  return install;
}

/** The command line that runs a program as this Asterisk sees the machine. */
export function inRoot(root: string, program: string, args: readonly string[]): [string, string[]] {
  return root === '' ? [program, [...args]] : ['chroot', [root, program, ...args]];
}

async function ownAsterisk(line: AsteriskLine): Promise<AsteriskInstall | null> {
  const install = await inspect('');
  if (install === null) return null;
  const fits = line === 16 ? install.major === 16 : install.major >= 22;
  const complete = essentialModules.every((name) => existsSync(join(install.moduleFolder, `${name}.so`)));
  return fits && complete ? install : null;
}

async function debianAsterisk(
  line: AsteriskLine,
  onProgress: (message: string) => void,
): Promise<AsteriskInstall> {
  let root: string;
  try {
    root = await ensureRoot(suites[line], onProgress);
  } catch (error) {
    if (line === 16 || !(error instanceof AppError) || process.getuid?.() !== 0) throw error;
    onProgress([error.message, ...error.details, 'Falling back to Asterisk 16.'].join('\n'));
    return ensureAsterisk(16, onProgress);
  }
  nameThisHost(root);
  const install = await inspect(root);
  if (install === null) {
    throw new AppError(
      'unavailable',
      `The Asterisk in ${root} does not start: remove that folder and run again.`,
    );
  }
  return install;
}

/** Reads the version, and finds the folders that differ between packages; null when it cannot be run. */
async function inspect(root: string): Promise<AsteriskInstall | null> {
  const [command, args] = inRoot(root, 'asterisk', ['-V']);
  const { output } = await run(command, args, { deadlineMs: 10_000 });
  const version = /^Asterisk (?:certified\/)?(?<version>(?<major>\d+)\.[\d.]+\d)/m.exec(output)?.groups;
  const find = (...patterns: string[]): string | undefined =>
    patterns.flatMap((pattern) => globSync(`${root}${pattern}`).toSorted())[0]?.slice(root.length);
  const module = find('/usr/lib*/asterisk/modules/app_dial.so', '/usr/lib/*/asterisk/modules/app_dial.so');
  const documentation = find('/usr/share/asterisk/documentation', '/var/lib/asterisk/documentation');
  if (version === undefined || module === undefined || documentation === undefined) return null;
  return {
    version: version['version'] ?? '',
    major: Number(version['major']),
    root,
    moduleFolder: dirname(module),
    dataFolder: dirname(documentation),
  };
}

/**
 * Without its host's name in /etc/hosts Asterisk asks DNS for it on every call: 4 calls a second are left of
 * 200.
 */
function nameThisHost(root: string): void {
  const file = join(root, 'etc/hosts');
  const line = `127.0.0.1 localhost ${hostname()}`;
  const present = existsSync(file) && readFileSync(file, 'utf8').split('\n').includes(line);
  if (!present) appendFileSync(file, `${line}\n`);
}
