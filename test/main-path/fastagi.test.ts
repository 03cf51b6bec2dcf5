// Call barring through FastAGI, the second door, as real calls: the same verdicts, records and PINs as through Stasis.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingCall } from '../lab/phone/outgoing-call.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';

const abroad = '00541938384';
const national = '5512345678';
const prompt = 'agent-pass';
const retry = 'auth-incorrect';

const policy = [
  'country allow AR DE',
  'extension set 1001 --international on',
  'extension set 1002',
  'extension set 1003 --pin when-denied',
  'settings set pin-entry early',
  'limit set duration 5s --extension 1001 --class international',
];

const SEEN = { timeout: 20_000, interval: 200 };

interface Decision {
  readonly party: string;
  readonly verdict: string;
  readonly reason: string;
  readonly outcome: string;
  readonly dialled: string;
  readonly detail: { readonly pin?: object };
}

describe.each([{ asterisk: 22 }, { asterisk: 16 }] as const)(
  'the FastAGI door of Asterisk $asterisk',
  (line) => {
    let pbx: Pbx;
    let granted: Phone;
    let barred: Phone;
    let asked: Phone;
    let pin: string;

    beforeAll(async () => {
      pbx = await startPbx({ ...line, door: 'agi', policy });
      const added = await pbx.callwarden('pin add --name third --extension 1003 --digits 12 --json');
      pin = (JSON.parse(added.output) as { digits: string }).digits;
      granted = await pbx.lab.phone('1001');
      barred = await pbx.lab.phone('1002');
      asked = await pbx.lab.phone('1003');
    });
    afterAll(async () => {
      await pbx?.[Symbol.asyncDispose]();
    });

    const goesOut = async (phone: Phone, dialled: string) => {
      const before = pbx.lab.carrier.numbers.length;
      const call = await phone.call(dialled);
      await call.waitAnswered();
      expect(pbx.lab.carrier.numbers.slice(before)).toEqual([dialled]);
      await call.hangup();
    };

    const refused = async (phone: Phone, dialled: string) => {
      const before = pbx.lab.carrier.numbers.length;
      const call = await phone.call(dialled);
      const { status, cause } = await call.waitFinal();
      expect(pbx.lab.carrier.numbers.slice(before)).toEqual([]);
      return { status, cause, early: call.earlyMedia, heard: call.heard };
    };

    const lastDecision = async () =>
      ((await pbx.json('calls --kind decision --limit 1')) as { calls: Decision[] }).calls[0];

    it('lets out what the policy lets out, with exactly the number dialled', async () => {
      await goesOut(granted, national);
      await goesOut(granted, '00496912345678');
      await expect
        .poll(lastDecision, SEEN)
        .toMatchObject({ party: '1001', verdict: 'continue', outcome: 'said' });
    });

    it('refuses what the policy refuses, and says so as early media', async () => {
      expect(await refused(granted, '00621938384')).toEqual({
        status: 403,
        cause: 21,
        early: true,
        heard: ['cannot-complete-as-dialed'],
      });
      expect(await refused(barred, abroad)).toMatchObject({ status: 403, heard: ['feature-not-avail-line'] });
      await expect.poll(lastDecision, SEEN).toMatchObject({
        party: '1002',
        verdict: 'deny',
        reason: 'no-international-right',
        outcome: 'said',
      });
    });

    it('refuses what is no number before anybody is asked', async () => {
      const { questions } = (await pbx.status()).agi;
      expect(await refused(granted, `${abroad};`)).toMatchObject({ status: 484 });
      expect((await pbx.status()).agi.questions).toBe(questions);
    });

    it.runIf(line.asterisk === 22)('ends a call at its limit', async () => {
      const call = await granted.call(abroad);
      await call.waitAnswered();
      expect(await call.waitEnded(8_000)).toMatchObject({ how: 'hangup', by: 'them' });
      expect(call.heard).toEqual(['beep']);
    });

    it('asks for a PIN, as early media, and lets the right one out', async () => {
      const before = pbx.lab.carrier.numbers.length;
      await eventually(async () => {
        const call = await asked.call(abroad);
        await Promise.race([call.waitHeard(prompt), call.waitFinal()]);
        const isAsked = call.heard.includes(prompt);
        if (call.ending === null) await call.cancel();
        return isAsked;
      }, 40_000);
      const call = await asked.call(abroad);
      await call.waitHeard(prompt);
      expect(call.answered).toBe(false);
      await call.dial(`111111#`);
      await call.waitHeard(retry);
      await call.dial(`${pin}#`);
      await call.waitAnswered();
      expect(pbx.lab.carrier.numbers.slice(before)).toEqual([abroad]);
      await call.hangup();
      await expect.poll(lastDecision, SEEN).toMatchObject({
        party: '1003',
        reason: 'pin-accepted',
        detail: { pin: { outcome: 'right', tries: 2, instead: 'no-international-right' } },
      });
    });

    it.runIf(line.asterisk === 22)(
      'takes a silence for the end of an entry, and a hang-up for the end of the dialogue',
      async () => {
        const call = await asked.call(abroad);
        await call.waitHeard(prompt);
        await call.dial(pin);
        await call.waitAnswered(20_000);
        await call.hangup();
        const left: OutgoingCall = await asked.call(abroad);
        await left.waitHeard(prompt);
        await left.cancel();
        await expect.poll(lastDecision, SEEN).toMatchObject({
          verdict: 'challenge',
          outcome: 'abandoned',
          detail: { pin: { outcome: 'abandoned' } },
        });
        const door = async () => (await pbx.status()).agi;
        await expect.poll(door, SEEN).toMatchObject({ state: 'listening', open: 0 });
      },
    );

    it('leaves each call with one record and no channel', async () => {
      await pbx.lab.waitIdle(20_000);
      const { questions, refused: cut } = (await pbx.status()).agi;
      const records = async () =>
        ((await pbx.json('calls --kind decision --limit 100')) as { calls: Decision[] }).calls.length;
      await expect.poll(records, SEEN).toBe(questions);
      expect(cut).toBe(0);
    });

    it('goes by the static rules while the daemon is dead, and emergency calls always pass (I1, I2, I3)', async () => {
      await pbx.endDaemon('SIGKILL');
      expect(await refused(granted, abroad)).toMatchObject({
        status: 503,
        cause: 42,
        heard: ['ss-noservice'],
      });
      await goesOut(barred, '911');
      await goesOut(barred, national);
      await pbx.startDaemon();
      await goesOut(granted, '00496912345678');
      await goesOut(barred, '911');
    });

    it('gives a frozen daemon until the deadline, and takes no verdict that comes late (I2)', async () => {
      pbx.signalDaemon('SIGSTOP');
      const before = pbx.lab.carrier.numbers.length;
      const [foreign, home] = await Promise.all([granted.call(abroad), barred.call(national)]);
      expect(await foreign.waitFinal()).toMatchObject({ status: 503, cause: 42 });
      await home.waitAnswered();
      await home.hangup();
      pbx.signalDaemon('SIGCONT');
      expect(pbx.lab.carrier.numbers.slice(before)).toEqual([national]);
      await goesOut(granted, '00496912345678');
    });
  },
);
