// The configuration: everything that is wrong at once, in sentences, and the sample that everybody starts
// from.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { AppError } from '../../src/errors.ts';
import { tempFile } from './temp-file.ts';

const LOGIN = '[ari]\nusername = "callwarden"\npassword = "s3cret"\n';

const load = (text: string): Config => loadConfig({ path: tempFile(text), env: {} });

function problemsOf(text: string): readonly string[] {
  try {
    load(text);
  } catch (error) {
    if (error instanceof AppError) return error.details.length > 0 ? error.details : [error.message];
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs no more than the account of ARI', () => {
    expect(load(LOGIN)).toMatchObject({
      ari: {
        url: 'http://127.0.0.1:8088/ari',
        username: 'callwarden',
        password: 's3cret',
        application: 'callwarden',
        transport: 'auto',
        peers: [],
      },
      ami: { enabled: false, host: '127.0.0.1', port: 5038 },
      database: { path: '/var/lib/callwarden/callwarden.db' },
      socket: { path: '/run/callwarden/callwarden.sock' },
      security: { keyFile: expect.stringMatching(/^\/.*\/callwarden\.key$/) },
      deadlines: { decisionMs: 2_000, commandMs: 1_000, connectMs: 5_000 },
      log: { level: 'info', format: 'auto' },
      records: { keepDays: 90, keepMax: 1_000_000 },
    });
  });

  it('takes every key', () => {
    const config = load(`
      [pbx]\nname = "head-office"
      [ari]\nurl = "https://pbx.example:8089/ari/"\nusername = "a"\npassword = " p w "\napplication = "cw-2"\ntransport = "ari-client"
      peers = ["cw-3"]
      [agi]\nenabled = true\nhost = "127.0.0.2"\nport = 4575
      [dialplan]\ndoor = "broadcast"
      [ami]\nhost = "10.0.0.1"\nport = 5039\nusername = "m"\npassword = "n"
      [database]\npath = "/srv/cw.db"
      [socket]\npath = "/run/cw.sock"
      [security]\nkey-file = "/srv/cw.key"
      [deadlines]\ndecision-ms = 1500\ncommand-ms = 700\nconnect-ms = 3000
      [log]\nlevel = "debug"\nformat = "json"
      [records]\nkeep-days = 0\nkeep-max = 10`);
    expect(config).toMatchObject({
      pbx: { name: 'head-office' },
      ari: {
        url: 'https://pbx.example:8089/ari',
        password: ' p w ',
        application: 'cw-2',
        transport: 'ari-client',
        peers: ['cw-3'],
      },
      agi: { enabled: true, host: '127.0.0.2', port: 4575 },
      dialplan: { door: 'broadcast' },
      ami: { enabled: true, host: '10.0.0.1', port: 5039, username: 'm', password: 'n' },
      database: { path: '/srv/cw.db' },
      socket: { path: '/run/cw.sock' },
      security: { keyFile: '/srv/cw.key' },
      deadlines: { decisionMs: 1_500, commandMs: 700, connectMs: 3_000 },
      log: { level: 'debug', format: 'json' },
      records: { keepDays: 0, keepMax: 10 },
    });
  });

  it('tells all that is wrong at once, each with its key and in a sentence', () => {
    const problems = problemsOf(`
      [pbxx]\nname = "x"
      [ari]\nurl = "ftp://x"\nusrname = "a"\npassword-file = "no-such-file"\ntransport = "fast"
      [ami]\nenabled = true\nport = 0
      [socket]\npath = "relative.sock"
      [deadlines]\ncommand-ms = 5000\nconnect-ms = 1.5
      [log]\nlevel = 3
      [records]\nkeep-days = "90"`);
    for (const words of [
      /^\[pbxx\] is no section.*Did you mean \[pbx\]\?$/,
      /^\[ari\] url must be a URL such as "http:/,
      /^\[ari\] usrname is unknown\. Did you mean username\?$/,
      /^\[ari\] username is missing/,
      /^\[ari\] password-file cannot be used: .*no-such-file cannot be read \(ENOENT\)\.$/,
      /^\[ari\] transport must be one of "auto", "websocket", "ari-client"\.$/,
      /^\[ami\] port must be a whole number from 1 to 65535\.$/,
      /^\[ami\] username is missing/,
      /^\[ami\] password is missing/,
      /^\[socket\] path must be an absolute path/,
      /^\[deadlines\] connect-ms must be a whole number of milliseconds from 100 to 60000\.$/,
      /^\[log\] level must be one of/,
      /^\[records\] keep-days must be a whole number of days/,
    ]) {
      expect(problems.filter((problem) => words.test(problem))).toHaveLength(1);
    }
    expect(problems.every((problem) => problem.endsWith('.') || problem.endsWith('?'))).toBe(true);
  });

  it.each([
    ['url = "http://user:pw@127.0.0.1:8088/ari"', /without a user, password or query/],
    ['url = "http://127.0.0.1:8088/ari?api_key=a:b"', /without a user, password or query/],
    ['password-file = "x"', /both password and password-file/],
    ['application = "a b"', /letters, digits/],
    ['application = "a"\npeers = ["b", "a"]', /names a twice/],
    [
      `peers = ${JSON.stringify(['a', 'b', 'c', 'd'].map((name) => name.repeat(64)))}`,
      /at most 240 characters/,
    ],
  ])('refuses [ari] %s', (line, words) => {
    expect(problemsOf(`${LOGIN}${line}`).join('\n')).toMatch(words);
  });

  it('refuses a command deadline that no decision could wait for', () => {
    const problems = problemsOf(`${LOGIN}[deadlines]\ndecision-ms = 900`);
    expect(problems.join()).toMatch(/command-ms must not be longer than decision-ms/);
  });

  it('listens for FastAGI where the dialplan asks by it, and where told to', () => {
    expect(load(LOGIN).agi).toEqual({ enabled: false, host: '127.0.0.1', port: 4574 });
    expect(load(`${LOGIN}[dialplan]\ndoor = "agi"`).agi.enabled).toBe(true);
    expect(load(`${LOGIN}[agi]\nenabled = true`).agi.enabled).toBe(true);
    const deaf = problemsOf(`${LOGIN}[agi]\nenabled = false\n[dialplan]\ndoor = "agi"`);
    expect(deaf.join()).toMatch(/\[agi\] enabled must not be false/);
    for (const host of ['a,b', '127.0.0.1/x', 'a)', '${SHELL}']) {
      expect(problemsOf(`${LOGIN}[agi]\nhost = "${host}"`).join()).toMatch(/\[agi\] host must be an address/);
    }
  });

  it('names line and column of what is no TOML', () => {
    expect(problemsOf('[ari\nusername = 1').join()).toMatch(/callwarden\.toml:1:\d+: /);
    expect(problemsOf(`${LOGIN}prefix = 00`).join()).toMatch(/callwarden\.toml:4:\d+: /);
  });

  it('reads a password from a file of its own, named from where the configuration is', () => {
    const file = tempFile('[ari]\nusername = "a"\npassword-file = "secrets/ari"\n');
    mkdirSync(join(file, '..', 'secrets'));
    writeFileSync(join(file, '..', 'secrets', 'ari'), 'from-a-file\n', { mode: 0o600 });
    expect(loadConfig({ path: file, env: {} }).ari.password).toBe('from-a-file');
    writeFileSync(join(file, '..', 'secrets', 'ari'), '\n');
    expect(() => loadConfig({ path: file, env: {} })).toThrow(/problem/);
  });

  it('is found by the option, then by CALLWARDEN_CONFIG, and is missed with a sentence', () => {
    const [one, two] = [tempFile(`${LOGIN}[pbx]\nname = "one"`), tempFile(`${LOGIN}[pbx]\nname = "two"`)];
    expect(loadConfig({ path: one, env: { CALLWARDEN_CONFIG: two } }).pbx.name).toBe('one');
    expect(loadConfig({ env: { CALLWARDEN_CONFIG: two } }).pbx.name).toBe('two');
    expect(() => loadConfig({ path: '/nowhere/callwarden.toml', env: {} })).toThrow(/callwarden init/);
  });
});
