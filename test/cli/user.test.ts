// `callwarden user`: who gets into the console, with passwords and tokens that stand nowhere but where they are shown once.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS_DEADLINE_MS, install, runWithLine, type Installation } from './callwarden.ts';

const CHOSEN = 'four unlikely words here';

const inMexico = (...flags: readonly string[]) => install('--home-region', 'MX', ...flags);

/** The database with its log. */
const stored = ({ database }: Installation) =>
  ['', '-wal']
    .map((suffix) => {
      try {
        return readFileSync(database + suffix, 'latin1');
      } catch {
        return '';
      }
    })
    .join('');

describe('callwarden user', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('adds accounts with a drawn password, changes and removes them, but never the last administrator', async () => {
    const here = await inMexico();
    expect((await here.run('user', 'list')).stdout).toMatch(/0 accounts\n.*adds the first one/);
    const added = await here.run(
      'user',
      'add',
      'Ana',
      '--role',
      'administrator',
      '--display-name',
      'Ana López',
    );
    const [, password = ''] = /^The password of Ana is ((?:\w{5}-){3}\w{5})$/m.exec(added.stdout) ?? [];
    expect(password).not.toBe('');
    await here.json('user', 'add', 'otto', '--role', 'users,telephony-system', '--extension', '1002');
    expect((await here.run('user', 'list')).stdout).toMatch(
      /^ana +Ana López +administrator +- +must change the password\notto +- +telephony-system, users +1002 +must change/m,
    );
    expect(await here.json('user', 'set', 'otto', '--disable', '--extension', 'none')).toMatchObject({
      changes: [{ action: 'account-changed', after: { enabled: false, extension: '' } }],
    });
    const refused = await here.run('user', 'remove', 'ana');
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('last administrator')]);
    const wrong = await here.run('user', 'set', 'oto', '--enable');
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('Did you mean otto?')]);
    expect((await here.run('user', 'remove', 'otto')).status).toBe(0);
    const audit = (await here.run('audit', '--json')).stdout;
    expect(audit).toContain('account-removed');
    expect(audit + stored(here)).not.toContain(password);
    expect(audit).not.toContain('argon2');
    expect(stored(here)).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });

  it('takes a password from standard input and from no argument', async () => {
    const here = await inMexico();
    const words = ['user', 'add', 'ana', '--role', 'administrator', '--stdin'];
    let processes = '';
    const added = await runWithLine(here, `${CHOSEN}\n`, words, (seen) => (processes = seen));
    expect([added.status, added.stderr]).toEqual([0, '']);
    expect(added.stdout + processes + stored(here)).not.toContain(CHOSEN);
    const weak = await runWithLine(here, 'ana1\n', ['user', 'password', 'ana', '--stdin']);
    expect([weak.status, weak.stderr]).toEqual([2, expect.stringContaining('too short')]);
    expect((await here.run('user', 'add', 'bo', CHOSEN, '--role', 'users')).status).toBe(2);
    expect(await here.json('user', 'list')).toMatchObject({ accounts: [{ name: 'ana', mustChange: false }] });
    expect(await here.json('user', 'sessions')).toEqual({ sessions: [], count: 0 });
  });

  it('makes tokens with an end, of rights that the account has', async () => {
    const here = await inMexico('--admin', 'ana');
    await here.json('user', 'add', 'otto', '--role', 'supervisor');
    const add = (...more: readonly string[]) => here.run('user', 'token', 'add', 'otto', 'board', ...more);
    expect((await add('--right', 'live.read')).stderr).toContain('how long the token counts');
    expect((await add('--right', 'accounts', '--for', '4w')).stderr).toContain(
      'has no right to do this itself',
    );
    const made = await add('--right', 'live.read', 'figures.read', '--for', '4w');
    const [, token = ''] = /^The token is (cwt_[\w-]{43})$/m.exec(made.stdout) ?? [];
    expect(token).not.toBe('');
    expect((await here.run('user', 'token', 'list')).stdout).toMatch(
      /^otto +board +live.read, figures.read +- /m,
    );
    expect((await here.run('audit', '--json')).stdout + stored(here)).not.toContain(token);
    expect((await here.run('user', 'token', 'remove', 'otto', 'board')).status).toBe(0);
    expect(await here.json('user', 'token', 'list')).toEqual({ tokens: [], count: 0 });
  });
});
