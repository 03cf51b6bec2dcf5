// `callwarden run` as a service: what it tells the service manager, whom it lets read its files, and what it makes.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BINARY, COMMANDS_DEADLINE_MS, install, type Installation } from '../cli/callwarden.ts';
import { eventually } from '../lab/processes.ts';

const DEADLINE_MS = 20_000;

const installed = async (): Promise<Installation & { readonly socket: string }> => {
  const made = await install('--home-region', 'MX');
  const socket = join(made.directory, 'run/callwarden.sock');
  const toml = readFileSync(made.config, 'utf8');
  const named = toml.replace('# path = "/run/callwarden/callwarden.sock"', `path = "${socket}"`);
  writeFileSync(
    made.config,
    named
      .replace('# listen = "127.0.0.1:8880"', 'listen = "127.0.0.1:0"')
      .replace('# url = "http://127.0.0.1:8088/ari"', 'url = "http://127.0.0.1:1/ari"'),
  );
  return { ...made, socket };
};

function start({ config }: Installation, env: Readonly<Record<string, string>> = {}): ChildProcess {
  const daemon = spawn(BINARY, ['--config', config, 'run'], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: 'ignore',
  });
  onTestFinished(() => void daemon.kill('SIGKILL'));
  return daemon;
}

describe('callwarden run', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('tells the service manager that it is ready, alive and stopping, and nothing while it is frozen', async () => {
    const installation = await installed();
    const bin = join(installation.directory, 'bin');
    const told = join(installation.directory, 'told');
    mkdirSync(bin);
    writeFileSync(join(bin, 'systemd-notify'), `#!/bin/sh\necho "$NOTIFY_SOCKET $1" >> ${told}\n`, {
      mode: 0o755,
    });
    const daemon = start(installation, {
      PATH: `${bin}:${process.env['PATH']}`,
      NOTIFY_SOCKET: '/run/systemd/notify',
      WATCHDOG_USEC: '600000',
    });
    const lines = () => (existsSync(told) ? readFileSync(told, 'utf8').trim().split('\n') : []);
    const beats = () => lines().filter((line) => line === '/run/systemd/notify WATCHDOG=1').length;
    expect(await eventually(() => beats() >= 3, DEADLINE_MS)).toBe(true);
    expect(lines()[0]).toBe('/run/systemd/notify READY=1');

    daemon.kill('SIGSTOP');
    let before = -1;
    // What was under way when it stopped may still arrive; then it is quiet.
    const isQuiet = () => before === (before = beats());
    expect(await eventually(isQuiet, DEADLINE_MS, 1000)).toBe(true);
    daemon.kill('SIGCONT');
    expect(await eventually(() => beats() > before, DEADLINE_MS)).toBe(true);
    daemon.kill('SIGTERM');
    await once(daemon, 'exit', { signal: AbortSignal.timeout(DEADLINE_MS) });
    expect(daemon.exitCode).toBe(0);
    expect(await eventually(() => lines().at(-1) === '/run/systemd/notify STOPPING=1', DEADLINE_MS)).toBe(
      true,
    );
  });

  it('makes socket, folder and database files for its own user alone', async () => {
    const installation = await installed();
    start(installation);
    expect(await eventually(() => existsSync(installation.socket), DEADLINE_MS)).toBe(true);
    expect(
      await eventually(async () => (await installation.run('status')).stdout !== '', DEADLINE_MS, 200),
    ).toBe(true);
    const { database, socket } = installation;
    const made = [socket, dirname(socket), database, `${database}-wal`, `${database}-shm`];
    const open = made.filter((path) => existsSync(path) && (statSync(path).mode & 0o077) !== 0);
    expect(open).toEqual([]);
    expect(statSync(socket).mode & 0o777).toBe(0o600);
  });

  it('refuses what other users may change, and says what to do', async () => {
    const installation = await installed();
    chmodSync(installation.config, 0o660);
    const changeable = await installation.run('run');
    expect(changeable.status).toBe(1);
    expect(changeable.stderr).toContain(`chmod 640 ${installation.config}`);
    chmodSync(installation.config, 0o644);
    mkdirSync(dirname(installation.socket));
    chmodSync(dirname(installation.socket), 0o777);
    const open = await installation.run('run');
    expect(open.status).toBe(1);
    expect(open.stderr).toContain(dirname(installation.socket));
    chmodSync(dirname(installation.socket), 0o755);

    const passwordFile = join(installation.directory, 'ari.password');
    writeFileSync(passwordFile, 'anything\n');
    chmodSync(passwordFile, 0o666);
    const toml = readFileSync(installation.config, 'utf8');
    writeFileSync(installation.config, toml.replace(/^password = .*$/m, `password-file = "${passwordFile}"`));
    const exchangeable = await installation.run('run');
    expect(exchangeable.status).toBe(2);
    expect(exchangeable.stderr).toContain(`chmod 640 ${passwordFile}`);
    expect(exchangeable.stderr).not.toContain('anything');
  });
});
