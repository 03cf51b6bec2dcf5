// Schedules as real calls: outside their windows chargeable calls are refused, and nothing else is.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { expectOut, refused } from './outgoing.ts';

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const day = (offset: number) => names[(new Date().getUTCDay() + 7 + offset) % 7] ?? '';

/** Closed from yesterday to tomorrow, whichever side of midnight the test runs on. */
const farDays = `${day(2)}-${day(-2)}`;

const AR = '00541112345678';

describe('a schedule', () => {
  let pbx: Pbx;
  let phone: Phone;

  beforeAll(async () => {
    pbx = await startPbx({ policy: ['country allow AR', 'extension set 1001 --international on'] });
    for (const [name, window] of [
      ['closed', `${farDays} 00:00-24:00`],
      ['open', 'daily 00:00-24:00'],
    ] as const) {
      const words = ['schedule', 'set', name, '--time-zone', 'UTC', '--open', window];
      const { code, output } = await pbx.callwarden(words);
      if (code !== 0) throw new Error(output);
    }
    phone = await pbx.lab.phone('1001');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  it('that is closed refuses calls abroad, which the caller hears, and no other', async () => {
    await expectOut(pbx, phone, AR);
    await pbx.change('settings set schedule closed');
    expect(await refused(pbx, phone, AR)).toEqual({
      status: 403,
      heard: ['feature-not-avail-line'],
      reason: 'outside-hours',
      rule: 'schedule:closed',
    });
    await expectOut(pbx, phone, '5512345678');
    await expectOut(pbx, phone, '911');
  });

  it('of a nearer layer counts in its place', async () => {
    await pbx.change('group set night --schedule open');
    await pbx.change('group add night 1001');
    await expectOut(pbx, phone, AR);
    await pbx.change('extension set 1001 --schedule closed');
    expect(await refused(pbx, phone, AR)).toMatchObject({ reason: 'outside-hours' });
    await pbx.change('extension set 1001 --schedule always');
    await expectOut(pbx, phone, AR);
  });

  it('is open again once it is changed, and closed on a holiday', async () => {
    await pbx.change('extension set 1001 --schedule open');
    await expectOut(pbx, phone, AR);
    const holidays = [-1, 0, 1].flatMap((offset) => {
      const date = new Date(Date.now() + offset * 86_400_000).toISOString();
      return ['--holiday', date.slice(0, 'YYYY-MM-DD'.length)];
    });
    await pbx.change(`schedule set open ${holidays.join(' ')}`);
    expect(await refused(pbx, phone, AR)).toMatchObject({ reason: 'outside-hours', rule: 'schedule:open' });
    await pbx.change('schedule set open --no-holiday');
    await expectOut(pbx, phone, AR);
  });
});
