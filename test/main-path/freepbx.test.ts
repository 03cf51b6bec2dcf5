// The hooks for FreePBX in a dialplan of its shape: routes over two trunks, by Macro (FreePBX 16) and by Gosub (17).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { allowed, barred, continued, expectOutcome, fails, type Outcome, passes, policy } from './ways.ts';

type Place = () => ReturnType<Phone['call']>;

interface Generation {
  readonly asterisk: 16 | 22;
  readonly freepbx: 16 | 17;
  /** Calls a macro, and leaves it, as this generation of FreePBX does. */
  readonly macro: (name: string, args?: string) => string;
  readonly leave: string;
}

const generations: readonly Generation[] = [
  {
    asterisk: 22,
    freepbx: 17,
    macro: (name, args = '') => `Gosub(macro-${name},s,1(${args}))`,
    leave: 'Return()',
  },
  {
    asterisk: 16,
    freepbx: 16,
    macro: (name, args = '') => `Macro(${[name, args].filter((part) => part !== '').join(',')})`,
    leave: 'MacroExit()',
  },
];

/**
 * What FreePBX generates, as far as a call meets it: an outbound route and an emergency route over two trunks, the second of
 * which puts 9 in front; an extension with call forwarding (72), a ring group (600) with a member outside.
 */
const dialplan = ({ macro, leave }: Generation) => `[globals]
OUT_1=PJSIP
OUT_1_SUFFIX=@trunk
OUTPREFIX_1=
OUT_2=PJSIP
OUT_2_SUFFIX=@trunk
OUTPREFIX_2=
OUT_3=PJSIP
OUT_3_SUFFIX=@trunk
OUTPREFIX_3=9
TRUNK_OPTIONS=T
TRUNK_RING_TIMER=20

#include extensions_custom.conf

[phones]
include => from-internal
[from-trunk]
exten => _10XX,1,Goto(from-internal,\${EXTEN},1)
exten => 600,1,Goto(from-internal,600,1)
exten => _72.,1,Goto(from-internal,\${EXTEN},1)

[from-internal]
include => outbound-allroutes
exten => _10XX,1,Set(__EXTTOCALL=\${EXTEN})
 same => n,${macro('dialout-one-predial-hook')}
 same => n,Dial(PJSIP/\${EXTEN},20,tTb(func-apply-sipheaders^s^1))
 same => n,Hangup()
; Call forwarding of an extension to a number: 72, the extension, the number.
exten => _72XXXX.,1,Set(__EXTTOCALL=\${EXTEN:2:4})
 same => n,${macro('dialout-one-predial-hook')}
 same => n,Dial(Local/\${EXTEN:6}@from-internal/n,20,tTb(func-apply-sipheaders^s^1))
 same => n,Hangup()
exten => 600,1,Set(__NODEST=\${EXTEN})
 same => n,${macro('dial-ringall-predial-hook')}
 same => n,Dial(PJSIP/1003&Local/${allowed}@from-internal/n,20,tTb(func-apply-sipheaders^s^1))
 same => n,Hangup()

[outbound-allroutes]
include => outrt-1
include => outrt-2
[outrt-1]
exten => 911,1,Set(EMERGENCYROUTE=YES)
 same => n,${macro('dialout-trunk', '1,${EXTEN},,')}
 same => n,${macro('dialout-trunk', '3,${EXTEN},,')}
 same => n,${macro('outisbusy')}
[outrt-2]
; Dialled with 8 in front: the route takes it away, and its second trunk puts a 9 there.
exten => _8X.,1,Set(_NODEST=)
 same => n,${macro('dialout-trunk', '1,${EXTEN:1},,on')}
 same => n,${macro('dialout-trunk', '3,${EXTEN:1},,on')}
 same => n,${macro('outisbusy')}
exten => _[04-7]X.,1,Set(_NODEST=)
 same => n,${macro('dialout-trunk', '1,${EXTEN},,on')}
 same => n,${macro('dialout-trunk', '2,${EXTEN},,on')}
 same => n,${macro('outisbusy')}

[macro-dialout-trunk]
exten => s,1,Set(DIAL_TRUNK=\${ARG1})
 same => n,Set(DIAL_NUMBER=\${ARG2})
 same => n,Set(DIAL_TRUNK_OPTIONS=\${TRUNK_OPTIONS})
 same => n,Set(OUTNUM=\${OUTPREFIX_\${DIAL_TRUNK}}\${DIAL_NUMBER})
 same => n(gocall),${macro('dialout-trunk-predial-hook')}
 same => n,GotoIf($["\${PREDIAL_HOOK_RET}" = "BYPASS"]?bypass,1)
 same => n,Dial(\${OUT_\${DIAL_TRUNK}}/\${OUTNUM}\${OUT_\${DIAL_TRUNK}_SUFFIX},\${TRUNK_RING_TIMER},\${DIAL_TRUNK_OPTIONS}b(func-apply-sipheaders^s^1))
 same => n,NoOp(Dial failed with \${DIALSTATUS} and \${HANGUPCAUSE})
 same => n,${leave}
exten => bypass,1,${leave}

[macro-outisbusy]
exten => s,1,Hangup(34)
[func-apply-sipheaders]
exten => s,1,Return()

; FreePBX's own empty hooks come last, and count only where nobody has written others.
[macro-dialout-trunk-predial-hook]
exten => s,1,${leave}
[macro-dialout-one-predial-hook]
exten => s,1,${leave}
[macro-dial-ringall-predial-hook]
exten => s,1,${leave}
`;

describe.each(generations)('FreePBX $freepbx on Asterisk $asterisk', (generation) => {
  const { asterisk, freepbx } = generation;
  let pbx: Pbx;
  let granted: Phone;
  let closed: Phone;

  beforeAll(async () => {
    const hooks = join(import.meta.dirname, `../../dialplan/freepbx/extensions_custom-${freepbx}.conf`);
    pbx = await startPbx({
      asterisk,
      policy: [...policy, 'settings set outside-prefixes 9', 'extension set 600 --international on'],
      dialplan: dialplan(generation),
      files: { 'extensions_custom.conf': readFileSync(hooks, 'utf8') },
      ...(asterisk === 16 ? { modules: ['app_macro'] } : {}),
    });
    granted = await pbx.lab.phone('1001');
    closed = await pbx.lab.phone('1002');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const expectTried = (expected: Outcome, place: Place, status?: number) =>
    expectOutcome(pbx, expected, async () => {
      const call = await place();
      const final = await call.waitFinal(20_000);
      if (status !== undefined) expect(final.status).toBe(status);
      return () => call.hangup();
    });

  it('lets out what is allowed, and tries no other trunk after a refusal', async () => {
    await expectTried(passes('1001', 'direct'), () => granted.call(allowed), 200);
    await expectTried(fails('1001', 'direct', barred), () => granted.call(barred), 403);
    await expectTried(fails('1002', 'direct'), () => closed.call(allowed), 403);
  });

  it('goes on to the next trunk without a second question', async () => {
    pbx.lab.carrier.on(allowed, (incoming) => incoming.reject(503));
    const expected = { out: [allowed, allowed], decisions: [continued('1001', 'direct')] };
    await expectTried(expected, () => granted.call(allowed));
    pbx.lab.carrier.on(allowed, async (incoming) => void (await incoming.answer()));
  });

  it('judges what the next trunk is sent, where that is another string', async () => {
    pbx.lab.carrier.on(allowed, (incoming) => incoming.reject(503));
    const decisions = [continued('1001', 'direct'), continued('1001', 'direct', `9${allowed}`)];
    await expectTried({ out: [allowed, `9${allowed}`], decisions }, () => granted.call(`8${allowed}`));
    pbx.lab.carrier.on(allowed, async (incoming) => void (await incoming.answer()));
  });

  it('lets emergency calls out over every trunk, and asks nobody (I1)', async () => {
    pbx.lab.carrier.on('911', (incoming) => incoming.reject(503));
    await expectTried({ out: ['911', '9911'], decisions: [] }, () => closed.call('911'));
    pbx.lab.carrier.on('911', async (incoming) => void (await incoming.answer()));
    await expectTried({ out: ['911'], decisions: [] }, () => closed.call('911'), 200);
  });

  it('charges call forwarding to the extension that set it, also for a call from outside', async () => {
    await expectTried(passes('1003', 'forward'), () => closed.call(`721003${allowed}`));
    await expectTried(fails('1002', 'forward'), () => granted.call(`721002${allowed}`));
    await expectTried(passes('1003', 'forward'), () => pbx.lab.carrier.call(`721003${allowed}`));
  });

  it('charges a ring group’s outside member to the group', async () => {
    await expectTried(passes('600', 'forward'), () => pbx.lab.carrier.call('600'));
  });

  it('charges a phone’s own forwarding to the phone', async () => {
    closed.whenCalled = (incoming) => incoming.redirect(allowed);
    await expectTried(fails('1002', 'forward'), () => granted.call('1002'));
    closed.whenCalled = (incoming) => incoming.ring();
  });

  it('without a daemon, or with a frozen one, lets emergency and national calls out and nothing abroad (I1, I2, I3)', async () => {
    await pbx.endDaemon('SIGKILL');
    const sent = pbx.lab.carrier.numbers.length;
    const final = async (number: string) => {
      const call = await granted.call(number);
      const { status } = await call.waitFinal(20_000);
      await call.hangup();
      return status;
    };
    expect(await final(allowed)).toBe(503);
    expect(await final('911')).toBe(200);
    expect(await final('5512345678')).toBe(200);
    expect(pbx.lab.carrier.numbers.slice(sent)).toEqual(['911', '5512345678']);
    await pbx.lab.waitIdle(20_000);
    await pbx.startDaemon();
    pbx.signalDaemon('SIGSTOP');
    expect(await final(allowed)).toBe(503);
    expect(await final('911')).toBe(200);
    expect(await final('5512345678')).toBe(200);
    pbx.signalDaemon('SIGCONT');
    expect(pbx.lab.carrier.numbers.slice(sent + 2)).toEqual(['911', '5512345678']);
  });
});
