// The duration limit of the policy as a real call, with the whole daemon: the tone, the end, and no limit on other calls.
import { expect, it } from 'vitest';
import { startPbx } from '../pbx.ts';

const policy = [
  'country allow AR',
  'extension set 1001 --international on',
  'limit set duration 5s --class international',
];

it('ends a call abroad at its limit, with a tone before, and no call at home', async () => {
  await using pbx = await startPbx({ policy });
  const phone = await pbx.lab.phone('1001');
  const other = await pbx.lab.phone('1002');
  const home = await other.call('5512345678');
  await home.waitAnswered();
  const abroad = await phone.call('00541938384');
  await abroad.waitAnswered();
  await abroad.waitHeard('beep', 20_000);
  expect(await abroad.waitEnded(8_000)).toMatchObject({ how: 'hangup', by: 'them' });
  expect(home.ending).toBeNull();
  expect(home.heard).toEqual([]);
  await home.hangup();
  await expect
    .poll(async () => pbx.json('calls --from 1001 --limit 1'), { timeout: 20_000, interval: 100 })
    .toMatchObject({ calls: [{ outcome: 'said', detail: { maxDurationMs: 5_000 } }] });
});
