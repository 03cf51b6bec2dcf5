// A daemon that goes while calls ring: what its records say when it is back, on the whole product.
import { describe, expect, it } from 'vitest';
import { eventually } from '../lab/processes.ts';
import { pickupScene } from './pickup-scene.ts';

const DEADLINE_MS = 20_000;

interface Row {
  readonly callId: string;
  readonly outcome: string;
  readonly answeredBy: string | null;
  readonly takenFrom: string | null;
  readonly ringMs: number;
  readonly extensions: readonly { readonly extension: string; readonly outcome: string }[];
}

describe('a call that rings while the daemon goes', { timeout: 60_000 }, () => {
  const scene = pickupScene({
    policy: ['extension set 1001-1006', 'pickup group create sales', 'pickup group add sales 1002 1003 1004'],
    files: {
      'queues.conf': `[general]
[support]
strategy=ringall
timeout=2
retry=1
ringinuse=yes
member => PJSIP/1002
`,
    },
  });
  const rows = async (): Promise<readonly Row[]> => {
    const { calls } = (await scene.pbx.json('pickup calls --limit 100')) as { calls: Row[] };
    return calls;
  };
  /** The records that were made since, once there are that many. */
  const since = async (before: readonly Row[], count: number): Promise<readonly Row[]> => {
    let found: readonly Row[] = [];
    const look = async () => {
      found = (await rows()).slice(0, -before.length || undefined);
      return found.length >= count;
    };
    await eventually(look, DEADLINE_MS, 100);
    return found;
  };
  const outcomes = (found: readonly Row[]) =>
    found.map(({ outcome, answeredBy }) => `${outcome} ${answeredBy ?? '-'}`);

  it('has one record, of how it ended, where it rings on when the daemon is back', async () => {
    const before = await rows();
    const { call, incoming } = await scene.letRing('1001', '1002');
    expect(await scene.pbx.endDaemon('SIGTERM')).toBe(0);
    expect(outcomes(await since(before, 1))).toEqual(['unknown -']);
    await scene.pbx.startDaemon();
    await scene.untilOnBoard(1);
    await incoming.answer();
    const answered = async () => (await since(before, 1)).some(({ outcome }) => outcome === 'answered');
    expect(await eventually(answered, DEADLINE_MS, 100)).toBe(true);
    await call.hangup();
    await scene.quiet();
    expect(outcomes(await since(before, 1))).toEqual(['answered 1002']);
  });

  it('has one record, with the time that it rang from the start, where the daemon was killed', async () => {
    const before = await rows();
    const { call } = await scene.letRing('1001', '1002');
    const rangFromMs = performance.now();
    await scene.pbx.endDaemon('SIGKILL');
    expect(await since(before, 0)).toEqual([]);
    await scene.pbx.startDaemon();
    await scene.untilOnBoard(1);
    const rangMs = performance.now() - rangFromMs;
    const picker = await scene.phone('1003').call('**1002');
    await Promise.all([picker.waitAnswered(), call.waitAnswered()]);
    const [record] = await since(before, 1);
    expect(record).toMatchObject({ outcome: 'rescued', answeredBy: '1003', takenFrom: '1002' });
    expect(record?.ringMs).toBeGreaterThanOrEqual(Math.floor(rangMs));
    await picker.hangup();
    await scene.quiet();
    expect(outcomes(await since(before, 1))).toEqual(['rescued 1003']);
  });

  it('has an end that is not known where it ended meanwhile', async () => {
    const before = await rows();
    const { call, incoming } = await scene.letRing('1001', '1002');
    await scene.pbx.endDaemon('SIGTERM');
    await incoming.answer();
    await call.waitAnswered();
    await scene.pbx.startDaemon();
    await call.hangup();
    await scene.quiet();
    expect(outcomes(await since(before, 1))).toEqual(['unknown -']);
    expect((await since(before, 1))[0]?.extensions).toMatchObject([
      { extension: '1002', outcome: 'stopped' },
    ]);
  });

  it('keeps what was heard of it in the last moment', async () => {
    const before = await rows();
    const { call } = await scene.letRing('1001', '1002');
    const picker = await scene.phone('1003').call('**1002');
    await Promise.all([picker.waitAnswered(), call.waitAnswered()]);
    await scene.untilOnBoard(0);
    expect(await scene.pbx.endDaemon('SIGTERM')).toBe(0);
    expect(outcomes(await since(before, 1))).toEqual(['rescued 1003']);
    await scene.pbx.startDaemon();
    await picker.hangup();
    await scene.quiet();
    expect(outcomes(await since(before, 1))).toEqual(['rescued 1003']);
  });

  it('of a queue has one record where the queue rings again for the next daemon', async () => {
    const before = await rows();
    const call = await scene.phone('1001').call('601');
    const first = await scene.rings('1002');
    await scene.untilOnBoard(1);
    expect(await scene.pbx.endDaemon('SIGTERM')).toBe(0);
    await first.waitCancelled();
    await scene.pbx.startDaemon();
    await scene.rings('1002');
    await scene.untilOnBoard(1);
    await call.hangup();
    await scene.quiet();
    const abandoned = async () => (await since(before, 1)).some(({ outcome }) => outcome === 'abandoned');
    expect(await eventually(abandoned, DEADLINE_MS, 100)).toBe(true);
    expect(outcomes(await since(before, 1))).toEqual(['abandoned -']);
  });
});
