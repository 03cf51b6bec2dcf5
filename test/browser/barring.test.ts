// Call barring in the browser: set in the page, obeyed by real calls, looked at before it is saved, and told again when others were faster.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import { openStore } from '../../src/store/open.ts';
import { policyVersion } from '../../src/store/policy.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { expectOut, refused } from '../main-path/outgoing.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { axe, fitsItsWidth, looks, openConsole, shot } from './console.ts';

const FRANCE = '0033140205050';
const SPAIN = '0034910000000';
const GERMANY = '00493012345678';
const ARGENTINA = '00541143210987';

describe('call barring in the browser', () => {
  let pbx: Pbx;
  let phone: Phone;
  beforeAll(async () => {
    pbx = await startPbx({ web: true, policy: ['extension set 1001 --international on'] });
    phone = await pbx.lab.phone('1001');
  });
  afterAll(() => pbx?.[Symbol.asyncDispose]());

  /** Behind the console's back. */
  const behind = (work: (context: Parameters<typeof setCountries>[0]) => void) => {
    using store = openStore(join(pbx.directory, 'callwarden.db'));
    work({ store, actor: 'cli:otto', pbx: 'lab', nowMs: Date.now() });
  };

  /** Until the daemon decides by what the page has saved. */
  async function save(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Review and save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Review before saving' });
    await dialog.getByRole('button', { name: /^Save \d+ change/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await decidesByIt();
  }

  const decidesByIt = async () => {
    using store = openStore(join(pbx.directory, 'callwarden.db'), { readonly: true });
    const wanted = policyVersion(store);
    const decides = async () => ((await pbx.status()).policy?.version ?? 0) >= wanted;
    expect(await eventually(decides, 20_000)).toBe(true);
  };

  it('bars all countries but two', async () => {
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/barring' });
    const { page } = console;
    await page.getByRole('radio', { name: /^Closed/ }).check();
    await page.getByRole('tab', { name: 'Countries and regions' }).click();
    for (const country of ['France', 'Spain']) {
      await page.getByRole('searchbox', { name: 'Search a country' }).fill(country);
      await page.getByRole('button', { name: `Allow ${country}`, exact: true }).click();
    }
    await save(page);
    await page.getByText('2 destinations are open').waitFor();
    await expectOut(pbx, phone, FRANCE);
    await expectOut(pbx, phone, SPAIN);
    expect(await refused(pbx, phone, ARGENTINA)).toMatchObject({ reason: 'country-not-allowed' });
  });

  it('sets a level, and a real call obeys it', async () => {
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/barring' });
    const { page } = console;
    expect(await refused(pbx, phone, GERMANY)).toMatchObject({ reason: 'country-not-allowed' });
    await page.getByRole('radio', { name: /^Low exposure/ }).check();
    await save(page);
    await expectOut(pbx, phone, GERMANY);
  });

  it('puts a country into the list of a level after a look at what that does, and a real call obeys it', async () => {
    await using console = await openConsole(pbx, { as: 'telephony-system', path: '/barring' });
    const { page } = console;
    expect(await refused(pbx, phone, ARGENTINA)).toMatchObject({ reason: 'country-not-allowed' });
    await page.getByRole('button', { name: 'What is this? Low exposure' }).click();
    await page.getByRole('button', { name: 'Countries and lists' }).last().click();
    const lists = page.getByRole('dialog', { name: 'Countries that the level Low exposure opens' });
    await lists.getByText('Add countries to Low exposure').click();
    await lists.getByRole('combobox', { name: 'Countries to add' }).fill('argen');
    await lists.getByRole('option', { name: /^Argentina/ }).click();
    await lists.getByRole('textbox', { name: 'Why they stand there' }).fill('Our office');
    await lists.getByRole('button', { name: 'Add', exact: true }).click();
    await lists.getByRole('searchbox', { name: 'Search a country' }).fill('germany');
    await lists.getByRole('combobox', { name: 'List of Germany' }).selectOption('Only Open');
    await lists.getByText('Nothing matches').waitFor();
    await lists.getByRole('searchbox', { name: 'Search a country' }).fill('argen');
    await lists.getByRole('row', { name: /Argentina.*Not saved.*Our office/ }).waitFor();
    await axe(page);
    await shot(page, 'barring-lists');
    await lists.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Review and save' }).click();
    const review = page.getByRole('dialog', { name: 'Review before saving' });
    await review.getByText('List of Argentina').waitFor();
    await review.getByText('1 user loses Germany').waitFor();
    await review.getByText('1 user gains Argentina').waitFor();
    await shot(page, 'barring-lists-review');
    await review.getByRole('button', { name: 'Save 2 changes' }).click();
    await review.waitFor({ state: 'detached' });
    await decidesByIt();
    await expectOut(pbx, phone, ARGENTINA);
    expect(await refused(pbx, phone, GERMANY)).toMatchObject({ reason: 'country-not-allowed' });

    await page.getByRole('button', { name: 'Countries and lists' }).first().click();
    await lists.getByRole('button', { name: 'Put 2 countries back as shipped' }).click();
    await lists.getByRole('button', { name: 'Done' }).click();
    await save(page);
    expect(await refused(pbx, phone, ARGENTINA)).toMatchObject({ reason: 'country-not-allowed' });
  });

  it('says who loses a country before it is denied, and saves nothing until that is confirmed', async () => {
    await using console = await openConsole(pbx, { path: '/barring?tab=countries' });
    const { page } = console;
    await page.getByRole('searchbox', { name: 'Search a country' }).fill('+33');
    await page.getByRole('button', { name: 'Deny France', exact: true }).click();
    await page.getByRole('button', { name: 'Review and save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Review before saving' });
    await dialog.getByText('1 user loses France').waitFor();
    await shot(page, 'barring-review');
    await axe(page);
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await expectOut(pbx, phone, FRANCE);
    await save(page);
    expect(await refused(pbx, phone, FRANCE)).toMatchObject({ reason: 'country-denied' });
  });

  it('warns of a shared code, and decides many countries at once', async () => {
    await using console = await openConsole(pbx, { path: '/barring?tab=countries' });
    const { page } = console;
    await page.getByRole('searchbox', { name: 'Search a country' }).fill('+1');
    await page.getByRole('checkbox', { name: 'Select Canada' }).check();
    await page.getByRole('checkbox', { name: 'Select Jamaica' }).check();
    await page.getByRole('region', { name: '2 selected' }).getByRole('button', { name: 'Allow' }).click();
    await page.getByText('A code is shared').waitFor();
    await page.getByText(/\+1 is also the code of/).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => page.getByText('A code is shared').count()).toBe(0);
  });

  it('keeps what was typed where somebody else was faster, and saves it the second time', async () => {
    await using console = await openConsole(pbx, { path: '/barring?tab=countries' });
    const { page } = console;
    await page.getByRole('searchbox', { name: 'Search a country' }).fill('Argentina');
    await page.getByRole('button', { name: 'Allow Argentina', exact: true }).click();
    behind((context) => setCountries(context, ['BR'], 'allow'));
    await page.getByRole('button', { name: 'Review and save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Review before saving' });
    await dialog.getByRole('button', { name: 'Save 1 change' }).click();
    await dialog.getByText('Somebody else has changed this').waitFor();
    await dialog.getByRole('link', { name: 'See in the audit log who it was' }).waitFor();
    await dialog.getByRole('button', { name: 'Load again' }).click();
    await page.getByRole('region', { name: '1 change is not saved yet' }).waitFor();
    await save(page);
    await expectOut(pbx, phone, ARGENTINA);
  });

  it('is only looked at by who may not change it', async () => {
    await using console = await openConsole(pbx, { as: 'auditor', path: '/barring', language: 'de-DE' });
    const { page } = console;
    expect(await page.getByRole('radio', { name: /^Geschlossen/ }).isDisabled()).toBe(true);
    await page.getByRole('tab', { name: 'Länder und Regionen' }).click();
    expect(await page.getByRole('button', { name: 'Frankreich erlauben' }).count()).toBe(0);
  });

  it('shows its pages to everybody, wide and narrow, light and dark', async () => {
    for (const [theme, width] of looks) {
      await using console = await openConsole(pbx, { path: '/barring', theme, width });
      const { page } = console;
      for (const tab of ['Protection and level', 'Countries and regions', 'Dialling and more']) {
        await page.getByRole('tab', { name: tab }).click();
        if (tab.startsWith('Countries')) {
          await page.getByRole('searchbox', { name: 'Search a country' }).fill('Europe');
        }
        await page.getByRole('heading', { level: 2 }).first().waitFor();
        await shot(page, `barring-${tab.split(' ')[0]?.toLowerCase()}-${theme}-${width}`);
        await fitsItsWidth(page);
        await axe(page);
      }
      await page.getByRole('tab', { name: 'Protection and level' }).click();
      await page.getByRole('button', { name: 'Countries and lists' }).first().click();
      await page.getByRole('dialog').getByRole('row').nth(1).waitFor();
      await shot(page, `barring-lists-${theme}-${width}`);
      await fitsItsWidth(page);
      await axe(page);
    }
  });
});
