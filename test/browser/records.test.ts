// The pages that look back: calls and why, figures after real calls, the audit of a change made in the page, the system.
import { statSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PickupStatistics, StatisticsRow } from '../../src/admin/pickup-statistics.ts';
import { pickupScene } from '../main-path/pickup-scene.ts';
import { axe, fitsItsWidth, openConsole, shot } from './console.ts';

const policy = ['extension set 1001-1006', 'pickup group create sales', 'pickup group add sales 1002 1003'];

describe('the pages that look back', () => {
  const scene = pickupScene({ web: true, policy });
  beforeAll(async () => {
    const refused = await scene.phone('1002').call('00541143211234');
    await refused.waitEnded();
    const { call } = await scene.letRing('1001', '1002');
    const picker = await scene.phone('1003').call('*8');
    await Promise.all([picker.waitAnswered(), call.waitAnswered()]);
    await picker.hangup();
    await call.waitEnded();
    await scene.recorded({ party: '1003', outcome: 'won' });
    await scene.quiet();
  });

  it('find a refused call, tell its steps, and lead to why', async () => {
    await using console = await openConsole(scene.pbx, { path: '/calls' });
    const { page } = console;
    const row = page.getByRole('row').filter({ hasText: '+541143211234' });
    await row.getByText('Refused').first().waitFor();
    await row.getByText('Argentina').waitFor();
    await axe(page);
    await shot(page, 'calls-1280-light');
    await row.getByRole('button', { name: /show how the call to 00541143211234 was decided/ }).click();
    const dialog = page.getByRole('dialog', { name: 'How this call was decided' });
    await dialog.getByText('This extension may not make international calls.').waitFor();
    await shot(page, 'calls-decision');
    await page.keyboard.press('Escape');
    await page.getByLabel('Search calls').fill('99999');
    await page.getByText('No calls', { exact: true }).waitFor();
    await page.getByLabel('Search calls').fill('5411432');
    await row.getByRole('link', { name: 'Why was it refused?' }).click();
    await page.waitForURL(/\/try\?number=00541143211234&.*from=1002/);
    await console.open('/calls?tab=pickups');
    await page.getByRole('cell', { name: 'Picked up' }).waitFor();
    await console.open('/calls?tab=rang');
    await page.getByRole('cell', { name: '1003, from 1002' }).waitFor();
  });

  it('count what happened', async () => {
    await using console = await openConsole(scene.pbx, { as: 'supervisor', path: '/figures' });
    const { page } = console;
    await page.getByText('Refused by country').first().waitFor();
    await page.getByRole('list', { name: 'Refused by country' }).getByText('Argentina').waitFor();
    await page.getByRole('list', { name: 'Refused by reason' }).getByText('No international right').waitFor();
    const rescued = page.locator('.stat').filter({ hasText: 'Rescued by pickup' });
    await expect.poll(() => rescued.locator('dd').first().innerText()).toBe('1');
    await page.getByRole('table', { name: 'Who took whose calls' }).getByText('1003').waitFor();
    // As the command counts them.
    const { rows } = (await scene.pbx.json('pickup stats --by group')) as PickupStatistics;
    const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
    const seconds = (ms: number | null) =>
      expect.stringMatching(`^${RegExp.escape(tenths.format((ms ?? NaN) / 1000))} secs?$`) as string;
    const cellsOf = (row: StatisticsRow) => [
      row.key,
      ...[row.calls, row.answered, row.rescued].map(String),
      `${(row.abandonRate ?? NaN) * 100}%`,
      ...[row.ringToAnswer.medianMs, row.ringToAnswer.p90Ms].map(seconds),
    ];
    const cells = page
      .getByRole('table', { name: 'By pickup group' })
      .locator('tbody tr')
      .first()
      .locator('td, th');
    await expect.poll(() => cells.allInnerTexts()).toEqual(rows.flatMap(cellsOf));
    await axe(page);
    await shot(page, 'figures-1280-light');
    await page.getByLabel('Time').selectOption('Today');
    await page.getByText('100% of all').waitFor();
  });

  it('tell a change that was made in the page, before and after, with the chain verified', async () => {
    await using console = await openConsole(scene.pbx, { path: '/system' });
    const { page } = console;
    await page.getByText('All is well', { exact: true }).waitFor();
    await axe(page);
    await shot(page, 'system-1280-light');
    await page
      .getByRole('button', { name: /^Go back to it: version/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Go back to it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const elsewhere = await page.context().newCDPSession(page);
    await elsewhere.send('Emulation.setTimezoneOverride', { timezoneId: 'Pacific/Auckland' });
    await console.open('/audit');
    await page.getByText('Chain verified').waitFor();
    await page.getByText('Times are shown in your time zone, Pacific/Auckland;').waitFor();
    await page.getByLabel('Search the audit log').fill(console.account);
    await page.getByRole('cell', { name: console.account }).first().waitFor();
    await axe(page);
    await shot(page, 'audit-1280-light');
  });

  it('try a policy file on the calls of the last days, and apply it once that was looked at', async () => {
    await using console = await openConsole(scene.pbx, { path: '/system' });
    const { page } = console;
    const text = await (await page.request.get('/api/v1/policy.toml')).text();
    const wanted = text.replace(/(\[extensions\.1002\])/, '$1\ninternational = "on"\nlevel = "open"');
    expect(wanted).not.toBe(text);
    await page.getByRole('button', { name: 'Apply a policy file' }).click();
    const dialog = page.getByRole('dialog', { name: 'Apply a policy file' });
    const file = { name: 'policy.toml', mimeType: 'application/toml', buffer: Buffer.from(wanted) };
    await dialog.getByLabel('Policy file (TOML)').setInputFiles(file);
    await dialog.getByText('extension 1002').waitFor();
    await dialog.getByLabel('Calls of the last').fill('3');
    await dialog.getByRole('button', { name: 'Try it' }).click();
    const opened = dialog.getByRole('table', { name: '1 call would go out, and is refused now' });
    await opened.getByRole('row', { name: /1002.*00541143211234.*No international right/ }).waitFor();
    await axe(page);
    await shot(page, 'system-replay');
    await dialog.getByRole('button', { name: 'Apply 1 change' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await scene.pbx.json('extension show 1002')).toMatchObject({ right: 'on', level: 'open' });
  });

  it('give a backup away that is a whole database', async () => {
    await using console = await openConsole(scene.pbx, { path: '/system' });
    const { page } = console;
    const coming = page.waitForEvent('download', { timeout: 20_000 });
    await page.getByRole('button', { name: 'Download a backup' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^callwarden-\d{4}-\d\d-\d\d\.db$/);
    const file = await download.path();
    expect(statSync(file).size).toBeGreaterThan(0);
  });

  it('fit a phone, and are as readable in the dark', async () => {
    await using console = await openConsole(scene.pbx, { path: '/calls', width: 360, theme: 'dark' });
    for (const name of ['calls', 'figures', 'audit', 'system']) {
      await console.open(`/${name}`);
      await console.page.getByRole('table').or(console.page.locator('.stats')).first().waitFor();
      await fitsItsWidth(console.page);
      await axe(console.page);
      await shot(console.page, `${name}-360-dark`);
    }
  });
});
