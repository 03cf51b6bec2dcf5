// Others at Asterisk's HTTP port: strangers that hold every session, a client with slow requests. Verdicts go on.
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { expectSafe, faultPolicy, mixed, placeCalls } from './load.ts';

/** Asterisk's default, which the lab raises. */
const SESSIONS = 100;
const SLOW_REQUESTS = 200;
const SLOW_AT_ONCE = 20;

describe('beside others at the port of ARI', { timeout: 120_000 }, () => {
  let pbx: Pbx;
  let phone: Phone;
  beforeAll(async () => {
    pbx = await startPbx({ policy: faultPolicy });
    phone = await pbx.lab.phone('1001');
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const decides = async (count: number) => {
    pbx.lab.carrier.incoming.length = 0;
    const outcomes = await placeCalls(phone, { perSecond: 15, count, kindOf: mixed });
    await expectSafe(pbx, outcomes);
    const allowed = outcomes.filter(({ kind }) => kind === 'allowed');
    expect(allowed.map(({ status }) => status)).toEqual(allowed.map(() => 200));
  };

  it('gives its verdicts while strangers hold every session of the port, and is back when they are gone', async () => {
    const file = join(pbx.lab.directory, 'etc/http.conf');
    const usual = readFileSync(file, 'utf8');
    writeFileSync(file, usual.replace('sessionlimit=1000', `sessionlimit=${SESSIONS}`));
    await pbx.lab.console('module reload http');
    // One after the other: Asterisk's queue of new connections is short (main/tcptls.c).
    const strangers: Socket[] = [];
    for (let knocks = 0; knocks < SESSIONS + 50; knocks += 1) strangers.push(await knock());
    const isFull = async () => (await fetch(pbx.lab.ari.url).catch(() => null)) === null;
    expect(await eventually(isFull, 20_000, 50)).toBe(true);
    await decides(30);
    expect((await pbx.status()).ari).toMatchObject({ state: 'up', reconnects: 0 });

    // The worst of it: the daemon must come in anew, and finds no place.
    await pbx.endDaemon('SIGKILL');
    const started = pbx.startDaemon();
    const help = await phone.call('911');
    await help.waitAnswered();
    await help.hangup();
    for (const stranger of strangers) stranger.destroy();
    await started;
    writeFileSync(file, usual);
    await pbx.lab.console('module reload http');
    await decides(6);
  });

  it('gives its verdicts while another client has slow requests in line', async () => {
    const { url, username, password } = pbx.lab.ari;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    let asked = 0;
    const over = new AbortController();
    const ask = async () => {
      while (asked < SLOW_REQUESTS || !over.signal.aborted) {
        asked += 1;
        await (await fetch(`${url}/asterisk/modules`, { headers: { authorization } })).arrayBuffer();
      }
    };
    const asking = Promise.all(Array.from({ length: SLOW_AT_ONCE }, ask));
    await decides(30);
    over.abort();
    await asking;
    expect(asked).toBeGreaterThanOrEqual(SLOW_REQUESTS);
    expect(await eventually(async () => (await pbx.status()).ari.state === 'up', 20_000)).toBe(true);
  });

  /** A connection that says nothing; whether Asterisk keeps it is its own affair. */
  async function knock(): Promise<Socket> {
    const socket = connect(pbx.lab.ports.http, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  }
});
