// Pickup in the browser: a group made in the page is used by real phones, and the page says why a call may be taken or not.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { setExtensions } from '../../src/admin/extensions.ts';
import { addPickupGroup } from '../../src/admin/pickup-groups.ts';
import { addPickupMembers } from '../../src/admin/pickup-members.ts';
import { protect } from '../../src/admin/pickup-protections.ts';
import { setSchedule } from '../../src/admin/schedules.ts';
import { openStore } from '../../src/store/open.ts';
import { pickupScene } from '../main-path/pickup-scene.ts';
import { axe, fitsItsWidth, looks, openConsole, shot } from './console.ts';

/** A group, a protected caller, and a reception that may take any call. */
function furnish(database: string): void {
  using store = openStore(database);
  const context = { store, actor: 'cli:otto', pbx: 'lab', nowMs: Date.now() };
  addPickupGroup(context, 'night', { number: '9' });
  addPickupMembers(context, 'night', ['1005-1006'], 'both');
  protect(context, { kind: 'caller', value: '+525512345678', allowed: ['group:night'], reason: 'Board' });
  setExtensions(context, ['1006'], { anyPickup: true, name: 'Reception' });
  setSchedule(context, 'nights', { open: ['mon-sun 22:00-24:00'] });
}

describe('pickup in the browser', () => {
  const scene = pickupScene({ web: true });
  beforeAll(() => furnish(join(scene.pbx.directory, 'callwarden.db')));

  it('makes a group whose members take each other’s calls, with real phones', async () => {
    await using console = await openConsole(scene.pbx, { as: 'telephony-system', path: '/pickup' });
    const { page } = console;
    await page.getByRole('button', { name: 'New group' }).click();
    const made = page.getByRole('dialog', { name: 'New group' });
    await made.getByLabel('Name of the group').fill('front');
    await made.getByLabel('Number of the group').fill('7');
    await made.getByRole('button', { name: 'Add' }).click();
    const group = page.getByRole('dialog', { name: 'Group front' });
    await group.getByLabel('Extensions').fill('1002-1003');
    await group.getByLabel('Extensions').press('Enter');
    await group.getByRole('button', { name: 'Add members' }).click();
    await group.getByRole('cell', { name: '1003', exact: true }).waitFor();
    await group.getByLabel('Role of 1003').selectOption('Only takes');
    await group.getByText('In the end 2 may take and 1 may be taken from').waitFor();
    await axe(page);
    await shot(page, 'pickup-group');
    await page.keyboard.press('Escape');
    await page.getByRole('cell', { name: 'front', exact: true }).waitFor();
    const { call } = await scene.letRing('1001', '1002');
    const taker = await scene.phone('1003').call('*8');
    await Promise.all([taker.waitAnswered(), call.waitAnswered()]);
    await scene.recorded({ party: '1003', verdict: 'take' });
    await taker.hangup();
    await call.waitEnded();
    await scene.quiet();
  });

  it('says who may take whose calls, and what a protection changes', async () => {
    await using console = await openConsole(scene.pbx, { as: 'telephony-system', path: '/pickup?tab=why' });
    const { page } = console;
    const ask = async (picker: string, target: string) => {
      await page.getByLabel('Who wants to take the call').fill(picker);
      await page.getByLabel('Where it rings').fill(target);
      await page.getByRole('button', { name: 'May they?' }).click();
    };
    await ask('1003', '1002');
    await page.getByText('1003 may take it.').waitFor();
    await ask('1002', '1003');
    await page.getByText('1002 may not take it.').waitFor();
    await axe(page);
    await console.open('/pickup?tab=protected');
    await page.getByRole('button', { name: 'Protect calls' }).click();
    const dialog = page.getByRole('dialog', { name: 'Protect calls' });
    await dialog.getByLabel('Extension or number').fill('1002');
    await dialog.getByLabel('Why').fill('Personnel office');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('cell', { name: 'Personnel office' }).waitFor();
    await console.open('/pickup?tab=why');
    await ask('1003', '1002');
    await page.getByText('Protected: 1002. Personnel office').waitFor();
    await shot(page, 'pickup-why');
  });

  it('gives a deputy the right until Friday, and takes it away', async () => {
    await using console = await openConsole(scene.pbx, {
      as: 'telephony-system',
      path: '/pickup?tab=rights',
    });
    const { page } = console;
    await page.getByRole('button', { name: 'New right' }).click();
    const dialog = page.getByRole('dialog', { name: 'New right' });
    await dialog.getByLabel('Who may take').fill('1004');
    await dialog.getByLabel('Whose calls').fill('Group night');
    await dialog.getByRole('option', { name: 'Group night' }).click();
    await dialog.getByRole('radio', { name: 'Friday evening' }).check();
    await dialog.getByLabel('Why').fill('Holidays');
    await axe(page);
    await dialog.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('cell', { name: 'Holidays' }).waitFor();
    await page.getByRole('cell', { name: /^Until / }).waitFor();
    await shot(page, 'pickup-rights');
    await page.getByRole('button', { name: 'Remove 1004 – Group night' }).click();
    const question = page.getByRole('dialog', { name: /^Take the right away/ });
    await question.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No right beside the groups').waitFor();
  });

  it('takes in groups from a table once it has shown what would change', async () => {
    await using console = await openConsole(scene.pbx, { as: 'telephony-system', path: '/pickup' });
    const { page } = console;
    await page.getByRole('button', { name: 'Import' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import pickup groups' });
    const give = async (table: string) => {
      const file = { name: 'groups.csv', mimeType: 'text/csv', buffer: Buffer.from(table) };
      await dialog.getByLabel('Table (CSV)').setInputFiles(file);
      await dialog.getByRole('button', { name: 'Show what would change' }).click();
    };
    await give('group,extension,role\nlab,1008,chief\n');
    await dialog.getByText('chief').waitFor();
    await give('group,number,extension,role\nlab,44,1007,both\nlab,,1008,interceptor\n');
    await dialog.getByText('pickup group lab').first().waitFor();
    await axe(page);
    await shot(page, 'pickup-import');
    await dialog.getByRole('button', { name: /^Make \d changes?/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /lab.*44/ }).waitFor();
    expect(await scene.pbx.json('pickup group show lab')).toMatchObject({ interceptors: ['1007', '1008'] });
  });

  it('settles who is told of calls that ring and that were taken, and when nobody is', async () => {
    await using console = await openConsole(scene.pbx, { as: 'telephony-system', path: '/pickup?tab=codes' });
    const { page } = console;
    const taken = page.getByRole('group', { name: 'Tell the user whose call was taken by' });
    await taken.getByRole('checkbox', { name: 'Mail' }).check();
    await page
      .getByRole('group', { name: 'Tell them by' })
      .getByRole('checkbox', { name: /^Message/ })
      .check();
    await page.getByLabel('Tell those who may take it after').fill('20');
    await page.getByLabel('Tell nobody during').selectOption('nights');
    await axe(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').first().waitFor();
    const settled = (key: string) => scene.pbx.json(`settings show ${key}`);
    const holds = (key: string, value: unknown) => ({ settings: { [key]: value } });
    expect(await settled('pickup-notice')).toEqual(holds('pickup-notice', ['mail']));
    expect(await settled('pickup-alert-by')).toEqual(holds('pickup-alert-by', ['message']));
    expect(await settled('pickup-quiet-hours')).toEqual(holds('pickup-quiet-hours', 'nights'));
    await taken.getByRole('checkbox', { name: 'Mail' }).uncheck();
    await page.getByLabel('Tell nobody during').selectOption('No quiet hours');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => settled('pickup-quiet-hours'), { timeout: 10_000 })
      .toEqual(holds('pickup-quiet-hours', ''));
    expect(await settled('pickup-notice')).toEqual(holds('pickup-notice', []));
  });

  it('changes a code, and says it in words', async () => {
    await using console = await openConsole(scene.pbx, { as: 'telephony-system', path: '/pickup?tab=codes' });
    const { page } = console;
    await page.getByLabel('Code for any call').fill('#5');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('#5 takes the longest ringing call').waitFor();
    await page.getByLabel('Code for any call').fill('5');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('pickup-any-code');
  });

  it.each(looks)('is readable in %s at %i pixels', async (theme, width) => {
    await using console = await openConsole(scene.pbx, { theme, width });
    const { page } = console;
    for (const tab of ['groups', 'rights', 'protected', 'codes']) {
      await console.open(`/pickup?tab=${tab}`);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await axe(page);
      await fitsItsWidth(page);
      await shot(page, `pickup-${tab}-${theme}-${width}`);
    }
  });
});
