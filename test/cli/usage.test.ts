// What goes wrong on the command line: one sentence on stderr, what to do, and the documented status.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCallRow, writeCalls } from '../../src/store/calls.ts';
import { openStore } from '../../src/store/open.ts';
import { callRecord } from '../store/call-record.ts';
import {
  BINARY,
  callwarden,
  COMMANDS_DEADLINE_MS,
  install,
  runProgram,
  tempDirectory,
} from './callwarden.ts';

describe('callwarden at the edges', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it.each([
    [['extension', 'lst'], /unknown command 'lst'.*Did you mean list/s],
    [['extension', 'list', '--limt'], /unknown option '--limt'/],
    [['settings', 'set', 'premium'], /missing required argument.*Usage: callwarden settings set/s],
    [['check', '911'], /required option '--from/],
    [['country'], /Usage: callwarden country/],
    [[], /Usage: callwarden/],
    [['check', '911', '--from', '1001', '--via', 'pigeon'], /direct, forward, transfer/],
    [['check', '911', '--from', '1001', '--at', 'yesterday'], /--at takes a time/],
    [['calls', '--limit', '0'], /from 1 to 10000/],
    [['calls', '--kind', 'fax'], /decision, pickup, not "fax"/],
    [['audit', '--since', '2026-13-40'], /--since takes a time/],
    [['extension', 'set', '1001', '--international', 'perhaps'], /--international is on or off/],
  ])('%j is wrong usage: status 2', async (args, words) => {
    const { status, stdout, stderr } = await callwarden(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(words);
  });

  it('prints help and version on stdout, as no failure', async () => {
    const [help, version, group] = await Promise.all([
      callwarden('--help'),
      callwarden('--version'),
      callwarden('extension', 'set', '--help'),
    ]);
    expect([help.status, version.status, group.status]).toEqual([0, 0, 0]);
    expect(help.stdout).toMatch(/Exit status: 0 fine, 1 failed, 2 wrong usage, 3 denied/);
    expect(help.stdout).toMatch(/^Call barring:$.*^ {2}country .*^Call pickup:$.*^ {2}pickup /ms);
    expect(help.stdout).not.toMatch(/^Commands:/m);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(group.stdout).toMatch(/1001-1020 1105 --international on/);
  });

  it('has --json on the commands that answer', async () => {
    const commands = ['country list', 'extension set', 'settings show', 'audit', 'calls', 'check', 'init'];
    const helps = await Promise.all(commands.map((command) => callwarden(...command.split(' '), '--help')));
    for (const help of helps) expect(help.stdout).toMatch(/--json/);
  });

  it('says what is missing where nothing was set up', async () => {
    const directory = tempDirectory();
    const missing = await callwarden('extension', 'list', '--database', join(directory, 'a.db'));
    expect([missing.status, missing.stderr]).toEqual([1, expect.stringMatching(/no database at .*init/)]);
    const named = await callwarden('extension', 'list', '--config', join(directory, 'a.toml'));
    expect([named.status, named.stderr]).toEqual([
      1,
      expect.stringMatching(/no configuration at .*--config/),
    ]);
    writeFileSync(join(directory, 'a.db'), '', { mode: 0o600 });
    const empty = await callwarden('check', '911', '--from', '1001', '--database', join(directory, 'a.db'));
    expect([empty.status, empty.stderr]).toEqual([
      1,
      expect.stringMatching(/is empty: .*callwarden restore/),
    ]);
  });

  it('works beside a configuration whose other parts are wrong, and tells of a wrong path', async () => {
    const { config, database, run } = await install('--home-region', 'MX');
    writeFileSync(config, `[ari]\nnonsense = 1\n[database]\npath = "${database}"\n`);
    expect((await run('settings', 'show')).status).toBe(0);
    writeFileSync(config, '[database]\npath = "relative.db"\n');
    expect(await run('settings', 'show')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/absolute path/),
    });
    writeFileSync(config, '[database\n');
    expect(await run('settings', 'show')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/toml:1:/),
    });
  });

  it('refuses a database that others can read', async () => {
    const { database, run } = await install('--home-region', 'MX');
    chmodSync(database, 0o666);
    expect(await run('settings', 'show')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/chmod 600/),
    });
  });

  it('shows what attackers dialled without letting it reach the terminal', async () => {
    const { database, run, json } = await install('--home-region', 'MX');
    const dialled = '00\u001B[2J\r\n1 forged row\u2028';
    const store = openStore(database);
    writeCalls(store, [
      toCallRow(callRecord('a', { dialled })),
      toCallRow(callRecord('b', { kind: 'pickup' })),
    ]);
    store[Symbol.dispose]();
    const { stdout } = await run('calls');
    expect(stdout).toContain('00\\u001b[2J\\r\\n1 forged row\\u2028');
    expect(stdout.split('\n')).toHaveLength(6);
    expect(stdout).toMatch(/\n\n2 records\n$/);
    expect(await json('calls', '--kind', 'decision', '--from', '1002')).toMatchObject({
      count: 1,
      calls: [{ dialled }],
    });
    expect(await json('calls', '--since', '1h')).toMatchObject({ count: 0 });
  });

  it('lets its reader stop reading', async () => {
    const { run, config } = await install('--home-region', 'MX');
    await run('extension', 'set', '1000-3000');
    const piped = await runProgram('sh', ['-c', `"${BINARY}" extension list --json | head -n 1`], {
      CALLWARDEN_CONFIG: config,
    });
    expect(piped).toEqual({ status: 0, stdout: '{\n', stderr: '' });
  });
});
