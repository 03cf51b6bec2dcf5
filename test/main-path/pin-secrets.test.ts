// PINs made by the commands and entered in real calls: one use, lockout over a kill, the key file, and no digits left behind.
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../lab/processes.ts';
import type { OutgoingCall } from '../lab/phone/outgoing-call.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { refused } from './outgoing.ts';

const ABROAD = '00541938384';
const SEEN_DEADLINE_MS = 20_000;
/** Twelve digits, their check and what is said then, on a machine that does other things. */
const ENTRY_DEADLINE_MS = 20_000;
const PROMPT = 'agent-pass';
const WRONG = 'auth-incorrect';

interface DrawnPin {
  readonly id: string;
  readonly digits: string;
}

describe('PINs', { timeout: 120_000 }, () => {
  let pbx: Pbx;
  let ana: Phone;
  let bo: Phone;
  const entered: string[] = [];

  beforeAll(async () => {
    const policy = [
      'extension set 1001 1002',
      'settings set pin when-denied',
      'settings set pin-entry early',
    ];
    pbx = await startPbx({ policy, logLevel: 'debug' });
    ana = await pbx.lab.phone('1001');
    bo = await pbx.lab.phone('1002');
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  /** Adds one so long that no other number has its digits by chance, and waits until the daemon counts it in. */
  const draw = async (words: string): Promise<DrawnPin> => {
    const { version } = (await pbx.status()).policy;
    const pin = (await pbx.json(`pin add --name Holder --digits 12 ${words}`)) as DrawnPin;
    await eventually(async () => (await pbx.status()).policy.version !== version, SEEN_DEADLINE_MS);
    return pin;
  };
  /** A call that was asked for a PIN. */
  const prompted = async (phone: Phone): Promise<OutgoingCall> => {
    const call = await phone.call(ABROAD);
    await call.waitHeard(PROMPT, ENTRY_DEADLINE_MS);
    return call;
  };
  const enter = async (call: OutgoingCall, digits: string) => {
    entered.push(digits);
    await call.dial(`${digits}#`);
  };
  /** Other digits than those, as many. */
  const wrong = (digits: string) => digits.replaceAll(/\d/g, (digit) => String((Number(digit) + 3) % 10));
  const shown = async (id: string) => (await pbx.json(`pin show ${id}`)) as { state: string; uses: number };
  const isUnlocked = async () => ((await pbx.json('pin list')) as { locked: unknown[] }).locked.length === 0;

  it('open one call where they are of one use, and the record names the PIN and not its digits', async () => {
    const once = await draw('--extension 1001 --once');
    const before = pbx.lab.carrier.numbers.length;
    const call = await prompted(ana);
    await enter(call, once.digits);
    await call.waitAnswered(ENTRY_DEADLINE_MS);
    await call.hangup();
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([ABROAD]);
    expect(await shown(once.id)).toMatchObject({ state: 'used-up', uses: 1 });
    await eventually(async () => JSON.stringify(await pbx.json('calls --limit 5')).includes(once.id), 20_000);

    const again = await prompted(ana);
    await enter(again, once.digits);
    await again.waitHeard(WRONG, ENTRY_DEADLINE_MS);
    await again.cancel();
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([ABROAD]);
    // Its own digits are no guess: they bring nobody nearer to a lock.
    expect(await pbx.json('pin list')).toMatchObject({ locked: [] });
  });

  it('are refused after five wrong ones, also by a daemon that was killed, until an administrator unlocks', async () => {
    const { digits } = await draw('--extension 1001');
    const first = await prompted(ana);
    for (let tries = 1; tries <= 3; tries += 1) {
      await enter(first, wrong(digits));
      if (tries < 3)
        await eventually(
          () => first.heard.filter((name) => name === WRONG).length === tries,
          ENTRY_DEADLINE_MS,
        );
    }
    expect(await first.waitFinal(ENTRY_DEADLINE_MS)).toMatchObject({ status: 403 });
    const second = await prompted(ana);
    await enter(second, wrong(digits));
    await second.waitHeard(WRONG, ENTRY_DEADLINE_MS);
    await enter(second, wrong(digits));
    expect(await second.waitFinal(ENTRY_DEADLINE_MS)).toMatchObject({ status: 403 });

    expect(await refused(pbx, ana, ABROAD)).toMatchObject({ status: 403, reason: 'pin-locked' });
    await pbx.endDaemon('SIGKILL');
    await pbx.startDaemon();
    expect(await refused(pbx, ana, ABROAD)).toMatchObject({ status: 403, reason: 'pin-locked' });
    expect(await pbx.json('notices --kind pin-locked')).toMatchObject({ notices: [{ extension: '1001' }] });
    expect(await pbx.json('pin list')).toMatchObject({ locked: [{ who: '1001', failures: 5 }] });
    expect(pbx.log()).toMatch(/notice kind=pin-locked extension=1001/);

    await pbx.change('pin unlock 1001');
    expect(await isUnlocked()).toBe(true);
    const third = await prompted(ana);
    await enter(third, digits);
    await third.waitAnswered(ENTRY_DEADLINE_MS);
    await third.hangup();
  });

  it('count nowhere without their key file, which status tells, and count again with it', async () => {
    const { digits } = await draw('--extension 1002');
    const key = join(pbx.directory, 'callwarden.key');
    renameSync(key, `${key}.away`);
    await pbx.change('extension set 1002 --name Bo');
    await eventually(async () => (await pbx.status()).health === 'red', SEEN_DEADLINE_MS);
    expect((await pbx.status()).problems).toEqual([
      expect.stringMatching(/No PIN is accepted: There is no key file/),
    ]);
    const call = await prompted(bo);
    await enter(call, digits);
    expect(await call.waitFinal(ENTRY_DEADLINE_MS)).toMatchObject({ status: 403 });
    await expect
      .poll(() => pbx.json('calls --kind decision --limit 1'))
      .toMatchObject({ calls: [{ reason: 'pin-unavailable' }] });

    renameSync(`${key}.away`, key);
    await pbx.change('extension set 1002 --name Bob');
    await eventually(async () => (await pbx.status()).health === 'green', SEEN_DEADLINE_MS);
    const again = await prompted(bo);
    await enter(again, digits);
    await again.waitAnswered(ENTRY_DEADLINE_MS);
    await again.hangup();
  });

  it('leave no digits behind: not in the log, nor in the database, nor in the answers of the daemon', async () => {
    await pbx.endDaemon('SIGTERM');
    const files = readdirSync(pbx.directory, { withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    const told = [
      ...texts,
      (await pbx.callwarden('audit --json')).output,
      (await pbx.callwarden('calls --json')).output,
    ];
    expect(entered.length).toBeGreaterThan(8);
    for (const digits of entered) expect(told.filter((text) => text.includes(digits))).toEqual([]);
    expect(pbx.log()).toContain('pin-accepted');
  });
});
