// Limits, quarantine and notices from the command line.
import { describe, expect, it } from 'vitest';
import { toCallRow, writeCalls } from '../../src/store/calls.ts';
import { openStore } from '../../src/store/open.ts';
import { callRecord } from '../store/call-record.ts';
import { COMMANDS_DEADLINE_MS, install } from './callwarden.ts';

const inMexico = () => install('--home-region', 'MX', '--international-prefix', '00');

describe('callwarden on limits', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('sets, changes, lists and removes limits, as they are written', async () => {
    const { run, json } = await inMexico();
    await run('group', 'set', 'sales');
    const set = await run('limit', 'set', 'calls', '20/h');
    expect(set.stdout).toMatch(/^limit 1: added, limit calls 20\/h, class chargeable, of organisation, /);
    await json('limit', 'set', 'concurrent', '2', '--group', 'sales', '--together');
    await json('limit', 'set', 'countries', '5/d', '--class', 'international', '--warn', '60%');
    await json('limit', 'set', 'duration', '60m', '--class', 'hot', '--extension', '1001-1002');
    await json(
      'limit',
      'set',
      'calls',
      '10/15m',
      '--then',
      'quarantine',
      '--quarantine-for',
      '4h',
      '--observe',
    );
    const changed = await run('limit', 'set', 'calls', '30/h');
    expect(changed.stdout).toMatch(/^limit 1: limit calls 20\/h -> calls 30\/h\n/);
    expect((await run('limit', 'set', 'calls', '30/60m')).stdout).toMatch(/^Nothing changed/);

    const { stdout } = await run('limit', 'list');
    expect(stdout.trimEnd().split('\n')).toEqual([
      'ID  LIMIT          CLASS          OF              COUNTED   USED  WARN  THEN           OBSERVE',
      ' 1  calls 30/h     chargeable     organisation    each      0     80%   deny           off',
      ' 2  concurrent 2   chargeable     group sales     together  0     80%   deny           off',
      ' 3  countries 5/d  international  organisation    each      0     60%   deny           off',
      ' 4  duration 1h    hot            extension 1001  each      -     -     end the call   off',
      ' 5  duration 1h    hot            extension 1002  each      -     -     end the call   off',
      ' 6  calls 10/15m   chargeable     organisation    each      0     80%   quarantine 4h  on',
      '',
      '6 limits',
    ]);
    expect(await json('limit', 'list', '--extension', '1002')).toMatchObject({
      count: 1,
      limits: [{ id: 5, measure: 'duration', max: 3600, windowMs: null, name: '1002' }],
    });
    expect(await json('limit', 'remove', '4', 'limit:5')).toMatchObject({ changed: 2 });
    expect((await run('limit', 'remove', '4')).stderr).toMatch(/no limit 4\. `callwarden limit list`/);
    expect(await json('audit', '--limit', '2')).toMatchObject({
      audit: [
        { action: 'limit-removed', subject: 'limit 5', after: null },
        { action: 'limit-removed', subject: 'limit 4' },
      ],
    });
  });

  it('shows how much of each is used up, for whom it holds, by the calls on record', async () => {
    const { run, json, database } = await inMexico();
    await run('group', 'set', 'sales');
    await run('group', 'add', 'sales', '1001', '1002');
    await run('limit', 'set', 'calls', '20/h');
    await run('limit', 'set', 'calls', '5/h', '--extension', '1001');
    await run('limit', 'set', 'countries', '9/d', '--group', 'sales', '--together');
    await run('limit', 'set', 'concurrent', '4', '--together');
    const nowMs = Date.now();
    const made: readonly (readonly [who: string, region: string, minutesAgo: number, isUp?: boolean])[] = [
      ['1001', 'AR', 5, true],
      ['1001', 'FR', 4],
      ['1002', 'FR', 3, true],
      ['1003', 'DE', 2],
      ['1004', 'DE', 2],
      ['1005', 'DE', 2],
      ['1005', 'DE', 1],
      ['1006', 'DE', 61],
    ];
    const store = openStore(database);
    const rows = made.flatMap(([party, region, minutes, isUp], index) => {
      const id = `call-${index}`;
      const call = toCallRow(
        callRecord(id, {
          party,
          channelId: `1795300000.${index}`,
          regions: [region],
          classes: ['chargeable', 'international'],
          verdict: 'continue',
          outcome: 'said',
          atMs: nowMs - minutes * 60_000,
        }),
      );
      return isUp === true ? [call] : [call, { kind: 'end' as const, id, endedMs: nowMs - 30_000 }];
    });
    writeCalls(store, rows);
    store[Symbol.dispose]();

    const { stdout } = await run('limit', 'list');
    const used = stdout.split('\n').map((line) => line.replace(/^.*(?:each|together) +(.*?) {2,}.*$/, '$1'));
    expect(used.slice(1, 5)).toEqual(['1005 2, 1002 1, 1003 1 and 1 more', '1001 2', '2', '2']);
    expect(await json('limit', 'list')).toMatchObject({
      limits: [
        {
          used: 2,
          extensions: [
            { extension: '1005', used: 2 },
            { extension: '1002', used: 1 },
            { extension: '1003', used: 1 },
            { extension: '1004', used: 1 },
          ],
        },
        { used: 2, extensions: [{ extension: '1001', used: 2 }] },
        { used: 2, extensions: [] },
        { used: 2, extensions: [] },
      ],
    });
  });

  it('says what is wrong with a limit that cannot be', async () => {
    const { run } = await inMexico();
    const wrong: readonly (readonly [RegExp, ...string[]])[] = [
      [/Did you mean calls\?/, 'call', '20/h'],
      [/20\/h, 50\/d or 10\/15m/, 'calls', '20'],
      [/a minute at least and 31 days at most/, 'calls', '20/32d'],
      [/a minute at least and 31 days at most/, 'calls', '20/0h'],
      [/from 0 to 100,000/, 'concurrent', '100001'],
      [/5 s to 24 h/, 'duration', '25h'],
      [/Did you mean international\?/, 'calls', '20/h', '--class', 'internatonal'],
      [/one of deny, quarantine/, 'calls', '20/h', '--then', 'ignore'],
      [/goes with --then quarantine/, 'calls', '20/h', '--quarantine-for', '4h'],
      [/--then means nothing/, 'duration', '60m', '--then', 'quarantine'],
      [/--group sales --together/, 'calls', '20/h', '--extension', '1001', '--together'],
      [/Set one for each/, 'calls', '20/h', '--extension', '1001', '--group', 'sales'],
      [/group/, 'calls', '20/h', '--group', 'nobody'],
      [/1 to 100 percent/, 'calls', '20/h', '--warn', '0'],
      [/chargeable, international or hot/, 'countries', '5/d', '--class', 'premium'],
    ];
    const told = await Promise.all(wrong.map(([, ...words]) => run('limit', 'set', ...words)));
    for (const [index, [message]] of wrong.entries()) {
      expect(told[index]?.status, `limit set ${wrong[index]?.slice(1).join(' ')}`).toBeGreaterThan(0);
      expect(told[index]?.stderr).toMatch(message);
    }
    expect((await run('limit', 'list')).stdout).toBe('0 limits\n');
  });

  it('puts extensions into quarantine and releases them, with audit rows and notices and no new policy', async () => {
    const { run, json } = await inMexico();
    const { policyVersion: before } = (await json('limit', 'set', 'calls', '20/h')) as {
      policyVersion: number;
    };
    expect(await json('quarantine', 'add', '1001-1002', '--reason', 'stolen', '--for', '4h')).toMatchObject({
      changed: 2,
      policyVersion: before,
      changes: [{ action: 'extension-quarantined', subject: 'quarantine 1001' }, {}],
    });
    expect(await json('quarantine', 'list')).toMatchObject({
      count: 2,
      quarantines: [{ extension: '1001', reason: 'stolen', by: expect.stringMatching(/^cli:/) }, {}],
    });
    expect((await run('quarantine', 'release', '1001')).stdout).toMatch(/^quarantine 1001: removed/);
    const again = await run('quarantine', 'release', '1001');
    expect([again.status, again.stderr]).toEqual([1, expect.stringMatching(/1001 is not in quarantine/)]);
    expect((await run('quarantine', 'list')).stdout).toMatch(/1 extension in quarantine\n$/);
    expect(await json('audit', 'verify')).toMatchObject({ whole: true });
    expect(await json('audit', '--subject', 'quarantine 1001')).toMatchObject({
      audit: [{ action: 'quarantine-released' }, { action: 'extension-quarantined' }],
    });
    expect(await json('notices', '--extension', '1001')).toMatchObject({
      count: 2,
      notices: [{ kind: 'released' }, { kind: 'quarantined', pbx: expect.any(String) }],
    });
    expect((await run('notices', '--kind', 'quarantine')).stderr).toMatch(/Did you mean quarantined\?/);
    expect((await run('notices')).stdout).toMatch(/^TIME +KIND +EXTENSION +NOTICE\n/);
    expect((await run('quarantine', 'add', '1003')).status).toBe(2);
  });
});
