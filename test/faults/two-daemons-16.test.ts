// Two daemons on an Asterisk that cannot offer a call to both: asked in turn, and what a frozen one holds is taken over.
import { expect, it } from 'vitest';
import { expectOut } from '../main-path/outgoing.ts';
import { startPbx } from '../pbx.ts';
import { faultPolicy } from './load.ts';

it('asks the next daemon where the first is gone, and takes over what a frozen one holds', async () => {
  await using pbx = await startPbx({
    asterisk: 16,
    door: 'broadcast',
    peer: true,
    policy: faultPolicy,
    decisionMs: 6000,
  });
  const { peer } = pbx;
  if (!peer) throw new Error('no second daemon');
  const phone = await pbx.lab.phone('1001');
  const decided = async () => [
    (await pbx.status()).decisions.continued,
    (await peer.status()).decisions.continued,
  ];
  await expectOut(pbx, phone, '00541938384');
  expect(await decided()).toEqual([1, 0]);

  pbx.signalDaemon('SIGSTOP');
  await expectOut(pbx, phone, '00541938385');
  expect((await peer.status()).decisions.continued).toBe(1);
  expect(peer.log()).toContain('taken-over peer=callwarden calls=1');
  const { health, peers } = await peer.status();
  expect({ health, peers }).toEqual({
    health: 'red',
    peers: [{ application: 'callwarden', state: 'silent' }],
  });
  pbx.signalDaemon('SIGCONT');
  // What it says about the old call finds nobody; the record is that of the daemon that was heard.
  await expect.poll(async () => (await pbx.status()).decisions.abandoned, { timeout: 20_000 }).toBe(1);
  const records = async () =>
    ((await pbx.json('calls --kind decision')) as { calls: { outcome: string }[] }).calls;
  await expect
    .poll(async () => (await records()).map(({ outcome }) => outcome), { timeout: 20_000 })
    .toEqual(['said', 'said']);

  await pbx.endDaemon('SIGKILL');
  await expectOut(pbx, phone, '00541938386');
  expect((await peer.status()).decisions.continued).toBe(2);
  await pbx.endDaemon('SIGKILL');
}, 90_000);
