// Authorised numbers, PINs, limits and quarantine in the browser: what is set in the pages, real calls obey.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addList } from '../../src/admin/authorised-lists.ts';
import { addPerson } from '../../src/admin/authorised-people.ts';
import { setCountries } from '../../src/admin/countries.ts';
import { setExtensions } from '../../src/admin/extensions.ts';
import { setLimit } from '../../src/admin/limits.ts';
import { openStore } from '../../src/store/open.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { expectOut, refused } from '../main-path/outgoing.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { axe, fitsItsWidth, looks, openConsole, shot } from './console.ts';
import { decidesByNewest } from './newest-policy.ts';

const DAY_MS = 86_400_000;
const PARTNER = '00541143210987';
const DEADLINE_MS = 20_000;
const FRANCE = '0033140205050';

/** Ana may call France; one supplier, and three limits. */
function furnish(database: string): void {
  using store = openStore(database);
  const context = { store, actor: 'cli:otto', pbx: 'lab', nowMs: Date.now() };
  setExtensions(context, ['1001'], { right: 'on', name: 'Ana' });
  setCountries(context, ['FR'], 'allow');
  addList(context, 'suppliers', { countries: ['ES'] });
  const inMay = { ...context, nowMs: context.nowMs - 200 * DAY_MS };
  addPerson(inMay, 'suppliers', { first: 'Old', last: 'Friend', number: '+34911234500' });
  const untilMs = context.nowMs + 5 * DAY_MS;
  addPerson(context, 'suppliers', { first: 'Short', last: 'Guest', number: '+34911234501', untilMs });
  addPerson(context, 'suppliers', { first: 'Luis', last: 'Pérez', number: '+34911234567' });
  setLimit(context, { measure: 'calls', amount: '20/h', extensions: [], class: 'international' });
  setLimit(context, {
    measure: 'concurrent',
    amount: '2',
    extensions: [],
    together: true,
    action: 'quarantine',
    quarantineFor: '4h',
  });
  setLimit(context, { measure: 'duration', amount: '60m', extensions: ['1002'], class: 'international' });
}

describe('lists in the browser', () => {
  let pbx: Pbx;
  let phone: Phone;
  beforeAll(async () => {
    pbx = await startPbx({ web: true });
    furnish(join(pbx.directory, 'callwarden.db'));
    phone = await pbx.lab.phone('1001');
  });
  afterAll(() => pbx?.[Symbol.asyncDispose]());

  const saved = (page: Page) => page.getByRole('status').getByText('Saved').first().waitFor();

  it('authorises a number for one extension, and the refused call goes out', async () => {
    expect(await refused(pbx, phone, PARTNER)).toMatchObject({ reason: 'country-not-allowed' });
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/authorised' });
    const { page } = console;
    await page.getByRole('button', { name: 'New list' }).click();
    const list = page.getByRole('dialog', { name: 'New list' });
    await list.getByLabel('Name of the list').fill('partners');
    await list.getByLabel('For these extensions').fill('1001');
    await list.getByLabel('For these extensions').press('Enter');
    await axe(page);
    await list.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    await page.getByRole('button', { name: 'Add a person' }).click();
    const person = page.getByRole('dialog', { name: 'Add a person' });
    await person.getByLabel('List', { exact: true }).selectOption('partners');
    await person.getByLabel('First name').fill('Paula');
    await person.getByLabel('Last name').fill('Gómez');
    await person.getByLabel('Number', { exact: true }).fill('+54 11 4321 0987');
    await person.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('cell', { name: '+541143210987' }).waitFor();
    await decidesByNewest(pbx);
    await expectOut(pbx, phone, PARTNER);
  });

  it('finds people without accents, changes one, and shows what a table would do before it does', async () => {
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/authorised' });
    const { page } = console;
    await page.getByRole('searchbox').fill('perez');
    await page.getByRole('cell', { name: '+34911234567' }).waitFor();
    await page.getByRole('button', { name: 'Change Luis Pérez' }).click();
    const person = page.getByRole('dialog', { name: 'Change Luis Pérez' });
    await person.getByRole('switch', { name: 'Enabled' }).click();
    await person.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: 'Disabled' }).waitFor();
    await page.getByRole('button', { name: 'Import' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import people' });
    const table = 'first_name,last_name,number\nEva,Ruiz,+34911234568\nNoa,,12\n';
    await dialog.getByLabel('List', { exact: true }).selectOption('suppliers');
    await dialog
      .getByLabel('Table (CSV)')
      .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
    await dialog.getByRole('button', { name: 'Show what would happen' }).click();
    await dialog.getByRole('cell', { name: 'Refused' }).waitFor();
    await dialog.getByRole('cell', { name: '+34911234568' }).waitFor();
    await axe(page);
    await shot(page, 'authorised-import');
    await dialog.getByRole('switch', { name: /^Import the other lines/ }).click();
    await dialog.getByRole('button', { name: 'Show what would happen' }).click();
    await dialog.getByRole('button', { name: 'Import now' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('searchbox').fill('ruiz');
    await page.getByRole('cell', { name: '+34911234568' }).waitFor();
  });

  it('shows who is not called and whose time runs out, and hands the list over as a file', async () => {
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/authorised' });
    const { page } = console;
    await page.getByRole('tab', { name: 'Unused and ending' }).click();
    const table = page.getByRole('table', { name: 'Unused and ending' });
    await table.getByRole('row', { name: /Old Friend.*Never since/ }).waitFor();
    expect(await table.getByRole('row', { name: /Short Guest/ }).count()).toBe(0);
    await page.getByLabel('Not used for').fill('300');
    await page.getByText('Nobody', { exact: true }).waitFor();
    await page.getByLabel('Show').selectOption('Ending soon');
    await table.getByRole('row', { name: /Short Guest/ }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('authorised-expiring.csv');
    await axe(page);
    await shot(page, 'authorised-reports');
    await table.getByRole('button', { name: 'Remove Short Guest' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nobody', { exact: true }).waitFor();
  });

  it('shows a new PIN once, and never again', async () => {
    await using console = await openConsole(pbx, { as: 'users', path: '/pins' });
    const { page } = console;
    await page.getByRole('button', { name: 'New PIN' }).click();
    const made = page.getByRole('dialog', { name: 'New PIN' });
    await made.getByLabel('Whose it is').fill('Ana López');
    await made.getByLabel('Extensions', { exact: true }).fill('1001');
    await made.getByLabel('Extensions', { exact: true }).press('Enter');
    await made.getByLabel('Calls that it opens').fill('3');
    await axe(page);
    await made.getByRole('button', { name: 'Make the PIN' }).click();
    const shown = page.getByRole('dialog', { name: 'The PIN of Ana López' });
    const digits = (await shown.getByRole('status').innerText()).trim();
    expect(digits).toMatch(/^\d{6}$/);
    await axe(page);
    await page.keyboard.press('Escape');
    await shown.getByRole('button', { name: 'Copy' }).waitFor();
    await shown.getByRole('button', { name: 'I have handed it over' }).click();
    await page.getByRole('cell', { name: '3 of 3 left' }).waitFor();
    expect(await page.content()).not.toContain(digits);
    await page.getByLabel('Show').selectOption('Ending soon');
    await page.getByText('Nothing matches').waitFor();
    // It is new, so it has not been idle for so long.
    await page.getByLabel('Show').selectOption('Not used for a while');
    await page.getByText('Nothing matches').waitFor();
    await page.getByLabel('Show').selectOption('All PINs');
    await page.getByRole('button', { name: 'Switch off the PIN of Ana López' }).click();
    await page.getByRole('cell', { name: 'Switched off' }).waitFor();
  });

  it('holds a user in quarantine and releases him, and his phone calls again', async () => {
    await using console = await openConsole(pbx, { as: 'users', path: '/limits' });
    const { page } = console;
    await page.getByRole('button', { name: 'Put into quarantine' }).click();
    const dialog = page.getByRole('dialog', { name: 'Put into quarantine' });
    await dialog.getByLabel('Extensions').fill('1001');
    await dialog.getByLabel('Extensions').press('Enter');
    await dialog.getByLabel('Why').fill('Odd calls at night');
    await dialog.getByRole('button', { name: 'Put into quarantine' }).click();
    await page.getByRole('cell', { name: 'Odd calls at night' }).waitFor();
    const held = async () => (await pbx.status()).quarantined.includes('1001');
    expect(await eventually(held, DEADLINE_MS)).toBe(true);
    expect(await refused(pbx, phone, FRANCE)).toMatchObject({ reason: 'quarantined' });
    await axe(page);
    await shot(page, 'quarantine');
    await page.getByRole('button', { name: 'Release 1001' }).click();
    await page.getByText('Nobody is in quarantine').waitFor();
    expect(await eventually(async () => !(await held()), DEADLINE_MS)).toBe(true);
    await expectOut(pbx, phone, FRANCE);
  });

  it('sets a limit for all, and shows what calls have used of it', async () => {
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/limits' });
    const { page } = console;
    await page.getByRole('cell', { name: /of 20: 1001 Ana$/ }).waitFor();
    await page.getByRole('button', { name: 'New limit' }).click();
    const dialog = page.getByRole('dialog', { name: 'New limit' });
    await dialog.getByRole('radio', { name: /^Countries in a time/ }).check();
    await dialog.getByLabel('How many', { exact: true }).fill('5');
    await axe(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: /^5 countries in 1/ }).waitFor();
  });

  it.each(looks)('is readable in %s at %i pixels', async (theme, width) => {
    await using console = await openConsole(pbx, { theme, width });
    const { page } = console;
    for (const name of ['authorised', 'authorised?tab=reports', 'pins', 'limits']) {
      await console.open(`/${name}`);
      await page.getByRole('row').nth(1).waitFor();
      await axe(page);
      await fitsItsWidth(page);
      await shot(page, `${name.replace('?tab=', '-')}-${theme}-${width}`);
    }
  });

  it('offers a reader nothing that he may not do', async () => {
    await using console = await openConsole(pbx, { as: 'auditor', path: '/pins' });
    const { page } = console;
    await page.getByRole('cell', { name: 'Ana López' }).waitFor();
    expect(await page.getByRole('button', { name: /New PIN|Remove|Switch/ }).count()).toBe(0);
    await console.open('/limits');
    expect(await page.getByRole('button', { name: /New limit|Release|quarantine/ }).count()).toBe(0);
  });
});
