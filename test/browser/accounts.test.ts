// Accounts in the console: an administrator adds one, its holder signs in and chooses a password, makes a token, and is signed out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPbx, type Pbx } from '../pbx.ts';
import { axe, fitsItsWidth, openConsole, shot } from './console.ts';

const CHOSEN = 'nine blue herons stand';

describe('accounts in the console', () => {
  let pbx: Pbx;
  beforeAll(async () => {
    pbx = await startPbx({ web: true });
  });
  afterAll(() => pbx[Symbol.asyncDispose]());

  it('are added, used for the first time, and disabled', { timeout: 60_000 }, async () => {
    await using console = await openConsole(pbx, { path: '/accounts' });
    const { page } = console;
    await page.getByRole('button', { name: 'Add an account' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an account' });
    await dialog.getByLabel('Account', { exact: true }).fill('Otto');
    await dialog.getByLabel('Name', { exact: true }).fill('Otto Gómez');
    await dialog.getByRole('checkbox', { name: 'Supervisor' }).check();
    await dialog.getByLabel('Extension', { exact: true }).fill('1002');
    await shot(page, 'accounts-add');
    await axe(page);
    await dialog.getByRole('button', { name: 'Add an account' }).click();
    const shown = page.getByRole('dialog', { name: 'The password of otto' });
    const given = await shown.locator('code').innerText();
    await shot(page, 'accounts-password');
    await axe(page);
    await shown.getByRole('button', { name: 'Close' }).last().click();
    const row = page.getByRole('row', { name: /otto/ });
    expect(await row.innerText()).toMatch(/Otto Gómez\s+Supervisor\s+1002\s+Waits for the first sign-in/);
    await shot(page, 'accounts');
    await axe(page);

    await using holder = await openConsole(pbx, { as: null });
    await holder.page.getByLabel('Account').fill('otto');
    await holder.page.getByLabel('Password').fill(given);
    await holder.page.getByRole('button', { name: 'Sign in' }).click();
    await holder.page.getByRole('heading', { name: 'Choose a password of your own' }).waitFor();
    await shot(holder.page, 'sign-in-must-change');
    await axe(holder.page);
    await holder.page.getByLabel('Present password').fill(given);
    await holder.page.getByLabel('New password', { exact: true }).fill('otto1234');
    await holder.page.getByLabel('New password once more').fill('otto1234');
    await holder.page.getByRole('button', { name: 'Change the password' }).click();
    expect(await holder.page.getByRole('alert').innerText()).toContain('too short');
    await holder.page.getByLabel('New password', { exact: true }).fill(CHOSEN);
    await holder.page.getByLabel('New password once more').fill(CHOSEN);
    await holder.page.getByRole('button', { name: 'Change the password' }).click();
    await holder.page.getByRole('navigation', { name: 'Pages' }).waitFor();

    await row.getByRole('link', { name: 'otto' }).click();
    await page.getByRole('heading', { level: 1, name: 'otto' }).waitFor();
    await page.getByRole('cell', { name: /Chrome/ }).waitFor();
    await shot(page, 'account-of-other');
    await axe(page);
    await page.getByRole('button', { name: 'Give a new password' }).click();
    const asked = page.getByRole('dialog', { name: 'Give a new password' });
    expect(await asked.getByRole('switch', { name: 'Remove its API tokens, too' }).isChecked()).toBe(true);
    await shot(page, 'account-reset');
    await axe(page);
    await asked.getByRole('button', { name: 'Give a new password' }).click();
    await shown.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('switch', { name: 'May sign in' }).uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Disabled', { exact: true }).waitFor();
    await page.getByRole('switch', { name: 'May sign in' }).check();
    const keeps = page.getByRole('switch', { name: 'Let its API tokens count again' });
    expect(await keeps.isChecked()).toBe(false);
    await shot(page, 'account-enable');
    await axe(page);
    await page.getByRole('switch', { name: 'May sign in' }).uncheck();
    await keeps.waitFor({ state: 'detached' });
    await holder.page.goto('/account');
    await holder.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await console.open('/accounts');
    await page.getByRole('row', { name: /otto.*Disabled/ }).waitFor();
  });

  it(
    'of one’s own change the password, end other sessions, and make tokens',
    { timeout: 60_000 },
    async () => {
      await using elsewhere = await openConsole(pbx, { as: 'auditor' });
      await using console = await openConsole(pbx, { as: 'auditor', path: '/account' });
      const { page } = console;
      await page.getByText('This browser', { exact: true }).waitFor();
      await page.getByRole('button', { name: /^Sign out Chrome/ }).click();
      await page.getByText('Saved').waitFor();
      await elsewhere.page.goto('/account');
      await elsewhere.page.getByRole('heading', { name: 'Sign in' }).waitFor();

      await page.getByRole('button', { name: 'Make a token' }).click();
      const dialog = page.getByRole('dialog', { name: 'Make a token' });
      await dialog.getByLabel('Name').fill('crm');
      await dialog.getByRole('checkbox', { name: 'Read who called whom' }).check();
      await axe(page);
      await dialog.getByRole('button', { name: 'Make a token' }).click();
      const shown = page.getByRole('dialog', { name: 'The token crm' });
      const token = await shown.locator('code').innerText();
      await shot(page, 'account-token');
      await shown.getByRole('button', { name: 'Close' }).last().click();
      const ask = (path: string) =>
        fetch(`${console.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
      expect([(await ask('/session')).status, (await ask('/settings')).status]).toEqual([200, 403]);
      await shot(page, 'account');
      await axe(page);
      await page.getByRole('row', { name: /crm/ }).getByRole('button', { name: 'Remove crm' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByText('No tokens').waitFor();
      expect((await ask('/session')).status).toBe(401);
    },
  );

  it.each([
    ['de', 'Konten', 'dark', 1280],
    ['fr', 'Comptes', 'light', 360],
    ['es', 'Cuentas', 'dark', 360],
  ] as const)('stand in %s, also on a phone', async (language, title, theme, width) => {
    await using console = await openConsole(pbx, { path: '/accounts', language, theme, width });
    const { page } = console;
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByRole('link', { name: 'administrator' }).waitFor();
    await shot(page, `accounts-${language}-${theme}-${width}`);
    await fitsItsWidth(page);
    await axe(page);
    await console.open('/account');
    await page.getByRole('table').first().waitFor();
    await shot(page, `account-${language}-${theme}-${width}`);
    await fitsItsWidth(page);
    await axe(page);
  });
});
