// The wall clock jumps: links, deadlines and counts do not notice, what ends at a time of day goes by the clock as it is.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { shiftedClock } from './shifted-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ARGENTINA = '00541938384';
const PARIS = '0033140205050';
const decisionMs = 1000;
const REFUSED_DEADLINE_MS = decisionMs + 4000;
/** A heartbeat that went by the wall clock would have to give its link up within that. */
const TWO_BEATS_MS = 4500;

describe('with a clock that jumps', { timeout: 120_000 }, () => {
  let pbx: Pbx;
  let free: Phone;
  let limited: Phone;
  let folder: string;
  const jumpTo = (ms: number) => writeFileSync(join(folder, 'clock'), String(ms));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callwarden-clock-'));
    jumpTo(0);
    const policy = [
      'country allow AR',
      'extension set 1001 1002 --international on',
      'exception add 1001 --country FR --for 2h --reason fair',
      'limit set calls 2/h --extension 1002 --then quarantine --quarantine-for 4h',
    ];
    pbx = await startPbx({ policy, decisionMs, env: shiftedClock(join(folder, 'clock')) });
    free = await pbx.lab.phone('1001');
    limited = await pbx.lab.phone('1002');
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const statusOf = async (phone: Phone, dialled: string) => {
    const call = await phone.call(dialled);
    const { status } = await call.waitFinal(REFUSED_DEADLINE_MS);
    if (status < 300) await call.hangup();
    return status;
  };

  it('shows the daemon the clock of the test', async () => {
    jumpTo(DAY_MS);
    await statusOf(free, '5512345678');
    const latest = async () => {
      const { calls } = (await pbx.json('calls --limit 1')) as { calls: { at: string }[] };
      return Date.parse(calls[0]?.at ?? '') > Date.now() + DAY_MS / 2;
    };
    expect(await eventually(latest, 20_000, 100)).toBe(true);
    jumpTo(0);
  });

  it.each([-HOUR_MS, DAY_MS, -DAY_MS])(
    'keeps its links, its verdicts and its deadlines over a jump of %i ms',
    async (ms) => {
      jumpTo(ms);
      expect(await statusOf(free, ARGENTINA)).toBe(200);
      pbx.signalDaemon('SIGSTOP');
      expect(await statusOf(free, ARGENTINA)).toBe(503);
      pbx.signalDaemon('SIGCONT');
      jumpTo(0);
      const back = async () => (await statusOf(free, ARGENTINA)) === 200;
      expect(await eventually(back, 20_000, 100)).toBe(true);
    },
  );

  it('sees no dead link in a jump', async () => {
    const { reconnects } = (await pbx.status()).ari;
    const isLost = async () => (await pbx.status()).ari.reconnects > reconnects;
    for (const ms of [HOUR_MS, -HOUR_MS, 0]) jumpTo(ms);
    expect(await eventually(isLost, TWO_BEATS_MS, 100)).toBe(false);
  });

  it('ends an exception by the clock as it is, and opens it again where the clock was wrong', async () => {
    expect(await statusOf(free, PARIS)).toBe(200);
    jumpTo(3 * HOUR_MS);
    expect(await statusOf(free, PARIS)).toBe(403);
    jumpTo(0);
    expect(await statusOf(free, PARIS)).toBe(200);
  });

  it('keeps a limit reached and a quarantine over a jump back, and lets nobody out early', async () => {
    expect(await statusOf(limited, ARGENTINA)).toBe(200);
    expect(await statusOf(limited, ARGENTINA)).toBe(200);
    expect(await statusOf(limited, ARGENTINA)).toBe(403);
    for (const ms of [-HOUR_MS, -DAY_MS, HOUR_MS]) {
      jumpTo(ms);
      expect(await statusOf(limited, ARGENTINA)).toBe(403);
      expect(await statusOf(limited, '911')).toBe(200);
    }
    jumpTo(0);
    expect((await pbx.status()).quarantined).toEqual(['1002']);
  });
});
