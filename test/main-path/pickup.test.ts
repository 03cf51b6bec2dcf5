// Pickup with the whole product: codes dialled on real phones, rights from the database, records read by the commands.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncomingCall } from '../lab/phone/incoming-call.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { ways } from './links.ts';

const policy = [
  'extension set 1001-1005',
  'pickup group create sales',
  'pickup group add sales 1002 1003 1004',
  'extension set 1006 --any-pickup on',
];

interface PickupRow {
  readonly party: string;
  readonly via: string;
  readonly verdict: string;
  readonly outcome: string;
  readonly rule: string;
  readonly number: string;
}

describe.each(ways)('pickup on $way', (way) => {
  let pbx: Pbx;
  let phones: ReadonlyMap<string, Phone>;
  const phone = (extension: string): Phone => {
    const found = phones.get(extension);
    if (!found) throw new Error(`no phone ${extension}`);
    return found;
  };

  beforeAll(async () => {
    pbx = await startPbx({ ...way, policy });
    const extensions = ['1001', '1002', '1003', '1004', '1005', '1006'];
    phones = new Map(
      await Promise.all(extensions.map(async (ext) => [ext, await pbx.lab.phone(ext)] as const)),
    );
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  /** Ring groups call phones whose calls other tests never asked for. */
  const newestCall = async (ringing: Phone): Promise<IncomingCall> => {
    const isOpen = () => ringing.incoming.at(-1)?.ending === null;
    expect(await eventually(isOpen, 3000)).toBe(true);
    const found = ringing.incoming.at(-1);
    if (!found) throw new Error('no call');
    return found;
  };

  const letRing = async (caller: string, called: string, ringing = called) => {
    const call = await phone(caller).call(called);
    await call.waitRinging();
    const incoming = await newestCall(phone(ringing));
    const onBoard = async () => ((await pbx.json('ringing')) as { count: number }).count > 0;
    expect(await eventually(onBoard, 3000)).toBe(true);
    return { call, incoming };
  };

  const lastPickup = async (): Promise<PickupRow | undefined> => {
    const { calls } = (await pbx.json('calls --kind pickup --limit 1')) as { calls: PickupRow[] };
    return calls[0];
  };

  const recorded = async (expected: Partial<PickupRow>) => {
    let row: PickupRow | undefined;
    const fits = async () => {
      row = await lastPickup();
      return Object.entries(expected).every(([key, value]) => row?.[key as keyof PickupRow] === value);
    };
    await eventually(fits, 3000, 50);
    expect(row).toMatchObject(expected);
  };

  it('shows what rings, with caller and phones', async () => {
    const { call } = await letRing('1001', '1002');
    const { ringing } = (await pbx.json('ringing')) as {
      ringing: { callerExtension: string; legs: { extension: string }[] }[];
    };
    expect(ringing).toHaveLength(1);
    expect(ringing[0]).toMatchObject({ callerExtension: '1001', legs: [{ extension: '1002' }] });
    await call.cancel();
    const isEmpty = async () => ((await pbx.json('ringing')) as { count: number }).count === 0;
    expect(await eventually(isEmpty, 3000)).toBe(true);
  });

  it('gives the group code the ringing call, and the first phone hears that it was completed elsewhere', async () => {
    const { call, incoming } = await letRing('1001', '1002');
    const picker = await phone('1003').call('*8');
    await picker.waitAnswered();
    await call.waitAnswered();
    const reasons = await incoming.waitCancelled();
    expect(reasons).toContainEqual(expect.objectContaining({ protocol: 'SIP', cause: 200 }));
    expect(reasons).toContainEqual(expect.objectContaining({ protocol: 'Q.850', cause: 26 }));
    await picker.waitVoice('1001');
    await picker.hangup();
    await call.waitEnded();
    await recorded({
      party: '1003',
      via: 'group',
      verdict: 'take',
      outcome: 'won',
      number: '1002',
      rule: 'group:sales',
    });
  });

  it('gives the directed code a call within a shared group', async () => {
    const { call } = await letRing('1001', '1002');
    const picker = await phone('1004').call('**1002');
    await picker.waitAnswered();
    await call.waitAnswered();
    await picker.hangup();
    await call.waitEnded();
    await recorded({ party: '1004', via: 'directed', verdict: 'take', outcome: 'won' });
  });

  it('refuses the directed code outside the groups, says no right, and the phone rings on (I8)', async () => {
    const { call, incoming } = await letRing('1001', '1002');
    const picker = await phone('1005').call('**1002');
    expect(await picker.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(picker.hearing.announcements.map(({ name }) => name)).toEqual(['feature-not-avail-line']);
    expect(incoming.ending).toBeNull();
    await incoming.answer();
    await call.waitAnswered();
    await call.hangup();
    await recorded({ party: '1005', verdict: 'no-right', outcome: 'told' });
  });

  it('lets the holder of the any-call right take a call outside his groups', async () => {
    const { call } = await letRing('1001', '1002');
    const picker = await phone('1006').call('**1002');
    await picker.waitAnswered();
    await call.waitAnswered();
    await picker.hangup();
    await call.waitEnded();
    await recorded({ party: '1006', verdict: 'take', outcome: 'won', rule: 'any-right' });
  });

  it('tells a picker that nothing rings', async () => {
    const picker = await phone('1003').call('**1004');
    expect(await picker.waitFinal()).toMatchObject({ status: 480, cause: 31 });
    expect(picker.hearing.announcements.map(({ name }) => name)).toEqual(['number-not-answering']);
    await recorded({ party: '1003', verdict: 'nothing-ringing' });
  });

  it('has one winner of two pickers at the same instant, and tells the other that it is taken (I8)', async () => {
    const { call } = await letRing('1001', '1002');
    const pickers = await Promise.all([phone('1003').call('*8'), phone('1004').call('**1002')]);
    await Promise.all(pickers.map((picker) => picker.waitFinal()));
    await call.waitAnswered();
    const won = await Promise.race(
      pickers.map(async (picker) => {
        await picker.waitVoice('1001');
        return picker;
      }),
    );
    const lost = pickers.find((picker) => picker !== won);
    await lost?.waitEnded();
    expect(lost?.hearing.announcements.map(({ name }) => name)).toEqual(['beeperr']);
    expect(won.ending).toBeNull();
    expect(call.ending).toBeNull();
    await won.hangup();
    await call.waitEnded();
  });

  it('takes a call from a ring group, a queue and Local channels, as one call', async () => {
    for (const [number, ringing] of [
      ['600', '1002'],
      ['601', '1003'],
      ['602', '1002'],
    ] as const) {
      const call = await phone('1001').call(number);
      const incoming = await newestCall(phone(ringing));
      const onBoard = async () => ((await pbx.json('ringing')) as { count: number }).count === 1;
      expect(await eventually(onBoard, 3000), number).toBe(true);
      const picker = await phone('1006').call(`**${ringing}`);
      await picker.waitAnswered();
      await picker.waitVoice('1001');
      await incoming.waitCancelled();
      await picker.hangup();
      await call.waitEnded();
    }
  });

  it('refuses at once, and within the deadline, when the daemon is away', async () => {
    const { call, incoming } = await letRing('1001', '1002');
    await pbx.endDaemon('SIGKILL');
    const picker = await phone('1003').call('*8');
    expect(await picker.waitFinal(4000)).toMatchObject({ status: 503, cause: 42 });
    expect(incoming.ending).toBeNull();
    await call.cancel();
    await pbx.startDaemon();
  });

  it('leaves no channel behind', async () => {
    expect(await eventually(async () => (await pbx.lab.channels()).length === 0, 3000)).toBe(true);
  });
});
