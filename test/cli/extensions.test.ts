// Extensions, groups, exceptions and schedules from the command line: what is printed, and what may be given back.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS_DEADLINE_MS, install, type Installation } from './callwarden.ts';

const inMexico = (...flags: readonly string[]) =>
  install('--home-region', 'MX', '--international-prefix', '00', '--internal-pattern', '1XXX', ...flags);

/** Runs what must succeed; words are split at spaces. */
async function must({ run }: Installation, ...commands: readonly string[]): Promise<string> {
  let output = '';
  for (const command of commands) {
    const { status, stdout, stderr } = await run(...command.split(' '));
    if (status !== 0) throw new Error(`callwarden ${command}: ${status} ${stderr}`);
    output = stdout;
  }
  return output;
}

describe('callwarden on extensions', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('sets what they inherit otherwise, and tells what holds in the end', async () => {
    const installation = await inMexico();
    await must(
      installation,
      'group set sales --international on --pin when-denied',
      'extension set 1001-1002',
    );
    expect(await must(installation, 'extension set 1001 --group sales --level medium')).toMatch(
      /^extension 1001: level inherit -> medium, groups none -> sales\n/,
    );
    expect(await installation.json('extension', 'list')).toMatchObject({
      count: 2,
      extensions: [
        { extension: '1001', international: true, right: 'inherit', level: 'medium', groups: ['sales'] },
        { extension: '1002', international: false, right: 'inherit', level: null, groups: [] },
      ],
    });
    await must(installation, 'extension set 1001 --no-group --international off');
    expect(await installation.json('extension', 'show', '1001')).toMatchObject({
      international: false,
      right: 'off',
      groups: [],
    });
    const { status, stderr } = await installation.run('extension', 'set', '1001', '--group', 'sals');
    expect([status, stderr]).toEqual([1, expect.stringContaining('Did you mean sales?')]);
  });

  it('exports a table that it reads again, and refuses a wrong one line by line', async () => {
    const installation = await inMexico();
    await must(installation, 'group set sales');
    await installation.run('extension', 'set', '1001', '--name', '=SUM(A1) "Ana"', '--group', 'sales');
    await must(
      installation,
      'extension set 1002 --international on --level low --schedule always --pin always',
    );
    const file = join(installation.directory, 'extensions.csv');
    await must(installation, `extension export --output ${file}`);
    expect(readFileSync(file, 'utf8')).toContain(`1001,"'=SUM(A1) ""Ana""",inherit`);
    const again = await must(installation, `extension import ${file}`);
    expect(again).toMatch(/2 lines read, 2 unchanged\.\nNothing changed/);
    const before = await installation.json('extension', 'list');
    await must(installation, 'extension remove 1001-1002', `extension import ${file}`);
    expect(await installation.json('extension', 'list')).toEqual(before);

    writeFileSync(
      file,
      'Extension;International;Groups\r\n1003;on;sales\r\n1004;perhaps;\r\n1005;on;board\r\n',
    );
    const { status, stderr } = await installation.run('extension', 'import', file);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /2 lines are wrong\. Nothing was changed\.\n {2}- line 3: .*perhaps.*\n {2}- line 4: .*board/,
    );
    expect(await installation.json('extension', 'list')).toEqual(before);
  });

  it('shows what one may dial, from which layer, with everything in JSON', async () => {
    const installation = await inMexico('--level', 'closed');
    await must(
      installation,
      'country allow AR',
      'group set sales --international on',
      'group add sales 1001',
      'exception add 1001 --country FR --for 2h --reason fair',
    );
    const shown = await must(installation, 'extension show 1001');
    expect(shown).toMatch(/^calls abroad +on \(group\): .* group sales\.$/m);
    expect(shown).toMatch(/^allowed +1 +country-allowed +countries of the organisation +AR$/m);
    expect(shown).toMatch(/^allowed +1 +exception +exception 1 +FR$/m);
    expect(shown).toMatch(/^ +1 +allow +FR +off +active +\d{4}-/m);
    expect(await must(installation, 'extension show 1001 --countries')).toMatch(
      /^FR +France +allowed +exception +exception:1$/m,
    );
    const { effective } = (await installation.json('extension', 'show', '1001')) as {
      effective: { countries: { region: string; verdict: string }[]; abroad: { verdict: string }[] };
    };
    expect(effective.countries.length).toBeGreaterThan(200);
    expect(
      effective.countries.filter(({ verdict }) => verdict === 'continue').map(({ region }) => region),
    ).toEqual(['AR', 'FR']);
    expect(effective.abroad.map(({ verdict }) => verdict)).toEqual(['continue', 'continue', 'deny']);
    const { status, stderr } = await installation.run('extension', 'show', '1011');
    expect([status, stderr]).toEqual([1, expect.stringContaining('Did you mean 1001?')]);
  });

  it('says who may call a number, and why the others may not', async () => {
    const installation = await inMexico('--level', 'closed');
    await must(
      installation,
      'country allow AR',
      'extension set 1001-1030 --international on',
      'extension set 1002 --international off',
    );
    const told = await must(installation, 'who-may 00541112345678');
    expect(told).toMatch(/^00541112345678: international, \+541112345678, AR, fixed, at /);
    expect(told).toMatch(/^allowed +country-allowed +29 +1001 1003 [\d\s]* and 9 more$/m);
    expect(told).toMatch(/^refused +no-international-right +1 +1002$/m);
    expect(told).toMatch(/30 extensions: 29 allowed, 0 with a PIN, 1 refused\. Any other: refused \(/);
    expect(await must(installation, 'who-may 00541112345678 --all')).toMatch(
      /^1002 +refused +no-international-right +extension:1002:international$/m,
    );
    expect(await installation.json('who-may', '911')).toMatchObject({
      allowed: 30,
      others: { reason: 'emergency' },
    });
  });
});

describe('callwarden on exceptions and schedules', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('adds, lists, extends and removes exceptions', async () => {
    const installation = await inMexico();
    const { run, json } = installation;
    const added = await run(
      'exception',
      'add',
      '1001',
      '--country',
      'FR,IT',
      '--until',
      '2099-12-31',
      '--reason',
      'fair',
    );
    expect(added.stdout).toMatch(
      /^exception 1 of extension 1001: added, id 1, action allow, target FR, reason fair/m,
    );
    await must(installation, 'exception add 1001 --number 0033140205050 --reason home --for 2h --owner Ana');
    const list = await must(installation, 'exception list --extension 1001');
    expect(list).toMatch(/^ID +EXTENSION +ACTION .*\n 1 +1001 +allow +FR +off +active .*\n 2 /);
    expect(list).toMatch(/\n 3 +1001 +allow +\+33140205050 +on .* Ana +home\n\n3 exceptions\n$/);
    expect(await json('exception', 'list', '--expiring', '7d')).toMatchObject({
      count: 1,
      exceptions: [{ id: 3, until: expect.stringMatching(/Z$/) }],
    });
    await must(installation, 'exception extend 3 --for 30d', 'exception remove 1,2');
    expect(await json('exception', 'list', '--expiring', '7d')).toMatchObject({ count: 0 });
    expect(await json('exception', 'list', '--all')).toMatchObject({
      count: 1,
      exceptions: [{ target: '+33140205050' }],
    });
    expect((await run('exception', 'add', '1001', '--country', 'FR')).status).toBe(2);
    expect((await run('exception', 'add', '1001', '--country', 'FR', '--reason', '')).stderr).toMatch(
      /A reason is needed/,
    );
    expect((await run('exception', 'extend', '3')).stderr).toMatch(/Give the new end/);
  });

  it('shows when schedules are open, and who keeps to them', async () => {
    const { run, json } = await inMexico();
    const set = ['schedule', 'set', '--open', 'mon-fri 08:00-18:30', '--open', 'sat 09:00-12:00', 'office'];
    const made = await run(
      ...set,
      '--time-zone',
      'Europe/Paris',
      '--holiday',
      '2026-12-25',
      '--holiday',
      '01-01',
    );
    expect(made.stdout).toContain(
      'schedule office: added, time-zone Europe/Paris, open mon-fri 08:00-18:30, ',
    );
    expect(made.stdout).toContain(', sat 09:00-12:00, holidays 01-01, 2026-12-25\n');
    expect((await run('settings', 'set', 'schedule', 'offce')).stderr).toMatch(/Did you mean office\?/);
    await json('settings', 'set', 'schedule', 'office');
    expect(await json('schedule', 'show', 'office', '--at', '2026-11-20 12:00')).toMatchObject({
      isOpen: true,
      nextChange: '2026-11-20T17:30:00.000Z',
      users: ['the organisation'],
    });
    const shown = await run('schedule', 'show', 'office', '--at', '2026-12-25 12:00');
    expect(shown.stdout).toMatch(
      /^Schedule office, Europe\/Paris: closed at 2026-12-25 12:00:00, until 2026-12-26 08:00:00/,
    );
    expect((await run('schedule', 'remove', 'office')).stderr).toMatch(/in use: the organisation/);
    await json('settings', 'set', 'schedule', 'none');
    expect(await json('schedule', 'remove', 'office')).toMatchObject({ changed: 1 });
  });
});
