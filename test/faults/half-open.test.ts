// Sockets that are open and dead, one way or both, and a reader that blocks: found within 5 s, and who waited is served.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx, type Proxies } from '../pbx.ts';
import { faultPolicy } from './load.ts';

const abroad = '00541938384';
/** Two beats of two seconds, and the new connection; a busy machine needs a little more. */
const FOUND_MS = 7000;
/** The deadline of the callers, so that whoever waited over the outage is still there. */
const decisionMs = 10_000;
/** Messages that nobody reads, until Asterisk's write times out or the daemon finds the silence, whichever is first. */
const STORM_BYTES = 30_000;
const STORM_DEADLINE_MS = 40_000;
const STORM_AT_ONCE = 20;

describe('with a socket half open', { timeout: 120_000 }, () => {
  let pbx: Pbx;
  let proxies: Proxies;
  let phone: Phone;
  beforeAll(async () => {
    pbx = await startPbx({ policy: faultPolicy, proxied: true, decisionMs });
    if (!pbx.proxies) throw new Error('There are no proxies.');
    proxies = pbx.proxies;
    phone = await pbx.lab.phone('1001');
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await eventually(async () => (await pbx.status()).ari.state === 'up', FOUND_MS);
  });

  /** Answered within the time in which a dead link must be found. */
  const servedInTime = async () => {
    const before = pbx.lab.carrier.numbers.length;
    const call = await phone.call(abroad);
    await call.waitAnswered(FOUND_MS);
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([abroad]);
    await call.hangup();
    await pbx.lab.waitIdle();
  };

  it.each(['down', 'up', undefined] as const)(
    'finds it dead, and judges the call that waits (%s)',
    async (way) => {
      const { reconnects } = (await pbx.status()).ari;
      proxies.ari.stall(way);
      await servedInTime();
      const { ari } = await pbx.status();
      expect(ari).toMatchObject({ state: 'up', reconnects: reconnects + 1 });
      expect(pbx.log()).toContain('adopted calls=1');
    },
  );

  it('is not deaf for long after Asterisk could not write to it', async () => {
    const { reconnects } = (await pbx.status()).ari;
    proxies.ari.hold('down');
    await stormUntilWriteFails();
    proxies.ari.flow();
    // Where Asterisk has given the application up, calls are refused at once, and served as soon as it is back.
    const isServed = async () => {
      const call = await phone.call(abroad);
      const { status } = await call.waitFinal(decisionMs + FOUND_MS);
      if (status < 300) await call.hangup();
      return status === 200;
    };
    expect(await eventually(isServed, FOUND_MS, 100)).toBe(true);
    expect((await pbx.status()).ari.reconnects).toBeGreaterThan(reconnects);
    await pbx.lab.waitIdle();
  });

  it('loses nothing over a pause in which it could not read, where Asterisk’s writes still fitted', async () => {
    proxies.ari.hold('down');
    const call = await phone.call(abroad);
    const inStasis = async () => (await pbx.lab.console('core show channels')).includes('Stasis');
    expect(await eventually(inStasis, 20_000)).toBe(true);
    proxies.ari.flow();
    await call.waitAnswered();
    await call.hangup();
  });

  /** Events of our own application, as large as Asterisk takes them. */
  async function stormUntilWriteFails(): Promise<void> {
    const { url, username, password } = pbx.lab.ari;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const body = JSON.stringify({ variables: { filling: 'x'.repeat(STORM_BYTES) } });
    const headers = { authorization, 'content-type': 'application/json' };
    const send = async () => {
      const target = `${url}/events/user/filling?application=callwarden`;
      const { status } = await fetch(target, { method: 'POST', headers, body });
      return status;
    };
    const isUnread = async () => (await pbx.status()).ari.state === 'down';
    const untilMs = Date.now() + STORM_DEADLINE_MS;
    while (!(await isUnread())) {
      // How much the buffers take is the kernel's choice (tcp_rmem), how fast they fill the machine's: only the fact counts.
      expect(Date.now()).toBeLessThan(untilMs);
      const given = await Promise.all(Array.from({ length: STORM_AT_ONCE }, send));
      // 404: Asterisk has given the application up.
      if (given.includes(404)) return;
    }
  }
});
