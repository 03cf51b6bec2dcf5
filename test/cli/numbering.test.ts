// `callwarden numbering` on the command line: what is in use, what an update changed, and accepting it.
import { describe, expect, it } from 'vitest';
import { writeNumberingBaseline } from '../../src/store/numbering-baseline.ts';
import { openStore } from '../../src/store/open.ts';
import { olderData } from '../numbering/older-data.ts';
import { COMMANDS_DEADLINE_MS, install } from './callwarden.ts';

describe('callwarden numbering', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('keeps the data of the day at init, and shows it', async () => {
    const { run, json } = await install('--home-region', 'MX');
    expect(await json('numbering', 'diff')).toMatchObject({ count: 0, differences: [] });
    const shown = await run('numbering', 'show');
    expect(shown.stdout).toMatch(
      /^DATA +IN USE +ACCEPTED\nnumbers +libphonenumber-js (\S+) +libphonenumber-js \1\n/,
    );
    expect(shown.stdout).toMatch(/says the same as that accepted at \d{4}-/);
  });

  it('tells what an update changed and what of the policy it touches, until it is accepted', async () => {
    const { run, json, database } = await install('--home-region', 'MX', '--international-prefix', '00');
    await json('country', 'allow', 'FR');
    await json('rule', 'allow', '+33811');
    const store = openStore(database);
    writeNumberingBaseline(store, { atMs: Date.UTC(2026, 0, 1), data: olderData() });
    store[Symbol.dispose]();

    const told = await run('numbering', 'diff');
    expect(told.status).toBe(0);
    const lines = told.stdout.split('\n');
    expect(lines).toContain('emergency numbers of MX: + 911 - 0999');
    expect(lines).toContainEqual(expect.stringMatching(/^FR premium pattern changed; .*country FR allowed/));
    expect(lines).toContain('+33811*: was premium, now shared-cost; rule 1');
    expect(lines.at(-2)).toMatch(/^8 differences from the data accepted at 2026-01-01 00:00:00\..*accept/);
    expect(await json('numbering', 'show')).toMatchObject({
      differences: 8,
      accepted: { at: '2026-01-01T00:00:00.000Z', versions: { numbers: 'libphonenumber-js 1.0.0' } },
    });

    const accepted = await run('numbering', 'accept');
    expect([accepted.status, accepted.stdout]).toEqual([
      0,
      'The numbering data in use is accepted, with 8 differences.\n',
    ]);
    expect(await json('numbering', 'diff')).toMatchObject({ count: 0 });
    expect((await run('audit', '--limit', '1')).stdout).toMatch(/numbering-accepted/);
    expect(await json('audit', 'verify')).toMatchObject({ whole: true });
  });

  it('says what to do where nothing was accepted yet', async () => {
    const { run, database } = await install('--home-region', 'MX');
    const store = openStore(database);
    store.db.exec('DELETE FROM numbering_baseline');
    store[Symbol.dispose]();
    const diff = await run('numbering', 'diff');
    expect([diff.status, diff.stderr]).toEqual([1, expect.stringMatching(/callwarden numbering accept/)]);
    expect((await run('numbering', 'accept')).stdout).toMatch(/for the first time/);
    expect((await run('numbering', 'diff')).status).toBe(0);
  });
});
