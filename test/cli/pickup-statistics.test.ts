// `callwarden pickup calls` and `pickup stats` as an administrator sees them.
import { describe, expect, it } from 'vitest';
import { toCallRow, writeCalls } from '../../src/store/calls.ts';
import { openStore } from '../../src/store/open.ts';
import { toRingingRow } from '../../src/store/ringing-calls.ts';
import { callRecord } from '../store/call-record.ts';
import { ringRecord, rung } from '../store/ring-record.ts';
import { COMMANDS_DEADLINE_MS, install, type Installation } from './callwarden.ts';

const at = (text: string) => Date.parse(text);

function fill(database: string): void {
  const legs = [rung('1002', 'taken', 0, 6_000), rung('1003', 'elsewhere', 0, 6_000)];
  const rescued = ringRecord('a', {
    startedAtMs: at('2026-11-20T23:30:00Z'),
    ringMs: 6_040,
    outcome: 'rescued',
    answeredBy: '1004',
    takenFrom: '1002',
    callerName: 'Eve\u001B[2J',
    dialled: '600',
    extensions: legs,
  });
  const abandoned = ringRecord('b', {
    startedAtMs: at('2026-11-21T08:00:00Z'),
    outcome: 'abandoned',
    answeredBy: null,
    callerName: '=cmd()',
    extensions: [rung('1002', 'stopped', 0, 4_000)],
  });
  using store = openStore(database);
  writeCalls(store, [
    toRingingRow('lab', rescued, ['sales']),
    toRingingRow('lab', abandoned, ['=sales']),
    toCallRow(
      callRecord('p', {
        kind: 'pickup',
        atMs: at('2026-11-20T23:30:06Z'),
        party: '1004',
        via: 'directed',
        dialled: '1002',
        number: '1002',
        verdict: 'take',
        reason: 'take',
        rule: 'group:sales',
        outcome: 'won',
        detail: { takenBy: '1004', groups: ['sales'], call: { callerNumber: '5550100', rangMs: 6_000 } },
      }),
    ),
  ]);
}

describe('callwarden pickup', { timeout: COMMANDS_DEADLINE_MS }, () => {
  let run: Installation['run'];
  let json: Installation['json'];

  const installed = async () => {
    const made = await install('--home-region', 'MX');
    ({ run, json } = made);
    await run('pickup', 'group', 'create', 'sales');
    fill(made.database);
  };

  it('calls, and calls --kind pickup, tell who rang, who got it and from whom, in printable words', async () => {
    await installed();
    const calls = await run('pickup', 'calls');
    expect(calls.stdout).toMatch(/5550100 +=cmd\(\) +1002 +4\.0 s +abandoned +- +- +=sales +1002 stopped\n/);
    expect(calls.stdout).toMatch(/6\.0 s +rescued +1004 +1002 +sales +1002 taken, 1003 elsewhere\n/);
    expect(calls.stdout).not.toContain('\u001B');
    expect(calls.stdout).toMatch(/\n2 calls that rang\n$/);
    const attempts = await run('calls', '--kind', 'pickup');
    expect(attempts.stdout).toMatch(
      /1004 +directed +1002 +1002 +5550100 +6\.0 s +take +group:sales +won +- +1004\n/,
    );
    const some = { count: 1, calls: [{ at: '2026-11-20T23:30:00.000Z', callId: 'a', outcome: 'rescued' }] };
    expect(await json('pickup', 'calls', '--outcome', 'rescued', '--group', 'sales')).toMatchObject(some);
    expect(await run('pickup', 'calls', '--outcome', 'resqued')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/Did you mean rescued\?/),
    });
  });

  it('stats begins days by the clock that is named, and says so', async () => {
    await installed();
    const days = async (zone: string) => {
      const statistics = await json('pickup', 'stats', '--by', 'day', '--time-zone', zone);
      return (statistics as { rows: readonly { key: string }[] }).rows.map(({ key }) => key);
    };
    expect(await days('UTC')).toEqual(['2026-11-20', '2026-11-21']);
    expect(await days('Europe/Paris')).toEqual(['2026-11-21']);
    const { stdout } = await run('pickup', 'stats', '--by', 'day');
    expect(stdout).toMatch(/^DAY +CALLS +ANSWERED +RESCUED +SHARE/);
    expect(stdout).toMatch(/\n2026-11-20 +1 +0 +1 +100\.0 % +0 +0\.0 %/);
    expect(stdout).toMatch(/\ntotal +2 +0 +1 +100\.0 % +1 +50\.0 %/);
    expect(stdout).toMatch(/\nPICKER +TOOK FROM +CALLS\n1004 +1002 +1\n/);
    expect(stdout).toMatch(/\n2 calls that rang from 2026-11-20 23:30:00 to .*, by the clock of UTC\n$/);
  });

  it('stats goes into a spreadsheet, where a name is no formula', async () => {
    await installed();
    const { stdout } = await run('pickup', 'stats', '--by', 'group', '--csv');
    const cells = stdout
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',').slice(0, 5));
    expect(cells).toEqual([
      ['group', 'calls', 'answered', 'rescued', 'abandoned'],
      ['sales', '1', '0', '1', '0'],
      ["'=sales", '1', '0', '0', '1'],
      ['total', '2', '0', '1', '1'],
    ]);
  });

  it('stats refuses what it does not know, and asks back where there is no such group', async () => {
    await installed();
    for (const [words, said] of [
      [['--by', 'weak'], /--by is one of day, hour, group, extension/],
      [['--time-zone', 'Europe/Pari'], /Did you mean Europe\/Paris/],
      [['--csv', '--json'], /not both/],
      [['--since', '1h', '--until', '2h'], /ends before it begins/],
      [['--since', 'yesterday'], /--since takes a time/],
    ] as const) {
      const { status, stderr } = await run('pickup', 'stats', ...words);
      expect([status, stderr]).toEqual([2, expect.stringMatching(said)]);
    }
    const { stdout } = await run('pickup', 'stats', '--group', 'sale');
    expect(stdout).toMatch(/there is no pickup group "sale" now; did you mean --group sales\?\n$/);
  });

  it('stats of nothing is nothing, without rates', async () => {
    ({ run, json } = await install('--home-region', 'MX'));
    expect(await json('pickup', 'stats', '--by', 'extension')).toMatchObject({
      rows: [],
      takers: [],
      total: { calls: 0, abandonRate: null, ringToAnswer: { medianMs: null, p90Ms: null } },
    });
    expect((await run('pickup', 'calls')).stdout).toBe('0 calls that rang\n');
  });
});
