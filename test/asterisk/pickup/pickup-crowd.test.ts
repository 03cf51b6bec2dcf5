// Twenty reach for one call, and for twenty calls, in the same instant, through the whole product: each call is taken once.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { IncomingCall } from '../../lab/phone/incoming-call.ts';
import type { OutgoingCall } from '../../lab/phone/outgoing-call.ts';
import { openPhones, type Phones } from '../../lab/phones.ts';
import { eventually } from '../../lab/processes.ts';
import { startPbx, type Pbx } from '../../pbx.ts';

const CROWD = 20;
const ROUNDS = 3;
const SETTLE_MS = 8000;
const TAKEN = 'beeperr';

const extensions = (first: number) => Array.from({ length: CROWD }, (_, at) => String(first + at));
const callers = extensions(1000);
const targets = extensions(1020);
const pickers = extensions(1040);
const five = targets.slice(0, 5);

const dialplan = `#include callwarden.conf
[phones]
include => callwarden-pickup
exten => _10XX,1,Dial(PJSIP/\${EXTEN},30)
exten => 600,1,Dial(${five.map((extension) => `PJSIP/${extension}`).join('&')},30)
[from-trunk]
`;

interface Attempt {
  readonly party: string;
  readonly outcome: string | null;
  readonly number: string;
  readonly reason: string;
  readonly detail: { readonly takenBy?: string | null };
}

describe('a crowd of pickers', { timeout: 120_000 }, () => {
  let pbx: Pbx;
  let phone: Phones;

  beforeAll(async () => {
    const all = [...callers, ...targets, ...pickers];
    pbx = await startPbx({
      dialplan,
      extensions: all,
      verbosity: 0,
      decisionMs: 4000,
      policy: [
        `extension set ${all.join(' ')}`,
        'pickup group create all',
        `pickup group add all ${[...targets, ...pickers].join(' ')}`,
      ],
    });
    phone = await openPhones(pbx.lab, all);
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await pbx.lab.waitIdle(SETTLE_MS);
  });

  const letRing = async (caller: string, number: string, rings: readonly string[], count = 1) => {
    const call = await phone(caller).call(number);
    const incoming = await Promise.all(rings.map((extension) => phone(extension).nextCall()));
    expect(await eventually(async () => (await pbx.status()).ringing === count, SETTLE_MS)).toBe(true);
    return { call, incoming };
  };

  const lastAttempts = async (count: number) => {
    const { calls } = (await pbx.json(`calls --kind pickup --limit ${count}`)) as { calls: Attempt[] };
    return calls;
  };

  /** Of the last attempts, by their records: those who have the call, and those who were told who else has. */
  const outcomesOf = async (count: number) => {
    let found = { won: 0, taken: 0 };
    const isRecorded = async () => {
      const attempts = await lastAttempts(count);
      const won = attempts.filter(({ outcome }) => outcome === 'won');
      const taken = attempts.filter(({ reason }) => reason === 'already-taken');
      found = { won: won.length, taken: taken.length };
      return (
        won.length + taken.length === count && taken.every(({ detail }) => detail.takenBy === won[0]?.party)
      );
    };
    await eventually(isRecorded, SETTLE_MS, 200);
    return found;
  };

  /** One stays on the line with the caller; all others are told that the call is taken. */
  const expectOneWinner = async (
    call: OutgoingCall,
    crowd: readonly OutgoingCall[],
    rang: IncomingCall[],
  ) => {
    await Promise.all(crowd.map((one) => one.waitFinal(SETTLE_MS)));
    const holding = () => crowd.filter(({ ending }) => ending === null);
    expect(await eventually(() => holding().length <= 1, SETTLE_MS)).toBe(true);
    const [winner] = holding();
    if (!winner) throw new Error('nobody has the call');
    await winner.waitVoice('1000', SETTLE_MS);
    expect(call.ending).toBeNull();
    const losers = crowd.filter((one) => one !== winner);
    expect(losers).toHaveLength(crowd.length - 1);
    for (const loser of losers) {
      expect(loser.heard[0], loser.title).toBe(TAKEN);
      expect(loser.answered || loser.final?.status === 603, loser.title).toBe(true);
    }
    expect(await outcomesOf(crowd.length)).toEqual({ won: 1, taken: crowd.length - 1 });
    for (const one of rang) expect((await one.waitCancelled()).map(({ cause }) => cause)).toContain(26);
    await winner.hangup();
    await call.waitEnded();
  };

  it(`has one winner of ${CROWD}, and tells all others that the call is taken (I8)`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { call, incoming } = await letRing('1000', '1020', ['1020']);
      const code = (at: number) => (at % 2 === 0 ? '*8' : '**1020');
      const crowd = await Promise.all(pickers.map((picker, at) => phone(picker).call(code(at))));
      await expectOneWinner(call, crowd, incoming);
    }
  });

  it('has one winner of five who reach for the five phones of a ring group (I8)', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { call, incoming } = await letRing('1000', '600', five);
      const crowd = await Promise.all(
        five.map((extension, at) => phone(pickers[at] ?? '').call(`**${extension}`)),
      );
      await expectOneWinner(call, crowd, incoming);
    }
  });

  it(`gives ${CROWD} calls to ${CROWD} pickers, each call once and nobody two (I8)`, async () => {
    const calls: OutgoingCall[] = [];
    for (const [at, target] of targets.entries()) {
      calls.push((await letRing(callers[at] ?? '', target, [target], at + 1)).call);
    }
    const crowd = await Promise.all(pickers.map((picker) => phone(picker).call('*8')));
    await Promise.all([...calls, ...crowd].map((one) => one.waitAnswered(SETTLE_MS)));
    const heardBy = (one: OutgoingCall, among: readonly string[]) =>
      among.filter((extension) => one.hearing.voices.has(extension));
    const everybodyTalks = () =>
      crowd.every((one) => heardBy(one, callers).length > 0) &&
      calls.every((one) => heardBy(one, pickers).length > 0);
    expect(await eventually(everybodyTalks, SETTLE_MS)).toBe(true);
    const taken = crowd.map((one) => heardBy(one, callers));
    expect(taken.flat().toSorted()).toEqual(callers);
    expect(calls.flatMap((one) => heardBy(one, pickers)).toSorted()).toEqual(pickers);
    expect([...calls, ...crowd].every(({ ending }) => ending === null)).toBe(true);
    expect(await eventually(async () => (await outcomesOf(CROWD)).won === CROWD, SETTLE_MS, 200)).toBe(true);
    expect((await lastAttempts(CROWD)).map(({ number }) => number).toSorted()).toEqual(targets);
    await Promise.all(crowd.map((one) => one.hangup()));
    await Promise.all(calls.map((one) => one.waitEnded()));
  });
});
