// Pickup with the whole product: codes dialled on real phones, rights from the database, records read by the commands.
import { afterEach, describe, expect, it } from 'vitest';
import { ways } from './links.ts';
import { pickupScene } from './pickup-scene.ts';

const policy = [
  'extension set 1001-1005',
  'pickup group create sales',
  'pickup group add sales 1002 1003 1004',
  'extension set 1006 --any-pickup on',
];

describe.each(ways)('pickup on $way', (way) => {
  const scene = pickupScene({ ...way, policy });
  const { phone, letRing, rings, recorded } = scene;
  afterEach(() => scene.quiet());

  it('shows what rings, with caller and phones', async () => {
    const { call } = await letRing('1001', '1002');
    expect(await scene.ringing()).toMatchObject([{ callerExtension: '1001', legs: [{ extension: '1002' }] }]);
    await call.cancel();
    await scene.untilOnBoard(0);
  });

  it('gives the group code the ringing call, and the first phone hears that it was completed elsewhere', async () => {
    const { call, incoming } = await letRing('1001', '1002');
    const picker = await phone('1003').call('*8');
    await picker.waitAnswered();
    await call.waitAnswered();
    const reasons = await incoming.waitCancelled();
    expect(reasons).toContainEqual(expect.objectContaining({ protocol: 'SIP', cause: 200 }));
    expect(reasons).toContainEqual(expect.objectContaining({ protocol: 'Q.850', cause: 26 }));
    await picker.waitVoice('1001');
    await picker.hangup();
    await call.waitEnded();
    await recorded({
      party: '1003',
      via: 'group',
      verdict: 'take',
      outcome: 'won',
      number: '1002',
      rule: 'group:sales',
    });
  });

  it('gives the directed code a call within a shared group', async () => {
    const { call } = await letRing('1001', '1002');
    const picker = await phone('1004').call('**1002');
    await picker.waitAnswered();
    await call.waitAnswered();
    await picker.hangup();
    await call.waitEnded();
    await recorded({ party: '1004', via: 'directed', verdict: 'take', outcome: 'won' });
  });

  it('refuses the directed code outside the groups, says no right, and the phone rings on (I8)', async () => {
    const { call, incoming } = await letRing('1001', '1002');
    const picker = await phone('1005').call('**1002');
    expect(await picker.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(picker.heard).toEqual(['feature-not-avail-line']);
    expect(incoming.ending).toBeNull();
    await incoming.answer();
    await call.waitAnswered();
    await call.hangup();
    await recorded({ party: '1005', verdict: 'no-right', outcome: 'told' });
  });

  it('lets the holder of the any-call right take a call outside his groups', async () => {
    const { call } = await letRing('1001', '1002');
    const picker = await phone('1006').call('**1002');
    await picker.waitAnswered();
    await call.waitAnswered();
    await picker.hangup();
    await call.waitEnded();
    await recorded({ party: '1006', verdict: 'take', outcome: 'won', rule: 'any-right' });
  });

  it('tells a picker that nothing rings', async () => {
    const picker = await phone('1003').call('**1004');
    expect(await picker.waitFinal()).toMatchObject({ status: 480, cause: 31 });
    expect(picker.heard).toEqual(['number-not-answering']);
    await recorded({ party: '1003', verdict: 'nothing-ringing' });
  });

  it('has one winner of two pickers at the same instant, and tells the other that it is taken (I8)', async () => {
    const { call } = await letRing('1001', '1002');
    const pickers = await Promise.all([phone('1003').call('*8'), phone('1004').call('**1002')]);
    await Promise.all(pickers.map((picker) => picker.waitFinal()));
    await call.waitAnswered();
    const won = await Promise.race(
      pickers.map(async (picker) => {
        await picker.waitVoice('1001');
        return picker;
      }),
    );
    const lost = pickers.find((picker) => picker !== won);
    await lost?.waitEnded();
    const taker = won === pickers[0] ? '1003' : '1004';
    expect(lost?.heard).toEqual(['beeperr', ...Array.from(taker, (digit) => `digits/${digit}`)]);
    expect(won.ending).toBeNull();
    expect(call.ending).toBeNull();
    await won.hangup();
    await call.waitEnded();
  });

  it('takes a call from a ring group, a queue and Local channels, as one call', async () => {
    for (const [number, ringing] of [
      ['600', '1002'],
      ['601', '1003'],
      ['602', '1002'],
    ] as const) {
      const call = await phone('1001').call(number);
      const incoming = await rings(ringing);
      await scene.untilOnBoard(1);
      const picker = await phone('1006').call(`**${ringing}`);
      await picker.waitAnswered();
      await picker.waitVoice('1001');
      await incoming.waitCancelled();
      await recorded({ party: '1006', via: 'directed', outcome: 'won', number: ringing });
      await picker.hangup();
      await call.waitEnded();
    }
  });

  it('refuses at once, and within the deadline, when the daemon is away', async () => {
    const { call, incoming } = await letRing('1001', '1002');
    await scene.pbx.endDaemon('SIGKILL');
    const picker = await phone('1003').call('*8');
    expect(await picker.waitFinal(4000)).toMatchObject({ status: 503, cause: 42 });
    expect(incoming.ending).toBeNull();
    await call.cancel();
    await scene.pbx.startDaemon();
  });
});
