// `scripts/lab up`: a process of its own holds the lab, its phones and its carrier until `scripts/lab down`.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { AppError } from '../../../src/errors.ts';
import { askStatus } from '../../../src/http/client.ts';
import { cacheFolder } from '../cache-folder.ts';
import { ensureAsterisk } from '../install.ts';
import { startPbx } from '../../pbx.ts';
import { type Lab, startLab } from '../lab.ts';
import { answer } from '../phone/behaviour.ts';
import { eventually } from '../processes.ts';
import { describeLab, detachedLabs } from './running.ts';

const upDeadlineMs = 20_000;
const answerAfterMs = 2000;

export interface UpOptions {
  readonly asterisk: string;
  readonly dialplan?: string;
}

/** Installs Asterisk in the foreground if needed, then starts the holder and waits until its lab is up. */
export async function bringUp(options: UpOptions): Promise<void> {
  await ensureAsterisk(options.asterisk === '16' ? 16 : 22, (message) =>
    process.stderr.write(`${message}\n`),
  );
  mkdirSync(cacheFolder(), { recursive: true });
  const logFile = join(cacheFolder(), 'lab.log');
  const log = openSync(logFile, 'w');
  const script = fileURLToPath(new URL('../../../scripts/lab.ts', import.meta.url));
  const dialplan = options.dialplan === undefined ? [] : ['--dialplan', options.dialplan];
  const args = [script, 'serve', '--asterisk', options.asterisk, ...dialplan];
  const holder = spawn(process.execPath, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const giveUp = (): void => {
    holder.kill('SIGTERM');
    process.exitCode = 130;
  };
  process.on('SIGINT', giveUp).on('SIGTERM', giveUp);
  const find = (): ReturnType<typeof detachedLabs>[number] | undefined =>
    detachedLabs().find(({ owner }) => owner.pid === holder.pid);
  await eventually(() => find() !== undefined || holder.exitCode !== null, upDeadlineMs, 20);
  process.off('SIGINT', giveUp).off('SIGTERM', giveUp);
  const lab = find();
  if (lab === undefined) {
    holder.kill('SIGTERM');
    throw new AppError('unavailable', `The lab did not start.\n${readFileSync(logFile, 'utf8')}`);
  }
  await eventually(() => hasDaemon(lab.callwardenConfig), upDeadlineMs, 50);
  holder.unref();
  process.stdout.write(`${describeLab(lab)}\n`);
}

/** True when the daemon beside the lab is connected, or none was wanted. */
async function hasDaemon(config: string | null): Promise<boolean> {
  if (config === null) return true;
  try {
    return (await askStatus(join(dirname(config), 'callwarden.sock'))).ari.state === 'up';
  } catch {
    return false;
  }
}

/** With a dialplan of one's own that and nothing else, else the sample PBX with Callwarden beside it. */
async function startWanted(options: UpOptions, resources: AsyncDisposableStack): Promise<Lab> {
  const asterisk = options.asterisk === '16' ? 16 : 22;
  if (options.dialplan !== undefined) {
    const dialplan = readFileSync(options.dialplan, 'utf8');
    return resources.use(await startLab({ asterisk, detached: true, dialplan }));
  }
  const pbx = await startPbx({
    asterisk,
    detached: true,
    policy: [
      'country allow AR',
      'extension set 1001-1006',
      'extension set 1001 --international on',
      'pickup group create all',
      'pickup group add all 1001 1002 1003 1004 1005 1006',
    ],
  });
  return resources.use(pbx).lab;
}

/** The holder itself: lives until it is told to end. */
export async function serveLab(options: UpOptions): Promise<void> {
  const { promise: told, resolve } = Promise.withResolvers<undefined>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(undefined));
  await using resources = new AsyncDisposableStack();
  const lab = await startWanted(options, resources);
  for (const { extension } of lab.accounts) {
    await lab.phone(extension, { whenCalled: answer(answerAfterMs) });
  }
  await told;
}
