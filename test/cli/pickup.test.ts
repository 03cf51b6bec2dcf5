// Pickup groups, rights and protections from the command line, as an administrator goes about it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS_DEADLINE_MS, install } from './callwarden.ts';

const flags = ['--home-region', 'MX', '--international-prefix', '00', '--level', 'closed'];

describe('callwarden pickup', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('makes groups that hold groups, and shows everybody who is in them', async () => {
    const { run, json } = await install(...flags);
    await json('pickup', 'group', 'create', 'sales', '--number', '7', '--alert-after', '20', '--json');
    await json('pickup', 'group', 'create', 'night', '--json');
    await json('pickup', 'group', 'add', 'night', '1003', '--role', 'target', '--json');
    const added = await json('pickup', 'group', 'add', 'sales', '1001', '--group', 'night', '--json');
    expect(added).toMatchObject({ changed: 2 });
    const shown = await run('pickup', 'group', 'show', 'sales');
    expect(shown.stdout).toMatch(/number +7\nalert after +20 s/);
    expect(shown.stdout).toMatch(/1003 +a group +off +on/);
    expect(await json('pickup', 'group', 'list', '--json')).toMatchObject({
      count: 2,
      groups: [
        { name: 'night' },
        { name: 'sales', number: '7', interceptors: ['1001'], targets: ['1001', '1003'] },
      ],
    });
    const circle = await run('pickup', 'group', 'add', 'night', '--group', 'sales');
    expect([circle.status, circle.stderr]).toEqual([
      2,
      expect.stringContaining('night holds sales holds night'),
    ]);
    const nothing = await run('pickup', 'group', 'set', 'sales');
    expect(nothing.stderr).toContain('--number 7');
    await json('pickup', 'group', 'set', 'sales', '--number', 'none', '--alert-after', 'default', '--json');
    const changed = await run('pickup', 'group', 'add', 'night', '1003', '--role', 'both');
    expect(changed.stdout).toContain('pickup group night: extension 1003, interceptor off -> on\n');
    const left = await run('pickup', 'group', 'remove', 'night', '1003');
    expect(left.stdout).toContain('pickup group night: extension 1003, removed\n');
    const role = await run('pickup', 'group', 'add', 'night', '1001', '--role', 'targt');
    expect(role.stderr).toMatch(/Did you mean target/);
    expect(await json('pickup', 'group', 'delete', 'night', '--json')).toMatchObject({
      notices: ['With it went 1 place in a pickup group.'],
    });
  });

  it('gives rights with an end and protects calls, and lists both', async () => {
    const { run, json } = await install(...flags);
    await json('extension', 'set', '1001-1003', '--json');
    await json(
      'pickup',
      'right',
      'add',
      '1003',
      '1002',
      '--until',
      '2099-12-31',
      '--reason',
      'holidays',
      '--json',
    );
    await json('pickup', 'right', 'add', '1001', 'any', '--json');
    const listed = await run('pickup', 'right', 'list', '--extension', '1002');
    expect(listed.stdout).toMatch(/1 +1003 +1002 +active +- +2100-01-01 00:00:00 +always +holidays/);
    const past = await run('pickup', 'right', 'add', '1003', '1001', '--until', '2020-01-01');
    expect([past.status, past.stderr]).toEqual([2, expect.stringContaining('has passed already')]);
    expect(await json('pickup', 'right', 'list', '--expired', '--json')).toEqual({ rights: [], count: 0 });
    expect(await json('pickup', 'right', 'remove', '1', '--json')).toMatchObject({ changed: 1 });

    await json(
      'pickup',
      'protect',
      'dialled',
      '+525512345678',
      '--allow',
      '1001',
      '--allow',
      '1002',
      '--json',
    );
    await json('pickup', 'protect', 'extension', '1002', '--reason', 'the director', '--json');
    const protections = await run('pickup', 'protect', 'list');
    expect(protections.stdout).toMatch(/dialled +\+525512345678 +1001 1002/);
    expect(protections.stdout).toMatch(/extension +1002 +nobody +the director/);
    await json('pickup', 'protect', 'dialled', '+525512345678', '--no-allow', '--json');
    expect(await json('pickup', 'protect', 'list', '--json')).toMatchObject({
      protections: [{ kind: 'dialled', allowed: [] }, { kind: 'extension' }],
    });
    expect(await json('pickup', 'unprotect', 'extension', '1002', '--json')).toMatchObject({ changed: 1 });
    const gone = await run('pickup', 'unprotect', 'extension', '1002');
    expect(gone.status).toBe(1);
  });

  it('knows how the owner of an extension is told', async () => {
    const { directory, run, json } = await install(...flags);
    await json(
      'extension',
      'set',
      '1002',
      '--mail',
      'bob@example.org',
      '--pickup-notice',
      'message,mail',
      '--json',
    );
    const shown = await run('extension', 'show', '1002');
    expect(shown.stdout).toMatch(/mail +bob@example.org/);
    expect(shown.stdout).toMatch(/pickup notice +message,mail/);
    expect((await run('extension', 'export')).stdout).toContain('bob@example.org,"message,mail"');
    for (const [option, word, problem] of [
      ['--mail', 'bob', 'no mail address'],
      ['--mail', 'Bob <bob@example.org>', 'no mail address'],
      ['--pickup-notice', 'male', 'Did you mean mail'],
      ['--pickup-notice', 'mail,none', 'one of message, mail'],
    ] as const) {
      const refused = await run('extension', 'set', '1002', option, word);
      expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining(problem)]);
    }
    const file = join(directory, 'extensions.csv');
    writeFileSync(file, 'extension,email,pickup_notice\n1002,,none\n1003,eva@example.org,\n');
    await json('extension', 'import', file, '--json');
    expect(await json('extension', 'list', '--json')).toMatchObject({
      extensions: [
        { extension: '1002', mail: 'bob@example.org', pickupNotice: [] },
        { extension: '1003', mail: 'eva@example.org', pickupNotice: null },
      ],
    });
    await json('extension', 'set', '1002', '--mail', 'none', '--pickup-notice', 'default', '--json');
    expect(await json('extension', 'show', '1002', '--json')).toMatchObject({ mail: '', pickupNotice: null });
  });

  it('takes groups in from pjsip.conf with its includes and from a table, and writes them as one', async () => {
    const { directory, run, json } = await install(...flags);
    const conf = join(directory, 'pjsip.conf');
    mkdirSync(join(directory, 'phones'));
    writeFileSync(
      conf,
      '[phone](!)\ntype=endpoint\nnamed_call_group=sales\nnamed_pickup_group=sales\n#include "phones/*.conf"\n',
    );
    writeFileSync(
      join(directory, 'phones/1.conf'),
      '[1001](phone)\n[1002](phone)\nnamed_pickup_group=\ncall_group=1-2\n',
    );
    const dry = await run('pickup', 'group', 'import', 'pjsip', conf, '--dry-run');
    expect(dry.stdout).toContain('pickup group group-2: added');
    expect(dry.stdout).toMatch(/this was a dry run\.\n\d+ things would change; policy version/);
    expect(await json('pickup', 'group', 'list', '--json')).toMatchObject({ count: 0 });
    await json('pickup', 'group', 'import', 'pjsip', conf, '--json');
    const table = (await run('pickup', 'group', 'export', 'csv')).stdout;
    expect(table.split('\r\n')).toEqual([
      'group,number,alert-after,extension,member-group,role',
      'group-1,none,default,1002,,target',
      'group-2,none,default,1002,,target',
      'sales,none,default,1001,,both',
      'sales,none,default,1002,,target',
      '',
    ]);
    const file = join(directory, 'groups.csv');
    writeFileSync(file, table.replace('sales,none,default,1002,,target\r\n', ''));
    expect(await json('pickup', 'group', 'import', 'csv', file, '--replace', '--json')).toMatchObject({
      changes: [{ action: 'pickup-member-removed', before: { extension: '1002' } }],
    });
    writeFileSync(file, 'group,number\nsales,7x\n');
    const wrong = await run('pickup', 'group', 'import', 'csv', file);
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('line 2: column number')]);

    writeFileSync(conf, '#include "gone.conf"\n[1009]\ntype=endpoint\ncall_group=1\n');
    const partly = await run('pickup', 'group', 'import', 'pjsip', conf);
    expect([partly.status, partly.stderr]).toEqual([
      2,
      expect.stringContaining('pjsip.conf:1: "gone.conf" is not there'),
    ]);
    const skipped = await json('pickup', 'group', 'import', 'pjsip', conf, '--skip-bad', '--json');
    expect(skipped).toMatchObject({ changed: 1, notices: [expect.stringContaining('gone.conf')] });
  });
});
