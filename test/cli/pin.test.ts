// `callwarden pin`: who gets one, what is refused, and that digits stand nowhere but where they are shown once.
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS_DEADLINE_MS, install, runWithLine, type Installation } from './callwarden.ts';

const DIGITS = '739104628517';

const inMexico = () => install('--home-region', 'MX', '--international-prefix', '00');

/** Everything that lies in the installation, the write-ahead log included. */
function filesOf({ directory }: Installation): string {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}

const add = (...args: readonly string[]) => ['pin', 'add', '--name', 'Ana López', ...args];

describe('callwarden pin', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('draws digits and shows them once, and never again', async () => {
    const here = await inMexico();
    const added = await here.json(...add('--extension', '1001', '--once', '--for', '2h'));
    const { id, digits } = added as { id: string; digits: string };
    expect([id, digits]).toEqual([
      expect.stringMatching(/^p-[a-z2-9]{4}$/),
      expect.stringMatching(/^\d{6}$/),
    ]);
    const told = await here.run(...add('--extension', '1002', '--digits', '12'));
    const [, drawn = ''] = /^The PIN of p-\w{4} is (\d{12})\. It is shown this once/m.exec(told.stdout) ?? [];
    expect(drawn).toHaveLength(12);

    const later = [
      await here.run('pin', 'list'),
      await here.run('pin', 'list', '--json'),
      await here.run('pin', 'show', id, '--json'),
      await here.run('audit', '--json'),
    ];
    for (const { status, stdout } of later) {
      expect(status).toBe(0);
      expect(stdout).toContain('Ana López');
      expect(stdout).not.toContain(digits);
      expect(stdout).not.toContain(drawn);
      expect(stdout).not.toContain('argon2');
    }
    expect(await here.json('pin', 'show', id)).toMatchObject({
      state: 'active',
      extensions: ['1001'],
      maxUses: 1,
      uses: 0,
      made: expect.stringMatching(/Z$/),
      lastUsed: null,
      until: expect.stringMatching(/Z$/),
      locked: [],
    });
    expect((await here.run('pin', 'list', '--extension', '1002')).stdout).toMatch(
      /^ID +NAME +COUNTS AT +STATE +USES +LAST USED +UNTIL\np-\w{4} +Ana López +1002 +active +0 +- +-\n\n1 PIN\n$/,
    );
  });

  it('leaves digits of one’s choice in no file, no audit, no message and no list of processes', async () => {
    const here = await inMexico();
    let processes = '';
    const words = add('--extension', '1001', '--stdin');
    const added = await runWithLine(here, `${DIGITS}\n`, words, (seen) => (processes = seen));
    expect([added.status, added.stderr]).toEqual([0, '']);
    const again = await runWithLine(here, `${DIGITS}\n`, words);
    const renewed = await runWithLine(here, `${DIGITS}\n`, ['pin', 'renew', 'p-none', '--stdin']);
    const typed = await here.run('pin', 'add', DIGITS, '--name', 'Bo', '--extension', '1002');
    const shown = await here.run('pin', 'show', DIGITS);
    expect([again, renewed, typed, shown].map(({ status }) => status)).toEqual([1, 1, 2, 1]);
    expect(again.stderr).toBe(
      'callwarden: These digits cannot be taken, as they are in use there. Choose others.\n',
    );
    const audit = await here.run('audit', '--json');
    const said = [added, again, renewed, typed, shown, audit].map(({ stdout, stderr }) => stdout + stderr);
    expect(said.join('\n')).not.toContain(DIGITS);
    expect(filesOf(here)).not.toContain(DIGITS);
    expect(filesOf(here)).toContain('$argon2id$v=19$m=19456,t=2,p=1,keyid=');
    expect(processes).toContain('--stdin');
    expect(processes).not.toContain(DIGITS);
    // The hash stays in the row: no record of a change holds it.
    expect(audit.stdout).not.toContain('argon2');
  });

  it('refuses digits that are easily guessed, and words that fit nothing', async () => {
    const here = await inMexico();
    const weak = ['123456', '100173', '12a456'];
    const refused = await Promise.all(
      weak.map((digits) => runWithLine(here, `${digits}\n`, add('--extension', '1001', '--stdin'))),
    );
    for (const { status, stderr } of refused) {
      expect([status, stderr]).toEqual([
        2,
        expect.stringMatching(/^callwarden: This is no PIN: .*other digits\.\n$/),
      ]);
    }
    const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
      [['pin', 'add', '--extension', '1001'], 2, /--name/],
      [add(), 2, /--extension 1001, --group sales, or --entry/],
      [add('--group', 'nobody'), 1, /There is no group "nobody"/],
      [add('--entry', 'nothing'), 2, /a list and a number/],
      [add('--extension', '1001', '--digits', '5'), 2, /from 6 to 12/],
      [add('--extension', '1001', '--digits', '7', '--stdin'), 2, /either --stdin or --digits/],
      [add('--extension', '1001', '--once', '--max-uses', '2'), 2, /either --once or --max-uses/],
      [add('--extension', '1001', '--max-uses', 'many'), 2, /--max-uses takes a whole number/],
      [add('--extension', '1001', '--until', '2020-01-01'), 2, /has passed/],
      [['pin', 'remove', 'p-none'], 1, /There is no PIN "p-none"/],
      [['pin', 'lst'], 2, /Did you mean list/],
    ];
    for (const [args, status, message] of wrong) {
      expect(await here.run(...args), args.join(' ')).toMatchObject({
        status,
        stderr: expect.stringMatching(message),
      });
    }
    expect(await here.json('pin', 'list')).toEqual({ pins: [], count: 0, locked: [] });
  });

  it('takes a PIN for a group and for a person of a list, and compares it with those that count there too', async () => {
    const here = await inMexico();
    await here.json('group', 'set', 'sales', '--international', 'on');
    await here.json('group', 'add', 'sales', '1001', '1002');
    await here.json('list', 'add', 'partners', '--admits', 'on');
    await here.json('list', 'person', 'add', 'partners', '--first', 'Eva', '--number', '+541143211234');
    const line = `${DIGITS}\n`;
    const group = await runWithLine(here, line, add('--group', 'sales', '--stdin'));
    const member = await runWithLine(here, line, add('--extension', '1002', '--stdin'));
    const stranger = await runWithLine(here, line, add('--extension', '1003', '--stdin'));
    const person = await runWithLine(here, line, add('--entry', 'partners/00541143211234', '--stdin'));
    const own = await runWithLine(here, '411432\n', add('--entry', 'partners/+541143211234', '--stdin'));
    expect([group, member, stranger, person, own].map(({ status }) => status)).toEqual([0, 1, 0, 0, 2]);
    expect(await here.json('pin', 'list')).toMatchObject({
      count: 3,
      pins: expect.arrayContaining([
        expect.objectContaining({ groups: ['sales'], entry: null }),
        expect.objectContaining({ extensions: ['1003'] }),
        expect.objectContaining({ entry: 'partners/+541143211234' }),
      ]),
    });
    expect(await here.json('pin', 'list', '--extension', '1002')).toMatchObject({ count: 1 });
  });

  it('disables, enables, renews and removes, each with its record', async () => {
    const here = await inMexico();
    const { id, digits } = (await here.json(...add('--extension', '1001', '--max-uses', '3'))) as {
      id: string;
      digits: string;
    };
    expect((await here.run('pin', 'disable', id)).stdout).toMatch(/enabled on -> off\n1 PIN changed/);
    expect(await here.json('pin', 'disable', id)).toMatchObject({ changed: 0 });
    const renewed = (await here.json('pin', 'renew', id, '--for', '3d')) as { digits: string };
    expect(renewed).toMatchObject({ id, notices: [expect.stringMatching(/still disabled.*pin enable/)] });
    expect(renewed.digits).not.toBe(digits);
    await here.json('pin', 'enable', id);
    expect(await here.json('pin', 'unlock', '1001')).toMatchObject({ changed: 0 });
    expect((await here.run('pin', 'remove', id)).stdout).toMatch(/removed\n1 PIN changed/);
    const { audit } = (await here.json('audit')) as { audit: { action: string }[] };
    const actions = audit.map(({ action }) => action).filter((action) => action.startsWith('pin'));
    expect(actions).toEqual(['pin-removed', 'pin-enabled', 'pin-renewed', 'pin-disabled', 'pin-added']);
    expect(await here.json('audit', 'verify')).toMatchObject({ whole: true });
  });

  it('needs the key file: makes the first one, and never another while PINs depend on it', async () => {
    const here = await inMexico();
    const key = join(dirname(here.config), 'callwarden.key');
    rmSync(key);
    await here.json(...add('--extension', '1001'));
    expect(readFileSync(key, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    renameSync(key, `${key}.kept`);
    expect(await here.run(...add('--extension', '1002'))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/There is no key file at .*backup/),
    });
    renameSync(`${key}.kept`, key);
    chmodSync(key, 0o644);
    expect((await here.run(...add('--extension', '1002'))).stderr).toMatch(/chmod 600/);
    chmodSync(key, 0o600);
    await here.json(...add('--extension', '1002'));
    const other = await inMexico();
    renameSync(join(dirname(other.config), 'callwarden.key'), key);
    expect(await here.json(...add('--extension', '1002'))).toMatchObject({
      notices: expect.arrayContaining([expect.stringMatching(/another key file.*: 2 PINs/)]),
    });
  });
});
