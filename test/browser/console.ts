// The console in a real browser, signed in, with a guard: no request elsewhere, no script error, nothing that the policy refused.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axeCore, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, expect, vi } from 'vitest';
import { addAccount } from '../../src/admin/accounts.ts';
import { roles, type Role } from '../../src/admin/account-rights.ts';
import { openStore } from '../../src/store/open.ts';
import { createPasswordHasher } from '../../src/store/password-hash.ts';
import type { Pbx } from '../pbx.ts';
import { launchChromium } from './chromium.ts';

export const password = 'correct horse battery staple';
const ACTION_DEADLINE_MS = 20_000;
// For a machine with both processors busy: a PBX, a daemon and a browser are started first.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const shots = process.env['CALLWARDEN_SCREENSHOTS'] ?? '';

/** How pages are looked at: on a phone in the dark, as `pages.test.ts` does the desk in the light; for pictures in all ways. */
export const looks: readonly (readonly [theme: 'light' | 'dark', width: number])[] =
  shots === ''
    ? [['dark', 360]]
    : [
        ['dark', 360],
        ['light', 360],
        ['dark', 1280],
        ['light', 1280],
      ];

/** What the console of a test needs of a PBX. */
export type ConsolePbx = Pick<Pbx, 'directory' | 'web'>;

export interface ConsoleOptions {
  /** The roles of who is signed in, `administrator` by default; null: nobody is. */
  readonly as?: Role | readonly Role[] | null;
  /** The phone of the account, such as `1002`. */
  readonly extension?: string;
  /** `en-GB` by default. */
  readonly language?: string;
  /** In pixels; 1280 by default, 360 is a phone. */
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
  /** Where the page begins: `/`. */
  readonly path?: string;
  /** Problems that the test brings about, such as a network that is gone. */
  readonly expects?: readonly RegExp[];
}

export interface Console extends AsyncDisposable {
  readonly page: Page;
  /** The name of the account. */
  readonly account: string;
  readonly url: string;
  /** Opens another address of the console, and waits until its page stands with what it has read. */
  open(path: string): Promise<void>;
  /** What the guard has seen so far. Disposal fails where that is anything. */
  problems(): readonly string[];
}

let browser: Promise<Browser> | null = null;
afterAll(async () => (await browser)?.close());

/** By PBX, then by name. */
const known = new WeakMap<ConsolePbx, Set<string>>();

/** One account of these roles and this phone; made once for a PBX. */
async function accountFor(pbx: ConsolePbx, held: readonly Role[], extension: string | null): Promise<string> {
  const short = held.length === 1 ? [...held] : held.map((role) => role.slice(0, 5));
  const name = [...short, ...(extension === null ? [] : [extension])].join('.');
  const made = known.get(pbx) ?? new Set();
  known.set(pbx, made);
  if (made.has(name)) return name;
  using store = openStore(join(pbx.directory, 'callwarden.db'));
  const context = { store, actor: 'test', pbx: 'lab', nowMs: Date.now() };
  const words = { displayName: '', roles: held, extension };
  await addAccount(context, name, words, { chosen: password }, createPasswordHasher(), false);
  made.add(name);
  return name;
}

export async function openConsole(pbx: ConsolePbx, options: ConsoleOptions = {}): Promise<Console> {
  const { as = 'administrator', width = 1280, path = '/' } = options;
  const { url } = pbx.web;
  await using resources = new AsyncDisposableStack();
  browser ??= launchChromium();
  const context = await (
    await browser
  ).newContext({
    baseURL: url,
    locale: options.language ?? 'en-GB',
    colorScheme: options.theme ?? 'light',
    viewport: { width, height: width < 600 ? 740 : 800 },
    reducedMotion: 'reduce',
  });
  resources.defer(() => context.close());
  context.setDefaultTimeout(ACTION_DEADLINE_MS);
  const problems = await guard(context, url, options.expects ?? []);
  let account = '';
  if (as !== null) {
    const held = roles.filter((role) => (typeof as === 'string' ? as === role : as.includes(role)));
    account = await accountFor(pbx, held, options.extension ?? null);
    const data = { name: account, password };
    const answer = await context.request.post('/api/v1/session', { data, headers: { origin: url } });
    if (!answer.ok()) throw new Error(`${account} cannot sign in: ${await answer.text()}`);
  }
  const page = await context.newPage();
  const open = async (to: string) => {
    await page.goto(to);
    try {
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.locator('main:has(.spinner)').waitFor({ state: 'detached' });
    } catch (error) {
      const text = await page.locator('body').innerText();
      throw new Error(`No page at ${page.url()}: ${[...problems, text].join('\n')}`, { cause: error });
    }
  };
  await open(path);
  const held = resources.move();
  return {
    page,
    account,
    url,
    open,
    problems: () => [...problems],
    async [Symbol.asyncDispose]() {
      await held.disposeAsync();
      expect(problems).toEqual([]);
    },
  };
}

/** What is refused by design (401, 404, 409, 412 …) is told by the page; the browser's own line on it is no problem. */
const REFUSED_BY_DESIGN = /^Failed to load resource: the server responded with a status of 4\d\d/;

async function guard(context: BrowserContext, url: string, expected: readonly RegExp[]): Promise<string[]> {
  const problems: string[] = [];
  const add = (problem: string) => {
    if (!expected.some((pattern) => pattern.test(problem))) problems.push(problem);
  };
  await context.exposeBinding('reportViolation', (_source, text: string) => add(`policy: ${text}`));
  await context.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    reportViolation(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));`);
  context.on('request', (request) => {
    const address = new URL(request.url());
    if (['data:', 'blob:'].includes(address.protocol) || address.origin === url) return;
    add(`request to ${address.origin}`);
  });
  context.on('weberror', (error) => add(`script: ${error.error().message}`));
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !REFUSED_BY_DESIGN.test(text)) add(`console: ${text}`);
  });
  return problems;
}

/** Fails on what keeps people from using the page (axe-core's serious and critical findings). */
export async function axe(page: Page): Promise<void> {
  await page.evaluate(axeCore.source);
  const results = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  const grave = (results as AxeResults).violations.filter(
    ({ impact }) => impact === 'serious' || impact === 'critical',
  );
  const told = grave.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
  expect(told).toEqual([]);
}

/** Fails where one must scroll sideways to read the page. */
export async function fitsItsWidth(page: Page): Promise<void> {
  const wide = await page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => element.outerHTML.slice(0, 120)).slice(0, 5);
  })()`);
  expect(wide).toEqual([]);
}

/** Into the folder that CALLWARDEN_SCREENSHOTS names, where it does. */
export async function shot(page: Page, name: string): Promise<void> {
  if (shots === '') return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
