// A phone that is not ours enters a PIN: baresip, before the answer and after it.
import { expect, it } from 'vitest';

import { startBaresip } from '../../lab/baresip.ts';
import { eventually } from '../../lab/processes.ts';
import { ABROAD, allow, challenge, PIN, startPinLab } from './pin-lab.ts';

it.each(['early', 'answer'] as const)('takes the digits of baresip, entry %s', async (entry) => {
  await using pin = await startPinLab();
  pin.judge = (call) => (call.pin ? allow() : challenge(entry));
  await using phone = await startBaresip(pin.lab, '1001');
  phone.dial(ABROAD);
  await phone.waitEvent(entry === 'early' ? 'CALL_PROGRESS' : 'CALL_ESTABLISHED');
  expect(await eventually(() => pin.events.some(({ type }) => type === 'PlaybackFinished'), 20_000)).toBe(
    true,
  );
  await phone.press(`${PIN}#`);
  expect(await eventually(() => pin.lab.carrier.numbers.length === 1, 20_000)).toBe(true);
  expect(pin.checks.map(({ digits }) => digits)).toEqual([PIN]);
  phone.hangup();
  await pin.settle();
});
