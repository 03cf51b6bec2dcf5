// What a page keeps while one goes to and fro: what it was narrowed down to, and what was not saved. No call is needed for it.
import { describe, expect, it } from 'vitest';
import { setExtensions } from '../../src/admin/extensions.ts';
import { setGroup } from '../../src/admin/groups.ts';
import { bareConsole } from './bare-console.ts';
import { axe, openConsole } from './console.ts';

/** There is no daemon whose events could be followed. */
const withoutDaemon = [/status of 503/];

describe('a page of the console', () => {
  it('keeps what a page was narrowed down to: after a reload, and on the way back', async () => {
    const bare = await bareConsole();
    setExtensions(bare.context, ['1001'], { right: 'on' });
    setExtensions(bare.context, ['1002'], { right: 'off' });
    await using console = await openConsole(bare, { path: '/users', expects: withoutDaemon });
    const { page } = console;
    const rows = page.getByRole('table', { name: 'Users' }).getByRole('link', { name: /^100\d$/ });
    const isNarrowed = () => expect.poll(() => rows.allInnerTexts()).toEqual(['1002']);
    await page.getByRole('combobox', { name: 'Calls abroad' }).selectOption('off');
    await isNarrowed();
    expect(new URL(page.url()).search).toBe('?international=off');
    await page.reload();
    await isNarrowed();
    await rows.click();
    await page.getByRole('heading', { level: 1, name: '1002' }).waitFor();
    await page.goBack();
    await isNarrowed();
    await page.getByRole('combobox', { name: 'Calls abroad' }).selectOption('');
    await expect.poll(() => rows.allInnerTexts()).toEqual(['1001', '1002']);
    expect(new URL(page.url()).search).toBe('');
  });

  it('asks before a link takes away what was not saved', async () => {
    const bare = await bareConsole();
    setGroup(bare.context, 'sales', {});
    await using console = await openConsole(bare, { path: '/groups/sales', expects: withoutDaemon });
    const { page } = console;
    const level = page.getByRole('combobox', { name: 'Barring level' });
    const links = page.getByRole('navigation', { name: 'Pages' });
    const question = page.getByRole('dialog', { name: 'There are unsaved changes' });
    await level.selectOption('high');
    await links.getByRole('link', { name: 'Users' }).click();
    await axe(page);
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await level.inputValue()).toBe('high');
    await page.getByRole('region', { name: 'What it gives' }).getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    await links.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    await page.goBack();
    await level.selectOption('low');
    await links.getByRole('link', { name: 'PINs' }).click();
    await question.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { level: 1, name: 'PINs' }).waitFor();
  });
});
