// Texts of others on every page: names, reasons and dialled strings that would like to be scripts are shown, and never run.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addAccount } from '../../src/admin/accounts.ts';
import { addList } from '../../src/admin/authorised-lists.ts';
import { addPerson } from '../../src/admin/authorised-people.ts';
import type { AdminContext } from '../../src/admin/change.ts';
import { addExceptions } from '../../src/admin/exceptions.ts';
import { importExtensions } from '../../src/admin/extension-table.ts';
import { setGroup } from '../../src/admin/groups.ts';
import { addRules } from '../../src/admin/rules.ts';
import { setSettings } from '../../src/admin/settings.ts';
import type { LiveCall, LiveNews } from '../../src/http/live-ports.ts';
import { toCallRow, writeCalls } from '../../src/store/calls.ts';
import { createPasswordHasher } from '../../src/store/password-hash.ts';
import { callRecord } from '../store/call-record.ts';
import { bareConsole } from './bare-console.ts';
import { openConsole } from './console.ts';
import { hostile } from './hostile.ts';

const PAGES_MAX = 8;
/** Of what is added one by one. */
const SINGLY = 25;

function furnish(context: AdminContext): void {
  const term = { fromMs: null, untilMs: null };
  setSettings(
    context,
    new Map([
      ['home-region', ['MX']],
      ['international-prefixes', ['00']],
    ]),
  );
  setGroup(context, 'sales', {});
  addList(context, 'friends', {});
  const rule = { group: null, exact: false, observe: true, ...term } as const;
  const quoted = hostile.map((text, place) => `${1100 + place},"${text.replaceAll('"', '""')}"`);
  importExtensions(context, Buffer.from(['extension,name', ...quoted].join('\n')));
  for (const [place, text] of hostile.slice(0, SINGLY).entries()) {
    const number = `+5255500${10_000 + place}`;
    const target = { countries: [], prefixes: [], numbers: [number], premium: false } as const;
    addExceptions(context, ['1100'], { ...target, ...term, action: 'allow', reason: text, owner: text });
    addRules(context, [number], { ...rule, action: 'deny', reason: text });
    addPerson(context, 'friends', { first: text.slice(0, 60), last: 'x', number });
  }
  const records = hostile.map((text, place) =>
    toCallRow(
      callRecord(`call-${place}`, { dialled: text, number: text, party: text, rule: text, atMs: Date.now() }),
    ),
  );
  writeCalls(context.store, records);
}

const calls = hostile.slice(0, 40).map((text, place): LiveCall => ({
  callId: `ringing-${place}`,
  callerChannelId: null,
  callerExtension: null,
  callerNumber: text,
  callerName: text,
  dialled: [text],
  ringingSinceMs: Date.now(),
  legs: [{ extension: '1100', channelId: `leg-${place}`, channelName: text, ringingSinceMs: Date.now() }],
  mayTake: ['1100'],
}));
const news: readonly LiveNews[] = [
  {
    type: 'board',
    data: {
      ringing: calls,
      missed: false,
      status: { health: 'red', problems: [...hostile], ari: 'up', ami: 'up', pbx: 'lab' },
    },
  },
  ...hostile.map((text): LiveNews => ({ type: 'notice', data: { kind: text, extension: text, text } })),
];

/** Reads a long list to its end, with everything in it opened. */
async function readOn(page: Page): Promise<void> {
  for (let count = 0; count < PAGES_MAX; count += 1) {
    await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
    const next = page.getByRole('button', { name: 'Next page' });
    if ((await next.count()) === 0 || (await next.isDisabled())) return;
    await next.click();
    await page.locator('main:has(.spinner)').waitFor({ state: 'detached' });
  }
}

describe('texts of others', () => {
  it('are shown on every page, and never run', { timeout: 120_000 }, async () => {
    const pbx = await bareConsole(news);
    furnish(pbx.context);
    const words = { displayName: hostile[1] ?? '', roles: ['auditor'] };
    const hasher = createPasswordHasher();
    await addAccount(pbx.context, 'mallory', words, 'drawn', hasher);
    await using console = await openConsole(pbx, { extension: '1100', expects: [/status of 503/] });
    const { page } = console;
    await page.addInitScript(`globalThis.hacked = () => reportViolation('a script of a text has run');`);
    const links = page.locator('#navigation a');
    const paths = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
    const text = encodeURIComponent(hostile[1] ?? '');
    const more = [
      '/users/1100',
      '/groups/sales',
      `/users/${text}`,
      `/try?number=${text}&from=${text}`,
      `/${text}`,
    ];
    for (const path of [...paths, ...more]) {
      await console.open(path);
      await readOn(page);
      expect([path, ...console.problems()]).toEqual([path]);
    }
    await console.open('/users');
    await page.getByText('<script>hacked()</script>').first().waitFor();
  });
});
