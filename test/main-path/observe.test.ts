// Observing, as real calls: what would be refused goes out and is recorded, and what must never go out does not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';

interface Shown {
  readonly verdict: string;
  readonly reason: string;
  readonly dialled: string;
  readonly detail: {
    readonly observed?: readonly { readonly reason: string; readonly rule: { readonly id: string } }[];
  };
}

/** A record is written a moment after its call, and each look at it is a command. */
const recorded = { timeout: 20_000 };

describe('a policy that observes', () => {
  let pbx: Pbx;
  let phone: Phone;

  beforeAll(async () => {
    pbx = await startPbx({
      policy: ['country allow AR', 'extension set 1001 --international on', 'rule block +88213'],
    });
    phone = await pbx.lab.phone('1001');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const dial = async (dialled: string): Promise<string> => {
    const before = pbx.lab.carrier.numbers.length;
    const call = await phone.call(dialled);
    const { status } = await call.waitFinal();
    if (status === 200) await call.hangup();
    const reached = pbx.lab.carrier.numbers.slice(before);
    return status === 200 ? `out ${reached.join()}` : `refused ${reached.join()}`.trim();
  };

  const lastCall = async (): Promise<Shown | undefined> => {
    const { calls } = (await pbx.json('calls --kind decision --limit 1')) as { calls: Shown[] };
    return calls[0];
  };

  it('lets out what it would refuse, and records what would have decided', async () => {
    expect(await dial('00621938384')).toBe('refused');
    await pbx.change('settings set mode observe');
    expect(await dial('00621938384')).toBe('out 00621938384');
    await expect.poll(async () => (await lastCall())?.reason, recorded).toBe('observed');
    expect((await lastCall())?.detail.observed).toEqual([
      expect.objectContaining({
        reason: 'country-not-allowed',
        rule: expect.objectContaining({ id: 'country:ID' }),
      }),
    ]);
    const { output } = await pbx.callwarden('calls --observed');
    expect(output).toMatch(/ continue +deny country-not-allowed +country:ID$/m);
  });

  it('still refuses what cannot be read, and what is on the block-list', async () => {
    expect(await dial('00999123456')).toBe('refused');
    expect(await dial('0088213123456')).toBe('refused');
    expect(await dial('911')).toBe('out 911');
  });

  it('refuses again from the very next call on', async () => {
    await pbx.change('settings set mode enforce');
    expect(await dial('00621938384')).toBe('refused');
  });

  it('tries a single rule: recorded, and without effect until it counts', async () => {
    await pbx.change('rule deny +5411 --observe');
    expect(await dial('00541143211234')).toBe('out 00541143211234');
    await expect
      .poll(async () => (await lastCall())?.detail.observed, recorded)
      .toEqual([expect.objectContaining({ reason: 'number-denied' })]);
    const { rules } = (await pbx.json('rule list --action deny')) as { rules: { id: number }[] };
    await pbx.change(`rule observe ${rules[0]?.id} off`);
    expect(await dial('00541143211234')).toBe('refused');
    expect(await dial('00542643211234')).toBe('out 00542643211234');
  });
});
