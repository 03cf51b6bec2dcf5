// A PIN in the place of a right to pick up, on real phones: what it opens, what it never opens, and what is left behind.
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingCall } from '../lab/phone/outgoing-call.ts';
import { eventually } from '../lab/processes.ts';
import { pickupScene } from './pickup-scene.ts';

/** Of the stock sounds: the prompt, after a wrong PIN, and at the end. */
const PROMPT = 'agent-pass';
const RETRY = 'auth-incorrect';
const WRONG = 'privacy-incorrect';
const NO_RIGHT = 'feature-not-avail-line';

/** Nobody’s. */
const NO_PIN = '918273645';

const policy = [
  'extension set 1001-1006',
  'pickup group create sales --number 70',
  'pickup group add sales 1002 1003',
  'pickup protect extension 1003',
  'settings set pickup-pin when-denied',
  'settings set pin-entry early',
];

interface Pin {
  readonly id: string;
  readonly digits: string;
}

describe('a PIN for a pickup', () => {
  const scene = pickupScene({ policy });
  const { phone, letRing, recorded } = scene;
  afterEach(() => scene.quiet());

  const pins = new Map<string, Pin>();
  const pinOf = (name: string): Pin => {
    const pin = pins.get(name);
    if (!pin) throw new Error(`no PIN of ${name}`);
    return pin;
  };

  beforeAll(async () => {
    for (const [name, extension] of [
      ['eva', '1005'],
      ['once', '1006'],
      ['bad', '1004'],
    ] as const) {
      const once = name === 'once' ? ['--once'] : [];
      const words = [
        'pin',
        'add',
        '--name',
        name,
        '--extension',
        extension,
        '--digits',
        '12',
        ...once,
        '--json',
      ];
      const { code, output } = await scene.pbx.callwarden(words);
      if (code !== 0) throw new Error(output);
      pins.set(name, JSON.parse(output) as Pin);
    }
    // The daemon asks for a PIN as soon as it has seen the last of them.
    const isAsked = async () => {
      const call = await phone('1004').call('**1002');
      await Promise.race([call.waitHeard(PROMPT), call.waitFinal()]);
      if (call.ending === null) await call.cancel();
      return call.heard.includes(PROMPT);
    };
    if (!(await eventually(isAsked, 20_000))) throw new Error('nobody is asked for a PIN');
  });

  const asked = async (picker: string, dialled: string): Promise<OutgoingCall> => {
    const call = await phone(picker).call(dialled);
    await call.waitHeard(PROMPT);
    return call;
  };

  // These come first: for a while after a call was taken, who asks for it is told so.
  it('is asked for whether something rings or not, and tells the right one that nothing rings', async () => {
    const picker = await asked('1005', '**1002');
    await picker.dial(`${pinOf('eva').digits}#`);
    expect(await picker.waitFinal()).toMatchObject({ status: 480 });
    await recorded({ party: '1005', verdict: 'nothing-ringing', outcome: 'told' });
  });

  it('is not asked for where it opens nothing: a protected phone, the own groups, no PIN that counts', async () => {
    const { call, incoming } = await letRing('1001', '1003');
    for (const [picker, dialled] of [
      ['1005', '**1003'],
      ['1005', '*8'],
      ['1001', '*871'],
    ] as const) {
      const refused = await phone(picker).call(dialled);
      expect(await refused.waitFinal()).toMatchObject({ status: 403, cause: 21 });
      expect(refused.heard).toEqual([NO_RIGHT]);
    }
    const any = await asked('1005', '*8*');
    await any.dial(`${pinOf('eva').digits}#`);
    expect(await any.waitFinal()).toMatchObject({ status: 480 });
    expect(incoming.ending).toBeNull();
    await call.cancel();
  });

  it.each(['**1002', '*870', '*8*'])(
    'takes by %s the call of a phone for who has no right, and the record names it',
    async (dialled) => {
      const { call, incoming } = await letRing('1001', '1002');
      const picker = await asked('1005', dialled);
      expect(picker.answered).toBe(false);
      expect(incoming.ending).toBeNull();
      await picker.dial(`${pinOf('eva').digits}#`);
      await picker.waitAnswered();
      await picker.waitVoice('1001');
      await recorded({ party: '1005', verdict: 'take', outcome: 'won', rule: `pin:${pinOf('eva').id}` });
      await picker.hangup();
      await call.waitEnded();
    },
  );

  it('that is wrong three times takes nothing and says so, and counts towards the lock', async () => {
    const { call, incoming } = await letRing('1001', '1002');
    const picker = await asked('1004', '**1002');
    for (const tries of [1, 2, 3]) {
      await picker.dial(`${NO_PIN}#`);
      const told = () => picker.heard.filter((name) => name === RETRY).length >= Math.min(tries, 2);
      expect(await eventually(told, 20_000)).toBe(true);
    }
    expect(await picker.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(picker.heard.at(-1)).toBe(WRONG);
    expect(incoming.ending).toBeNull();
    await recorded({ party: '1004', verdict: 'no-right', outcome: 'told', rule: 'pin-wrong' });
    const shown = JSON.stringify(await scene.pbx.json('calls --kind pickup --limit 50'));
    expect(shown).not.toContain(pinOf('eva').digits);
    expect(shown).not.toContain(NO_PIN);
    await call.cancel();
  });

  it('that serves once takes one call', async () => {
    const { call } = await letRing('1001', '1002');
    const picker = await asked('1006', '**1002');
    await picker.dial(`${pinOf('once').digits}#`);
    await picker.waitAnswered();
    await call.waitAnswered();
    await picker.hangup();
    await call.waitEnded();
    await scene.quiet();
    const again = await asked('1006', '**1002');
    await again.dial(`${pinOf('once').digits}#`);
    await again.waitHeard(RETRY);
    expect(again.answered).toBe(false);
    await again.cancel();
  });

  it('leaves nothing claimed of who hangs up while he is asked, and the next one takes the call', async () => {
    const { call } = await letRing('1001', '1002');
    const leaver = await asked('1005', '**1002');
    await leaver.dial('12');
    await leaver.cancel();
    await recorded({ party: '1005', verdict: 'no-right', outcome: 'abandoned' });
    const next = await phone('1003').call('**1002');
    await next.waitAnswered();
    await next.waitVoice('1001');
    await recorded({ party: '1003', verdict: 'take', outcome: 'won', rule: 'group:sales' });
    await next.hangup();
    await call.waitEnded();
  });
});
