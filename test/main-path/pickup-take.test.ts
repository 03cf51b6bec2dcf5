// A call taken by command: the picker's phone is called, and who answers it has the call, if he may and it still rings.
import { afterEach, describe, expect, it } from 'vitest';
import { askTake } from '../../src/http/client.ts';
import { eventually } from '../lab/processes.ts';
import { ways } from './links.ts';
import { pickupScene } from './pickup-scene.ts';

const policy = [
  'extension set 1001-1006',
  'pickup group create sales',
  'pickup group add sales 1002 1003 1004 1006',
];

describe.each(ways.slice(0, 2))('a call taken by command on $way', (way) => {
  const scene = pickupScene({ ...way, policy });
  const { phone, letRing, rings, recorded } = scene;
  afterEach(() => scene.quiet());

  const take = (target: string, picker: string) =>
    askTake(`${scene.pbx.directory}/callwarden.sock`, { target, picker });
  const board = () => scene.ringing();

  it('rings on the phone of who is to have it, which shows the caller and is itself on no board, and is his', async () => {
    const { call, incoming } = await letRing('1001', '1002');
    const command = scene.pbx.callwarden('pickup take 1002 --for 1003 --json');
    const picker = await rings('1003');
    expect(picker.from).toEqual({ number: '1001', name: 'Phone 1001' });
    expect(await board()).toMatchObject([{ legs: [{ extension: '1002' }] }]);
    await picker.answer();
    await call.waitAnswered();
    await picker.waitVoice('1001');
    await incoming.waitCancelled();
    const { code, output } = await command;
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      outcome: 'taken',
      from: '1002',
      callerNumber: '1001',
      callerName: 'Phone 1001',
    });
    await recorded({ party: '1003', via: 'exact', outcome: 'won', number: '1002' });
    await picker.hangup();
    await call.waitEnded();
  });

  it('is named by its id as well, and others may take it as long as that phone only rings', async () => {
    const { call } = await letRing('1001', '1002');
    const [{ callId } = { callId: '' }] = await board();
    const outcome = take(callId, '1003');
    const picker = await rings('1003');
    const quicker = await phone('1004').call('*8');
    await quicker.waitAnswered();
    const reasons = await picker.waitCancelled();
    expect(reasons).toContainEqual(expect.objectContaining({ protocol: 'SIP', cause: 200 }));
    expect(await outcome).toEqual({ outcome: 'refused', reason: 'already-taken', by: '1004', rule: null });
    await quicker.hangup();
    await call.waitEnded();
  });

  it('is refused before any phone rings to who has no right, and where nothing rings', async () => {
    const { call } = await letRing('1001', '1002');
    const before = phone('1005').incoming.length;
    const { code, output } = await scene.pbx.callwarden('pickup take 1002 --for 1005');
    expect(code).toBe(3);
    expect(output).toContain('1005 may not take it');
    expect(await take('1002', '1005&PJSIP/trunk')).toMatchObject({
      reason: 'no-right',
      rule: 'unknown-picker',
    });
    expect(await take('1004', '1003')).toMatchObject({ outcome: 'refused', reason: 'nothing-ringing' });
    expect(await take('1763.404', '1003')).toMatchObject({ outcome: 'refused', reason: 'nothing-ringing' });
    expect(phone('1005').incoming).toHaveLength(before);
    await call.cancel();
  });

  it('ends on that phone when the target answers, when the caller gives up, and when it is refused', async () => {
    const first = await letRing('1001', '1002');
    const answered = take('1002', '1003');
    const one = await rings('1003');
    await first.incoming.answer();
    await one.waitCancelled();
    expect(await answered).toMatchObject({ reason: 'already-taken', by: '1002' });
    await first.call.hangup();
    await scene.quiet();

    const second = await letRing('1001', '1002');
    const abandoned = take('1002', '1003');
    const two = await rings('1003');
    await second.call.cancel();
    await two.waitCancelled();
    expect(await abandoned).toMatchObject({ reason: 'nothing-ringing', by: null });

    const third = await letRing('1001', '1002');
    const unanswered = take('1002', '1003');
    const three = await rings('1003');
    expect(await take('1002', '1003')).toMatchObject({ reason: 'busy' });
    three.reject(486);
    expect(await unanswered).toMatchObject({ reason: 'not-answered' });
    await recorded({ party: '1003', via: 'directed', outcome: 'abandoned' });
    expect(third.incoming.ending).toBeNull();
    await third.call.cancel();
  });

  it('is told as unreachable where the phone is not there', async () => {
    const { call } = await letRing('1001', '1002');
    await phone('1006').unregister();
    expect(await take('1002', '1006')).toMatchObject({ outcome: 'refused', reason: 'unreachable' });
    await phone('1006').register();
    await call.cancel();
  });

  it('is asked about anew by the phone that answers when the right is gone meanwhile', async () => {
    const { call, incoming } = await letRing('1001', '1002');
    const outcome = take('1002', '1003');
    const picker = await rings('1003');
    await scene.pbx.change('pickup group remove sales 1003');
    await picker.answer();
    await picker.waitHeard('feature-not-avail-line');
    expect(await outcome).toMatchObject({ outcome: 'refused', reason: 'no-right' });
    await picker.waitEnded();
    expect(incoming.ending).toBeNull();
    await scene.pbx.change('pickup group add sales 1003');
    await call.cancel();
  });

  it('is not known when the daemon dies meanwhile; the phone hears that it is away, the call rings on', async () => {
    const { call, incoming } = await letRing('1001', '1002');
    const outcome = take('1002', '1003').catch((error: unknown) => error);
    const picker = await rings('1003');
    await scene.pbx.endDaemon('SIGKILL');
    expect(await outcome).toMatchObject({ code: 'unavailable' });
    await picker.answer();
    await picker.waitEnded();
    expect(await eventually(() => incoming.ending !== null, 300)).toBe(false);
    await call.cancel();
    await scene.pbx.startDaemon();
  });
});
