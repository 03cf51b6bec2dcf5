// The console in its other languages: neither what the daemon says nor any text of a page is left in English.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formsOf, type SaidWords } from '../../src/console/i18n/phrasebook.ts';
import { de } from '../../src/console/words/de/index.ts';
import { said } from '../../src/console/words/en/said/index.ts';
import { es } from '../../src/console/words/es/index.ts';
import { fr } from '../../src/console/words/fr/index.ts';
import { bareConsole, furnish } from './bare-console.ts';
import { openConsole, shot } from './console.ts';

/** How the rule that decides names the country of the number. */
const frenchCountry: Readonly<Record<string, string>> = {
  fr: 'vers France',
  es: 'a Francia',
  de: 'nach Frankreich',
};

/** What the daemon's sentences are made of, without their values. */
const englishParts = Object.values<SaidWords[string]>(said)
  .flatMap(formsOf)
  .flatMap((sentence) => sentence.split(/\{\w+\}/))
  .map((part) => part.trim())
  .filter((part) => part.length > 12 && / /.test(part));

/** Every text of the page that has a word in it, as it stands there, and what a screen reader says in its place. */
const textsOn = async (page: Page) =>
  (
    await page.evaluate<string[]>(`(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) {
        if (walker.currentNode.parentElement.closest('code, option, [lang], script') === null)
          texts.push(walker.currentNode.data);
      }
      for (const named of document.querySelectorAll('[aria-label], [placeholder], [title]'))
        texts.push(...['aria-label', 'placeholder', 'title'].map((name) => named.getAttribute(name) ?? ''));
      return texts;
    })()`)
  )
    .map((text) => text.trim())
    .filter((text) => /[a-z]{3}/i.test(text));

const everyPage =
  `/figures /calls /try /barring /users /users/1001 /groups /rules /exceptions /schedules /announcements
  /authorised /pins /limits /pickup /audit /accounts /system /account`.split(/\s+/);
/** Names, and what people have written. */
const ofNoLanguage =
  /^(?:Mozilla|Callwarden|Asterisk|FastAGI|administrator|sales|Roaming|lab|test|Chromium|Chrome|HeadlessChrome)\b/;

const englishIn = (text: string) => englishParts.filter((part) => text.includes(part));

describe('the console in another language', () => {
  it.each(Object.entries({ fr, es, de }))(
    'says in %s what the daemon says in English: refusals, mistakes, rules and notices',
    async (language, words) => {
      const bare = await bareConsole();
      furnish(bare.context);
      await using console = await openConsole(bare, {
        language,
        path: '/groups',
        // There is no daemon whose status could be told.
        expects: [/status of 503/],
      });
      const { page } = console;
      // The words for it may still be on their way.
      const text = () => page.locator('body').innerText();
      const speaksNoEnglish = () => expect.poll(async () => englishIn(await text())).toEqual([]);
      await page.getByRole('button', { name: words.groups.add }).click();
      await page.getByRole('dialog').getByLabel(words.groups.name).fill('sales');
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.getByRole('alert').getByText(/sales/).waitFor();
      await shot(page, `refused-${language}`);
      await speaksNoEnglish();
      await page.getByRole('dialog').getByLabel(words.groups.name).fill('a group');
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page
        .getByRole('alert')
        .getByText(/"a group"/)
        .waitFor();
      await speaksNoEnglish();
      await console.open('/try?number=0033140205050&from=1001');
      await page.getByLabel(words.tryNumber.allSteps).click();
      await expect.poll(text).toContain(frenchCountry[language]);
      await shot(page, `tried-${language}`);
      await speaksNoEnglish();
      for (const path of ['/system', '/limits', '/audit', '/users/1001']) {
        await console.open(path);
        await speaksNoEnglish();
        await shot(page, `said${path.replaceAll('/', '-')}-${language}`);
      }
    },
  );

  // The languages have the same keys, so what is English in one is so in each.
  it('leaves no text of any page in English', { timeout: 240_000 }, async () => {
    const bare = await bareConsole();
    furnish(bare.context);
    const options = { path: '/calls', expects: [/status of 503/] };
    const english = new Map<string, ReadonlySet<string>>();
    await using first = await openConsole(bare, options);
    for (const path of everyPage) {
      await first.open(path);
      english.set(path, new Set(await textsOn(first.page)));
    }
    const own = new Set(Object.values(de).flatMap((words) => Object.values<string | object>(words)));
    await using second = await openConsole(bare, { ...options, language: 'de-DE' });
    for (const path of everyPage) {
      await second.open(path);
      const left = async () =>
        (await textsOn(second.page)).filter(
          (text) => english.get(path)?.has(text) && !own.has(text) && !ofNoLanguage.test(text),
        );
      // The words for what the daemon says may still be on their way.
      await expect.poll(left, { message: path }).toEqual([]);
    }
  });
});
