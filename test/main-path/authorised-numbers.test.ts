// Authorised numbers as real calls: home Mexico, nobody may call abroad, and a list opens its numbers to some.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { expectOut, refused } from './outgoing.ts';

const policy = [
  'level set closed',
  'extension set 1001-1003',
  'group set sales',
  'group add sales 1003',
  'list add partners',
  'list person add partners --first Ana --number 00541143211234',
  'list person add partners --first Off --number +541143211235 --disabled',
  'list person add partners --first Later --number +541143211236 --from 2099-01-01',
  'list attach partners --extension 1001 --group sales',
];

/** Records are written behind the call, and each look is a command of its own. */
const SEEN = { timeout: 20_000, interval: 100 };

interface Decision {
  readonly party: string;
  readonly verdict: string;
  readonly reason: string;
  readonly rule: string;
}

describe('authorised numbers', () => {
  let pbx: Pbx;
  let attached: Phone;
  let other: Phone;
  let member: Phone;

  beforeAll(async () => {
    pbx = await startPbx({ policy });
    attached = await pbx.lab.phone('1001');
    other = await pbx.lab.phone('1002');
    member = await pbx.lab.phone('1003');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const goesOut = (phone: Phone, dialled: string) => expectOut(pbx, phone, dialled);
  const refusal = (phone: Phone, dialled: string) => refused(pbx, phone, dialled);

  const latest = async (): Promise<Decision | undefined> => {
    const { calls } = (await pbx.json('calls --kind decision --limit 1')) as { calls: Decision[] };
    return calls[0];
  };

  it('lets the extension of the list call its number, without the right to call abroad', async () => {
    await goesOut(attached, '00541143211234');
    await expect.poll(latest, SEEN).toMatchObject({
      party: '1001',
      verdict: 'continue',
      reason: 'authorised-number',
      rule: expect.stringMatching(/^list:partners:\d+$/),
    });
    await goesOut(attached, '+541143211234');
  });

  it('lets the members of a group call it that has the list', async () => {
    await goesOut(member, '00541143211234');
  });

  it('refuses it to everybody else, and other numbers to all', async () => {
    expect(await refusal(other, '00541143211234')).toMatchObject({ status: 403 });
    expect(await refusal(attached, '00541143211239')).toMatchObject({ status: 403 });
  });

  it('refuses the numbers of people who are disabled or do not count yet', async () => {
    expect(await refusal(attached, '00541143211235')).toMatchObject({ status: 403 });
    expect(await refusal(attached, '00541143211236')).toMatchObject({ status: 403 });
    await pbx.change('list person set partners +541143211235 --enabled on');
    await goesOut(attached, '00541143211235');
    await pbx.change('list person remove partners +541143211235');
    expect(await refusal(attached, '00541143211235')).toMatchObject({ status: 403 });
  });

  it('opens a class of premium numbers to the extensions of a list that grants it', async () => {
    expect(await refusal(attached, '9001234567')).toMatchObject({ status: 403 });
    await pbx.change('list set partners --premium premium');
    await goesOut(attached, '9001234567');
    expect(await refusal(other, '9001234567')).toMatchObject({ status: 403 });
    await pbx.change('list set partners --premium none');
    expect(await refusal(attached, '9001234567')).toMatchObject({ status: 403 });
  });

  it('closes all of it when the list is disabled or detached', async () => {
    await pbx.change('list set partners --enabled off');
    expect(await refusal(attached, '00541143211234')).toMatchObject({ status: 403 });
    await pbx.change('list set partners --enabled on');
    await pbx.change('list detach partners --extension 1001');
    expect(await refusal(attached, '00541143211234')).toMatchObject({ status: 403 });
    await goesOut(member, '00541143211234');
  });

  it('counts the calls that each entry let out', async () => {
    const usesOfAna = async () => {
      const { people } = (await pbx.json('list find Ana')) as {
        people: { uses: number; lastUsed: string }[];
      };
      return people[0]?.uses;
    };
    await expect.poll(usesOfAna, SEEN).toBe(4);
    expect(await pbx.json('list find Later')).toMatchObject({ people: [{ uses: 0, lastUsed: null }] });
  });
});
