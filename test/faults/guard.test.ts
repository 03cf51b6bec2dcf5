// A route that forgets the screening: the guard notices what goes out through it, and ends it where it is told to.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { sampleDialplan, startPbx, type Pbx } from '../pbx.ts';

const NOTICED_DEADLINE_MS = 20_000;
const abroad = '00541938384';

/** `7` in front goes out unscreened, `8` straight behind a Local channel; all else goes the sample's way. */
const holes = `
[phones](+)
exten => _7.,1,Dial(PJSIP/\${EXTEN:1}@trunk,60)
exten => _8.,1,Dial(Local/\${EXTEN:1}@hole/n,60)
exten => _6X.,1,Set(CALLWARDEN_DIALLED=\${EXTEN:1})
 same => n,Gosub(callwarden-screen,s,1)
 same => n,Dial(Local/\${CALLWARDEN_NUMBER}@hole/n,60)
exten => _5X.,1,Set(CALLWARDEN_DIALLED=\${EXTEN:1})
 same => n,Gosub(callwarden-screen,s,1)
 same => n,Dial(PJSIP/\${CALLWARDEN_NUMBER:2}@trunk,60)
[hole]
exten => _X.,1,Dial(PJSIP/\${EXTEN}@trunk,60)
`;

interface Unscreened {
  readonly dialled: string;
  readonly party: string | null;
  readonly outcome: string;
}

describe('the guard', () => {
  let pbx: Pbx;
  let phone: Phone;
  let unknown: Phone;

  beforeAll(async () => {
    pbx = await startPbx({
      dialplan: sampleDialplan + holes,
      policy: ['country allow AR', 'extension set 1001 --international on'],
      modules: ['res_clioriginate'],
    });
    phone = await pbx.lab.phone('1001');
    unknown = await pbx.lab.phone('1002');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await pbx.lab.waitIdle();
  });

  const count = async () => (await pbx.status()).guard.unscreened;
  const unscreened = async () => {
    const { calls } = (await pbx.json('calls --reason unscreened-call')) as { calls: Unscreened[] };
    return calls;
  };
  /** Places the call, waits for its end at the carrier, and says how many the guard has noticed by then. */
  const noticedBy = async (from: Phone, dialled: string) => {
    const before = await count();
    const call = await from.call(dialled);
    await call.waitAnswered();
    await call.hangup();
    await pbx.lab.waitIdle();
    // A second call, which it must notice, comes behind whatever it has to say about the first.
    const other = await from.call(`7${abroad}`);
    await other.waitAnswered();
    await other.hangup();
    await eventually(async () => (await count()) > before, NOTICED_DEADLINE_MS);
    await pbx.lab.waitIdle();
    return (await count()) - before - 1;
  };

  it('watches, unless told otherwise', async () => {
    expect((await pbx.status()).guard).toEqual({ mode: 'watch', unscreened: 0 });
  });

  it('is silent about calls that were screened, national, internal or for help', async () => {
    for (const [from, dialled] of [
      [phone, abroad],
      [phone, '+541938384'],
      [phone, `6${abroad}`],
      [phone, `5${abroad}`],
      [unknown, '5512345678'],
      [unknown, '911'],
      [unknown, '7911'],
      [unknown, '75512345678'],
    ] as const) {
      const call = await from.call(dialled);
      await call.waitAnswered();
      await call.hangup();
    }
    const inside = await phone.call('1002');
    await (await unknown.nextCall()).answer();
    await inside.waitAnswered();
    await inside.hangup();
    const incoming = await pbx.lab.carrier.call('1002', { from: '00541938384' });
    await (await unknown.nextCall()).answer();
    await incoming.waitAnswered();
    await incoming.hangup();
    expect(await noticedBy(phone, abroad)).toBe(0);
  });

  it('notices a route without screening, records it, gives notice and turns status red', async () => {
    const before = await count();
    const call = await unknown.call(`700621938384`);
    await call.waitAnswered();
    await eventually(async () => (await count()) === before + 1, NOTICED_DEADLINE_MS);
    await call.hangup();
    await expect
      .poll(async () => (await unscreened())[0])
      .toMatchObject({
        dialled: '00621938384',
        party: '1002',
        verdict: 'unscreened',
        rule: 'guard:watch',
        outcome: 'let-be',
      });
    await expect
      .poll(() => pbx.json('notices --kind unscreened-call --extension 1002'))
      .toMatchObject({ notices: [{ text: expect.stringContaining('00621938384') as string }] });
    await expect
      .poll(() => pbx.status())
      .toMatchObject({
        health: 'red',
        problems: expect.arrayContaining([expect.stringContaining('callwarden doctor')]) as string[],
      });
  });

  it('notices it behind a Local channel, and for a number that cannot be read', async () => {
    // A Local channel that is gone before it could be asked is not accused: the calls stay up until they are noticed.
    for (const dialled of [`8${abroad}`, '7010100541938384123456']) {
      const before = await count();
      const call = await unknown.call(dialled);
      await call.waitAnswered();
      expect(await eventually(async () => (await count()) === before + 1, NOTICED_DEADLINE_MS)).toBe(true);
      await call.hangup();
    }
  });

  it('tells two calls at once apart, though one number was let out', async () => {
    const before = await count();
    const [screened, hole] = await Promise.all([phone.call(abroad), unknown.call(`7${abroad}`)]);
    await Promise.all([screened.waitAnswered(), hole.waitAnswered()]);
    expect(await eventually(async () => (await count()) === before + 1, NOTICED_DEADLINE_MS)).toBe(true);
    await Promise.all([screened.hangup(), hole.hangup()]);
    await expect.poll(async () => (await unscreened())[0]).toMatchObject({ dialled: abroad, party: '1002' });
  });

  it('does not take a national verdict for one abroad that ends in the same digits', async () => {
    const before = await count();
    await pbx.lab.console(
      `channel originate Local/5512345678@outside application Dial PJSIP/005512345678@trunk,5`,
    );
    expect(await eventually(async () => (await count()) === before + 1, NOTICED_DEADLINE_MS)).toBe(true);
    await pbx.lab.console('channel request hangup all');
  });

  it('notices a call that is originated straight onto the trunk', async () => {
    const before = await count();
    await pbx.lab.console(`channel originate PJSIP/${abroad}@trunk application Wait 1`);
    expect(await eventually(async () => (await count()) === before + 1, NOTICED_DEADLINE_MS)).toBe(true);
    await expect.poll(async () => (await unscreened())[0]).toMatchObject({ party: null });
    await pbx.lab.console('channel request hangup all');
  });

  it('accuses no call whose verdict was said before the daemon was restarted', async () => {
    const call = await phone.call(abroad);
    await call.waitAnswered();
    await pbx.endDaemon('SIGKILL');
    await pbx.startDaemon();
    expect(await count()).toBe(0);
    await call.hangup();
    expect(await noticedBy(phone, abroad)).toBe(0);
  });

  it('believes a channel that passed the routine, whoever said the verdict', async () => {
    // The daemon dies between its verdict and the dial.
    const before = await count();
    pbx.lab.carrier.on(abroad, (incoming) => incoming.ring());
    const call = await phone.call(abroad);
    await eventually(() => pbx.lab.carrier.calls.at(-1)?.number === abroad, NOTICED_DEADLINE_MS);
    await call.cancel();
    pbx.lab.carrier.on(abroad, async (incoming) => void (await incoming.answer()));
    expect(await noticedBy(phone, `6${abroad}`)).toBe(0);
    expect(await count()).toBe(before + 1);
  });

  it('ends it where it is told to, both ends of it, and touches nothing else', async () => {
    await pbx.change('settings set guard enforce');
    const before = await count();
    const call = await unknown.call(`7${abroad}`);
    // The carrier may have answered first; then the call is hung up instead of refused.
    expect((await call.waitEnded()).by).toBe('them');
    expect(await eventually(async () => (await count()) === before + 1, NOTICED_DEADLINE_MS)).toBe(true);
    await pbx.lab.waitIdle();
    await expect
      .poll(async () => (await unscreened())[0])
      .toMatchObject({ outcome: 'ended', rule: 'guard:enforce' });
    for (const [from, dialled] of [
      [phone, abroad],
      [unknown, '911'],
      [unknown, '7911'],
      [unknown, '75512345678'],
    ] as const) {
      const other = await from.call(dialled);
      await other.waitAnswered();
      await other.hangup();
    }
    expect(await count()).toBe(before + 1);
  });

  it('looks at the named trunks alone, and at nothing when it is off', async () => {
    await pbx.change('settings set trunks elsewhere');
    const before = await count();
    const call = await unknown.call(`7${abroad}`);
    await call.waitAnswered();
    await call.hangup();
    await pbx.change('settings set trunks none');
    await pbx.change('settings set guard off');
    const other = await unknown.call(`7${abroad}`);
    await other.waitAnswered();
    await other.hangup();
    await pbx.change('settings set guard watch');
    expect(await noticedBy(phone, abroad)).toBe(0);
    expect(await count()).toBe(before + 1);
  });
});
