// The frame of the console: signing in, pages by rights, languages, appearance, keyboard, and what happens when the daemon is away.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/admin/account-rights.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { axe, fitsItsWidth, openConsole, password, shot } from './console.ts';

const policyPages = [
  'Try a number',
  'Call barring',
  'Users',
  'Groups',
  'Authorised numbers',
  'PINs',
  'Limits and quarantine',
  'Pickup',
];
/** What each role finds in the navigation. */
const pagesOf: Readonly<Record<Role, readonly string[]>> = {
  administrator: ['Live', 'Figures', 'Calls', ...policyPages, 'Audit log', 'Accounts', 'System'],
  'telephony-system': ['Figures', 'Calls', ...policyPages],
  users: ['Calls', ...policyPages],
  supervisor: ['Live', 'Figures'],
  auditor: ['Live', 'Figures', 'Calls', ...policyPages, 'Audit log', 'System'],
};

const FIRST_LOAD_BYTES_MAX = 100_000;

const linksOf = async (page: Page) =>
  (await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts()).map((text) =>
    text.trim(),
  );

describe('the frame of the console', () => {
  let pbx: Pbx;
  beforeAll(async () => {
    pbx = await startPbx({ web: true });
  });
  afterAll(() => pbx[Symbol.asyncDispose]());

  it('asks who one is, says what was wrong, and leads back to where one wanted to go', async () => {
    // Makes the account.
    const { account } = await (async () => {
      await using made = await openConsole(pbx);
      return { account: made.account };
    })();
    await using console = await openConsole(pbx, { as: null, path: '/users' });
    const { page } = console;
    await axe(page);
    await shot(page, 'sign-in');
    await page.getByLabel('Account').fill(account);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('The name or the password is wrong.');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/users');
  });

  it.each(Object.entries(pagesOf))('shows %s the pages of its rights, and no other', async (role, names) => {
    await using console = await openConsole(pbx, { as: role as Role });
    const { page } = console;
    expect(await linksOf(page)).toEqual(names);
    if (role === 'administrator') return;
    await console.open('/accounts');
    await page.getByRole('heading', { name: 'This page is not for your account' }).waitFor();
  });

  it('speaks the language of the browser, and the one that is chosen from then on', async () => {
    await using console = await openConsole(pbx, { language: 'de-AT', path: '/users' });
    const { page } = console;
    await page.getByRole('heading', { level: 1, name: 'Benutzer' }).waitFor();
    await page.getByRole('button', { name: /Konto und Darstellung/ }).click();
    await page.getByLabel('Sprache').selectOption('fr');
    await page.getByRole('heading', { level: 1, name: 'Utilisateurs' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('fr');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Utilisateurs' }).waitFor();
  });

  it('is light or dark as the device is, or as chosen', async () => {
    await using console = await openConsole(pbx, { theme: 'light', path: '/users' });
    const { page } = console;
    const ground = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const light = await ground();
    await page.getByRole('button', { name: /Account and appearance/ }).click();
    await shot(page, 'preferences');
    await axe(page);
    await page.getByLabel('Appearance', { exact: true }).selectOption('dark');
    // It is the frame behind the change that has the new colours.
    await expect.poll(ground).not.toBe(light);
    const dark = await ground();
    await page.reload();
    await expect.poll(ground).toBe(dark);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByRole('button', { name: /Account and appearance/ }).click();
    await page.getByLabel('Appearance', { exact: true }).selectOption('light');
    await expect.poll(ground).toBe(light);
  });

  it('is used without a mouse, on a phone too', async () => {
    await using console = await openConsole(pbx, { width: 360, path: '/users' });
    const { page } = console;
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    const menu = page.getByRole('button', { name: 'Menu' });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.getByRole('link', { name: 'Groups' }).focus();
    await shot(page, 'menu-360');
    await fitsItsWidth(page);
    await axe(page);
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.id')).toBe('menu-button');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Groups' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Groups' }).waitFor();
    await page.getByRole('link', { name: 'Users', exact: true }).waitFor({ state: 'hidden' });
  });

  it('keeps what was typed when the session ends, and goes on behind the password', async () => {
    await using console = await openConsole(pbx, { path: '/try' });
    const { page } = console;
    const number = page
      .getByRole('main')
      .getByLabel(/number/i)
      .first();
    await number.fill('0044 20 7946 0000');
    await page.context().clearCookies();
    await number.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    await shot(page, 'session-ended');
    await axe(page);
    await dialog.getByLabel('Password').fill(password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await number.inputValue()).toBe('0044 20 7946 0000');
  });

  it('says that it is not connected while the daemon is away, and finds it again by itself', async () => {
    const expects = [/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/];
    await using console = await openConsole(pbx, { path: '/users', expects });
    const { page } = console;
    const state = page.getByRole('banner').getByRole('status');
    await state.getByText('Connected to Asterisk').waitFor();
    await pbx.endDaemon('SIGKILL');
    await state.getByText('Not connected').waitFor();
    await shot(page, 'not-connected');
    await pbx.startDaemon();
    await state.getByText('Connected to Asterisk').waitFor({ timeout: 45_000 });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    expect(await state.innerText()).not.toContain('Not connected');
  });

  it('greets an administrator with what is still to be done, until he has seen enough of it', async () => {
    await using console = await openConsole(pbx, { path: '/live', width: 360 });
    const { page } = console;
    const steps = page.getByRole('region', { name: 'What is still to be done' });
    await steps.getByRole('listitem').filter({ hasText: 'Connect Asterisk' }).getByText('Done').waitFor();
    await steps.getByRole('listitem').filter({ hasText: 'Add your users' }).getByText('To do').waitFor();
    await fitsItsWidth(page);
    await axe(page);
    await shot(page, 'first-steps');
    await steps.getByRole('link', { name: 'Add your users' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    await page.goBack();
    await steps.getByRole('button', { name: 'Hide' }).click();
    await steps.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('Calls appear here with their first ring.').waitFor();
    expect(await steps.count()).toBe(0);
  });

  it('is there with less than 100 kB, in the longest of its languages', async () => {
    await using console = await openConsole(pbx, { language: 'de-DE' });
    // As on the first visit: nothing is kept, and what comes is counted as it comes, compressed.
    const watch = await console.page.context().newCDPSession(console.page);
    await watch.send('Network.enable');
    await watch.send('Network.setCacheDisabled', { cacheDisabled: true });
    let bytes = 0;
    watch.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await console.open('/');
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(FIRST_LOAD_BYTES_MAX);
  });

  it('says so where there is no such page, and shows its own frame round it', async () => {
    await using console = await openConsole(pbx, { path: '/no/such/page' });
    const { page } = console;
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await axe(page);
    await console.open('/users/%E0%A4%A');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  });
});
