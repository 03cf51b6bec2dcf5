// `callwarden pickup why`: the decision about a pickup in words, as JSON and as an exit status, with no daemon there.
import { describe, expect, it } from 'vitest';
import { COMMANDS_DEADLINE_MS, installInMexico } from './callwarden.ts';

describe('callwarden pickup why', { timeout: COMMANDS_DEADLINE_MS }, () => {
  it('says who may take a call by which right, with exit status 3 who may not, and with 2 what it cannot read', async () => {
    const { run, json } = await installInMexico();
    await json('pickup', 'group', 'create', 'sales');
    await json('pickup', 'group', 'add', 'sales', '1001-1003');
    await json('pickup', 'right', 'add', '1005', '1002', '--until', '2099-12-31 18:00', '--reason', 'deputy');
    await json('pickup', 'protect', 'caller', '+525512345678');

    const shown = await run('pickup', 'why', '1001', '1002');
    expect(shown.status).toBe(0);
    expect(shown.stdout).toMatch(/^verdict +take: 1001 may take a call that rings on 1002, at \d{4}-/);
    expect(shown.stdout).toMatch(/^rule +group:sales$/m);
    expect(shown.stdout).toMatch(/^group +1001 may take in sales, and 1002 may be taken from there$/m);

    const deputy = await run('pickup', 'why', '1005', '1002');
    expect(deputy.stdout).toMatch(/^until +2099-12-31 18:00:00$/m);
    expect(deputy.stdout).toContain('until 2099-12-31 18:00:00 (deputy): it holds');
    expect(await json('pickup', 'why', '1005', '1002')).toMatchObject({
      verdict: 'take',
      rule: 'right:1',
      until: '2099-12-31T18:00:00.000Z',
    });
    const later = await run('pickup', 'why', '1005', '1002', '--at', '2100-01-01', '--json');
    expect(later.status).toBe(3);
    expect(JSON.parse(later.stdout)).toMatchObject({
      verdict: 'no-right',
      rule: 'no-shared-group',
      until: null,
    });

    const nobody = await run('pickup', 'why', 'lobby', '1002');
    expect(nobody.status).toBe(3);
    expect(nobody.stdout).toMatch(/^rule +unknown-picker$/m);
    expect(nobody.stdout).toContain('lobby is no phone of the house, so nobody takes calls there');
    const nowhere = await run('pickup', 'why', '1001', 'lobby');
    expect(nowhere.stdout).toContain(
      'lobby is no phone of the house, so nothing that rings there can be taken',
    );

    const lawyer = await run('pickup', 'why', '1001', '1002', '--caller', '5512345678');
    expect(lawyer.status).toBe(3);
    expect(lawyer.stdout).toMatch(/^protected +caller \+525512345678$/m);

    const misspelt = await run('pickup', 'why', '1001', '1002', '--kind', 'direct');
    expect(misspelt.status).toBe(2);
    expect(misspelt.stderr).toContain('Did you mean directed?');
    expect((await run('pickup', 'why', '1001', '1002', '--at', 'soon')).status).toBe(2);
  });
});
