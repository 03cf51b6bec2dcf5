// `callwarden policy …`: the policy as a file, from export to rollback, and tried on expectations and past calls.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS_DEADLINE_MS, install, type Installation } from './callwarden.ts';

const mexico = ['--home-region', 'MX', '--international-prefix', '00'] as const;

const written = (place: Installation, name: string, text: string): string => {
  const file = join(place.directory, name);
  writeFileSync(file, text);
  return file;
};

const changed = (said: unknown) => (said as { changes: { action: string; subject: string }[] }).changes;

describe('callwarden policy', () => {
  it(
    'goes through a file: exported, edited, planned, applied as one change, and taken back',
    async () => {
      const place = await install(...mexico, '--level', 'closed');
      await place.run('country', 'allow', 'AR');
      await place.run('extension', 'set', '1001', '--international', 'on', '--name', 'Ana');
      const file = join(place.directory, 'policy.toml');
      expect((await place.run('policy', 'export', '--output', file)).status).toBe(0);
      expect(statSync(file).mode & 0o777).toBe(0o600);

      const same = await place.run('policy', 'plan', file);
      expect(same.stdout).toContain('Nothing would change');

      const text = readFileSync(file, 'utf8').replace('"AR"', '"AR", "FR"');
      writeFileSync(
        file,
        `${text}\n[[rules]]\naction = "block"\nprefix = "+54911"\nreason = "mobiles of Buenos Aires"\n`,
      );
      const planned = await place.run('policy', 'plan', file);
      expect(planned.stdout).toMatch(/^\+ country FR \(France\): none -> allow$/m);
      expect(planned.stdout).toMatch(/^\+ rule block \+54911…: added, .*mobiles of Buenos Aires/m);
      expect(planned.stdout).toContain('2 things would change');
      expect((await place.run('check', '005491112345678', '--from', '1001')).status).toBe(0);

      const applied = await place.json('policy', 'apply', file);
      expect(changed(applied).map(({ action }) => action)).toEqual(['country-added', 'rule-added']);
      const check = await place.run('check', '005491112345678', '--from', '1001', '--json');
      expect(check.status).toBe(3);
      expect(JSON.parse(check.stdout)).toMatchObject({ reason: 'blocked-number' });
      expect((await place.run('check', '0033140205050', '--from', '1001')).status).toBe(0);

      const back = await place.json('policy', 'rollback');
      expect(changed(back).map(({ action }) => action)).toEqual(['rule-removed', 'country-removed']);
      expect((await place.run('check', '0033140205050', '--from', '1001')).status).toBe(3);
      expect((await place.run('audit', 'verify')).status).toBe(0);
      const { versions } = (await place.json('policy', 'history')) as { versions: { version: number }[] };
      expect(versions.length).toBeGreaterThan(3);
      const far = String((versions.at(-1)?.version ?? 1) + 1000);
      expect((await place.run('policy', 'rollback', far)).stderr).toContain('policy history');
    },
    COMMANDS_DEADLINE_MS,
  );

  it(
    'changes nothing where the file is wrong, or the policy is not the one that was seen',
    async () => {
      const place = await install(...mexico);
      const before = (await place.run('policy', 'export')).stdout;
      const wrong = written(
        place,
        'wrong.toml',
        'format = 1\nsettings.home-region = "MX"\ncountries.allow = ["XX"]\n',
      );
      const refused = await place.run('policy', 'apply', wrong);
      expect(refused.status).toBe(2);
      expect(refused.stderr).toContain('XX is no country');
      const shadow = written(
        place,
        'shadow.toml',
        'format = 1\nsettings.home-region = "MX"\n[[rules]]\naction = "deny"\nnumber = "911"\n',
      );
      expect((await place.run('policy', 'apply', shadow)).stderr).toContain('911 is an emergency number');
      const good = written(place, 'good.toml', 'format = 1\nsettings.home-region = "MX"\n');
      const late = await place.run('policy', 'apply', good, '--if-version', '999');
      expect(late.status).toBe(1);
      expect(late.stderr).toContain('not 999');
      expect((await place.run('policy', 'export')).stdout).toBe(before);
      expect((await place.run('policy', 'plan', join(place.directory, 'none.toml'))).status).toBe(1);
    },
    COMMANDS_DEADLINE_MS,
  );

  it(
    'is tested by expectations, in force or from a file, and fails where one is not met',
    async () => {
      const place = await install(...mexico, '--level', 'closed');
      await place.run('country', 'allow', 'AR');
      await place.run('extension', 'set', '1001', '--international', 'on');
      const expectations = written(
        place,
        'expect.txt',
        [
          'from 1001 dial 00541938384 expect continue country-allowed',
          'from 1002 dial 00541938384 expect deny no-international-right',
          'from 1002 dial 911 expect continue emergency',
        ].join('\n'),
      );
      const fine = await place.run('policy', 'test', expectations);
      expect([fine.status, fine.stdout.trim()]).toEqual([0, '3 passed, 0 failed']);
      const other = written(
        place,
        'other.toml',
        'format = 1\nsettings.home-region = "MX"\n[extensions.1001]\n',
      );
      const failed = await place.run('policy', 'test', expectations, '--policy', other);
      expect(failed.status).toBe(1);
      expect(failed.stdout).toContain(
        'expect.txt:1: 1001 dials 00541938384: expected continue country-allowed, got deny',
      );
      expect(failed.stdout).toContain('2 passed, 1 failed');
    },
    COMMANDS_DEADLINE_MS,
  );

  it(
    'tells which calls of the past it would refuse, and what another policy would change',
    async () => {
      const place = await install(...mexico, '--level', 'closed');
      await place.run('country', 'allow', 'AR');
      await place.run('extension', 'set', '1001', '--international', 'on');
      const row = (dialled: string, index: number) =>
        `"","1001","${dialled}","outside","","PJSIP/1001-0000000${index}","","Dial","",` +
        `"2026-10-01 09:0${index}:00","","2026-10-01 09:0${index}:30",30,20,"ANSWERED","DOCUMENTATION","1.${index}",""`;
      const cdr = written(
        place,
        'Master.csv',
        ['00541938384', '00621938384', '5512345678'].map(row).join('\n'),
      );
      const replayed = await place.run('policy', 'replay', cdr);
      expect(replayed.stdout).toContain('1 of 3 calls would be refused (country-not-allowed 1)');
      expect(replayed.stdout).toContain('00621938384');
      const other = written(
        place,
        'other.toml',
        'format = 1\nsettings.home-region = "MX"\ncountries.allow = ["ID"]\n[extensions.1001]\ninternational = "on"\n',
      );
      const compared = await place.json('policy', 'replay', cdr, '--policy', other);
      expect(compared).toMatchObject({
        calls: 3,
        refused: [expect.objectContaining({ dialled: '00541938384' })],
        opened: [expect.objectContaining({ dialled: '00621938384' })],
      });
    },
    COMMANDS_DEADLINE_MS,
  );
});
