// Two daemons on one database: either may be killed, frozen or restarted, and each call is judged and recorded once.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DaemonProcess } from '../daemon-process.ts';
import { eventually } from '../lab/processes.ts';
import { expectOut, refused } from '../main-path/outgoing.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { expectSafe, faultPolicy, mixed, placeCalls } from './load.ts';

const abroad = '00541938384';
const prompt = 'agent-pass';
const wrong = 'auth-incorrect';
const policy = [
  ...faultPolicy,
  'extension set 1003 --international on',
  'extension set 1004',
  'limit set calls 2/h --extension 1003',
  'settings set pin when-denied',
  'settings set pin-entry early',
  'pickup group create sales',
  'pickup group add sales 1002 1005 1006',
];
/** Long enough for a busy machine to notice that a daemon is gone, well before a call's deadline. */
const decisionMs = 4000;
const perSecond = 20;
const callCount = 260;
/** Of the records that a daemon killed (-9) had not written yet: those of a fraction of a second. */
const unwrittenMax = perSecond / 2;
/** Of a hundred calls that the policy allows, while daemons die. */
const refusedMax = 2;

interface Decision {
  readonly id: string;
  readonly dialled: string;
  readonly outcome: string;
}

describe('with two daemons', () => {
  let pbx: Pbx;
  let peer: DaemonProcess;
  beforeAll(async () => {
    pbx = await startPbx({ door: 'broadcast', peer: true, policy, decisionMs });
    if (!pbx.peer) throw new Error('no second daemon');
    peer = pbx.peer;
  }, 120_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const decisions = async () =>
    ((await pbx.json('calls --kind decision --limit 1000')) as { calls: Decision[] }).calls;
  /** Awake and, by what it says, connected: it has looked at the records since it was frozen. */
  const awake = async (daemon: Pick<DaemonProcess, 'status'>) => {
    const isUp = async () => (await daemon.status()).ari.state === 'up';
    expect(await eventually(isUp, 20_000)).toBe(true);
    await daemon.status();
  };

  afterEach(() => {
    pbx.signalDaemon('SIGCONT');
    peer.signal('SIGCONT');
  });
  /** Stops a daemon, but never one that is writing just now: it would hold the database from the other one. */
  const freeze = async (signal: (name: NodeJS.Signals) => void) => {
    const frozen = async () => {
      signal('SIGSTOP');
      await sleep(20);
      if (isWritable()) return true;
      signal('SIGCONT');
      return false;
    };
    expect(await eventually(frozen, 20_000)).toBe(true);
  };
  const isWritable = () => {
    const db = new Database(join(pbx.directory, 'callwarden.db'), { timeout: 500 });
    try {
      db.exec('BEGIN IMMEDIATE');
      db.exec('ROLLBACK');
      return true;
    } catch {
      return false;
    } finally {
      db.close();
    }
  };

  it('loses no call while each is killed, frozen and restarted, and records each once (RF-03, RF-04, RF-06, RF-09)', async () => {
    const phone = await pbx.lab.phone('1001');
    const before = new Set((await decisions()).map(({ id }) => id));
    const placed = placeCalls(phone, { perSecond, count: callCount, kindOf: mixed });
    await sleep(1000);
    await pbx.endDaemon('SIGKILL');
    await sleep(1000);
    await pbx.startDaemon();
    peer.signal('SIGSTOP');
    await sleep(2000);
    peer.signal('SIGCONT');
    await sleep(500);
    await peer.end('SIGKILL');
    await sleep(500);
    await peer.start();
    expect(await pbx.endDaemon('SIGTERM')).toBe(0);
    await pbx.startDaemon();
    pbx.signalDaemon('SIGSTOP');
    await sleep(2000);
    pbx.signalDaemon('SIGCONT');
    const outcomes = await placed;
    await expectSafe(pbx, outcomes);

    const lost = outcomes.filter(({ kind, status }) => kind === 'allowed' && status !== 200);
    const allowed = outcomes.filter(({ kind }) => kind === 'allowed').length;
    expect(lost.length).toBeLessThanOrEqual((allowed * refusedMax) / 100);
    // The policy's own word, and no outage: 403, never 503.
    const unavailable = outcomes.filter(({ kind, status }) => kind === 'barred' && status !== 403);
    expect(unavailable.length).toBeLessThanOrEqual((allowed * refusedMax) / 100);
    const numbers = outcomes.filter(({ kind }) => kind !== 'emergency').map(({ dialled }) => dialled);
    let recorded: readonly Decision[] = [];
    const allWritten = async () => {
      recorded = (await decisions()).filter(({ id }) => !before.has(id));
      return recorded.length >= numbers.length - 2 * unwrittenMax;
    };
    expect(await eventually(allWritten, 20_000, 200)).toBe(true);
    const named = recorded.map(({ dialled }) => dialled);
    // Whole, so that a failure says who asked twice: another nonce, another channel, or the guard.
    const isTwice = (dialled: string) => named.indexOf(dialled) !== named.lastIndexOf(dialled);
    expect(recorded.filter(({ dialled }) => isTwice(dialled))).toEqual([]);
    // Where a verdict went with the daemon that said it, the call was refused, or let out by the static rules, and its record
    // owns up to it.
    const told = { allowed: 200, barred: 403 } as const;
    const isTold = ({ kind, status }: (typeof outcomes)[number]) =>
      (kind === 'allowed' || kind === 'barred') && status === told[kind];
    const heard = new Set(outcomes.filter(isTold).map(({ dialled }) => dialled));
    expect(recorded.filter(({ dialled, outcome }) => outcome !== 'said' && heard.has(dialled))).toEqual([]);
    expect(new Set(named).isSubsetOf(new Set(numbers))).toBe(true);
  }, 90_000);

  it('counts a limit over both', async () => {
    const phone = await pbx.lab.phone('1003');
    await Promise.all([awake(pbx), awake(peer)]);
    await freeze((name) => peer.signal(name));
    await expectOut(pbx, phone, abroad);
    await expectOut(pbx, phone, '00541938385');
    const isWritten = async () => (await decisions()).some(({ dialled }) => dialled === '00541938385');
    expect(await eventually(isWritten, 20_000)).toBe(true);
    peer.signal('SIGCONT');
    await awake(peer);
    await freeze((name) => pbx.signalDaemon(name));
    expect(await refused(pbx, phone, '00541938386')).toMatchObject({ status: 403, reason: 'limit-calls' });
    pbx.signalDaemon('SIGCONT');
    await awake(pbx);
  }, 60_000);

  it('takes a dialogue for a PIN over from a daemon that is killed in it; the PIN counts once', async () => {
    const made = await pbx.callwarden('pin add --name once --extension 1004 --once --digits 8 --json');
    const { digits } = JSON.parse(made.output) as { digits: string };
    const phone = await pbx.lab.phone('1004');
    await Promise.all([awake(pbx), awake(peer)]);
    await freeze((name) => peer.signal(name));
    const asked = async () => {
      const call = await phone.call(abroad);
      await Promise.race([call.waitHeard(prompt), call.waitFinal()]);
      if (call.heard.includes(prompt)) return call;
      return null;
    };
    // The daemon asks for the PIN as soon as it has seen that there is one.
    let call = await asked();
    for (let tries = 0; call === null && tries < 10; tries += 1) call = await asked();
    if (!call) throw new Error('nobody asked for the PIN');
    peer.signal('SIGCONT');
    await awake(peer);
    await pbx.endDaemon('SIGKILL');
    const prompts = () => call.heard.filter((name) => name === prompt).length;
    expect(await eventually(() => prompts() > 1, 20_000)).toBe(true);
    const before = pbx.lab.carrier.numbers.length;
    await call.dial(`${digits}#`);
    await call.waitAnswered();
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([abroad]);
    await call.hangup();
    expect(peer.log()).toContain('taken-over peer=callwarden calls=1');
    await pbx.startDaemon();
    // Used up, it is as good as wrong.
    const again = await phone.call(abroad);
    await again.waitHeard(prompt);
    await again.dial(`${digits}#`);
    await again.waitHeard(wrong);
    await again.cancel();
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([abroad]);
  }, 60_000);

  it('gives a ringing call to one of two pickers, whichever daemons they reach (I8)', async () => {
    const [caller, ringing, first, second] = await Promise.all(
      ['1001', '1002', '1005', '1006'].map((extension) => pbx.lab.phone(extension)),
    );
    if (!caller || !ringing || !first || !second) throw new Error('no phones');
    for (let round = 0; round < 6; round += 1) {
      const call = await caller.call('1002');
      await call.waitRinging();
      const onBoards = async () =>
        (await Promise.all([pbx.status(), peer.status()])).every((status) => status.ringing === 1);
      expect(await eventually(onBoards, 20_000)).toBe(true);
      const pickers = await Promise.all([first.call('*8'), second.call('**1002')]);
      await Promise.all([call.waitAnswered(), ...pickers.map((picker) => picker.waitFinal())]);
      // Who has answered and lost is told so, and goes.
      expect(await eventually(() => pickers.some(({ ending }) => ending !== null), 20_000)).toBe(true);
      const won = pickers.filter(({ ending }) => ending === null);
      expect(won).toHaveLength(1);
      expect(call.ending).toBeNull();
      await won[0]?.hangup();
      await call.waitEnded();
      await pbx.lab.waitIdle(20_000);
    }
  }, 60_000);

  it('lets the static rules decide when both are gone, with the caller still there (I1, I2, I3)', async () => {
    await Promise.all([pbx.endDaemon('SIGKILL'), peer.end('SIGKILL')]);
    const phone = await pbx.lab.phone('1001');
    const call = await phone.call(abroad);
    expect(await call.waitFinal(decisionMs + 3000)).toMatchObject({ status: 503, cause: 42 });
    await expectOut(pbx, phone, '911');
    await expectOut(pbx, phone, '5512345678');
  });
});
