// Every emergency number in every form, in every trouble: all of them go out (I1).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';

/** Of Mexico, as `callwarden dialplan` has them from the numbering data. */
const numbers = ['060', '065', '066', '068', '080', '911'];
const abroad = '00541938384';
const ENTRY_DEADLINE_MS = 20_000;
const SEEN_DEADLINE_MS = 20_000;

interface Form {
  readonly dialled: string;
  readonly onTrunk: string;
}

/** What the dialplan knows by itself: bare and behind the outside prefix, each with a trailing `#`. */
const bareForms: readonly Form[] = numbers.flatMap((number) =>
  [number, `9${number}`].flatMap((dialled) => [
    { dialled, onTrunk: dialled },
    { dialled: `${dialled}#`, onTrunk: dialled },
  ]),
);
/** What only the daemon reads: a `+` before it. */
const plusForms: readonly Form[] = numbers.map((number) => ({
  dialled: `+${number}`,
  onTrunk: `+${number}`,
}));

describe('emergency calls', { timeout: 120_000 }, () => {
  let pbx: Pbx;
  let limited: Phone;
  let locked: Phone;
  beforeAll(async () => {
    pbx = await startPbx({
      init: '--home-region MX --international-prefix 00 --outside-prefix 9 --level closed',
      policy: [
        'country allow AR',
        'extension set 1001 --international on',
        'extension set 1002',
        'settings set pin when-denied',
        'settings set pin-entry early',
        'limit set calls 1/h --extension 1001 --then quarantine --quarantine-for 4h',
      ],
    });
    limited = await pbx.lab.phone('1001');
    locked = await pbx.lab.phone('1002');
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  /** Places each once, and says which did not go out as they must. */
  const held = async (phone: Phone, forms: readonly Form[]): Promise<string[]> => {
    const missing: string[] = [];
    for (const { dialled, onTrunk } of forms) {
      const before = pbx.lab.carrier.numbers.length;
      const call = await phone.call(dialled);
      const { status } = await call.waitFinal();
      const [reached] = pbx.lab.carrier.numbers.slice(before);
      if (status !== 200 || reached !== onTrunk)
        missing.push(`${dialled}: ${status}, trunk ${reached ?? 'none'}`);
      if (status < 300) await call.hangup();
    }
    return missing;
  };
  const statusOf = async (phone: Phone, dialled: string) => {
    const call = await phone.call(dialled);
    const { status } = await call.waitFinal(ENTRY_DEADLINE_MS);
    if (status < 300) await call.hangup();
    return status;
  };

  it('go out from every extension, with and without rights', async () => {
    const forms = [...bareForms, ...plusForms];
    expect(await held(limited, forms)).toEqual([]);
    expect(await held(locked, forms)).toEqual([]);
  });

  it('go out from an extension in quarantine for its limit', async () => {
    expect(await statusOf(limited, abroad)).toBe(200);
    expect(await statusOf(limited, abroad)).toBe(403);
    expect(
      await eventually(async () => (await pbx.status()).quarantined.includes('1001'), SEEN_DEADLINE_MS),
    ).toBe(true);
    expect(await held(limited, [...bareForms, ...plusForms])).toEqual([]);
  });

  it('go out from an extension whose PINs are locked', async () => {
    const { version } = (await pbx.status()).policy;
    const pin = (await pbx.json('pin add --name Holder --digits 6 --extension 1002')) as { digits: string };
    const isSeen = async () => (await pbx.status()).policy.version !== version;
    expect(await eventually(isSeen, SEEN_DEADLINE_MS)).toBe(true);
    const wrong = pin.digits.replaceAll(/\d/g, (digit) => String((Number(digit) + 3) % 10));
    const isLocked = async () =>
      ((await pbx.json('pin list')) as { locked: { who: string }[] }).locked.some(
        ({ who }) => who === '1002',
      );
    for (const tries of [3, 2]) {
      const call = await locked.call(abroad);
      await call.waitHeard('agent-pass', ENTRY_DEADLINE_MS);
      for (let tried = 1; tried <= tries; tried += 1) {
        await call.dial(`${wrong}#`);
        const heardWrong = () => call.heard.filter((name) => name === 'auth-incorrect').length >= tried;
        await eventually(() => heardWrong() || call.final !== null, ENTRY_DEADLINE_MS);
      }
      await call.giveUp();
    }
    expect(await eventually(isLocked, SEEN_DEADLINE_MS, 100)).toBe(true);
    expect(await held(locked, [...bareForms, ...plusForms])).toEqual([]);
  });

  it('go out while the daemon is frozen', async () => {
    pbx.signalDaemon('SIGSTOP');
    expect(await held(locked, bareForms)).toEqual([]);
    pbx.signalDaemon('SIGCONT');
  });

  it('go out while the database is rubbish, with the daemon that has it open', async () => {
    const path = join(pbx.directory, 'callwarden.db');
    for (const name of [path, `${path}-wal`]) writeFileSync(name, Buffer.alloc(65_536, 0x5a));
    expect(await held(locked, [...bareForms, ...plusForms])).toEqual([]);
  });

  it('go out while there is no daemon', async () => {
    await pbx.endDaemon('SIGKILL');
    expect(await held(limited, bareForms)).toEqual([]);
    expect(await held(locked, bareForms)).toEqual([]);
    expect(await statusOf(locked, abroad)).toBe(503);
  });
});
