// Ways to dial that a dialplan makes: Local channels, groups and queues with members outside, DISA, and the routine met twice.
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { sampleDialplan, startPbx, type Pbx } from '../pbx.ts';
import {
  allowed,
  barred,
  continued,
  denied,
  expectOutcome,
  fails,
  type Outcome,
  passes,
  policy,
} from './ways.ts';

type Place = () => ReturnType<Phone['call']>;

const dial = 'Dial(PJSIP/${CALLWARDEN_NUMBER}@trunk,20,b(callwarden-gate^s^1(${CALLWARDEN_NUMBER})))';
const screen = 'Gosub(callwarden-screen,s,1)';

/** What an administrator adds to the sample. The extension says who is asked for, or how the routine is met twice. */
const dialplan = `${sampleDialplan}
[ways]
; Forwarded by the dialplan, 1001 to 1004 vouched for, and by nobody: the last four digits say for whom.
exten => _81.,1,Set(__CALLWARDEN_PAYER=\${EXTEN:2:4})
 same => n,Dial(Local/\${EXTEN:6}@outside,20)
exten => _82.,1,Set(__CALLWARDEN_PAYER=\${EXTEN:2:4})
 same => n,Dial(Local/\${EXTEN:6}@outside/n,20)
exten => _83.,1,Dial(Local/\${EXTEN:2}@outside/n,20)
; A ring group with a member outside, and a queue; the one who keeps the group pays.
exten => _84.,1,Set(__CALLWARDEN_PAYER=\${EXTEN:2:4})
 same => n,Dial(PJSIP/1004&Local/\${EXTEN:6}@outside/n,20)
exten => 85,1,Set(__CALLWARDEN_PAYER=1003)
 same => n,Answer()
 same => n,Queue(away,,,,10)
exten => 86,1,Set(__CALLWARDEN_PAYER=1002)
 same => n,Answer()
 same => n,Queue(away,,,,4)
; Follow me: the phone first, then the mobile of whoever has it.
exten => _87.,1,Dial(PJSIP/\${EXTEN:2:4},1)
 same => n,Set(__CALLWARDEN_PAYER=\${EXTEN:2:4})
 same => n,Dial(Local/\${EXTEN:6}@outside/n,20)
; Screened, and met again: by the next line, behind a Local channel, with another number, on the next trunk.
exten => _91.,1,Set(CALLWARDEN_DIALLED=\${EXTEN:2})
 same => n,${screen}
 same => n,Goto(outside,\${EXTEN:2},1)
exten => _92.,1,Set(CALLWARDEN_DIALLED=\${EXTEN:2})
 same => n,${screen}
 same => n,Dial(Local/\${CALLWARDEN_NUMBER}@outside/n,20)
exten => _93.,1,Set(CALLWARDEN_DIALLED=${allowed})
 same => n,${screen}
 same => n,Goto(outside,\${EXTEN:2},1)
exten => _94.,1,Set(CALLWARDEN_DIALLED=\${EXTEN:2})
 same => n,${screen}
 same => n,${dial}
 same => n,${screen}
 same => n,${dial}
; The same number once more after the call was answered and ended: a call of its own.
exten => _95.,1,Set(CALLWARDEN_DIALLED=\${EXTEN:2})
 same => n,${screen}
 same => n,Dial(PJSIP/\${CALLWARDEN_NUMBER}@trunk,20,g)
 same => n,${screen}
 same => n,${dial}
; Screened for the caller, then a phone that sends the call to the very number.
exten => _96.,1,Set(CALLWARDEN_DIALLED=\${EXTEN:2})
 same => n,${screen}
 same => n,Dial(PJSIP/1002,20)
; Emergency, behind a number that was judged.
exten => 97,1,Set(CALLWARDEN_DIALLED=${allowed})
 same => n,${screen}
 same => n,Set(CALLWARDEN_DIALLED=911)
 same => n,${screen}
 same => n,${dial}
; What must not count as the same call: a pass that is too old, a voucher that would change an expression.
exten => _99.,1,Set(CALLWARDEN_DIALLED=\${EXTEN:2})
 same => n,${screen}
 same => n,Set(CALLWARDEN_JUDGED=1000000000\${CALLWARDEN_JUDGED:10})
 same => n,${screen}
 same => n,Set(CALLWARDEN_PAYER=" = "" | 1 = 1 | "" = ")
 same => n,Set(CALLWARDEN_DIALLED=${barred})
 same => n,${screen}
 same => n,${dial}
exten => 98,1,DISA(no-password,disa)

[disa]
exten => _XXXX.,1,Goto(outside,\${EXTEN},1)

[internal]
include => ways
`;

const queues = `[general]
[away]
strategy=ringall
timeout=5
retry=1
member => Local/${allowed}@outside/n
`;

describe.each([{ asterisk: 22 as const }, { asterisk: 16 as const }])(
  'a dialplan of Asterisk $asterisk',
  (line) => {
    let pbx: Pbx;
    let granted: Phone;
    let closed: Phone;

    beforeAll(async () => {
      pbx = await startPbx({
        ...line,
        policy,
        dialplan,
        modules: ['app_disa'],
        files: { 'queues.conf': queues },
      });
      granted = await pbx.lab.phone('1001');
      closed = await pbx.lab.phone('1002');
    });
    afterAll(async () => {
      await pbx?.[Symbol.asyncDispose]();
    });

    /** A call that is answered at the carrier or refused, and then given up. */
    const expectTried = (expected: Outcome, place: Place) =>
      expectOutcome(pbx, expected, async () => {
        const call = await place();
        await call.waitFinal(20_000);
        return () => call.hangup();
      });

    it.each(['81', '82'])('charges whom it vouches for on a Local channel (%s)', async (way) => {
      await expectTried(passes('1001', 'forward'), () => closed.call(`${way}1001${allowed}`));
      await expectTried(fails('1002', 'forward'), () => granted.call(`${way}1002${allowed}`));
      await expectTried(fails('1001', 'forward', barred), () => granted.call(`${way}1001${barred}`));
    });

    it('refuses a Local channel for which nobody answers', async () => {
      await expectTried(fails(null, 'forward'), () => granted.call(`83${allowed}`));
    });

    it('charges a ring group’s outside member to whom the group belongs', async () => {
      await expectTried(passes('1003', 'forward'), () => pbx.lab.carrier.call(`841003${allowed}`));
      await expectTried(fails('1002', 'forward'), () => granted.call(`841002${allowed}`));
    });

    it('charges a queue’s outside member to whom the queue belongs', async () => {
      const expectQueued = (expected: Outcome, place: Place) =>
        expectOutcome(pbx, expected, async () => {
          const call = await place();
          await call.waitAnswered();
          return () => call.hangup();
        });
      await expectQueued(passes('1003', 'forward'), () => pbx.lab.carrier.call('85'));
      await expectQueued(fails('1002', 'forward'), () => granted.call('86'));
    });

    it('charges follow-me to whom the mobile belongs', async () => {
      await expectTried(passes('1001', 'forward'), () => pbx.lab.carrier.call(`871001${allowed}`));
      await expectTried(fails('1004', 'forward'), () => granted.call(`871004${allowed}`));
    });

    it.each([
      ['by the next line', '91'],
      ['behind a Local channel', '92'],
    ])('asks once where the routine is met again %s', async (_how, way) => {
      await expectTried(passes('1001', 'direct'), () => granted.call(`${way}${allowed}`));
    });

    it('asks once where the first trunk fails and the next is tried', async () => {
      pbx.lab.carrier.on(allowed, (incoming) => incoming.reject(503));
      const expected = { out: [allowed, allowed], decisions: [continued('1001', 'direct')] };
      await expectTried(expected, () => granted.call(`94${allowed}`));
      pbx.lab.carrier.on(allowed, async (incoming) => void (await incoming.answer()));
    });

    it('asks anew where the number has changed', async () => {
      const expected = {
        out: [],
        decisions: [continued('1001', 'direct'), denied('1001', 'direct', barred)],
      };
      await expectTried(expected, () => granted.call(`93${barred}`));
    });

    it('asks anew where the pass is old, and where a voucher has what would change an expression', async () => {
      const decisions = [
        continued('1001', 'direct'),
        continued('1001', 'direct'),
        denied('1001', 'direct', barred),
      ];
      await expectTried({ out: [], decisions }, () => granted.call(`99${allowed}`));
    });

    it('asks anew for another call to the same number', async () => {
      const decisions = [continued('1001', 'direct'), continued('1001', 'direct')];
      await expectOutcome(pbx, { out: [allowed, allowed], decisions }, async () => {
        const before = pbx.lab.carrier.calls.length;
        const call = await granted.call(`95${allowed}`);
        await call.waitAnswered();
        await pbx.lab.carrier.calls[before]?.hangup();
        return () => call.hangup();
      });
    });

    it('asks anew where somebody else sends the call to the very number that was judged', async () => {
      closed.whenCalled = (incoming) => incoming.redirect(allowed);
      const expected = {
        out: [],
        decisions: [continued('1001', 'direct'), denied('1002', 'forward', allowed)],
      };
      await expectTried(expected, () => granted.call(`96${allowed}`));
      closed.whenCalled = (incoming) => incoming.ring();
    });

    it('lets an emergency call out behind another number, and asks nobody about it (I1)', async () => {
      await expectTried({ out: ['911'], decisions: [continued('1001', 'direct')] }, () => granted.call('97'));
    });

    it('charges DISA to the phone that called it, and nothing of it to the trunk', async () => {
      const expectByDisa = (expected: Outcome, place: Place) =>
        expectOutcome(pbx, expected, async () => {
          const call = await place();
          await call.waitAnswered();
          await call.dial(`${allowed}#`);
          return () => call.hangup();
        });
      await expectByDisa(passes('1001', 'direct'), () => granted.call('98'));
      await expectByDisa(fails('trunk', 'direct'), () => pbx.lab.carrier.call('98'));
    });
  },
);
