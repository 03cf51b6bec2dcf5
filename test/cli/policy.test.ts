// Changing the policy from the command line: the acceptance scenario, the words, the exit statuses.
import { describe, expect, it } from 'vitest';
import { COMMANDS_DEADLINE_MS, install } from './callwarden.ts';

const inMexico = () =>
  install('--home-region', 'MX', '--international-prefix', '00', '--internal-pattern', '1XXX');

describe('callwarden on the policy', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('judges the scenario of the manuals as it is set up', async () => {
    const { run, json } = await inMexico();
    await json('country', 'allow', 'Argentina');
    await json('extension', 'set', '1001', '--international', 'on');
    const cases = [
      ['1001', '00541938384', 0, 'country-allowed'],
      ['1001', '+541938384', 0, 'country-allowed'],
      ['1001', '00621938384', 3, 'country-not-allowed'],
      ['1002', '00541938384', 3, 'no-international-right'],
      ['1001', '541938384', 0, 'not-international'],
      ['1002', '911', 0, 'emergency'],
      ['', '00541938384', 3, 'unknown-payer'],
      ['1001', '00541938384;x', 3, 'unreadable'],
    ] as const;
    const told = await Promise.all(
      cases.map(async ([from, number]) => {
        const { status, stdout } = await run('check', number, '--from', from, '--json');
        const { reason }: { reason: string } = JSON.parse(stdout);
        return [from, number, status, reason];
      }),
    );
    expect(told).toEqual(cases);

    const denied = await run('check', '00621938384', '--from', '1001', '--json');
    expect(JSON.parse(denied.stdout)).toMatchObject({
      verdict: 'deny',
      reason: 'country-not-allowed',
      destination: { kind: 'international', e164: '+621938384', regions: ['ID'] },
      rule: { id: expect.any(String), origin: expect.any(String) },
      announcement: 'cannot-complete-as-dialed',
      cause: 21,
      policyVersion: 3,
    });
    const explained = await run('check', '00621938384', '--from', '1001');
    expect(explained.stdout).toMatch(/^verdict +deny \(country-not-allowed\)/);
    expect(explained.stdout).toMatch(/^STEP +RESULT$/m);

    await json('settings', 'set', 'protection', 'off');
    expect((await run('check', '00621938384', '--from', '1002')).status).toBe(0);
  });

  it('sets many extensions at once, and shows them as a table or as JSON', async () => {
    const { run, json } = await inMexico();
    const set = await run('extension', 'set', '1001-1020', '1105', '--international', 'yes');
    expect(set.stdout).toMatch(/^extension 1001: added, international on/);
    expect(set.stdout).toMatch(/\.\.\. and 1 more\n21 extensions changed; policy version 2\.\n$/);
    await run('extension', 'set', '1105', '--name', 'Ana Gómez', '--any-pickup', 'on');
    await run('pickup', 'group', 'create', 'sales');
    await run('pickup', 'group', 'add', 'sales', '1105', '--role', 'interceptor');

    const list = (await run('extension', 'list')).stdout.trimEnd().split('\n');
    expect(list[0]).toMatch(/^EXTENSION +NAME +INTERNATIONAL +RIGHT +LEVEL .* ANY-PICKUP$/);
    expect(list[1]).toMatch(/^1001 +- +on +on +- .* off$/);
    expect(list.slice(-3)).toEqual([
      expect.stringMatching(/^1105 +Ana Gómez +on .* on$/),
      '',
      '21 extensions',
    ]);
    expect(await json('extension', 'show', '1105')).toMatchObject({
      extension: '1105',
      name: 'Ana Gómez',
      international: true,
      right: 'on',
      anyPickup: true,
      pickupGroups: [{ group: 'sales', interceptor: true, target: false }],
    });
    expect(await json('pickup', 'group', 'list')).toMatchObject({ count: 1, groups: [{ name: 'sales' }] });
    expect(await json('extension', 'remove', '1001-1020')).toMatchObject({ changed: 20 });
    expect(await json('extension', 'list')).toMatchObject({ count: 1 });
  });

  it('says that nothing changed where all is so already', async () => {
    const { run, json } = await inMexico();
    await run('country', 'allow', 'AR');
    const again = await run('country', 'allow', 'AR');
    expect([again.status, again.stdout]).toEqual([
      0,
      'Nothing changed: it is so already (policy version 2).\n',
    ]);
    expect(await json('premium', 'off')).toMatchObject({ changed: 0, policyVersion: 2 });
  });

  it('takes the words for on and off, and lists in either spelling', async () => {
    const { run, json } = await inMexico();
    await run('premium', 'on');
    await run('settings', 'set', 'international-prefixes', '00,011');
    await run('settings', 'set', 'outside-prefixes', '9', '0');
    expect(await json('settings', 'show')).toMatchObject({
      settings: { premium: true, 'international-prefixes': ['00', '011'], 'outside-prefixes': ['9', '0'] },
    });
    await run('settings', 'set', 'outside-prefixes', '');
    expect((await run('settings', 'show', 'outside-prefixes')).stdout).toMatch(/^outside-prefixes +none +/m);
    expect((await run('premium', 'show')).stdout).toMatch(
      /^Premium is on: premium numbers may be called\.\n/,
    );
  });

  it('tells who did what, newest first, and verifies the chain', async () => {
    const { run, json, database } = await inMexico();
    await run('country', 'allow', 'AR');
    await run('country', 'deny', 'AR');
    const { stdout } = await run('audit', '--limit', '2');
    expect(stdout).toMatch(
      /SEQ +TIME +ACTOR +ACTION +CHANGE\n +7 +\d{4}-.* cli:\S+ +country-changed +country AR \(Argentina\): allow -> deny\n/,
    );
    expect(await json('audit', '--subject', 'home-region')).toMatchObject({
      count: 1,
      audit: [{ at: expect.stringMatching(/Z$/), before: '', after: 'MX', action: 'setting-changed' }],
    });
    expect(await json('audit', 'verify')).toMatchObject({ whole: true, rows: 7 });
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(database);
    const guard = 'audit_rows_never_change';
    const made = db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(guard);
    db.exec(`DROP TRIGGER ${guard}; UPDATE audit SET actor = 'nobody' WHERE seq = 4`);
    const altered = await run('audit', 'verify');
    expect([altered.status, altered.stderr]).toEqual([1, expect.stringContaining('altered by hand')]);
    db.exec(String(made));
    db.close();
    const broken = await run('audit', 'verify');
    expect([broken.status, broken.stdout]).toEqual([
      1,
      expect.stringMatching(/broken at record 4\. Record 4 was changed/),
    ]);
  });
});
