// Rules, schedules and announcements in the browser: added, obeyed by real calls, changed and taken away.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { refused } from '../main-path/outgoing.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { axe, fitsItsWidth, looks, openConsole, shot } from './console.ts';

describe('rules, schedules and announcements in the browser', () => {
  let pbx: Pbx;
  let phone: Phone;
  beforeAll(async () => {
    const policy = ['country allow AR', 'extension set 1001 --international on'];
    pbx = await startPbx({ web: true, policy });
    phone = await pbx.lab.phone('1001');
  });
  afterAll(() => pbx?.[Symbol.asyncDispose]());

  const version = async () => (await pbx.status()).policy?.version ?? 0;
  const decidesBy = async (before: number) =>
    expect(await eventually(async () => (await version()) > before, 20_000)).toBe(true);

  it('blocks a number, and the call is refused by that rule', async () => {
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/rules' });
    const { page } = console;
    const before = await version();
    await page.getByRole('button', { name: 'Add rules' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add rules' });
    await dialog.getByRole('textbox', { name: 'Numbers' }).fill('00541143210987');
    await dialog.getByRole('radio', { name: /^Block-list/ }).check();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('fraud of May');
    await shot(page, 'rules-add');
    await axe(page);
    await dialog.getByRole('button', { name: 'Add 1 rule' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /\+541143210987/ }).waitFor();
    await decidesBy(before);
    expect(await refused(pbx, phone, '00541143210987')).toMatchObject({ reason: 'blocked-number' });
  });

  it('finds the rules that meet a number, and takes them away', async () => {
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/rules?rule=1' });
    const { page } = console;
    await page.getByText('Rule 1 decided').waitFor();
    const search = page.getByRole('searchbox', { name: 'Search rules' });
    await search.fill('00541199999999');
    await page.getByText('Nothing matches').waitFor();
    await search.fill('00541143210987');
    await page.getByRole('checkbox', { name: 'Select +541143210987*' }).check();
    await page.getByRole('region', { name: '1 selected' }).getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await search.fill('');
    await page.getByText('No rules yet').waitFor();
    expect(await pbx.json('rule list')).toMatchObject({ count: 0 });
  });

  it('takes the rules of a file', async () => {
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/rules' });
    const { page } = console;
    await page.getByRole('button', { name: 'Import' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import' });
    const buffer = Buffer.from('number\n+2526\n+2527\nabc\n');
    await dialog.getByLabel('CSV file').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer });
    await dialog.getByRole('button', { name: 'Import' }).click();
    await dialog.getByText(/line 4/i).waitFor();
    const right = { name: 'list.csv', mimeType: 'text/csv', buffer: buffer.subarray(0, -4) };
    await dialog.getByLabel('CSV file').setInputFiles(right);
    await dialog.getByRole('button', { name: 'Import' }).click();
    await page.getByText('2 added').waitFor();
    await page.getByRole('row', { name: /\+2526/ }).waitFor();
    expect(await pbx.json('rule list')).toMatchObject({ count: 2 });
  });

  it('makes a schedule and changes it', async () => {
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/schedules' });
    const { page } = console;
    await page.getByRole('button', { name: 'Add a schedule' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a schedule' });
    await dialog.getByLabel('Name').fill('office');
    await dialog.getByRole('checkbox', { name: 'Saturday' }).check();
    await dialog.getByLabel('From').fill('09:30');
    await shot(page, 'schedules-add');
    await axe(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Mon – Sat 09:30–18:00').waitFor();
    await page.getByRole('button', { name: 'Edit office' }).click();
    const edit = page.getByRole('dialog', { name: 'Schedule office' });
    await edit.getByRole('checkbox', { name: 'Monday', checked: true }).uncheck();
    await edit.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Tue – Sat 09:30–18:00').waitFor();
  });

  it('changes what is heard, and takes the shipped sound again', async () => {
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/announcements' });
    const { page } = console;
    await page.getByRole('button', { name: 'Change: Country denied' }).click();
    const dialog = page.getByRole('dialog', { name: 'Country denied' });
    await dialog.getByRole('combobox', { name: 'Sound' }).fill('our-countries');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/our-countries.wav/).waitFor();
    const reset = page.getByRole('button', { name: 'Take the shipped one: Country denied' });
    await reset.click();
    await reset.waitFor({ state: 'detached' });
    const row = page.getByRole('row', { name: /Country denied.*cannot-complete-as-dialed/ });
    await expect.poll(() => row.count()).toBe(1);
  });

  it('shows its pages to everybody, wide and narrow, light and dark', async () => {
    for (const [theme, width] of looks) {
      await using console = await openConsole(pbx, { path: '/rules', theme, width });
      const { page } = console;
      for (const name of ['rules', 'schedules', 'announcements']) {
        await console.open(`/${name}`);
        await page.getByRole('table').waitFor();
        await shot(page, `${name}-${theme}-${width}`);
        await fitsItsWidth(page);
        await axe(page);
      }
    }
  });
});
