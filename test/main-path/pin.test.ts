// PINs as real calls, with the whole daemon: asked for where a call is refused, for outside callers, and found nowhere after.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tapAmi, type AmiTap } from '../lab/ami-tap.ts';
import type { OutgoingCall } from '../lab/phone/outgoing-call.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';

const abroad = '00541938384';
const other = '00496912345678';
/** In the prompt and after a wrong PIN, of the stock sounds. */
const prompt = 'agent-pass';
const retry = 'auth-incorrect';
const refusal = 'privacy-incorrect';
const outside = '+525512345678';

const policy = [
  'extension set 1001-1003',
  'settings set pin when-denied',
  'settings set pin-entry early',
  'list add travellers --admits on --country AR',
  `list person add travellers --first Ana --number ${outside}`,
];

const SEEN = { timeout: 20_000, interval: 100 };

const managerSample = readFileSync(join(import.meta.dirname, '../../config/asterisk/manager.conf'), 'utf8');

interface Decision {
  readonly party: string | null;
  readonly verdict: string;
  readonly reason: string;
  readonly rule: string;
  readonly outcome: string;
  readonly detail: { readonly pin?: object; readonly outsideCaller?: string };
}

describe('a PIN', () => {
  let pbx: Pbx;
  let tap: AmiTap;
  let ana: Phone;
  let bea: Phone;
  const pins = new Map<string, { readonly id: string; readonly digits: string }>();
  const digitsOf = (name: string) => pins.get(name)?.digits ?? '';

  const addPin = async (name: string, whom: string) => {
    // Longer than any number that another thing could happen to have.
    const words = ['pin', 'add', '--name', name, ...whom.split(' '), '--digits', '12', '--json'];
    const { code, output } = await pbx.callwarden(words);
    if (code !== 0) throw new Error(output);
    pins.set(name, JSON.parse(output) as { id: string; digits: string });
  };

  beforeAll(async () => {
    const files = {
      'cdr.conf': '[general]\nenable=yes\nunanswered=yes\n[csv]\nusegmtime=yes\nloguserfield=yes\n',
    };
    pbx = await startPbx({ policy, logLevel: 'debug', modules: ['cdr_csv'], files });
    mkdirSync(join(pbx.lab.directory, 'log/cdr-csv'));
    tap = await tapAmi(pbx.lab, managerSample);
    await addPin('ana', '--extension 1001');
    await addPin('bea', '--extension 1002');
    await addPin('once', '--extension 1003 --once');
    await addPin('traveller', `--entry travellers/${outside}`);
    ana = await pbx.lab.phone('1001');
    bea = await pbx.lab.phone('1002');
  });
  afterAll(async () => {
    await tap?.[Symbol.asyncDispose]();
    await pbx?.[Symbol.asyncDispose]();
  });

  const out = () => pbx.lab.carrier.numbers.length;

  const asked = async (phone: Phone, dialled = abroad): Promise<OutgoingCall> => {
    const call = await phone.call(dialled);
    await call.waitHeard(prompt);
    return call;
  };

  const retries = (call: OutgoingCall) => call.heard.filter((name) => name === retry).length;
  const lastDecision = async () =>
    ((await pbx.json('calls --kind decision --limit 1')) as { calls: Decision[] }).calls[0];
  const decided = async (expected: object) => {
    await expect.poll(lastDecision, SEEN).toMatchObject(expected);
  };

  it('opens a call that would be refused, by early media, and the record names it', async () => {
    // The daemon decides by a PIN as soon as it has seen the change.
    await eventually(async () => {
      const call = await ana.call(abroad);
      await Promise.race([call.waitHeard(prompt), call.waitFinal()]);
      const isAsked = call.heard.includes(prompt);
      if (call.ending === null) await call.cancel();
      return isAsked;
    }, 40_000);
    const before = out();
    const call = await asked(ana);
    expect(call.answered).toBe(false);
    await call.dial(`${digitsOf('ana')}#`);
    await call.waitAnswered();
    await call.waitVoice('carrier');
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([abroad]);
    await call.hangup();
    const id = pins.get('ana')?.id;
    await decided({
      party: '1001',
      verdict: 'continue',
      reason: 'pin-accepted',
      rule: `pin:${id}`,
      outcome: 'said',
      detail: { pin: { outcome: 'right', tries: 1, id, instead: 'no-international-right' } },
    });
  });

  it('is asked three times; that of another extension is wrong', async () => {
    const before = out();
    const call = await asked(ana);
    await call.dial(`${digitsOf('bea')}#`);
    await call.waitHeard(retry);
    await call.dial(`${digitsOf('ana')}0#`);
    await eventually(() => retries(call) === 2, 20_000);
    await call.dial('123456789012#');
    expect(await call.waitFinal(20_000)).toMatchObject({ status: 403, cause: 21 });
    expect(call.heard).toEqual([prompt, retry, retry, refusal]);
    expect(out()).toBe(before);
    await decided({ verdict: 'deny', reason: 'pin-wrong', detail: { pin: { outcome: 'wrong', id: null } } });
  });

  it('is refused for a while after too many wrong ones, and counts again once an administrator unlocks', async () => {
    const call = await asked(ana);
    await call.dial('111122223333#');
    await call.waitHeard(retry);
    await call.dial('111122223334#');
    expect(await call.waitFinal(20_000)).toMatchObject({ status: 403 });
    await decided({ verdict: 'deny', reason: 'pin-locked' });
    const locked = await ana.call(abroad);
    expect(await locked.waitFinal(20_000)).toMatchObject({ status: 403, cause: 21 });
    expect(locked.heard).toEqual([refusal]);
    expect((await pbx.callwarden('pin unlock 1001')).code).toBe(0);
  });

  it('is asked for neither emergency, national nor internal calls', async () => {
    const before = out();
    for (const number of ['911', '5512345678']) {
      const call = await bea.call(number);
      await call.waitAnswered();
      expect(call.heard).toEqual([]);
      await call.hangup();
    }
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual(['911', '5512345678']);
  });

  it('opens one call where it is for one call', async () => {
    const phone = await pbx.lab.phone('1003');
    const first = await asked(phone);
    await first.dial(`${digitsOf('once')}#`);
    await first.waitAnswered();
    await first.hangup();
    const second = await asked(phone);
    await second.dial(`${digitsOf('once')}#`);
    await second.waitHeard(retry);
    expect((await second.cancel()).status).toBe(487);
  });

  it('is asked for again by the next daemon where the first was killed in the middle', async () => {
    const call = await asked(bea);
    await call.dial(digitsOf('bea').slice(0, 4));
    await pbx.endDaemon('SIGKILL');
    await pbx.startDaemon();
    await eventually(() => call.heard.filter((name) => name === prompt).length === 2, 20_000);
    await call.dial(`${digitsOf('bea')}#`);
    expect((await call.waitAnswered()).status).toBe(200);
    await call.hangup();
  });

  describe('of an outside caller', () => {
    /** Has called in, and has said whom to call. */
    const calledIn = async (from: string, number: string) => {
      const call = await pbx.lab.carrier.call('700', { from });
      await call.waitAnswered();
      await call.waitHeard('vm-enter-num-to-call');
      await call.dial(`${number}#`);
      return call;
    };

    it('lets him out, to where his list leads', async () => {
      const before = out();
      const call = await calledIn(outside, abroad);
      await call.waitHeard(prompt);
      await call.dial(`${digitsOf('traveller')}#`);
      await expect.poll(() => pbx.lab.carrier.numbers.slice(before), SEEN).toEqual([abroad]);
      await decided({
        party: null,
        verdict: 'continue',
        detail: { outsideCaller: outside, pin: { id: pins.get('traveller')?.id } },
      });
      await call.hangup();
    });

    it('does not let him out elsewhere, nor with a wrong PIN, nor a call at home without one', async () => {
      const before = out();
      const elsewhere = await calledIn(outside, other);
      await elsewhere.waitHeard(prompt);
      await elsewhere.dial(`${digitsOf('traveller')}#`);
      await elsewhere.waitEnded(20_000);
      const wrong = await calledIn(outside, abroad);
      await wrong.waitHeard(prompt);
      await wrong.dial(`${digitsOf('ana')}#`);
      await wrong.waitHeard(retry);
      await wrong.hangup();
      const home = await calledIn(outside, '5512345678');
      await home.waitHeard(prompt);
      await home.hangup();
      expect(out()).toBe(before);
    });

    it.each(['+525512345679', 'anonymous', '1001'])('is not asked of %s, who is refused', async (from) => {
      const before = out();
      for (const number of [abroad, '1002']) {
        const call = await calledIn(from, number);
        await call.waitEnded(20_000);
        expect(call.heard).toEqual(['vm-enter-num-to-call', 'ss-noservice']);
      }
      expect(out()).toBe(before);
      await decided({ reason: 'unknown-payer' });
    });

    it('counts his wrong ones together, however the carrier writes his number', async () => {
      await pbx.callwarden(`pin unlock ${outside}`);
      const guess = async (from: string, times: number) => {
        const call = await calledIn(from, abroad);
        await call.waitHeard(prompt);
        for (let tried = 1; tried <= times; tried += 1) {
          await call.dial(`11112222333${tried}#`);
          await eventually(() => call.ending !== null || retries(call) >= tried, 20_000);
        }
        await call.waitEnded(20_000);
      };
      await guess(outside, 3);
      await decided({ verdict: 'deny', reason: 'pin-wrong' });
      await guess(`00${outside.slice(1)}`, 2);
      await decided({ verdict: 'deny', reason: 'pin-locked' });
      const unlocked = await pbx.callwarden(`pin unlock 00${outside.slice(1)}`);
      expect(unlocked.output).toMatch(/^wrong PINs at \+525512345678: 5 -> 0$/m);
    });

    it('is not asked before an emergency call', async () => {
      const before = out();
      const call = await calledIn('anonymous', '911');
      await expect.poll(() => pbx.lab.carrier.numbers.slice(before), SEEN).toEqual(['911']);
      await call.hangup();
    });

    it('leaves nothing to the static rules while the daemon is away (I2)', async () => {
      await pbx.endDaemon('SIGKILL');
      const before = out();
      const call = await calledIn(outside, '5512345678');
      await call.waitEnded(20_000);
      expect(call.heard).toEqual(['vm-enter-num-to-call', 'ss-noservice']);
      expect(out()).toBe(before);
      await pbx.startDaemon();
    });
  });

  it('stands nowhere after: not in database, log, call records, AMI or CDR', async () => {
    await pbx.lab.waitIdle(20_000);
    await pbx.endDaemon('SIGTERM');
    const everything = new Map<string, string>([['AMI', tap.heard]]);
    for (const folder of [pbx.directory, join(pbx.lab.directory, 'log'), join(pbx.lab.directory, 'spool')]) {
      for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue;
        const path = join(file.parentPath, file.name);
        everything.set(path, readFileSync(path, 'latin1'));
      }
    }
    // What is looked through is what it should be.
    const paths = [...everything.keys()].join('\n');
    expect(paths).toMatch(/callwarden\.db[^]*Master\.csv/);
    expect(everything.get(join(pbx.lab.directory, 'log/cdr-csv/Master.csv'))).toContain(abroad);
    expect(tap.heard).toContain('Newchannel');
    expect(tap.heard).not.toContain('DTMF');
    expect(pbx.log()).toContain(`rule=pin:${pins.get('ana')?.id} dialogue=right`);
    const found = [...pins.values()].flatMap(({ id, digits }) =>
      [...everything].filter(([, text]) => text.includes(digits)).map(([path]) => `${id} in ${path}`),
    );
    expect(found).toEqual([]);
    // Nor a part of it, as an entry that was never ended would leave.
    const parts = [...pins.values()].map(({ digits }) => digits.slice(0, 9));
    expect(parts.filter((part) => [...everything.values()].some((text) => text.includes(part)))).toEqual([]);
  });

  it('is not sent over AMI to the user of the sample: it has no class dtmf', () => {
    expect(managerSample).toMatch(/^read = call,system$/m);
    expect(managerSample).toMatch(/^write = reporting$/m);
  });
});
