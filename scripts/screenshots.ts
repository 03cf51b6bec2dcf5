// `node scripts/screenshots.ts [folder]`: the pictures of the documents, of the real console on a real Asterisk with real calls.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../test/browser/chromium.ts';
import { answer, ring } from '../test/lab/phone/behaviour.ts';
import { openPhones, type Phones } from '../test/lab/phones.ts';
import { startPbx, type Pbx } from '../test/pbx.ts';
import { addWatcher, furnish, remember, type Watcher } from './screenshots/house.ts';

/** Until a call has rung long enough to look so. */
const RINGS_MS = 7000;
/** Past the protection, in pixels. */
const TO_THE_LEVELS = 520;
const DESK = { width: 1280, height: 740, theme: 'light' } as const;
const PHONE = { width: 390, height: 844, theme: 'dark' } as const;

/** Before the pictures, and once more while the page “Live” is open. */
const dialled = [
  ['1003', '5512345678'],
  ['1002', '00541143211234'],
  ['1006', '0018765550123'],
  ['1004', '0034915550123'],
  ['1005', '00442079460018'],
] as const;

const folder = process.argv[2] ?? join(import.meta.dirname, '../docs/pictures');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

mkdirSync(folder, { recursive: true });
await using pbx = await startPbx({ web: true, verbosity: 0 });
await furnish(pbx);
remember(pbx, Date.now());
const watcher = await addWatcher(pbx);
const phones = await openPhones(pbx.lab, ['1001', '1002', '1003', '1004', '1005', '1006']);
for (const phone of phones.all) phone.whenCalled = ring();
await dial(phones);

const browser = await launchChromium();
await using _ = { [Symbol.asyncDispose]: () => browser.close() };
const desk = await (await signedIn(watcher, DESK)).newPage();
await desk.setViewportSize({ ...DESK, height: 680 });
await show(desk, '/barring');
await desk.evaluate(`scrollTo(0, ${TO_THE_LEVELS})`);
await picture(desk, 'call-barring');
await take(desk, 'countries', '/barring?tab=countries', 690);
await take(desk, 'try-a-number', '/try?number=00442079460018&from=1005', 920);
await take(desk, 'user', '/users/1005', 700);
await take(desk, 'figures', '/figures', 1000);
await desk.setViewportSize(DESK);
const pocket = await (await signedIn(watcher, PHONE)).newPage();
await takeLive(pbx, phones, { live: desk, 'live-on-a-phone': pocket });

/** What the calls come to is on record then. */
async function dial(from: Phones): Promise<void> {
  for (const [extension, number] of dialled) {
    const call = await from(extension).call(number);
    await call.waitFinal();
    await call.giveUp();
  }
}

/** Pages that are open while people dial, a call is taken by a code, and two customers call. */
async function takeLive(
  { lab }: Pick<Pbx, 'lab'>,
  from: Phones,
  named: Readonly<Record<string, Page>>,
): Promise<void> {
  for (const page of Object.values(named)) await show(page, '/live');
  await dial(from);
  const early = await lab.carrier.call('1004', { from: '5559876543', name: 'Lucía Torres' });
  await early.waitRinging();
  const picker = await from('1002').call('*8');
  await picker.waitFinal();
  await picker.giveUp();
  await early.waitEnded();
  from('1003').whenCalled = answer();
  const customers = [
    await lab.carrier.call('1002', { from: '5512345678', name: 'Sofía Marín' }),
    await lab.carrier.call('1004', { from: '8187654321', name: 'Mateo Rojas' }),
  ];
  for (const [name, page] of Object.entries(named)) {
    await page.getByRole('button', { name: 'Pick up' }).nth(1).waitFor();
    await page.waitForTimeout(RINGS_MS);
    await picture(page, name);
  }
  for (const customer of customers) await customer.cancel();
}

async function signedIn(
  { url, name, password }: Watcher,
  { width, height, theme }: typeof DESK | typeof PHONE,
): Promise<BrowserContext> {
  const viewport = { width, height };
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    colorScheme: theme,
    viewport,
    reducedMotion: 'reduce',
  });
  const headers = { origin: url };
  const reply = await context.request.post('/api/v1/session', { data: { name, password }, headers });
  if (!reply.ok()) throw new Error(`${name} cannot sign in: ${await reply.text()}`);
  return context;
}

async function show(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('main:has(.spinner)').waitFor({ state: 'detached' });
}

async function take(page: Page, name: string, path: string, height: number = DESK.height): Promise<void> {
  await page.setViewportSize({ width: DESK.width, height });
  await show(page, path);
  await picture(page, name);
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
