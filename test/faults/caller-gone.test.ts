// Callers who give up at every moment of the decision: nothing goes out, nothing is left, and it is no error.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ring } from '../lab/phone/behaviour.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { faultPolicy } from './load.ts';

const CALLS = 204;
const AT_ONCE = 4;
/** One step of a millisecond more for each call, up to here. */
const GONE_AFTER_MAX_MS = 50;
const IDLE_DEADLINE_MS = 20_000;

describe('with the caller gone', { timeout: 60_000 }, () => {
  let pbx: Pbx;
  let phone: Phone;
  beforeAll(async () => {
    pbx = await startPbx({ policy: faultPolicy });
    phone = await pbx.lab.phone('1001');
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  it(`lets nothing out, leaves nothing and reports no error over ${CALLS} callers who give up after 0 to 50 ms`, async () => {
    // Those that are allowed ring at the carrier until their caller gives up.
    pbx.lab.carrier.whenCalled = ring();
    let placed = 0;
    const callers = Array.from({ length: AT_ONCE }, async () => {
      while (placed < CALLS) {
        const index = placed;
        placed += 1;
        const dialled = index % 2 === 0 ? `0054113${10_000 + index}` : `0033140${10_000 + index}`;
        const call = await phone.call(dialled);
        await sleep(index % (GONE_AFTER_MAX_MS + 1));
        const { status } = await call.cancel();
        expect(status).toBeGreaterThanOrEqual(400);
      }
    });
    await Promise.all(callers);
    await pbx.lab.waitIdle(IDLE_DEADLINE_MS);
    expect(pbx.lab.carrier.numbers.filter((number) => number.startsWith('0033'))).toEqual([]);
    expect(
      pbx
        .log()
        .split('\n')
        .filter((line) => /\berror\b/i.test(line)),
    ).toEqual([]);
    expect(await eventually(async () => (await pbx.status()).records.queued === 0, 20_000)).toBe(true);
    const outcomes = await outcomesOf();
    expect(outcomes.filter((outcome) => outcome !== 'said' && outcome !== 'abandoned')).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(0);
    expect((await pbx.status()).health).toBe('green');
  });

  it('judges the next call as ever', async () => {
    pbx.lab.carrier.on('00541138384', (call) => void call.answer());
    const call = await phone.call('00541138384');
    await call.waitAnswered();
    expect(pbx.lab.carrier.numbers.at(-1)).toBe('00541138384');
    await call.hangup();
  });

  async function outcomesOf(): Promise<string[]> {
    const { calls } = (await pbx.json('calls --kind decision --limit 400')) as {
      calls: { outcome: string }[];
    };
    return calls.map(({ outcome }) => outcome);
  }
});
