// The codes of pickup, dialled on real phones: another group, any call, the next one where one is lost, and who has it.
import { afterEach, describe, expect, it } from 'vitest';
import { ways } from './links.ts';
import { pickupScene } from './pickup-scene.ts';

const policy = [
  'extension set 1001-1005',
  'pickup group create sales',
  'pickup group add sales 1002 1003 1004',
  'pickup group create desk --number 70',
  'pickup group add desk 1005 --role target',
  'pickup right add 1003 group:desk',
  'extension set 1006 --any-pickup on',
];

// The older Asterisk is reached by the other link.
describe.each([ways[0], ways[2]])('the pickup codes on $way', (way) => {
  const scene = pickupScene({ ...way, policy });
  const { phone, letRing, recorded } = scene;
  afterEach(() => scene.quiet());

  it('take the call of another group by its number, for who may', async () => {
    const { call, incoming } = await letRing('1001', '1005');
    const without = await phone('1004').call('*870');
    expect(await without.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(without.heard).toEqual(['feature-not-avail-line']);
    expect(incoming.ending).toBeNull();
    const picker = await phone('1003').call('*870');
    await picker.waitAnswered();
    await picker.waitVoice('1001');
    await recorded({ party: '1003', via: 'other-group', verdict: 'take', outcome: 'won', number: '1005' });
    await picker.hangup();
    await call.waitEnded();
  });

  it('say of a group that there is not what they say of one without the right', async () => {
    const { call } = await letRing('1001', '1005');
    const picker = await phone('1003').call('*871');
    expect(await picker.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(picker.heard).toEqual(['feature-not-avail-line']);
    await recorded({ party: '1003', via: 'other-group', verdict: 'no-right', outcome: 'told' });
    await call.cancel();
  });

  it('refuse what nobody can read, and ask nobody', async () => {
    const { call, incoming } = await letRing('1001', '1005');
    for (const dialled of [
      '*870a',
      '*870,CALLWARDEN_CHOICE=x',
      '*87&0',
      `*8${'7'.repeat(40)}`,
      '**1005,1',
      '**%31005',
    ]) {
      const picker = await phone('1003').call(dialled);
      expect(await picker.waitFinal(), dialled).toMatchObject({ status: 484, cause: 28 });
    }
    expect(incoming.ending).toBeNull();
    await call.cancel();
  });

  it('take any call that somebody may take, and refuse who may take none', async () => {
    const { call, incoming } = await letRing('1004', '1002');
    // Not 1005, whose own call was just taken: he would hear that.
    const without = await phone('1001').call('*8*');
    expect(await without.waitFinal()).toMatchObject({ status: 403 });
    expect(incoming.ending).toBeNull();
    const picker = await phone('1006').call('*8*');
    await picker.waitAnswered();
    await picker.waitVoice('1004');
    await recorded({ party: '1006', via: 'any', verdict: 'take', outcome: 'won', rule: 'any-right' });
    await picker.hangup();
    await call.waitEnded();
  });

  it('try the next call where Asterisk could not take the first, as one attempt with one record', async () => {
    const first = await letRing('1001', '1002');
    const second = await letRing('1005', '1004', { calls: 2 });
    // Asterisk waits for the first packet of a phone that it answers (main/channel.c, ast_answer): the leg is locked so long.
    const rival = phone('1006');
    const { voice } = rival.agent;
    Reflect.set(rival.agent, 'voice', []);
    const other = await rival.call('951002');
    await other.waitAnswered();
    const picker = await phone('1003').call('*8');
    await picker.waitAnswered();
    await second.call.waitAnswered();
    await picker.waitVoice('1005');
    Reflect.set(rival.agent, 'voice', voice);
    await other.waitVoice('1001');
    const { detail } = await recorded({ party: '1003', outcome: 'won', verdict: 'take', number: '1004' });
    expect(detail['lost']).toMatchObject([{ from: '1002', why: 'already-taken' }]);
    await Promise.all([picker.hangup(), other.hangup()]);
    await Promise.all([first.call.waitEnded(), second.call.waitEnded()]);
  });

  it('refuse who has named the phone whose call Asterisk could not take', async () => {
    const { call } = await letRing('1001', '1002');
    const rival = phone('1006');
    const { voice } = rival.agent;
    Reflect.set(rival.agent, 'voice', []);
    const other = await rival.call('951002');
    await other.waitAnswered();
    const picker = await phone('1003').call('**1002');
    await picker.waitAnswered();
    await picker.waitHeard('beeperr');
    await picker.waitEnded();
    Reflect.set(rival.agent, 'voice', voice);
    await other.waitVoice('1001');
    await recorded({ party: '1003', outcome: 'lost', reason: 'already-taken' });
    await other.hangup();
    await call.waitEnded();
  });

  it.each([
    ['on', ['beeperr', 'digits/1', 'digits/0', 'digits/0', 'digits/3']],
    ['off', ['beeperr']],
  ])('say by whom the call was taken to whoever is too late, where that is %s', async (setting, heard) => {
    // It is on in a new database.
    if (setting === 'off') await scene.pbx.change('settings set pickup-say-taker off');
    const { call } = await letRing('1001', '1002');
    const picker = await phone('1003').call('*8');
    await picker.waitAnswered();
    const late = await phone('1004').call('**1002');
    expect(await late.waitFinal()).toMatchObject({ status: 603, cause: 26 });
    expect(late.heard).toEqual(heard);
    await picker.hangup();
    await call.waitEnded();
  });

  it('send nobody past his own rights who comes in where the phones belong that the daemon calls', async () => {
    const { call, incoming } = await letRing('1001', '1002');
    const [{ callId } = { callId: '' }] = await scene.ringing();
    const without = await phone('1005').call(`96${callId}`);
    expect(await without.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    const unreadable = await phone('1003').call(`96${callId}'`);
    expect(await unreadable.waitFinal()).toMatchObject({ status: 484, cause: 28 });
    expect(incoming.ending).toBeNull();
    const picker = await phone('1003').call(`96${callId}`);
    await picker.waitAnswered();
    await picker.waitVoice('1001');
    await recorded({ party: '1003', via: 'exact', outcome: 'won', rule: 'group:sales' });
    await picker.hangup();
    await call.waitEnded();
  });
});
