// Transfers by feature code, blind and attended, by either party of a call: the one who pressed it pays (I6).
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { CallLeg } from '../lab/phone/call-leg.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { carrierVoice } from '../lab/sounds.ts';
import { sampleDialplan, startPbx, type Pbx } from '../pbx.ts';
import { allowed, barred, continued, denied, expectOutcome, type Outcome, policy, talk } from './ways.ts';

type Place = () => ReturnType<Phone['call']>;

const features = `[general]
pickupexten=
featuredigittimeout=2000
transferdigittimeout=3
[featuremap]
blindxfer => ##
atxfer => *2
`;

/** 51 and an extension: a call in which both may transfer, with what a forward of another day has left behind. */
const dialplan = `${sampleDialplan}
[transfers]
; What Asterisk itself says to who transfers.
exten => sounds,1,Playback(pbx-transfer&pbx-invalid&beep&beeperr)
exten => _X.,1,Goto(outside,\${EXTEN},1)

[internal]
exten => _51XXXX,1,Set(__CALLWARDEN_PAYER=\${EXTEN:2})
 same => n,Set(__TRANSFER_CONTEXT=transfers)
 same => n,Dial(PJSIP/\${EXTEN:2},20,tT)
`;

/**
 * Until who transfers has the other side, or has been told that there is none. Asterisk 16 crashes where he hangs up in the
 * very moment in which it answers: “Unexpected stimulus 'Transfer Target Answer' … in state 'Blond Non-Final'” (bridge_basic.c).
 */
const waitConsulted = (leg: CallLeg, { out }: Outcome): Promise<unknown> =>
  out.length > 0 ? leg.waitVoice(carrierVoice) : leg.waitHeard('beeperr');

// Each digit takes 160 ms: on the older line, one of each kind.
describe.each([{ asterisk: 22 as const }, { asterisk: 16 as const }])(
  'by feature code at Asterisk $asterisk',
  (line) => {
    let pbx: Pbx;
    let granted: Phone;
    let closed: Phone;

    beforeAll(async () => {
      pbx = await startPbx({
        ...line,
        policy,
        dialplan,
        files: { 'features.conf': features },
      });
      granted = await pbx.lab.phone('1001');
      closed = await pbx.lab.phone('1002');
    });
    afterAll(async () => {
      await pbx?.[Symbol.asyncDispose]();
    });

    const passes = (party: string): Outcome => ({
      out: [allowed],
      decisions: [continued(party, 'transfer')],
    });
    const fails = (party: string, number = allowed): Outcome => ({
      out: [],
      decisions: [denied(party, 'transfer', number)],
    });

    const expectPressed = (
      expected: Outcome,
      place: Place,
      phone: Phone,
      who: 'caller' | 'called',
      digits: string,
    ) =>
      expectOutcome(pbx, expected, async () => {
        const { call, incoming } = await talk(place, phone);
        const leg: CallLeg = who === 'caller' ? call : incoming;
        await leg.dial(digits.slice(0, 2));
        await leg.waitHeard('pbx-transfer');
        await leg.dial(`${digits.slice(2)}#`);
        return async () => {
          if (digits.startsWith('*2')) await waitConsulted(leg, expected);
          await call.hangup();
          await incoming.giveUp();
        };
      });

    it('the called phone pays for what it transfers blindly', async () => {
      await expectPressed(passes('1001'), () => closed.call('511001'), granted, 'called', `##${allowed}`);
      await expectPressed(fails('1002'), () => granted.call('511002'), closed, 'called', `##${allowed}`);
      await expectPressed(
        fails('1001', barred),
        () => closed.call('511001'),
        granted,
        'called',
        `##${barred}`,
      );
    });

    it('the caller pays for what he transfers blindly, whoever was vouched for before', async () => {
      await expectPressed(passes('1001'), () => granted.call('511002'), closed, 'caller', `##${allowed}`);
      await expectPressed(fails('1002'), () => closed.call('511001'), granted, 'caller', `##${allowed}`);
    });

    it.runIf(line.asterisk === 22)('a phone pays for an outsider whom it transfers', async () => {
      await expectPressed(
        passes('1001'),
        () => pbx.lab.carrier.call('511001'),
        granted,
        'called',
        `##${allowed}`,
      );
      await expectPressed(
        fails('1002'),
        () => pbx.lab.carrier.call('511002'),
        closed,
        'called',
        `##${allowed}`,
      );
    });

    it.runIf(line.asterisk === 22)('the called phone pays for whom it asks before it transfers', async () => {
      await expectPressed(passes('1001'), () => closed.call('511001'), granted, 'called', `*2${allowed}`);
      await expectPressed(fails('1002'), () => granted.call('511002'), closed, 'called', `*2${allowed}`);
    });

    it('the caller pays for whom he asks before he transfers, whoever was vouched for before', async () => {
      await expectPressed(passes('1001'), () => granted.call('511002'), closed, 'caller', `*2${allowed}`);
      await expectPressed(fails('1002'), () => closed.call('511001'), granted, 'caller', `*2${allowed}`);
    });
  },
);
