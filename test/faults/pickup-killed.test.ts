// The daemon dies while two people reach for one ringing call: one of them may have it, nobody hangs, nothing is left.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { draws } from './draws.ts';

const ROUNDS = 5;
/** From the codes being dialled to the kill. */
const KILLED_WITHIN_MS = 15;
const decisionMs = 1000;
const SETTLED_DEADLINE_MS = decisionMs + 5000;

describe('pickup with the daemon dying', { timeout: 120_000 }, () => {
  let pbx: Pbx;
  let caller: Phone;
  let target: Phone;
  let pickers: readonly Phone[];
  beforeAll(async () => {
    const policy = [
      'extension set 1001-1004',
      'pickup group create sales',
      'pickup group add sales 1002 1003 1004',
    ];
    pbx = await startPbx({ policy, decisionMs });
    caller = await pbx.lab.phone('1001');
    target = await pbx.lab.phone('1002');
    pickers = [await pbx.lab.phone('1003'), await pbx.lab.phone('1004')];
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  it(`has one winner at most, and leaves no channel, in ${ROUNDS} races`, async () => {
    const draw = draws('pickup-killed');
    for (let round = 0; round < ROUNDS; round += 1) {
      const call = await caller.call('1002');
      await call.waitRinging();
      await target.nextCall();
      expect(await eventually(async () => (await pbx.status()).ringing === 1, 20_000)).toBe(true);
      const taking = await Promise.all(
        pickers.map((picker, index) => picker.call(index === 0 ? '*8' : '**1002')),
      );
      await sleep(draw(KILLED_WITHIN_MS));
      await pbx.endDaemon('SIGKILL');
      const finals = await Promise.all(taking.map((one) => one.waitFinal(SETTLED_DEADLINE_MS)));
      // Who is answered and has lost is told so and hung up; who won stays on the line with the caller.
      const isSettled = () => taking.filter(({ ending }) => ending === null).length <= 1;
      expect(await eventually(isSettled, SETTLED_DEADLINE_MS)).toBe(true);
      const winners = taking.filter(({ ending }) => ending === null);
      expect(call.answered).toBe(winners.length === 1);
      expect(finals.every(({ status }) => status === 200 || status >= 400)).toBe(true);
      await call.hangup();
      await pbx.lab.waitIdle(SETTLED_DEADLINE_MS);
      await pbx.startDaemon();
    }
  });
});
