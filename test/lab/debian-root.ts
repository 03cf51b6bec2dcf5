// Builds a private Debian root with an Asterisk inside, once per suite, in the user's cache folder.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { AppError } from '../../src/errors.ts';
import { cacheFolder } from './cache-folder.ts';
import { DEFAULT_MIRROR, debianMirrors } from './debian-mirror.ts';
import { lock } from './lock.ts';
import { type Finished, run } from './processes.ts';

const buildDeadlineMs = 15 * 60_000;
const progressIntervalMs = 3000;

/** What each suite brings: sid has Asterisk 22 or later and the phones, bullseye has Asterisk 16. */
const packages = {
  sid: ['asterisk', 'sip-tester', 'baresip-core'],
  bullseye: ['asterisk'],
} as const;

export type Suite = keyof typeof packages;

type OnProgress = (message: string) => void;

/** Where the root of a suite stands once it is complete. */
export function rootFolder(suite: Suite): string {
  return join(cacheFolder(), 'roots', suite);
}

/**
 * Returns the folder of a complete root, building it first where it is missing (30 to 60 s, 500 MB, needs
 * root's rights). A root that is only half built is never used. Rejects with `AppError('unavailable')`.
 */
export async function ensureRoot(suite: Suite, onProgress: OnProgress): Promise<string> {
  const folder = rootFolder(suite);
  if (existsSync(folder)) return folder;
  if (process.getuid?.() !== 0) {
    const remedy = `install one on this machine, or run this as root to get Debian ${suite}'s.`;
    throw new AppError('unavailable', `No Asterisk for the lab: ${remedy}`);
  }
  await using _ = await lock(folder, {
    deadlineMs: buildDeadlineMs,
    onWait: () => onProgress(`Debian ${suite}: waiting for another run that builds it`),
  });
  if (existsSync(folder)) return folder;
  await ensureDebootstrap(onProgress);
  const building = `${folder}.building`;
  const failures: string[] = [];
  for (const mirror of debianMirrors()) {
    rmSync(building, { recursive: true, force: true });
    prepareDpkg(building);
    onProgress(`Debian ${suite}: installing ${packages[suite].join(', ')} into ${folder}`);
    const result = await debootstrap(suite, building, mirror, onProgress);
    if (result.code === 0) {
      rmSync(join(building, 'var/cache/apt/archives'), { recursive: true });
      renameSync(building, folder);
      onProgress(`Debian ${suite}: complete`);
      return folder;
    }
    const shown = mirror === DEFAULT_MIRROR ? 'the default mirror' : mirror;
    failures.push(`${shown}: ${result.output.trim().split('\n').slice(-3).join(' / ')}`);
    onProgress(`Debian ${suite}: ${shown} did not work`);
  }
  rmSync(building, { recursive: true, force: true });
  throw new AppError('unavailable', `Debian ${suite} could not be installed from any mirror.`, {
    details: failures,
  });
}

/**
 * In namespaces of its own: what debootstrap mounts vanishes with its mount namespace, what it starts dies
 * with its process namespace, however abruptly we end. Where namespaces are forbidden (in most containers),
 * mounting is forbidden too, and debootstrap does without.
 */
async function debootstrap(
  suite: Suite,
  into: string,
  mirror: string,
  onProgress: OnProgress,
): Promise<Finished> {
  const namespaces = ['unshare', '--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc', '--'];
  const allowed = await run('env', [...namespaces, 'true'], { deadlineMs: 10_000 });
  const program = allowed.code === 0 ? [...namespaces, 'debootstrap'] : ['debootstrap'];
  const args = [...program, '--variant=minbase', `--include=${packages[suite].join(',')}`];
  const onLine = progressReader((progress) => onProgress(`Debian ${suite}: ${progress}`));
  return run('env', [...args, suite, into, ...(mirror === DEFAULT_MIRROR ? [] : [mirror])], {
    deadlineMs: buildDeadlineMs,
    onLine,
  });
}

/** Turns debootstrap's thousand lines (`I: Retrieving adduser 3.159`) into one every few seconds. */
function progressReader(onProgress: OnProgress): (line: string) => void {
  const phases = new Map([
    ['Retrieving', 'fetched'],
    ['Unpacking', 'unpacked'],
    ['Configuring', 'configured'],
  ]);
  const counts = new Map<string, number>();
  let saidAtMs = performance.now();
  return (line) => {
    if (line.startsWith('I: Resolving')) onProgress(line.slice('I: '.length).toLowerCase());
    const done = phases.get(/^I: (\w+) /.exec(line)?.[1] ?? '');
    if (done === undefined) return;
    const count = (counts.get(done) ?? 0) + 1;
    counts.set(done, count);
    if (performance.now() - saidAtMs < progressIntervalMs) return;
    saidAtMs = performance.now();
    onProgress(`${count} packages ${done}`);
  };
}

/**
 * What is half written is thrown away, so nothing needs to reach the disk early; nobody reads manuals in
 * there.
 */
function prepareDpkg(building: string): void {
  const folder = join(building, 'etc/dpkg/dpkg.cfg.d');
  mkdirSync(folder, { recursive: true });
  const unwanted = ['doc', 'locale', 'man'].map((name) => `path-exclude=/usr/share/${name}/*`);
  writeFileSync(join(folder, 'callwarden-lab'), ['force-unsafe-io', ...unwanted, ''].join('\n'));
}

async function ensureDebootstrap(onProgress: OnProgress): Promise<void> {
  if (existsSync('/usr/sbin/debootstrap')) return;
  onProgress('Installing debootstrap with apt-get');
  const options = { deadlineMs: 5 * 60_000 };
  const environment = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q'];
  await run('env', [...environment, 'update'], options);
  const result = await run(
    'env',
    [...environment, 'install', '-y', '--no-install-recommends', 'debootstrap'],
    options,
  );
  if (result.code !== 0) {
    const details = [result.output.slice(-2000)];
    throw new AppError('unavailable', 'debootstrap could not be installed: install it by hand.', { details });
  }
}
