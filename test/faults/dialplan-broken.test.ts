// Parts of the generated dialplan missing after a careless reload: a call is refused, and no channel is left.
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { faultPolicy } from './load.ts';

const abroad = '00541938384';
const decisionMs = 1000;
const IDLE_DEADLINE_MS = 20_000;

describe('with parts of the dialplan missing', { timeout: 120_000 }, () => {
  let pbx: Pbx;
  let phone: Phone;
  let file: string;
  let whole: string;
  beforeAll(async () => {
    pbx = await startPbx({ policy: faultPolicy, decisionMs });
    phone = await pbx.lab.phone('1001');
    file = join(pbx.lab.directory, 'etc/callwarden.conf');
    whole = readFileSync(file, 'utf8');
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });
  const reload = async (text: string) => {
    writeFileSync(file, text);
    await pbx.lab.console('dialplan reload');
  };
  afterEach(async () => {
    pbx.lab.carrier.incoming.length = 0;
    await reload(whole);
  });

  it.each([
    ['the whole file', () => ''],
    ['the context of the question', (text: string) => text.replace('[callwarden-number]', '[elsewhere]')],
    [
      'the place where a verdict goes on',
      (text: string) => text.replaceAll('exten => _allow:.', 'exten => _gone:.'),
    ],
    [
      'the way out of an allowed call',
      (text: string) => text.replace('exten => allowed,1', 'exten => gone,1'),
    ],
    ['the static rules', (text: string) => text.replace('[callwarden-static]', '[elsewhere]')],
  ])('refuses a call abroad and leaves no channel without %s', async (what, without) => {
    const text = without(whole);
    expect(text).not.toBe(whole);
    await reload(text);
    if (what === 'the static rules') await pbx.endDaemon('SIGKILL');
    const call = await phone.call(abroad);
    expect((await call.waitFinal(decisionMs + IDLE_DEADLINE_MS)).status).toBeGreaterThanOrEqual(400);
    expect(pbx.lab.carrier.numbers).toEqual([]);
    await pbx.lab.waitIdle(IDLE_DEADLINE_MS);
    if (what === 'the static rules') await pbx.startDaemon();
  });

  it('lets the daemon’s verdict count again as soon as the file is whole', async () => {
    const call = await phone.call(abroad);
    await call.waitAnswered();
    // The deadline of the question is over, and with it the time in which a timeout that was not cleared would cut.
    await sleep(3 * decisionMs);
    expect(call.ending).toBeNull();
    await call.hangup();
    expect(pbx.lab.carrier.numbers).toEqual([abroad]);
  });
});
