// Lamp keys with the whole product: what they show, what a press takes, and that no way round the right is offered.
import { afterEach, describe, expect, it } from 'vitest';
import { Subscription } from '../lab/phone/subscription.ts';
import { pickupScene } from './pickup-scene.ts';

/** Beside those that the lab loads. */
const LAMP_MODULES = [
  'res_pjsip_outbound_publish',
  'res_pjsip_exten_state',
  'res_pjsip_dialog_info_body_generator',
  'res_ari_device_states',
];

const policy = [
  'extension set 1001-1005',
  'pickup group create sales --number 1',
  'pickup group add sales 1002 1003 1004',
  'pickup group create front --number 22',
  'pickup group add front 1003 1004',
  'pickup protect extension 1004',
];

describe('keys with lamps', () => {
  const scene = pickupScene({ modules: LAMP_MODULES, policy });
  const { phone, letRing, recorded } = scene;
  afterEach(() => scene.quiet());
  const lampOf = (watcher: string, target: string) => Subscription.open(phone(watcher).agent, target);

  it('blink while the extension rings, and a press takes the call of that very extension', async () => {
    await using lamp = await lampOf('1003', '1002');
    await lamp.waitState('terminated');
    const { call } = await letRing('1001', '1002');
    await lamp.waitState('early');
    const picker = await phone('1003').call('**1002');
    await picker.waitAnswered();
    await picker.waitVoice('1001');
    await lamp.waitState('terminated');
    await recorded({ party: '1003', via: 'directed', outcome: 'won', number: '1002' });
    await picker.hangup();
    await call.waitEnded();
  });

  it('check the right of whoever presses; the phone rings on and the lamp blinks on', async () => {
    await using lamp = await lampOf('1005', '1002');
    const { call } = await letRing('1001', '1002');
    await lamp.waitState('early');
    const picker = await phone('1005').call('**1002');
    expect(await picker.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(lamp.state).toBe('early');
    await call.cancel();
    await lamp.waitState('terminated');
  });

  it('blink for a group while a call rings on one of its phones, and for any call', async () => {
    await using sales = await lampOf('1003', '*81');
    await using front = await lampOf('1003', '*822');
    await using any = await lampOf('1003', '*8*');
    await Promise.all([sales, front, any].map((lamp) => lamp.waitState('terminated')));
    const { call } = await letRing('1001', '1002');
    await sales.waitState('early');
    await any.waitState('early');
    expect(front.state).toBe('terminated');
    const picker = await phone('1004').call('*81');
    await picker.waitAnswered();
    await sales.waitState('terminated');
    await any.waitState('terminated');
    await picker.hangup();
    await call.waitEnded();
  });

  it('blink for no group while nobody but named ones may take the call', async () => {
    await using front = await lampOf('1003', '*822');
    await using target = await lampOf('1003', '1004');
    const { call } = await letRing('1001', '1004');
    await target.waitState('early');
    await scene.pbx.change('pickup unprotect extension 1004');
    // The next thing that happens brings the lamp to what the new policy says.
    const { call: second } = await letRing('1005', '1003', { calls: 2 });
    await front.waitState('early');
    expect(front.bodies.filter((body) => body.includes('<state>early</state>'))).toHaveLength(1);
    await call.cancel();
    await second.cancel();
    await front.waitState('terminated');
  });

  it('are put right by the daemon that comes after one that died', async () => {
    await using sales = await lampOf('1003', '*81');
    const { call } = await letRing('1001', '1002');
    await sales.waitState('early');
    await scene.pbx.endDaemon('SIGKILL');
    await call.cancel();
    expect(sales.state).toBe('early');
    await scene.pbx.startDaemon();
    await sales.waitState('terminated');
  });

  it('go dark when the daemon is stopped, as nobody would put them out', async () => {
    await using sales = await lampOf('1003', '*81');
    const { call, incoming } = await letRing('1001', '1002');
    await sales.waitState('early');
    await scene.pbx.endDaemon('SIGTERM');
    await sales.waitState('terminated');
    expect(incoming.ending).toBeNull();
    await scene.pbx.startDaemon();
    await sales.waitState('early');
    await call.cancel();
    await sales.waitState('terminated');
  });

  it('tell no phone the dialog that rings, so that none can take it without the right', async () => {
    await using lamp = await lampOf('1005', '1002');
    const { call, incoming } = await letRing('1001', '1002');
    await lamp.waitState('early');
    expect(lamp.bodies.join('\n')).not.toMatch(/call-id|local-tag|remote-tag/);
    const headers = [['Replaces', 'guessed;to-tag=1;from-tag=2']] as const;
    const taker = await phone('1005').call('1002', { headers });
    expect(await taker.waitFinal()).toMatchObject({ status: 481 });
    expect(incoming.ending).toBeNull();
    await call.cancel();
  });
});
