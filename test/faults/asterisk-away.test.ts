// Asterisk killed, restarted, reloaded and robbed of a module, and pelted with signals: the daemon comes back by itself.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { expectSafe, faultPolicy, mixed, placeCalls } from './load.ts';

const abroad = '00541938384';
const UP_DEADLINE_MS = 20_000;
const SIGNALS = 400;

describe('with Asterisk away', { timeout: 120_000 }, () => {
  let pbx: Pbx;
  let phone: Phone;
  let barred: Phone;
  beforeAll(async () => {
    pbx = await startPbx({ policy: faultPolicy });
    phone = await pbx.lab.phone('1001');
    barred = await pbx.lab.phone('1002');
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    pbx.lab.carrier.incoming.length = 0;
  });

  const isUp = async () => (await pbx.status()).ari.state === 'up';
  const decidesRightly = async () => {
    expect(await eventually(isUp, UP_DEADLINE_MS)).toBe(true);
    const before = pbx.lab.carrier.numbers.length;
    const call = await phone.call(abroad);
    await call.waitAnswered();
    await call.hangup();
    expect(await (await barred.call(abroad)).waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([abroad]);
    await pbx.lab.waitIdle();
  };

  it('waits for an Asterisk that starts after it', async () => {
    await pbx.endDaemon('SIGTERM');
    await pbx.lab.kill('SIGKILL');
    const started = pbx.startDaemon();
    const waits = async () => {
      const status = await pbx.status().catch(() => null);
      return status?.ari.state === 'down' && status.ari.lastProblem !== '';
    };
    expect(await eventually(waits, UP_DEADLINE_MS, 20)).toBe(true);
    await pbx.lab.restart();
    await started;
    await decidesRightly();
  });

  it('is with it again after each of three kills, and has forgotten the calls of the old run', async () => {
    for (let kills = 0; kills < 3; kills += 1) {
      const { reconnects } = (await pbx.status()).ari;
      await phone.call('1002');
      await barred.nextCall();
      expect(await eventually(async () => (await pbx.status()).ringing === 1, 20_000)).toBe(true);
      await pbx.lab.restart();
      expect(
        await eventually(async () => (await pbx.status()).ari.reconnects > reconnects, UP_DEADLINE_MS),
      ).toBe(true);
      expect(await eventually(async () => (await pbx.status()).ringing === 0, 20_000)).toBe(true);
      await decidesRightly();
    }
  });

  it('is with it again after `core restart now`', async () => {
    const { reconnects } = (await pbx.status()).ari;
    await pbx.lab.console('core restart now').catch(() => '');
    expect(
      await eventually(async () => (await pbx.status()).ari.reconnects > reconnects, UP_DEADLINE_MS),
    ).toBe(true);
    const booted = async () =>
      (await pbx.lab.console('core waitfullybooted').catch(() => '')).includes('booted');
    expect(await eventually(booted, UP_DEADLINE_MS, 50)).toBe(true);
    await Promise.all([phone.register(), barred.register()]);
    await decidesRightly();
  });

  it.each(['module reload res_ari.so', 'module reload http', 'dialplan reload', 'core reload'])(
    'goes on over `%s` under calls',
    async (command) => {
      const placing = placeCalls(phone, { perSecond: 15, count: 15, kindOf: mixed });
      await pbx.lab.console(command);
      await expectSafe(pbx, await placing);
      expect(pbx.lab.carrier.numbers).not.toEqual([]);
      await decidesRightly();
    },
  );

  it('lets nothing chargeable out while Asterisk has no Stasis, and every emergency call', async () => {
    await pbx.lab.console('module unload -f app_stasis.so');
    expect(await pbx.lab.console('core show application Stasis')).not.toContain('Synopsis');
    const call = await phone.call(abroad);
    expect((await call.waitFinal()).status).toBeGreaterThanOrEqual(400);
    const help = await phone.call('911');
    await help.waitAnswered();
    await help.hangup();
    expect(pbx.lab.carrier.numbers).toEqual(['911']);
    await pbx.lab.console('module load app_stasis.so');
    await decidesRightly();
  });

  it('goes on through a storm of signals that interrupts what Asterisk waits for', async () => {
    const placing = placeCalls(phone, { perSecond: 15, count: 45, kindOf: mixed });
    for (let sent = 0; sent < SIGNALS; sent += 1) {
      await pbx.lab.kill(sent % 2 === 0 ? 'SIGURG' : 'SIGCONT');
      if (sent % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await expectSafe(pbx, await placing);
    expect(pbx.lab.carrier.numbers).not.toEqual([]);
    await decidesRightly();
  });
});
