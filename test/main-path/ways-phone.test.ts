// What a phone does by SIP: sends a call elsewhere (302), transfers it (REFER), or lies about who it is (I6).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallLeg } from '../lab/phone/call-leg.ts';
import type { Header } from '../lab/phone/message.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import {
  allowed,
  barred,
  continued,
  expectOutcome,
  fails,
  type Outcome,
  passes,
  policy,
  talk,
} from './ways.ts';

type Place = () => ReturnType<Phone['call']>;

const lies: readonly Header[] = [
  ['P-Asserted-Identity', '<sip:1001@127.0.0.1>'],
  ['Remote-Party-ID', '<sip:1001@127.0.0.1>;party=calling;privacy=off'],
  ['Diversion', '<sip:1001@127.0.0.1>;reason=unconditional'],
  ['History-Info', '<sip:1001@127.0.0.1>;index=1'],
  ['Referred-By', '<sip:1001@127.0.0.1>'],
];

describe.each([{ asterisk: 22 as const }, { asterisk: 16 as const }])('at Asterisk $asterisk', (line) => {
  let pbx: Pbx;
  let granted: Phone;
  let closed: Phone;
  let other: Phone;

  beforeAll(async () => {
    pbx = await startPbx({ ...line, policy });
    granted = await pbx.lab.phone('1001');
    closed = await pbx.lab.phone('1002');
    other = await pbx.lab.phone('1003');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const fromTrunk = (extension: string) => () => pbx.lab.carrier.call(extension, { from: '525512345678' });

  /** A call that `phone` sends to `target` by 302; whoever called waits for the final answer. */
  const expectForwarded = (expected: Outcome, phone: Phone, target: string, place: Place) =>
    expectOutcome(pbx, expected, async () => {
      phone.whenCalled = (incoming) => incoming.redirect(target);
      const call = await place();
      await call.waitFinal();
      phone.whenCalled = (incoming) => incoming.ring();
      return () => call.hangup();
    });

  /** Somebody calls `phone`, which talks to him and then does something. */
  const expectTransferred = (
    expected: Outcome,
    place: Place,
    phone: Phone,
    then: (leg: CallLeg) => Promise<void>,
  ) =>
    expectOutcome(pbx, expected, async () => {
      const { call, incoming } = await talk(place, phone);
      await then(incoming);
      return async () => {
        await call.hangup();
        await incoming.giveUp();
      };
    });

  const refer = (target: string, referredBy?: string) => async (leg: CallLeg) => {
    expect(await leg.refer(target, referredBy)).toBe(202);
    await leg.waitTransferred();
  };

  it('a phone that sends a colleague’s call elsewhere (302) pays for it', async () => {
    await expectForwarded(passes('1003', 'forward'), other, allowed, () => closed.call('1003'));
    await expectForwarded(fails('1002', 'forward', allowed), closed, allowed, () => granted.call('1002'));
    await expectForwarded(fails('1003', 'forward', barred), other, barred, () => granted.call('1003'));
  });

  it('a phone that sends a call from the trunk elsewhere pays for it', async () => {
    await expectForwarded(passes('1003', 'forward'), other, allowed, fromTrunk('1003'));
    await expectForwarded(fails('1002', 'forward', allowed), closed, allowed, fromTrunk('1002'));
  });

  it('a member of a ring group that sends the call elsewhere pays for it', async () => {
    closed.whenCalled = (incoming) => incoming.reject(486);
    await expectForwarded(passes('1003', 'forward'), other, allowed, () => granted.call('602'));
    closed.whenCalled = (incoming) => incoming.ring();
  });

  it('a phone that transfers a colleague blindly (REFER) pays for it', async () => {
    await expectTransferred(passes('1003', 'transfer'), () => closed.call('1003'), other, refer(allowed));
    await expectTransferred(
      fails('1002', 'transfer', allowed),
      () => granted.call('1002'),
      closed,
      refer(allowed),
    );
  });

  it('a phone that transfers an outsider blindly pays for it, though it runs on the trunk’s channel', async () => {
    await expectTransferred(passes('1003', 'transfer'), fromTrunk('1003'), other, refer(allowed));
    await expectTransferred(fails('1003', 'transfer', barred), fromTrunk('1003'), other, refer(barred));
    await expectTransferred(fails('1002', 'transfer', allowed), fromTrunk('1002'), closed, refer(allowed));
  });

  it('a phone that passes on whom it called itself is asked anew, also for the same number', async () => {
    const expected = {
      out: [allowed, allowed],
      decisions: [continued('1001', 'direct'), continued('1001', 'transfer')],
    };
    await expectOutcome(pbx, expected, async () => {
      const call = await granted.call(allowed);
      await call.waitVoice('carrier');
      await refer(allowed)(call);
      return () => call.hangup();
    });
  });

  it('a phone that asks before it transfers pays for the call it asks with, and the join asks nothing', async () => {
    await expectTransferred(passes('1003', 'direct'), fromTrunk('1003'), other, async (leg) => {
      const consulting = await other.call(allowed);
      await consulting.waitVoice('carrier');
      expect(await leg.referTo(consulting)).toBe(202);
      expect(await leg.waitTransferred()).toBe(200);
      await consulting.waitEnded();
    });
    await expectTransferred(fails('1002', 'direct', allowed), fromTrunk('1002'), closed, async () => {
      expect((await (await closed.call(allowed)).waitFinal()).status).toBe(403);
    });
  });

  it('a phone that lets go while the other side still rings pays once', async () => {
    pbx.lab.carrier.on(allowed, (incoming) => incoming.ring());
    await expectTransferred(
      passes('1003', 'direct'),
      () => granted.call('1003'),
      other,
      async (leg) => {
        const consulting = await other.call(allowed);
        await consulting.waitRinging();
        expect(await leg.referTo(consulting)).toBe(202);
        await leg.waitTransferred();
        await pbx.lab.carrier.calls.at(-1)?.answer();
      },
    );
    pbx.lab.carrier.on(allowed, async (incoming) => void (await incoming.answer()));
  });

  it('a phone that lies about who it is pays as the endpoint that gave the password', async () => {
    await expectOutcome(pbx, fails('1002', 'direct', allowed), async () => {
      const call = await closed.call(allowed, { headers: lies, name: '1001' });
      expect((await call.waitFinal()).status).toBe(403);
      return undefined;
    });
    const referred = refer(allowed, granted.agent.contact);
    await expectTransferred(fails('1002', 'transfer', allowed), () => granted.call('1002'), closed, referred);
    await expectForwarded(fails('1002', 'forward', allowed), closed, allowed, () =>
      granted.call('1002', { headers: lies }),
    );
  });

  it('a phone does not become another by the spelling of its name', async () => {
    await expectOutcome(pbx, { out: [], decisions: [] }, async () => {
      for (const from of ['1001', '1001%20', '%31001', '1001;x=1']) {
        const call = await closed.call(allowed, { from });
        expect((await call.waitFinal()).status).toBeGreaterThanOrEqual(400);
      }
      return undefined;
    });
  });
});
