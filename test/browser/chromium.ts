// The Chromium that shows the console to the tests: the machine's own, or Debian's package.
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { AppError } from '../../src/errors.ts';
import { lock } from '../lab/lock.ts';
import { run } from '../lab/processes.ts';

const programs = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const UPDATE_DEADLINE_MS = 2 * 60_000;
const INSTALL_DEADLINE_MS = 8 * 60_000;
const LAUNCH_DEADLINE_MS = 30_000;

const found = () => programs.find((program) => existsSync(program));

/** The path of its program, installed with apt-get where there is none. Rejects with `AppError('unavailable')`. */
export async function ensureChromium(onProgress: (message: string) => void = () => {}): Promise<string> {
  const before = found();
  if (before !== undefined) return before;
  const remedy = 'install the package chromium, then run this again.';
  if (process.getuid?.() !== 0) {
    throw new AppError('unavailable', `No Chromium for the tests of the console: ${remedy}`);
  }
  await using _ = await lock('/usr/bin/chromium', {
    deadlineMs: UPDATE_DEADLINE_MS + INSTALL_DEADLINE_MS,
    onWait: () => onProgress('Chromium: waiting for another run that installs it'),
  });
  if (found() === undefined) {
    onProgress('Installing chromium with apt-get (once, about a minute)');
    const apt = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q'];
    await run('env', [...apt, 'update'], { deadlineMs: UPDATE_DEADLINE_MS });
    const args = [...apt, 'install', '-y', '--no-install-recommends', 'chromium'];
    const { code, output } = await run('env', args, { deadlineMs: INSTALL_DEADLINE_MS });
    const details = [output.slice(-2000)];
    if (code !== 0)
      throw new AppError('unavailable', `chromium could not be installed: ${remedy}`, { details });
  }
  const program = found();
  if (program !== undefined) return program;
  throw new AppError(
    'unavailable',
    `chromium is installed and not found: looked for ${programs.join(', ')}.`,
  );
}

/** Without a window; as root it has no sandbox of its own, and shows our own pages only. */
export async function launchChromium(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--disable-dev-shm-usage', '--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])],
    timeout: LAUNCH_DEADLINE_MS,
  });
}
