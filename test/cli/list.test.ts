// Authorised numbers from the command line: lists, people, files, and the questions about them.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COMMANDS_DEADLINE_MS, install } from './callwarden.ts';

const inMexico = () =>
  install('--home-region', 'MX', '--international-prefix', '00', '--internal-pattern', '1XXX');

const ana = ['--first', 'Ana', '--last', 'López', '--number', '00541143211234'] as const;

describe('callwarden list', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('keeps people by list, with what the list opens and for whom', async () => {
    const { run, json } = await inMexico();
    await json('list', 'add', 'partners', '--premium', 'premium,satellite', '--country', 'France,it');
    await json('list', 'person', 'add', 'partners', ...ana, '--until', '2099-12-31');
    await json(
      'list',
      'person',
      'add',
      'partners',
      '--last',
      'Roux',
      '--number',
      '+33140205050',
      '--disabled',
    );
    await json('list', 'attach', 'partners', '--extension', '1001-1002', '1005');
    expect(await json('list', 'show')).toMatchObject({
      count: 1,
      lists: [
        {
          name: 'partners',
          enabled: true,
          admits: false,
          premium: ['premium', 'satellite'],
          countries: ['FR', 'IT'],
          extensions: ['1001', '1002', '1005'],
          people: 2,
        },
      ],
    });
    expect(await json('list', 'show', 'partners')).toMatchObject({
      count: 2,
      people: [
        {
          list: 'partners',
          firstName: 'Ana',
          lastName: 'López',
          number: '+541143211234',
          state: 'active',
          until: '2100-01-01T00:00:00.000Z',
          uses: 0,
          lastUsed: null,
        },
        { number: '+33140205050', state: 'disabled' },
      ],
    });
    const shown = (await run('list', 'show', 'partners')).stdout;
    expect(shown).toMatch(/^LIST +ENABLED +PEOPLE +ADMITS/);
    expect(shown).toMatch(/^Ana +López +\+541143211234 +active +- +2100-01-01 00:00:00 +0 +-$/m);
    expect(shown).toMatch(/\n2 people\n$/);

    await json('list', 'set', 'partners', '--no-country', '--premium', 'none', '--enabled', 'off');
    await json('list', 'detach', 'partners', '--extension', '1002');
    expect(await json('list', 'show', 'partners')).toMatchObject({
      enabled: false,
      premium: [],
      countries: [],
      extensions: ['1001', '1005'],
    });
    expect(await json('list', 'remove', 'partners')).toMatchObject({ changed: 1 });
    expect((await run('list', 'show')).stdout).toBe('0 lists\n');
  });

  it('refuses what cannot be called through it, and says why', async () => {
    const { run } = await inMexico();
    await run('list', 'add', 'partners');
    await run('list', 'person', 'add', 'partners', ...ana);
    const add = (...words: readonly string[]) => run('list', 'person', 'add', 'partners', ...words);
    const ran = await Promise.all([
      add('--first', 'Ben', '--number', '+54 11 4321-1234'),
      add('--first', 'Ben', '--number', '911'),
      add('--first', 'Ben', '--number', '1005'),
      add('--number', '+33140205050'),
      add('--first', 'Ben', '--number', '+33140205050', '--until', '2020-01-01'),
      run('list', 'person', 'add', 'partner', ...ana),
      run('list', 'set', 'partners', '--premium', 'premum'),
    ]);
    expect(ran.map(({ status, stderr }) => `${status} ${stderr.trim()}`)).toEqual([
      expect.stringMatching(/^1 .*has \+541143211234 already \(Ana López\)/),
      expect.stringMatching(/^2 .*emergency number/),
      expect.stringMatching(/^2 .*internal number/),
      expect.stringMatching(/^2 .*first or a last name/),
      expect.stringMatching(/^2 .*has passed already/),
      expect.stringMatching(/^1 .*Did you mean partners\?/),
      expect.stringMatching(/^2 .*Did you mean premium\?/),
    ]);
  });

  it('changes a person, and takes bounds away', async () => {
    const { json } = await inMexico();
    await json('list', 'add', 'partners');
    await json('list', 'person', 'add', 'partners', ...ana, '--for', '2h');
    const set = (...words: readonly string[]) => json('list', 'person', 'set', 'partners', ...words);
    await set('+541143211234', '--no-until', '--last', 'Gómez', '--enabled', 'off');
    await set('+541143211234', '--number', '+541143211235', '--from', '2099-01-01');
    expect(await json('list', 'find', 'gomez')).toMatchObject({
      people: [{ number: '+541143211235', enabled: false, from: '2099-01-01T00:00:00.000Z', until: null }],
    });
    await json('list', 'person', 'remove', 'partners', '00541143211235');
    expect(await json('list', 'find', 'Gómez')).toEqual({ people: [], count: 0 });
  });

  it('imports and exports, reporting each line', async () => {
    const { run, json, directory } = await inMexico();
    await run('list', 'add', 'partners');
    const file = join(directory, 'people.csv');
    writeFileSync(
      file,
      'Number;Last Name;First Name\n+541143211234;López;Ana\n911;;Ben\n+33140205050;;Cleo\n',
    );
    const refused = await run('list', 'import', 'partners', file);
    expect(refused.status).toBe(1);
    expect(refused.stdout).toMatch(/^ +3 +refused +911 +- +"911" is an emergency number/m);
    expect(refused.stdout).toMatch(
      /2 added, 0 changed, 0 unchanged, 1 refused, 0 removed\nNothing was changed/,
    );
    expect(await json('list', 'import', 'partners', file, '--skip-bad', '--dry-run')).toMatchObject({
      applied: false,
      counts: { added: 2, refused: 1 },
    });
    expect(await json('list', 'import', 'partners', file, '--skip-bad')).toMatchObject({
      applied: true,
      counts: { added: 2, changed: 0, unchanged: 0, refused: 1, removed: 0 },
      lines: [{ line: 2, outcome: 'added', number: '+541143211234' }, { line: 3 }, { line: 4 }],
    });
    const out = join(directory, 'out.csv');
    expect((await run('list', 'export', 'partners', '--output', out)).stdout).toMatch(/^2 people written to/);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const text = 'first_name,last_name,number,enabled,valid_from,valid_until\r\n';
    const rows = 'Ana,López,+541143211234,on,,\r\nCleo,,+33140205050,on,,\r\n';
    expect(readFileSync(out, 'utf8')).toBe(text + rows);
    expect((await run('list', 'export', 'partners')).stdout).toBe(text + rows);
  });

  it('admits its people from outside by their PINs, which keep them on the list', async () => {
    const { run, json } = await inMexico();
    await run('list', 'add', 'travellers', '--country', 'FR', '--admits', 'on');
    const added = await run('list', 'person', 'add', 'travellers', ...ana);
    expect(added.stdout).toMatch(
      /Not admitted from outside, because they have no PIN: Ana López \(\+541143211234\)/,
    );
    const outside = ['check', '0033140205050', '--from', '', '--outside-caller', '+541143211234'] as const;
    expect((await run(...outside)).status).toBe(3);
    const { id } = z
      .object({ id: z.string() })
      .parse(await json('pin', 'add', '--name', 'Ana', '--entry', 'travellers/00541143211234'));
    expect(await json(...outside)).toMatchObject({ verdict: 'challenge', pins: [id] });
    expect(await json(...outside, '--pin', id)).toMatchObject({
      verdict: 'continue',
      reason: 'pin-accepted',
    });
    expect((await run('check', '00390669812345', ...outside.slice(2), '--pin', id)).status).toBe(3);
    for (const command of [
      ['person', 'remove', 'travellers', '+541143211234'],
      ['remove', 'travellers'],
    ]) {
      const refused = await run('list', ...command);
      expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining(id)]);
    }
    await json('pin', 'remove', id);
    expect(await json('list', 'remove', 'travellers')).toMatchObject({ changed: 1 });
  });

  it('names those whose time runs out, and those who are not called', async () => {
    const { run, json } = await inMexico();
    await run('list', 'add', 'partners');
    await run('list', 'person', 'add', 'partners', ...ana, '--for', '10d');
    await run(
      'list',
      'person',
      'add',
      'partners',
      '--first',
      'Ben',
      '--number',
      '+33140205050',
      '--for',
      '50d',
    );
    expect(await json('list', 'expiring')).toMatchObject({ count: 1, people: [{ firstName: 'Ana' }] });
    expect(await json('list', 'expiring', '--within', '9w')).toMatchObject({ count: 2 });
    expect(await json('list', 'unused')).toMatchObject({ count: 0 });
    expect((await run('list', 'unused', '--for', 'ever')).status).toBe(2);
  });
});
