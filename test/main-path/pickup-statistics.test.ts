// The figures of pickup, from a known set of real calls: what the commands say is what was counted by hand.
import { beforeAll, describe, expect, it } from 'vitest';
import type { PickupStatistics, StatisticsRow } from '../../src/admin/pickup-statistics.ts';
import type { StoredRinging } from '../../src/store/ringing-calls.ts';
import type { IncomingCall } from '../lab/phone/incoming-call.ts';
import type { OutgoingCall } from '../lab/phone/outgoing-call.ts';
import { eventually } from '../lab/processes.ts';
import { sampleDialplan } from '../pbx.ts';
import { pickupScene } from './pickup-scene.ts';

/** 605 lets 1002 ring for two seconds and then says something, as a voice mailbox would. */
const dialplan = sampleDialplan.replace(
  '; A queue.\n',
  'exten => 605,1,Dial(PJSIP/1002,2)\n same => n,Answer()\n same => n,Playback(check-number-dial-again)\n' +
    ' same => n,Hangup()\n; A queue.\n',
);

const policy = [
  'extension set 1001-1005',
  'pickup group create sales',
  'pickup group add sales 1002 1003 1004',
  'extension set 1006 --any-pickup on',
];

const CSV = (by: string) =>
  `${by},calls,answered,rescued,abandoned,unanswered,refused,forwarded,elsewhere,unknown,rescued_share,abandon_rate,\
to_answer_median_ms,to_answer_p90_ms,to_abandon_median_ms,to_abandon_p90_ms,pickups,pickups_won,pickups_lost,\
refused_no_right,refused_nothing_ringing,refused_already_taken,refused_own_call,pickups_open`.split(',');

/** The same row as the other commands tell it. */
function csvCells(row: StatisticsRow): readonly string[] {
  const { ringToAnswer, ringToAbandon, pickups } = row;
  const { refused } = pickups;
  return [
    row.key,
    row.calls,
    row.answered,
    row.rescued,
    row.abandoned,
    row.unanswered,
    row.refused,
    row.forwarded,
    row.elsewhere,
    row.unknown,
    row.rescuedShare,
    row.abandonRate,
    ringToAnswer.medianMs,
    ringToAnswer.p90Ms,
    ringToAbandon.medianMs,
    ringToAbandon.p90Ms,
    pickups.attempts,
    pickups.won,
    pickups.lost,
    refused['no-right'],
    refused['nothing-ringing'],
    refused['already-taken'],
    refused['own-call'],
    pickups.open,
  ].map((cell) => String(cell ?? ''));
}

/** What a phone and the daemon may differ by on a busy machine; the calls ring for seconds that differ by more. */
const TOLERANCE_MS = 900;
const CALLS_DEADLINE_MS = 120_000;

describe('the figures of pickup', () => {
  const scene = pickupScene({ asterisk: 22, policy, dialplan });
  const { phone } = scene;
  /** As the phones measured it: until somebody had the call, and until the caller gave up. */
  const toAnswerMs: number[] = [];
  const toAbandonMs: number[] = [];

  const ringing = async (caller: string, called: string, on: string) => {
    const before = phone(on).incoming.length;
    const call = await phone(caller).call(called);
    expect(await eventually(() => phone(on).incoming.length > before, 20_000)).toBe(true);
    const incoming = phone(on).incoming.at(-1);
    if (!incoming) throw new Error('no call');
    return { call, incoming };
  };

  const rangMs = ({ arrivedAtMs }: IncomingCall) => performance.now() - arrivedAtMs;
  const rungFor = async (incoming: IncomingCall, ms: number) =>
    expect(await eventually(() => rangMs(incoming) >= ms, ms + 5000)).toBe(true);

  const refusedTwice = async (picker: string, code: string) => {
    const attempts = await Promise.all([phone(picker).call(code), phone(picker).call(code)]);
    await Promise.all(attempts.map((attempt) => attempt.waitFinal(20_000)));
    for (const attempt of attempts) expect(attempt.answered).toBe(false);
  };

  const quiet = async () => {
    expect(await eventually(async () => (await scene.pbx.lab.channels()).length === 0, 20_000)).toBe(true);
  };

  const end = async (...calls: readonly OutgoingCall[]) => {
    for (const call of calls) await call.hangup();
    await quiet();
  };

  /** Two by whom it is not allowed, one answer, two who come too late. */
  const answered = async () => {
    const { call, incoming } = await ringing('1001', '1002', '1002');
    await refusedTwice('1005', '**1002');
    toAnswerMs.push(rangMs(incoming));
    await incoming.answer();
    await call.waitAnswered();
    await refusedTwice('1003', '**1002');
    await end(call);
  };

  const abandoned = async (caller: string, ms: number, whileItRings: () => Promise<void>) => {
    const { call, incoming } = await ringing(caller, '1002', '1002');
    await whileItRings();
    await rungFor(incoming, ms);
    toAbandonMs.push(rangMs(incoming));
    await call.cancel();
    await quiet();
  };

  const rescued = async (called: string, from: string, ms: number) => {
    const { call, incoming } = await ringing('1001', called, from);
    await scene.untilOnBoard(1);
    await rungFor(incoming, ms);
    toAnswerMs.push(rangMs(incoming));
    const picker = await phone('1006').call(`**${from}`);
    await picker.waitAnswered();
    await picker.waitVoice('1001');
    await end(picker, call);
  };

  const unanswered = async () => {
    const { call, incoming } = await ringing('1001', '605', '1002');
    await incoming.waitCancelled();
    await call.waitAnswered();
    await end(call);
  };

  const refused = async () => {
    const { call, incoming } = await ringing('1001', '1002', '1002');
    incoming.reject(603);
    await call.waitFinal();
    await quiet();
  };

  beforeAll(async () => {
    // First, as 1004 rings in groups later: whoever comes soon after is told who has the call.
    await refusedTwice('1003', '**1004');
    await answered();
    await abandoned('1003', 1_000, async () => {
      await scene.untilOnBoard(1);
      await refusedTwice('1003', '**1002');
    });
    await abandoned('1001', 3_000, async () => {});
    await rescued('600', '1002', 1_000);
    await rescued('601', '1003', 3_500);
    await unanswered();
    await refused();
    const isWritten = async () => ((await scene.pbx.json('pickup calls')) as { count: number }).count >= 7;
    if (!(await eventually(isWritten, 20_000))) throw new Error('Not every call that rang was recorded.');
  }, CALLS_DEADLINE_MS);

  const stats = async (words = '') => (await scene.pbx.json(`pickup stats${words}`)) as PickupStatistics;

  /** Ring times are compared apart, with a tolerance. */
  const noTimes = { ringToAnswer: null, ringToAbandon: null };
  const counted = (row: StatisticsRow) => Object.assign({}, row, noTimes);

  const pickups = {
    attempts: 10,
    won: 2,
    lost: 0,
    refused: { 'no-right': 2, 'nothing-ringing': 2, 'already-taken': 2, 'own-call': 2 },
    open: 0,
  };
  const everything = {
    calls: 7,
    answered: 1,
    rescued: 2,
    abandoned: 2,
    unanswered: 1,
    refused: 1,
    forwarded: 0,
    elsewhere: 0,
    unknown: 0,
    rescuedShare: 2 / 3,
    abandonRate: 2 / 7,
    ...noTimes,
    pickups,
  };

  it('count each call once, and none that was rescued as missed', async () => {
    const { total, takers } = await stats();
    expect(counted(total)).toEqual({ key: 'total', ...everything });
    expect(takers).toEqual([
      { picker: '1006', from: '1002', count: 1 },
      { picker: '1006', from: '1003', count: 1 },
    ]);
  });

  it('tell how long it rang until the answer, and until the caller gave up, as the phones measured it', async () => {
    const { ringToAnswer, ringToAbandon } = (await stats()).total;
    const near = (figure: number | null, measuredMs: number | undefined) =>
      expect(Math.abs((figure ?? NaN) - (measuredMs ?? NaN))).toBeLessThan(TOLERANCE_MS);
    const [answers, abandons] = [toAnswerMs, toAbandonMs].map((times) => times.toSorted((a, b) => a - b));
    expect([answers?.length, abandons?.length]).toEqual([3, 2]);
    near(ringToAnswer.medianMs, answers?.[1]);
    near(ringToAnswer.p90Ms, answers?.[2]);
    near(ringToAbandon.medianMs, abandons?.[0]);
    near(ringToAbandon.p90Ms, abandons?.[1]);
  });

  it('are the same for the group whose phones rang, with the attempts that were about them', async () => {
    const { rows, total } = await stats(' --by group --group sales');
    expect(rows.map(counted)).toEqual([{ key: 'sales', ...everything }]);
    expect(counted(total)).toEqual({ key: 'total', ...everything });
  });

  it('show each phone what it answered, lost to a picker, and what somebody else got', async () => {
    const { rows, total } = await stats(' --by extension');
    const of = (extension: string) => rows.find(({ key }) => key === extension);
    expect(of('1002')).toMatchObject({ answered: 1, rescued: 1, abandoned: 2, unanswered: 1, refused: 1 });
    expect(of('1003')).toMatchObject({ answered: 0, rescued: 1, elsewhere: 1, abandoned: 0, unanswered: 0 });
    expect(of('1004')).toMatchObject({ answered: 0, rescued: 0, abandoned: 0, unanswered: 0 });
    expect(of('1006')?.pickups).toMatchObject({ attempts: 2, won: 2 });
    expect(of('1005')?.pickups).toMatchObject({ attempts: 2, refused: { 'no-right': 2 } });
    expect(counted(total)).toEqual({ key: 'total', ...everything });
  });

  it('add up over the days and the hours', async () => {
    for (const by of ['day', 'hour']) {
      const { rows } = await stats(` --by ${by}`);
      const sum = (of: (row: StatisticsRow) => number) => rows.reduce((total, row) => total + of(row), 0);
      expect([sum((row) => row.calls), sum((row) => row.pickups.attempts)], by).toEqual([7, 10]);
    }
  });

  it('come from calls of which each is listed, with who rang, who got it and who took it from whom', async () => {
    const { calls } = (await scene.pbx.json('pickup calls')) as { calls: readonly StoredRinging[] };
    const told = calls
      .toReversed()
      .map((call) => [call.outcome, call.callerExtension, call.dialled, call.answeredBy, call.takenFrom]);
    expect(told).toEqual([
      ['answered', '1001', '1002', '1002', null],
      ['abandoned', '1003', '1002', null, null],
      ['abandoned', '1001', '1002', null, null],
      ['rescued', '1001', '600', '1006', '1002'],
      ['rescued', '1001', '601', '1006', '1003'],
      ['unanswered', '1001', '605', null, null],
      ['refused', '1001', '1002', null, null],
    ]);
    for (const call of calls) expect(call.pickupGroups).toEqual(['sales']);
    const only = (await scene.pbx.json('pickup calls --outcome rescued --extension 1006')) as {
      count: number;
    };
    expect(only.count).toBe(2);
  });

  it('and every attempt is listed too, with its reason, for people and for spreadsheets', async () => {
    const { output } = await scene.pbx.callwarden('calls --kind pickup');
    for (const word of ['no-right', 'nothing-ringing', 'already-taken', 'own-call', 'won', 'HAS IT']) {
      expect(output).toContain(word);
    }
    for (const by of ['group', 'extension', 'day', 'hour'] as const) {
      const { rows, total } = await stats(` --by ${by}`);
      const { output: file } = await scene.pbx.callwarden(`pickup stats --by ${by} --csv`);
      const lines = file.trimEnd().split('\r\n');
      expect(lines.map((line) => line.split(','))).toEqual([CSV(by), ...[...rows, total].map(csvCells)]);
    }
  });
});
