// The supervisor keeps a link up through whatever happens to Asterisk, and never fights for its name.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { AriLink } from '../../../src/asterisk/ari/link.ts';
import {
  superviseAri,
  type AriSupervisor,
  type AriSupervisorOptions,
} from '../../../src/asterisk/ari/supervisor.ts';
import { connectWebsocketLink } from '../../../src/asterisk/ari/websocket-link.ts';
import type { Lab } from '../../lab/lab.ts';
import { eventually } from '../../lab/processes.ts';
import { hangUpAll, placeCall, record, type Recorder, startAriLab } from './ari-lab.ts';
import { startProxy } from '../../lab/proxy.ts';

const DEADLINE_MS = 20_000;

interface Watched {
  readonly supervisor: AriSupervisor;
  readonly heard: Recorder;
  /** What the supervisor told, in order. */
  readonly story: string[];
  /** The channels that each `onUp` found waiting. */
  readonly adopted: (readonly string[])[];
}

function watch(lab: Lab, changes: Partial<AriSupervisorOptions> = {}): Watched {
  const heard = record(lab);
  const story: string[] = [];
  const adopted: (readonly string[])[] = [];
  const supervisor = superviseAri({
    ...heard.options(),
    transport: 'auto',
    onUp: async (link) => {
      story.push('up');
      adopted.push(await link.waitingChannelIds());
    },
    onDown: () => void story.push('down'),
    onReplaced: () => void story.push('replaced'),
    ...changes,
  });
  return { supervisor, heard, story, adopted };
}

async function up(supervisor: AriSupervisor): Promise<AriLink> {
  expect(await eventually(() => supervisor.link() !== null, DEADLINE_MS)).toBe(true);
  const link = supervisor.link();
  if (link === null) throw new Error('the link is gone again');
  return link;
}

describe('the supervisor of ARI', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startAriLab(22);
  }, 900_000);
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await hangUpAll(lab);
  });

  it('takes the websocket where Asterisk can serve it, and tells its state', async () => {
    const { supervisor, story } = watch(lab);
    await using _ = supervisor;
    expect(supervisor.state()).toMatchObject({ connectedSinceMs: null, linkKind: null, lastError: null });
    expect((await up(supervisor)).kind).toBe('websocket');
    const state = supervisor.state();
    expect(state).toMatchObject({ linkKind: 'websocket', reconnects: 0, lastError: null, droppedEvents: 0 });
    expect(state.asteriskVersion).toContain(lab.asteriskVersion);
    expect(Math.abs(Date.now() - (state.connectedSinceMs ?? 0))).toBeLessThan(DEADLINE_MS);
    await supervisor.stop();
    expect(supervisor.link()).toBeNull();
    expect(story).toEqual(['up', 'down']);
  });

  it('comes back when Asterisk is killed and started again', async () => {
    const { supervisor, heard, story } = watch(lab);
    await using _ = supervisor;
    await up(supervisor);
    await lab.restart();
    await eventually(() => supervisor.state().reconnects > 0 && supervisor.link() !== null, DEADLINE_MS);
    expect(supervisor.state()).toMatchObject({ reconnects: 1, lastError: null });
    expect(story).toEqual(['up', 'down', 'up']);
    const id = await placeCall(lab, 'stasis');
    await heard.waitFor('StasisStart', id);
    expect(await supervisor.link()?.continueInDialplan(id)).toBe('done');
  });

  it('finds the calls that wait when only the connection was lost', async () => {
    await using proxy = await startProxy(Number(new URL(lab.ari.url).port));
    const url = `http://127.0.0.1:${proxy.port}/ari`;
    const { supervisor, adopted } = watch(lab, { url });
    await using _ = supervisor;
    await up(supervisor);
    await eventually(() => adopted.length === 1, DEADLINE_MS);
    const id = await placeCall(lab, 'stasis');
    await eventually(async () => (await supervisor.link()?.waitingChannelIds())?.length === 1, DEADLINE_MS);
    proxy.cut();
    await eventually(() => adopted.length === 2, DEADLINE_MS);
    expect(adopted).toEqual([[], [id]]);
    expect(await supervisor.link()?.continueInDialplan(id)).toBe('done');
  });

  it('finds the calls that came while its socket was open but dead', async () => {
    await using proxy = await startProxy(Number(new URL(lab.ari.url).port));
    const url = `http://127.0.0.1:${proxy.port}/ari`;
    const { supervisor, story, adopted } = watch(lab, { url, heartbeatIntervalMs: 500 });
    await using _ = supervisor;
    await up(supervisor);
    await eventually(() => adopted.length === 1, DEADLINE_MS);
    proxy.stall();
    const id = await placeCall(lab, 'stasis');
    await eventually(() => adopted.length === 2, DEADLINE_MS);
    expect(adopted).toEqual([[], [id]]);
    expect(await supervisor.link()?.hangup(id, 16)).toBe('done');
    expect(story).toEqual(['up', 'down', 'up']);
  });

  it('reads the state again when that failed, without losing the link', async () => {
    let attempts = 0;
    const { supervisor, heard } = watch(lab, {
      onUp: async () => {
        attempts += 1;
        if (attempts < 3) throw new Error('failed on purpose');
        return Promise.resolve();
      },
      onProblem: (message) => void problems.push(message),
    });
    const problems = heard.problems;
    await using _ = supervisor;
    const link = await up(supervisor);
    await eventually(() => attempts === 3, DEADLINE_MS);
    expect(attempts).toBe(3);
    expect(supervisor.link()).toBe(link);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('failed on purpose');
  });

  it('gives way for good when another program takes its name', async () => {
    const { supervisor, story } = watch(lab);
    await using _ = supervisor;
    await up(supervisor);
    const other = record(lab);
    await using link = await connectWebsocketLink(other.options(), new AbortController().signal);
    await eventually(() => story.includes('replaced'), DEADLINE_MS);
    await supervisor.stop();
    expect(story).toEqual(['up', 'down', 'replaced']);
    expect(supervisor.link()).toBeNull();
    expect(supervisor.state().lastError).toContain('callwarden');
    const id = await placeCall(lab, 'stasis');
    await other.waitFor('StasisStart', id);
    await other.waitFor('ChannelCreated', id);
    expect(await link.continueInDialplan(id)).toBe('done');
  });

  it('tells a wrong password once and keeps quiet about it', async () => {
    const problems: string[] = [];
    const { supervisor } = watch(lab, {
      password: 'wrong',
      onProblem: (message) => void problems.push(message),
    });
    await using _ = supervisor;
    await eventually(() => problems.length > 0, DEADLINE_MS);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('ari.password');
    expect(supervisor.state().lastError).toBe(problems[0]);
  });

  it('stops at once, whatever it is waiting for, and may be stopped twice', async () => {
    const silent = createServer((socket) => void socket.on('error', () => {}).resume());
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const url = `http://127.0.0.1:${port}/ari`;
    const { supervisor, story } = watch(lab, { url, connectDeadlineMs: 60_000 });
    const connected = once(silent, 'connection');
    await connected;
    await Promise.all([supervisor.stop(), supervisor.stop()]);
    await supervisor.stop();
    expect(story).toEqual([]);
    silent.close();
    await once(silent, 'close');
  });
});
