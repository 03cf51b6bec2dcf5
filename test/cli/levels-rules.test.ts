// Levels, countries, premium classes, rules and announcements from the command line.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS_DEADLINE_MS, install } from './callwarden.ts';

const inMexico = (...flags: readonly string[]) =>
  install('--home-region', 'MX', '--international-prefix', '00', '--internal-pattern', '1XXX', ...flags);

describe('callwarden on levels and rules', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('counts the levels, names their countries, and tells what a change would do before it is done', async () => {
    const { run, json } = await inMexico();
    expect((await run('level', 'list')).stdout).toMatch(
      /^LEVEL +COUNTRIES +HOLDS +OPENS\nclosed +0 .*\nlow +28 +yes /,
    );
    expect(await json('level', 'show', 'low')).toMatchObject({ level: 'low', count: 28 });
    await run('extension', 'set', '1001-1003', '--international', 'on');
    const dry = await run('level', 'set', 'medium', '--dry-run');
    expect(dry.stdout).toMatch(
      /^Opens 31 countries: Argentina \(AR\), .*\n59 countries open, for 3 extensions/,
    );
    expect(await json('level', 'list')).toMatchObject({
      levels: [{}, { level: 'low', holds: true }, {}, {}, {}],
    });
    const set = await json('level', 'set', 'medium');
    expect(set).toMatchObject({ changed: 1, policyVersion: 3, closed: [], open: 59, extensions: 3 });
    expect((await run('level', 'set', 'medum')).stderr).toMatch(/Did you mean medium/);
    expect((await run('level', 'set', 'low', '--group', 'a', '--extension', '1001')).status).toBe(2);
  });

  it('begins with the level that init is told', async () => {
    const { json } = await inMexico('--level', 'closed');
    expect(await json('settings', 'show', 'level')).toEqual({ settings: { level: 'closed' } });
    expect(await json('level', 'show', 'high')).toMatchObject({ count: 136 });
  });

  it('loads lists from an edited copy, and tells how they differ from those that are shipped', async () => {
    const { run, json, directory } = await inMexico();
    expect((await run('level', 'diff')).stdout).toBe('0 differences\n');
    const shipped = readFileSync(join(import.meta.dirname, '../../config/levels.toml'), 'utf8');
    const file = join(directory, 'levels.toml');
    writeFileSync(
      file,
      shipped.replace(/^DE = .*$/m, '').replace('[high]\n', '[high]\nCU = "customers there"\n'),
    );
    expect(await json('level', 'load', file)).toMatchObject({ changed: 2 });
    expect((await run('level', 'diff')).stdout).toMatch(
      /^WHAT +HERE +FILE\nCU Cuba +high +-\nDE Germany +- +low\n\n2 /,
    );
    writeFileSync(file, shipped.replace('[high]\n', '[high]\nQQ = "nowhere"\n'));
    const refused = await run('level', 'load', file);
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/line \d+: "QQ" is no country code/),
    ]);
  });

  it('keeps rules, says what is wrong with one, and finds those that meet a number', async () => {
    const { run, json } = await inMexico();
    const added = await run('rule', 'block', '00882', '+2526', '--reason', 'fraud', '--until', '2999-12-31');
    expect(added.status).toBe(2);
    expect(added.stderr).toMatch(/century/);
    const kept = await run('rule', 'block', '00882', '+2526', '--reason', 'fraud', '--for', '2w');
    expect(kept.stdout).toMatch(/^rule 1: added, action block, numbers \+882\*, until .*reason fraud\n/);
    expect(kept.stdout).toMatch(/00882 is kept as \+882\.\n2 rules changed; policy version 2\.\n$/);
    expect((await run('rule', 'block', '911')).status).toBe(2);
    expect((await run('rule', 'block', '+882')).status).toBe(1);
    expect(await json('rule', 'list', '--number', '0025261234567')).toMatchObject({
      count: 1,
      rules: [{ id: 2, numbers: '+2526*', state: 'active' }],
    });
    expect((await run('check', '0025261234567', '--from', '1001')).stdout).toMatch(/deny \(blocked-number\)/);
    expect(await json('rule', 'remove', '1,2')).toMatchObject({ changed: 2 });
    expect((await run('rule', 'list')).stdout).toBe('0 rules\n');
  });

  it('imports a hundred thousand rules as one change, and exports them as it read them', async () => {
    const { run, json, directory } = await inMexico();
    const numbers = Array.from({ length: 100_000 }, (_, index) => `+2526${index + 100_000}`);
    const file = join(directory, 'rules.csv');
    writeFileSync(file, `number;reason\n${numbers.map((number) => `${number};=bought`).join('\n')}\n`);
    const imported = await run('rule', 'import', file, '--action', 'block');
    expect(imported.stdout).toBe('100,000 lines: 100,000 added; policy version 2.\n');
    expect(await json('audit', '--limit', '10')).toMatchObject({
      audit: [{ action: 'rules-imported' }, {}, {}, {}, {}, {}],
    });
    const { stdout } = await run('rule', 'export');
    const lines = stdout.trimEnd().split('\r\n');
    expect(lines[1]).toBe("+2526100000,block,no,,no,no,'=bought,,");
    expect(lines).toHaveLength(100_001);
    writeFileSync(file, `number\n${numbers.slice(1000).join('\n')}\n+1876\n`);
    const replaced = await run(
      'rule',
      'import',
      file,
      '--action',
      'block',
      '--replace',
      '--reason',
      '=bought',
    );
    expect(replaced.stdout).toBe(
      '99,001 lines: 1 added, 99,000 there already, 1,000 removed; policy version 3.\n',
    );
    writeFileSync(file, 'number,action\n+1876,block\n+1,blok\n');
    const wrong = await run('rule', 'import', file);
    expect([wrong.status, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(/Nothing was changed\.\n {2}- line 3: /),
    ]);
  });

  it('switches premium classes, and shows what each holds', async () => {
    const { run, json } = await inMexico();
    await run('premium', 'on', 'satellite');
    expect(await json('premium', 'show')).toMatchObject({
      premium: false,
      classes: [{ class: 'premium', on: false }, {}, {}, { class: 'satellite', on: true }, {}],
    });
    expect((await run('premium', 'show')).stdout).toMatch(/^Premium is partly on: the classes that are on/);
    expect((await run('premium', 'maybe')).status).toBe(2);
    expect((await run('premium', 'on', 'sattelite')).stderr).toMatch(/Did you mean satellite/);
  });

  it('sets announcements for every language and for one', async () => {
    const { run, json } = await inMexico();
    await run('announcement', 'set', 'country-denied', 'our-countries');
    await run('announcement', 'set', 'country-denied', 'nos-pays', '--language', 'fr');
    const { announcements } = (await json('announcement', 'list')) as { announcements: { reason: string }[] };
    expect(announcements.filter(({ reason }) => reason === 'country-denied')).toMatchObject([
      { language: null, sound: 'our-countries', standard: 'cannot-complete-as-dialed' },
      { language: 'fr', sound: 'nos-pays' },
    ]);
    expect((await run('announcement', 'sounds')).stdout).toMatch(/^SOUND +SAYS\n[\s\S]*sounds\/<language>/);
    expect(await json('announcement', 'reset', 'country-denied', '--language', 'fr')).toMatchObject({
      changed: 1,
    });
    expect((await run('announcement', 'set', 'country-denid', 'x')).stderr).toMatch(
      /Did you mean country-denied/,
    );
  });
});
