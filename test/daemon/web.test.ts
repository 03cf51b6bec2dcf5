// The web thread as the daemon holds it: killed, stuck, without a port or a database, it is told of and comes back by itself.
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { WebConfig } from '../../src/config/web.ts';
import { startWeb, type DaemonWeb } from '../../src/daemon/web.ts';
import { createLiveHub, type LiveHub } from '../../src/daemon/live-hub.ts';
import type { DaemonView } from '../../src/http/ports.ts';
import { eventually } from '../lab/processes.ts';
import { openHere, tempDirectory } from '../store/temp-store.ts';
import { askWeb, makeCertificate } from '../http/web-house.ts';

const DEADLINE_MS = 20_000;
const STUCK = 'for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);';

/** Listens, says that it is up, and is then in one call outside of JavaScript, which heeds no order to end. */
const busyOutside = (port: number) => `
  require('node:net').createServer().listen(${port}, '127.0.0.1', () => {
    const report = { url: 'http://127.0.0.1:${port}', problem: '', sessions: 0, listeners: 0 };
    require('node:worker_threads').parentPort.postMessage({ type: 'report', report });
    setTimeout(() => require('node:child_process').execFileSync('/bin/sleep', ['8']), 200);
  });`;

interface House {
  readonly web: DaemonWeb;
  readonly database: string;
  readonly threads: readonly Worker[];
  readonly log: readonly string[];
  readonly port: () => number;
  readonly isUp: () => Promise<boolean>;
  readonly hub: LiveHub;
}

const quiet: DaemonView = {
  status: () => null,
  ringing: () => [],
  take: () => Promise.resolve(null),
  live: () => null,
  testNotice: () => null,
  metrics: () => Promise.resolve('callwarden_test 1\n'),
};

interface HouseOptions {
  readonly web?: Partial<WebConfig>;
  readonly view?: Partial<DaemonView>;
  readonly program?: (start: number) => string | null;
  readonly silenceDeadlineMs?: number;
  readonly hasTriedAsterisk?: () => boolean;
}

function house(wanted: HouseOptions = {}): House {
  const { web = {}, view = {}, program, silenceDeadlineMs, hasTriedAsterisk = () => true } = wanted;
  const directory = tempDirectory();
  const database = join(directory, 'callwarden.db');
  openHere(database, { create: true });
  const threads: Worker[] = [];
  const log: string[] = [];
  const note = (event: string, fields = {}) => void log.push(`${event} ${JSON.stringify(fields)}`);
  const hub = createLiveHub({
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
    board: () => ({ calls: [], status: null }),
    onWanted: () => undefined,
  });
  const launch = (file: URL, options: WorkerOptions) => {
    const text = program?.(threads.length) ?? null;
    const thread = text === null ? new Worker(file, options) : new Worker(text, { ...options, eval: true });
    threads.push(thread);
    return thread;
  };
  const running = startWeb({
    config: {
      pbx: { name: 'head-office' },
      database: { path: database },
      security: { keyFile: join(directory, 'none.key') },
      web: {
        enabled: true,
        host: '127.0.0.1',
        port: 0,
        tls: null,
        trustedProxies: [],
        hosts: [],
        metrics: true,
        ...web,
      },
    },
    logger: { debug: note, info: note, warn: note, error: note },
    version: '0',
    view: { ...quiet, live: () => hub, ...view },
    monotonicMs: () => performance.now(),
    hasTriedAsterisk,
    launch,
    ...(silenceDeadlineMs === undefined ? {} : { silenceDeadlineMs }),
  });
  onTestFinished(() => running[Symbol.asyncDispose]());
  return {
    web: running,
    database,
    threads,
    log,
    hub,
    port: () => Number(new URL(running.status().url).port),
    isUp: () => eventually(() => running.status().state === 'up', DEADLINE_MS),
  };
}

async function blocker(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return server;
}

const portOf = (server: Server) => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

describe('the web thread', { timeout: 60_000 }, () => {
  it('is started again when it ends, is told of meanwhile, and answers as before', async () => {
    const { web, threads, log, port, isUp } = house();
    expect(await isUp()).toBe(true);
    expect((await askWeb(port(), '/api/v1/settings')).status).toBe(401);
    await threads[0]?.terminate();
    expect(await eventually(() => web.status().state === 'down', DEADLINE_MS)).toBe(true);
    expect(web.status().problem).toMatch(/thread ended/);
    expect(await isUp()).toBe(true);
    expect(web.status()).toMatchObject({ problem: '', restarts: 1 });
    expect((await askWeb(port(), '/api/v1/settings')).status).toBe(401);
    expect(log.join('\n')).toMatch(/web-up .*127\.0\.0\.1/);
  });

  it('starts once the daemon has tried to reach Asterisk, or after a while', async () => {
    const tried = { it: false };
    const early = house({ hasTriedAsterisk: () => tried.it });
    const late = house({ hasTriedAsterisk: () => false });
    expect(early.threads).toHaveLength(0);
    tried.it = true;
    expect(await early.isUp()).toBe(true);
    expect(await eventually(() => late.threads.length === 1, DEADLINE_MS)).toBe(true);
  });

  it('for which the system has no thread is told of and tried again', async () => {
    let starts = 0;
    const program = () => {
      starts += 1;
      if (starts <= 2) throw new Error('the system has no thread left');
      return null;
    };
    const { web, isUp } = house({ program });
    expect(web.status()).toMatchObject({ state: 'down', problem: expect.stringMatching(/no thread left/) });
    expect(await isUp()).toBe(true);
    expect(web.status()).toMatchObject({ problem: '', restarts: 2 });
  });

  it('that hangs is ended and started again, and its own end is no matter of the other thread', async () => {
    const { web, threads, isUp } = house({
      program: (start) => (start === 0 ? STUCK : start === 1 ? 'throw new Error("broken")' : null),
      silenceDeadlineMs: 4_000,
    });
    expect(await eventually(() => /said nothing for 4000 ms/.test(web.status().problem), DEADLINE_MS)).toBe(
      true,
    );
    expect(await eventually(() => /broken/.test(web.status().problem), DEADLINE_MS)).toBe(true);
    expect(await isUp()).toBe(true);
    expect(threads.length).toBeGreaterThanOrEqual(3);
    expect(web.status().restarts).toBe(threads.length - 1);
  });

  it('that is busy outside of JavaScript is told of as down, and followed once it has let go of the port', async () => {
    const taken = await blocker(0);
    const port = portOf(taken);
    taken.close();
    await once(taken, 'close');
    const { web, threads, log, isUp } = house({
      web: { port },
      program: (start) => (start === 0 ? busyOutside(port) : null),
      silenceDeadlineMs: 3_000,
    });
    let hasEnded = false;
    threads[0]?.once('exit', () => (hasEnded = true));
    expect(await isUp()).toBe(true);
    expect(await eventually(() => web.status().state === 'down', DEADLINE_MS)).toBe(true);
    expect(web.status().problem).toMatch(/said nothing for 3000 ms/);
    expect(hasEnded).toBe(false);
    expect(threads).toHaveLength(1);
    expect(await isUp()).toBe(true);
    expect(hasEnded).toBe(true);
    expect(web.status().problem).toBe('');
    expect(new URL(web.status().url).port).toBe(String(port));
    expect(log.join('\n')).not.toMatch(/another program/);
  });

  it('that needs more memory than it may have ends alone', async () => {
    const full = 'const all = []; for (;;) all.push(new Array(1e5).fill(all.length));';
    const { web, isUp } = house({
      program: (start) => (start === 0 ? full : null),
      silenceDeadlineMs: 3_000,
    });
    expect(await eventually(() => /memory/.test(web.status().problem), DEADLINE_MS)).toBe(true);
    expect(await isUp()).toBe(true);
  });

  it('waits for a port that another program holds, says so, and takes it when it is free', async () => {
    const taken = await blocker(0);
    const { web, isUp } = house({ web: { port: portOf(taken) } });
    const says = () => /is taken by another program; stop it/.test(web.status().problem);
    expect(await eventually(says, DEADLINE_MS)).toBe(true);
    expect(web.status().state).toBe('down');
    taken.close();
    expect(await isUp()).toBe(true);
    expect(web.status()).toMatchObject({ problem: '', restarts: 0 });
  });

  it('says what its certificate lacks, and listens when it is there', async () => {
    const directory = tempDirectory();
    const tls = { certificate: join(directory, 'web.crt'), key: join(directory, 'web.key') };
    const { web, isUp, port } = house({ web: { tls } });
    expect(await eventually(() => /web\.crt cannot be read/.test(web.status().problem), DEADLINE_MS)).toBe(
      true,
    );
    makeCertificate('callwarden', 30, directory);
    expect(await isUp()).toBe(true);
    expect(web.status().url).toMatch(/^https:/);
    expect((await askWeb(port(), '/api/v1/settings', { tls: true })).status).toBe(401);
  });

  it('answers 503 with a sentence while its database is away, and opens the one that takes its place', async () => {
    const { database, port, isUp } = house();
    expect(await isUp()).toBe(true);
    const headers = { authorization: 'Bearer cw_none' };
    const statusOf = async () => (await askWeb(port(), '/api/v1/settings', { headers })).status;
    expect(await statusOf()).toBe(401);
    renameSync(database, `${database}.away`);
    const away = await askWeb(port(), '/api/v1/settings', { headers });
    expect(JSON.parse(away.text)).toMatchObject({
      status: 503,
      detail: expect.stringContaining('There is no database'),
    });
    renameSync(`${database}.away`, database);
    expect(await statusOf()).toBe(401);
  });

  it('asks a thread that is busy no longer than the deadline, and says that calls come first', async () => {
    const { port, isUp } = house({ view: { metrics: () => new Promise(() => undefined) } });
    expect(await isUp()).toBe(true);
    const answer = await askWeb(port(), '/metrics');
    expect(answer).toMatchObject({ status: 503, text: expect.stringContaining('calls come first') });
  });

  it('stops with the daemon, whatever it does, and listens no more', async () => {
    const { web, port, isUp } = house();
    expect(await isUp()).toBe(true);
    const was = port();
    await web[Symbol.asyncDispose]();
    await expect(askWeb(was, '/health')).rejects.toThrow(/ECONNREFUSED/);
    const stuck = house({ program: () => STUCK });
    await stuck.web[Symbol.asyncDispose]();
    expect(stuck.threads).toHaveLength(1);
  });
});
