// Builds a private Debian root with an Asterisk inside, once per suite, in the user's cache folder.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { AppError } from '../../src/errors.ts';
import { cacheFolder } from './cache-folder.ts';
import { debianMirrors } from './debian-mirror.ts';
import { lock } from './lock.ts';
import { type Finished, run } from './processes.ts';

const buildDeadlineMs = 15 * 60_000;
const linesPerProgress = 60;

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
 * Returns the folder of a complete root, building it first where it is missing (30 to 60 s, 500 MB, needs root's
 * rights). A root that is only half built is never used. Rejects with `AppError('unavailable')`.
 */
export async function ensureRoot(suite: Suite, onProgress: OnProgress): Promise<string> {
  const folder = rootFolder(suite);
  if (existsSync(folder)) return folder;
  if (process.getuid?.() !== 0) {
    const message = `No Asterisk for the lab: install one on this machine, or run this as root to get Debian ${suite}'s.`;
    throw new AppError('unavailable', message);
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
    mkdirSync(building, { recursive: true });
    onProgress(`Debian ${suite}: installing ${packages[suite].join(', ')} into ${folder}`);
    const result = await debootstrap(suite, building, mirror, onProgress);
    if (result.code === 0) {
      renameSync(building, folder);
      onProgress(`Debian ${suite}: complete`);
      return folder;
    }
    failures.push(`${mirror}: ${result.output.trim().split('\n').slice(-3).join(' / ')}`);
    onProgress(`Debian ${suite}: ${mirror} did not work`);
  }
  rmSync(building, { recursive: true, force: true });
  throw new AppError('unavailable', `Debian ${suite} could not be installed from any mirror.`, {
    details: failures,
  });
}

/**
 * In namespaces of its own: what debootstrap mounts vanishes with its mount namespace, what it starts dies with its
 * process namespace, however abruptly we end.
 */
async function debootstrap(
  suite: Suite,
  into: string,
  mirror: string,
  onProgress: OnProgress,
): Promise<Finished> {
  let lines = 0;
  const args = ['--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc', '--', 'debootstrap'];
  args.push('--variant=minbase', `--include=${packages[suite].join(',')}`, suite, into, mirror);
  return run('unshare', args, {
    deadlineMs: buildDeadlineMs,
    onLine: (line) => {
      lines += 1;
      if (lines % linesPerProgress === 0)
        onProgress(`Debian ${suite}: ${line.replace(/^I: /, '').toLowerCase()}`);
    },
  });
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
