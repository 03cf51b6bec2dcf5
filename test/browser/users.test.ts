// Users, groups and trying a number, in the words of the pages, on the real daemon, with real calls behind them.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExceptions } from '../../src/admin/exceptions.ts';
import { setExtensions } from '../../src/admin/extensions.ts';
import { setGroup } from '../../src/admin/groups.ts';
import { openStore } from '../../src/store/open.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { expectOut, refused } from '../main-path/outgoing.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { axe, fitsItsWidth, looks, openConsole, shot } from './console.ts';
import { decidesByNewest } from './newest-policy.ts';

const paris = '0033140205050';

/** Ana and Otto without rights, and seventy others, five of them in the group sales. */
function furnish(directory: string): void {
  using store = openStore(join(directory, 'callwarden.db'));
  const context = { store, actor: 'cli:otto', pbx: 'lab', nowMs: Date.now() };
  setGroup(context, 'sales', { right: 'on', level: 'low' });
  setExtensions(context, ['1001'], { name: 'Ana' });
  setExtensions(context, ['1002'], { name: 'Otto' });
  setExtensions(context, ['1015-1079'], {});
  setExtensions(context, ['1010-1014'], { groups: ['sales'] });
  const fair = { prefixes: [], numbers: [], action: 'allow', premium: false, owner: '' } as const;
  const untilMs = context.nowMs + 3 * 86_400_000;
  addExceptions(context, ['1011'], { ...fair, countries: ['IT'], reason: 'fair', fromMs: null, untilMs });
  const ended = { fromMs: null, untilMs: context.nowMs - 40 * 86_400_000 };
  addExceptions(context, ['1012'], { ...fair, countries: ['ES'], reason: 'tour', ...ended });
}

describe('users in the console', { timeout: 60_000 }, () => {
  let pbx: Pbx;
  let ana: Phone;
  let otto: Phone;
  beforeAll(async () => {
    pbx = await startPbx({ web: true });
    furnish(pbx.directory);
    await decidesByNewest(pbx);
    ana = await pbx.lab.phone('1001');
    otto = await pbx.lab.phone('1002');
  });
  afterAll(() => pbx?.[Symbol.asyncDispose]());

  it('get an exception until Friday, and the call goes through', async () => {
    expect((await refused(pbx, ana, paris)).reason).toBe('no-international-right');

    await using console = await openConsole(pbx, { path: '/users' });
    const { page } = console;
    await page.getByRole('searchbox', { name: 'Search users' }).fill('ana');
    await page.getByRole('link', { name: '1001' }).click();
    await page.getByRole('button', { name: 'Add exception' }).click();
    await page.getByRole('combobox', { name: 'Country or number' }).fill('fran');
    await page.getByRole('option', { name: /^France/ }).click();
    await page.getByRole('radio', { name: 'Friday evening' }).check();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Trade fair in Paris');
    await shot(page, 'users-exception');
    await axe(page);
    await page.getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('table', { name: 'Exceptions' }).getByRole('row', { name: /France/ });
    await row.getByText('In force').waitFor();
    await row.getByText('Trade fair in Paris').waitFor();

    await decidesByNewest(pbx);
    await expectOut(pbx, ana, paris);
  });

  it('have exceptions that are extended together, and those that have ended are cleared away', async () => {
    await using console = await openConsole(pbx, { path: '/users/1011' });
    const { page } = console;
    await page.getByRole('button', { name: 'Extend Italy' }).click();
    const one = page.getByRole('dialog', { name: 'Extend the exception of 1011 for Italy' });
    await one.getByRole('radio', { name: 'End of today' }).check();
    await one.getByText('It would end earlier than now.').waitFor();
    await one.getByRole('radio', { name: 'In a week' }).check();
    await axe(page);
    await shot(page, 'exception-extend');
    await one.getByRole('button', { name: 'Extend' }).click();
    await one.waitFor({ state: 'detached' });

    await console.open('/users');
    await page.getByRole('link', { name: 'Exceptions', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Search exceptions' }).fill('fair');
    const table = page.getByRole('table', { name: 'Exceptions' });
    await table.getByRole('row', { name: /1001 · Ana.*France/ }).waitFor();
    await table.getByRole('checkbox', { name: 'Select all' }).check();
    await page.getByRole('button', { name: 'Extend…' }).click();
    const many = page.getByRole('dialog', { name: 'Extend 2 exceptions' });
    await many.getByRole('radio', { name: 'Day and time' }).check();
    await many.getByLabel('Day and time of the end').fill('2038-01-31T18:00');
    await many.getByRole('button', { name: 'Extend' }).click();
    await table.getByRole('row', { name: /1011.*31 Jan 2038/ }).waitFor();
    expect(await pbx.json('exception list --extension 1001')).toMatchObject({
      exceptions: [{ until: expect.stringMatching(/^2038-01-31T/) }],
    });

    await page.getByRole('combobox', { name: 'Which ones' }).selectOption('Ended');
    await page.getByRole('searchbox', { name: 'Search exceptions' }).fill('');
    await table.getByRole('row', { name: /1012.*Spain/ }).waitFor();
    await page.getByRole('button', { name: 'Clear away ended ones' }).click();
    const prune = page.getByRole('dialog', { name: 'Clear away ended ones' });
    await prune
      .getByRole('table', { name: 'What goes' })
      .getByRole('row', { name: /1012.*Spain/ })
      .waitFor();
    await axe(page);
    await shot(page, 'exceptions-prune');
    await prune.getByRole('button', { name: 'Remove 1 ended exception' }).click();
    await page.getByText('No exceptions.').waitFor();
    expect(await pbx.json('exception list --expired')).toMatchObject({ count: 0 });
  });

  it('tell why a call was refused, and lead to what decided', async () => {
    expect((await refused(pbx, otto, paris)).status).toBe(403);

    await using console = await openConsole(pbx, { path: '/calls' });
    const { page } = console;
    const row = page.getByRole('row', { name: /1002/ }).first();
    await row.getByRole('link', { name: 'Why was it refused?' }).click();
    await page.getByRole('heading', { name: 'Refused' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Number dialled' }).inputValue()).toBe(paris);
    await page.getByText('This extension may not make international calls.').first().waitFor();
    await page.getByText('403 Forbidden').waitFor();
    await page.getByText('feature-not-avail-line').waitFor();
    await axe(page);
    await page.getByRole('button', { name: 'Show who may' }).click();
    await page.getByRole('table', { name: 'Who may call it?' }).getByRole('link', { name: '1001' }).waitFor();
    await page.getByRole('link', { name: 'User 1002' }).first().click();
    await page.getByRole('heading', { level: 1, name: '1002 · Otto' }).waitFor();
    // What an exception would open leads to one that is begun.
    await page.goBack();
    await page.getByRole('link', { name: /^Add an exception for 1002/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Exception for 1002' });
    await dialog.getByText('France', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForURL(/\/users\/1002$/);
  });

  it('are tried by hand: who dials what, when', async () => {
    await using console = await openConsole(pbx, { path: '/try' });
    const { page } = console;
    await page.getByRole('textbox', { name: 'Number dialled' }).fill(paris);
    await page.getByRole('combobox', { name: 'From extension' }).fill('1001');
    // The exception of 1001 has ended by then.
    await page.getByRole('textbox', { name: 'When' }).fill('2040-03-02T10:00');
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.getByRole('heading', { name: 'Refused' }).waitFor();
    await page.getByRole('textbox', { name: 'When' }).fill('');
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.getByRole('heading', { name: 'Allowed' }).waitFor();
    await page.getByText('An exception of the extension allows this call.').first().waitFor();
    expect(page.url()).not.toContain('at=');
    await page
      .getByRole('link', { name: /^Exception \d/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: '1001 · Ana' }).waitFor();
  });

  it('are changed together: what is chosen, or all that match', async () => {
    await using console = await openConsole(pbx, { path: '/users' });
    const { page } = console;
    await page.getByRole('searchbox', { name: 'Search users' }).fill('102');
    await page.getByText('10 users').waitFor();
    await page.getByRole('checkbox', { name: 'Select 1020' }).check();
    await page.getByRole('checkbox', { name: 'Select 1021' }).check();
    await page.getByRole('button', { name: 'Edit…', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit 2 users' });
    await dialog.getByRole('combobox', { name: 'International calls' }).selectOption('Allowed');
    await dialog.getByRole('combobox', { name: 'Put into groups' }).fill('sal');
    await dialog.getByRole('option', { name: 'sales' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('row', { name: /1021/ });
    await row.getByRole('link', { name: 'sales' }).waitFor();
    expect(await pbx.json('extension show 1021')).toMatchObject({ right: 'on', groups: ['sales'] });

    await page.getByRole('button', { name: 'Edit all 10…' }).click();
    const all = page.getByRole('dialog', { name: 'Edit 10 users' });
    await all.getByRole('combobox', { name: 'Barring level' }).selectOption('Medium exposure');
    await all.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /1029.*Medium/ }).waitFor();
    expect(await pbx.json('extension show 1025')).toMatchObject({ level: 'medium' });
  });

  it('change a group, its members and its countries', async () => {
    await using console = await openConsole(pbx, { path: '/groups' });
    const { page } = console;
    await page.getByRole('button', { name: 'Add group' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('board');
    await page.getByRole('combobox', { name: 'International calls' }).selectOption('Allowed');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'board' }).click();
    await page.getByRole('textbox', { name: 'Extensions' }).fill('1030-1032');
    await page.getByRole('button', { name: 'Add members' }).click();
    await page.getByRole('table', { name: 'Members' }).getByRole('link', { name: '1032' }).waitFor();
    await page.getByRole('combobox', { name: 'Allowed countries and regions' }).fill('chil');
    await page.getByRole('option', { name: /^Chile/ }).click();
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.getByText('Saved').first().waitFor();
    // Word of what was saved before may still stand there.
    await expect
      .poll(() => pbx.json('group show board'))
      .toMatchObject({
        members: ['1030', '1031', '1032'],
        countries: [{ region: 'CL', state: 'allow' }],
      });
  });

  it('are only looked at by who has no right to change them', async () => {
    await using console = await openConsole(pbx, { path: '/users/1001', as: 'auditor' });
    const { page } = console;
    await page.getByRole('heading', { name: 'Exceptions' }).waitFor();
    expect(await page.getByRole('button', { name: 'Add exception' }).count()).toBe(0);
    await console.open('/users');
    await page.getByRole('link', { name: '1001' }).waitFor();
    expect(await page.getByRole('button', { name: 'Add users' }).count()).toBe(0);
  });

  it.each(looks)('can be read in %s at %i pixels', async (theme, width) => {
    await using console = await openConsole(pbx, { theme, width });
    const { page } = console;
    const pages = [
      ['users', '/users', page.getByRole('link', { name: '1010' })],
      ['exceptions', '/exceptions', page.getByRole('link', { name: '1011' })],
      ['user', '/users/1011', page.getByRole('heading', { name: 'At home' })],
      ['groups', '/groups', page.getByRole('link', { name: 'sales' })],
      ['group', '/groups/sales', page.getByRole('link', { name: '1010' })],
      ['try', `/try?number=${paris}&from=1002`, page.getByRole('heading', { name: 'Refused' })],
    ] as const;
    for (const [name, path, stands] of pages) {
      await console.open(path);
      await stands.waitFor();
      await fitsItsWidth(page);
      await axe(page);
      await shot(page, `${name}-${theme}-${width}`);
    }
  });
});
