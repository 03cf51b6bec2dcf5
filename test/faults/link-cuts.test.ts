// The links cut at any byte and any moment: no call out without a verdict, none left waiting, and connected again at once.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import type { Cut, Direction } from '../lab/proxy.ts';
import { startPbx, type Pbx, type Proxies } from '../pbx.ts';
import { expectSafe, faultPolicy, mixed, placeCalls } from './load.ts';
import { draws } from './draws.ts';

const abroad = '00541938384';
const CUTS = 60;
/** About what one call says, either way, and a new connection with its listing. */
const BYTES_MAX = 12_000;
const UP_DEADLINE_MS = 20_000;
/** A call that waits is taken up after the new connection, so it must not have run into its own deadline by then. */
const decisionMs = 3000;

describe('with the links cut', { timeout: 90_000 }, () => {
  let pbx: Pbx;
  let proxies: Proxies;
  let phone: Phone;
  let barred: Phone;
  beforeAll(async () => {
    pbx = await startPbx({ policy: faultPolicy, proxied: true, decisionMs });
    if (!pbx.proxies) throw new Error('There are no proxies.');
    proxies = pbx.proxies;
    phone = await pbx.lab.phone('1001');
    barred = await pbx.lab.phone('1002');
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });
  const isUp = async () => (await pbx.status()).ari.state === 'up';
  beforeEach(async () => {
    await eventually(isUp, UP_DEADLINE_MS);
  });

  const goesOut = async (dialled: string) => {
    const call = await phone.call(dialled);
    await call.waitAnswered(decisionMs + UP_DEADLINE_MS);
    expect(pbx.lab.carrier.numbers.at(-1)).toBe(dialled);
    await call.hangup();
  };
  const inStasis = async () => (await pbx.lab.console('core show channels')).includes('Stasis');

  it(`settles every call over ${CUTS} cuts and resets at random bytes of either direction`, async () => {
    const draw = draws('link-cuts');
    const cutting = (async () => {
      for (let cuts = 0; cuts < CUTS; cuts += 1) {
        const direction: Direction = draw(2) === 0 ? 'down' : 'up';
        const how: Cut = draw(3) === 0 ? 'reset' : 'end';
        const before = proxies.ari.taken;
        proxies.ari.cutAfter(draw(BYTES_MAX), direction, how);
        // Where nothing is said any more, the heartbeat alone would take its time to reach the byte.
        if (!(await eventually(() => proxies.ari.taken > before, 300))) proxies.ari.cut(how);
        await eventually(() => proxies.ari.standing > 0, UP_DEADLINE_MS);
      }
    })();
    const outcomes = await placeCalls(phone, { perSecond: 15, count: 210, kindOf: mixed });
    await cutting;
    await expectSafe(pbx, outcomes);
    expect(await eventually(isUp, UP_DEADLINE_MS)).toBe(true);
    await goesOut(abroad);
  });

  it('judges a call that came in while there was no link, as soon as there is one', async () => {
    const { reconnects } = (await pbx.status()).ari;
    proxies.ari.refuse(true);
    proxies.ari.cut('reset');
    // Asterisk drops an application without its socket, so this call is refused by the static rules, at once.
    const away = await phone.call(abroad);
    expect(await away.waitFinal()).toMatchObject({ status: 503, cause: 42 });
    proxies.ari.refuse(false);
    expect(await eventually(isUp, UP_DEADLINE_MS)).toBe(true);
    expect((await pbx.status()).ari.reconnects).toBe(reconnects + 1);
    await goesOut(abroad);
  });

  it('adopts a call whose question was lost on the way, and one whose verdict was', async () => {
    for (const direction of ['down', 'up'] as const) {
      const before = pbx.lab.carrier.numbers.length;
      proxies.ari.stall(direction);
      const call = await phone.call(abroad);
      expect(await eventually(inStasis, 20_000)).toBe(true);
      await sleep(50);
      proxies.ari.cut();
      await call.waitAnswered(decisionMs + 2000);
      expect(pbx.lab.carrier.numbers.slice(before)).toEqual([abroad]);
      await call.hangup();
      expect(await eventually(isUp, UP_DEADLINE_MS)).toBe(true);
    }
    await pbx.lab.waitIdle();
  });

  it('is back after each of 20 forced closes in a row, and has the record of every call in between', async () => {
    const said = async () => {
      const { calls } = (await pbx.json('calls --kind decision --limit 400')) as {
        calls: { at: string; outcome: string }[];
      };
      return calls.filter(({ at, outcome }) => outcome === 'said' && Date.parse(at) >= sinceMs).length;
    };
    // Records of earlier calls may still be on their way.
    const sinceMs = Date.now();
    for (let round = 0; round < 20; round += 1) {
      const { reconnects } = (await pbx.status()).ari;
      proxies.ari.cut(round % 2 === 0 ? 'end' : 'reset');
      const isBack = async () => {
        const { ari } = await pbx.status();
        return ari.state === 'up' && ari.reconnects > reconnects;
      };
      expect(await eventually(isBack, UP_DEADLINE_MS)).toBe(true);
      await goesOut(abroad);
    }
    expect(await eventually(async () => (await said()) === 20, UP_DEADLINE_MS, 100)).toBe(true);
  });

  it('decides on without AMI, which grants nothing, and has it again when it can', async () => {
    proxies.ami.refuse(true);
    proxies.ami.cut('reset');
    expect(await eventually(async () => (await pbx.status()).ami.state === 'down', UP_DEADLINE_MS)).toBe(
      true,
    );
    await goesOut(abroad);
    const refused = await barred.call(abroad);
    expect(await refused.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    proxies.ami.refuse(false);
    expect(await eventually(async () => (await pbx.status()).ami.state === 'up', UP_DEADLINE_MS)).toBe(true);
  });
});
