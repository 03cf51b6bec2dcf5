// A call that waits when the daemon dies is judged by the next one: ARI repeats no event, so it is found by listing.
import { expect, it } from 'vitest';
import { eventually } from '../lab/processes.ts';
import { startPbx } from '../pbx.ts';
import { ways } from '../main-path/links.ts';

it.each(ways)('adopts and judges a waiting call after a restart, on $way', async (way) => {
  const policy = ['country allow AR', 'extension set 1001 --international on'];
  await using pbx = await startPbx({ ...way, policy, decisionMs: 10_000 });
  const phone = await pbx.lab.phone('1001');
  pbx.signalDaemon('SIGSTOP');
  const call = await phone.call('00541938384');
  const inStasis = async () => (await pbx.lab.console('core show channels')).includes('Stasis');
  expect(await eventually(inStasis, 20_000)).toBe(true);
  await pbx.endDaemon('SIGKILL');
  await pbx.startDaemon();
  await call.waitAnswered(20_000);
  expect(pbx.lab.carrier.numbers).toEqual(['00541938384']);
  expect(pbx.log()).toContain('adopted calls=1');
  await call.hangup();
});
