// `scripts/lab up`: a process of its own holds the lab, its phones and its carrier until `scripts/lab down`.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { AppError } from '../../../src/errors.ts';
import { cacheFolder } from '../cache-folder.ts';
import { ensureAsterisk } from '../install.ts';
import { startLab } from '../lab.ts';
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
  holder.unref();
  process.stdout.write(`${describeLab(lab)}\n`);
}

/** The holder itself: lives until it is told to end. */
export async function serveLab(options: UpOptions): Promise<void> {
  const { promise: told, resolve } = Promise.withResolvers<undefined>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(undefined));
  await using lab = await startLab({
    asterisk: options.asterisk === '16' ? 16 : 22,
    detached: true,
    ...(options.dialplan === undefined ? {} : { dialplan: readFileSync(options.dialplan, 'utf8') }),
  });
  for (const { extension } of lab.accounts) {
    await lab.phone(extension, { whenCalled: answer(answerAfterMs) });
  }
  await told;
}
