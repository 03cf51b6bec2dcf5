// `callwarden init`: two files that fit each other, and nothing that was there before is lost.
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import {
  BINARY,
  callwarden,
  COMMANDS_DEADLINE_MS,
  install,
  runProgram,
  tempDirectory,
} from './callwarden.ts';

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('callwarden init', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('makes a configuration and a database from flags, and asks nothing', async () => {
    const flags =
      '--home-region mx --international-prefix 00 011 --outside-prefix 9 --internal-pattern 1XXX ' +
      '--pbx-name head-office --ari-url http://127.0.0.1:8089/ari --ari-username cw --ari-password a"b ' +
      '--ami-password n --ami-port 5039';
    const { config, database, json } = await install(...flags.split(' '));
    expect(loadConfig({ path: config, env: {} })).toMatchObject({
      pbx: { name: 'head-office' },
      ari: { url: 'http://127.0.0.1:8089/ari', username: 'cw', password: 'a"b' },
      ami: { enabled: true, username: 'callwarden', password: 'n', port: 5_039 },
      database: { path: database },
    });
    expect([modeOf(database), modeOf(join(database, '..'))]).toEqual([0o600, 0o700]);
    expect(modeOf(join(config, '..', 'callwarden.key'))).toBe(0o600);
    expect(modeOf(config) & 0o007).toBe(0);
    expect(await json('settings', 'show')).toMatchObject({
      settings: {
        'home-region': 'MX',
        'international-prefixes': ['00', '011'],
        'outside-prefixes': ['9'],
        'internal-patterns': ['1XXX'],
        protection: true,
        premium: false,
      },
    });
    expect(await json('audit')).toMatchObject({
      count: 6,
      audit: [{ pbx: 'head-office' }, {}, {}, {}, {}, {}],
    });
  });

  it('makes the database and the key of a configuration that is there, and leaves it as it is', async () => {
    const directory = tempDirectory();
    const file = join(directory, 'callwarden.toml');
    const database = join(directory, 'lib', 'policy.db');
    const text = `[ari]\nusername = "cw"\npassword = "x"\n[database]\npath = "${database}"\n[security]\nkey-file = "keys/pin.key"\n`;
    writeFileSync(file, text);
    const env = { CALLWARDEN_CONFIG: file };
    const made = await runProgram(BINARY, ['init', '--keep-config', '--home-region', 'MX'], env);
    expect([made.status, made.stderr]).toEqual([0, '']);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect([modeOf(database), modeOf(join(directory, 'keys', 'pin.key'))]).toEqual([0o600, 0o600]);
    const again = await runProgram(BINARY, ['init', '--keep-config', '--home-region', 'US'], env);
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('exists already')]);
    const none = await runProgram(BINARY, ['init', '--keep-config', '--home-region', 'US'], {
      CALLWARDEN_CONFIG: join(directory, 'none.toml'),
    });
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('There is no configuration')]);
  });

  it('draws a new password for ARI where none is given, another one each time', async () => {
    const [one, two] = await Promise.all([install('--home-region', 'US'), install('--home-region', 'US')]);
    const passwords = [one, two].map(({ config }) => loadConfig({ path: config, env: {} }).ari.password);
    expect(passwords[0]).toMatch(/^[0-9a-f]{48}$/);
    expect(passwords[0]).not.toBe(passwords[1]);
  });

  it('takes passwords from files, and then writes none', async () => {
    const directory = tempDirectory();
    writeFileSync(join(directory, 'ari'), 'from-a-file\n');
    const { config } = await install('--home-region', 'US', '--ari-password-file', join(directory, 'ari'));
    expect(loadConfig({ path: config, env: {} }).ari.password).toBe('from-a-file');
    expect(readFileSync(config, 'utf8')).not.toMatch(/^password = /m);
  });

  it('never writes over anything unless it is forced, and then keeps the policy and the old configuration', async () => {
    const { config, database, run, json } = await install('--home-region', 'MX', '--ari-password', 'old');
    await run('country', 'allow', 'AR');
    const before = readFileSync(config, 'utf8');
    const key = join(config, '..', 'callwarden.key');
    const keyBefore = readFileSync(key, 'utf8');
    const refused = await run('init', '--home-region', 'US', '--database', database);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/exist already.*--force/)]);
    expect(readFileSync(config, 'utf8')).toBe(before);

    const forced = await run('init', '--home-region', 'US', '--database', database, '--force');
    expect([forced.status, forced.stderr]).toEqual([0, '']);
    expect(readFileSync(`${config}.old`, 'utf8')).toBe(before);
    expect(readFileSync(key, 'utf8')).toBe(keyBefore);
    expect(await json('country', 'list')).toMatchObject({ allowed: 1 });
    expect(await json('settings', 'show', 'home-region')).toEqual({ settings: { 'home-region': 'US' } });
    expect(await json('audit', 'verify')).toMatchObject({ whole: true, rows: 5 });
  });

  it.runIf(process.geteuid?.() === 0)('run as root, serves the user that the service runs as', async () => {
    const directory = tempDirectory();
    const [config, database] = [
      join(directory, 'etc', 'callwarden.toml'),
      join(directory, 'lib', 'callwarden.db'),
    ];
    writeFileSync(
      join(directory, 'id'),
      '#!/bin/sh\n[ "$2" = callwarden ] && [ "$1" = -u ] && echo 4711 || echo 4712\n',
    );
    chmodSync(join(directory, 'id'), 0o755);
    const flags = ['--config', config, '--database', database, '--home-region', 'MX'];
    const made = await runProgram(BINARY, ['init', ...flags], {
      PATH: `${directory}:${process.env['PATH']}`,
    });
    expect([made.status, made.stderr]).toEqual([0, '']);
    const [file, folder, settings] = [statSync(database), statSync(join(database, '..')), statSync(config)];
    const key = statSync(join(config, '..', 'callwarden.key'));
    expect([key.uid, key.gid, key.mode & 0o777]).toEqual([4_711, 4_712, 0o600]);
    expect([file.uid, file.gid, folder.uid, folder.mode & 0o777]).toEqual([4_711, 4_712, 4_711, 0o700]);
    expect([settings.uid, settings.gid, settings.mode & 0o777]).toEqual([0, 4_712, 0o640]);
  });

  it('leaves nothing half made behind when something is wrong', async () => {
    const directory = tempDirectory();
    const config = join(directory, 'etc', 'callwarden.toml');
    const database = join(directory, 'lib', 'callwarden.db');
    const at = ['--config', config, '--database', database];
    // One after the other: they write to the same place, and the first must leave nothing that the next one trips over.
    const runs = [
      await callwarden('init', ...at, '--home-region', 'ZZ'),
      await callwarden('init', ...at, '--home-region', 'DE', '--outside-prefix', '112'),
      await callwarden('init', ...at, '--home-region', 'DE', '--ari-url', 'nonsense'),
      await callwarden('init', ...at),
    ];
    expect(runs.map(({ status }) => status)).toEqual([2, 2, 2, 2]);
    expect(runs[3]?.stderr).toMatch(/--home-region/);
    const key = join(directory, 'etc', 'callwarden.key');
    expect([config, database, key].map((file) => existsSync(file))).toEqual([false, false, false]);
    mkdirSync(join(directory, 'etc', 'callwarden.toml'), { recursive: true });
    const blocked = await callwarden('init', ...at, '--home-region', 'DE', '--force');
    expect([blocked.status, existsSync(database), existsSync(key)]).toEqual([1, false, false]);
  });
});
