// Ways round the routine: what a phone's 302 makes Asterisk dial by itself, and an outside caller without a number.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingCall } from '../lab/phone/outgoing-call.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { sampleDialplan, startPbx, type Pbx } from '../pbx.ts';
import { barred, denied, expectOutcome, policy } from './ways.ts';

const DEADLINE_MS = 20_000;
const national = '5512345678';

/** A trunk that gives no number for a caller who withholds his. */
const dialplan = `${sampleDialplan}
[from-trunk](+)
exten => 799,1,Set(CALLERID(num)=)
 same => n,Goto(callwarden-outside,s,1)
`;

const queues = `[general]
[support]
strategy=ringall
timeout=5
retry=1
member => PJSIP/1002
`;

interface Unscreened {
  readonly party: string | null;
  readonly via: string | null;
  readonly outcome: string;
}

describe.each([{ asterisk: 22 as const }, { asterisk: 16 as const }])(
  'past the dialplan of Asterisk $asterisk',
  (line) => {
    let pbx: Pbx;
    let granted: Phone;
    let closed: Phone;

    beforeAll(async () => {
      pbx = await startPbx({ ...line, policy, dialplan, files: { 'queues.conf': queues } });
      granted = await pbx.lab.phone('1001');
      closed = await pbx.lab.phone('1002');
    });
    afterAll(async () => {
      await pbx?.[Symbol.asyncDispose]();
    });
    beforeEach(async () => {
      await pbx.lab.waitIdle(DEADLINE_MS);
    });

    const unscreened = async () => (await pbx.status()).guard.unscreened;
    const lastUnscreened = async () => {
      const { calls } = (await pbx.json('calls --reason unscreened-call --limit 1')) as {
        calls: readonly Unscreened[];
      };
      return calls[0];
    };
    /** 1002 answers whoever calls with a 302 to `target`. */
    const callAndRedirect = (target: string, place: () => Promise<OutgoingCall>) => {
      closed.whenCalled = (incoming) => incoming.redirect(target);
      return place();
    };
    const fromInside = () => granted.call('1002');
    const fromTrunk = () => pbx.lab.carrier.call('1002', { from: '525512345678' });
    const carrierUri = () => /sip:(.+):(\d+)>/.exec(pbx.lab.carrier.agent.contact)?.slice(1) ?? [];

    it.each([
      ['the trunk', () => `PJSIP/${barred}%40trunk`, fromInside],
      ['the trunk, for a caller from outside', () => `PJSIP%2f${barred}%40trunk`, fromTrunk],
      ['the trunk, for a queue', () => `PJSIP/${barred}%40trunk`, () => granted.call('601')],
      ['the trunk, with separators', () => `PJSIP/0062-193.8384%40trunk`, fromInside],
      ['the trunk, with a plus', () => `PJSIP/%2b621938384%40trunk`, fromInside],
      [
        'the carrier, by an address of its own',
        () => {
          const [user = '', port = ''] = carrierUri();
          return `PJSIP/1002/sip%3a${barred}%40${user.split('@').at(-1)}%3a${port}`;
        },
        fromInside,
      ],
    ])(
      'a phone that sends a call straight to %s is stopped by the guard that only watches',
      async (_to, target, place) => {
        const before = await unscreened();
        const sent = pbx.lab.carrier.numbers.length;
        const call = await callAndRedirect(target(), place);
        expect(await eventually(async () => (await unscreened()) > before, DEADLINE_MS)).toBe(true);
        expect(
          await eventually(
            () => pbx.lab.carrier.calls.slice(sent).every((one) => one.ending !== null),
            DEADLINE_MS,
          ),
        ).toBe(true);
        await expect.poll(lastUnscreened, { timeout: DEADLINE_MS }).toMatchObject({
          party: '1002',
          via: 'forward',
          outcome: 'ended',
        });
        closed.whenCalled = (incoming) => incoming.ring();
        await call.giveUp();
      },
    );

    it('a phone that sends a call into a context of its choice pays for it, or gets nowhere', async () => {
      for (const [target, decisions] of [
        [`Local/${barred}%40outside`, [denied('1002', 'forward', barred)]],
        [`Local/${barred}%40callwarden-again`, []],
        [`Local/${barred}%40callwarden-static/n`, []],
        ['Local/allow%3a%3a%40callwarden-number/n', []],
      ] as const) {
        await expectOutcome(pbx, { out: [], decisions }, async () => {
          const call = await callAndRedirect(target, fromInside);
          expect((await call.waitFinal()).status).toBeGreaterThanOrEqual(400);
          return undefined;
        });
      }
    });

    it('a phone may send a call for help wherever it likes', async () => {
      const before = pbx.lab.carrier.numbers.length;
      const call = await callAndRedirect('PJSIP/911%40trunk', fromInside);
      await call.waitAnswered();
      await call.waitVoice('carrier');
      expect(pbx.lab.carrier.numbers.slice(before)).toEqual(['911']);
      await call.hangup();
    });

    it('an outside caller who withholds his number gets out nowhere, daemon or no daemon', async () => {
      const before = pbx.lab.carrier.numbers.length;
      const callsIn = async () => {
        const call = await pbx.lab.carrier.call('799', { from: '525512345678' });
        await call.waitAnswered();
        await call.waitHeard('vm-enter-num-to-call');
        await call.dial(`${national}#`);
        await call.waitEnded(DEADLINE_MS);
      };
      await callsIn();
      await pbx.endDaemon('SIGKILL');
      await callsIn();
      expect(pbx.lab.carrier.numbers.slice(before)).toEqual([]);
    });
  },
);
