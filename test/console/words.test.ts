// The words of the console: every language says everything, with the same values in it.
import { describe, expect, it } from 'vitest';
import { formFor, type Plural } from '../../src/console/i18n/words.ts';
import { de } from '../../src/console/words/de/index.ts';
import { en } from '../../src/console/words/en/index.ts';
import { es } from '../../src/console/words/es/index.ts';
import { fr } from '../../src/console/words/fr/index.ts';

type Catalogues = Readonly<Record<string, Readonly<Record<string, string | Plural>>>>;
const languages: Readonly<Record<string, Catalogues>> = { en, fr, es, de };

/** `live.title` -> its text; of a plural, the text of each form. */
function textsOf(catalogues: Catalogues): Map<string, readonly string[]> {
  return new Map(
    Object.entries(catalogues).flatMap(([name, words]) =>
      Object.entries(words).map(([key, entry]) => [
        `${name}.${key}`,
        typeof entry === 'string' ? [entry] : Object.values(entry),
      ]),
    ),
  );
}

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted().join(' ');

/** The forms that `Intl.PluralRules` asks for, but for those of fractions and millions. */
const formsOf: Readonly<Record<string, readonly string[]>> = {
  en: ['one', 'other'],
  fr: ['one', 'other'],
  es: ['one', 'other'],
  de: ['one', 'other'],
};

/** Values that are numbers of things, so that what stands beside them goes by the number. */
const COUNTED =
  /\{(?:count|max|used|left|added|skipped|removed|denied|challenged|continued|refused|taken|written|queued|lost)\}/;
/** A number with a word that goes by it: `{count} rules`, `letzten {count}`. English words have few such forms. */
const AGREES = new RegExp(`${COUNTED.source}[ \u00a0]+(?!of\\b|von\\b|sur\\b|de\\b|más\\b)\\p{L}`, 'u');
/** German participles and a few words have one form for one and for many. */
const ONE_FORM: Readonly<Record<string, RegExp>> = {
  en: /\} (?:allowed|refused|taken|written|waiting|lost|added|there already|removed|left)/,
  de: /\} (?:erlaubt|abgewiesen|gelungen|geschrieben|wartend|verloren|hinzugefügt|schon da|entfernt|bearbeiten)/,
  fr: /$^/,
  es: /$^/,
};
/** Told only of many. */
const MANY = new Set(['system.replayMore']);

describe.each(Object.entries(languages))('the words in %s', (language, catalogues) => {
  const texts = textsOf(catalogues);

  it('are all there, and none is empty', () => {
    const english = textsOf(en);
    expect([...texts.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    const empty = [...texts].filter(([, forms]) => forms.some((text) => text.trim() === ''));
    expect(empty).toEqual([]);
  });

  it('put in the same values as the English ones', () => {
    const wrong = [...textsOf(en)].filter(([key, [...forms]]) => {
      const wanted = placeholders(forms.at(-1) ?? '');
      return placeholders(texts.get(key)?.at(-1) ?? '') !== wanted;
    });
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('have the plural forms of the language', () => {
    const wrong = Object.entries(catalogues).flatMap(([name, words]) =>
      Object.entries(words)
        .filter(([, entry]) => typeof entry !== 'string')
        .filter(([, entry]) => formsOf[language]?.some((form) => !Object.hasOwn(Object(entry), form)))
        .map(([key]) => `${name}.${key}`),
    );
    expect(wrong).toEqual([]);
  });

  it('have forms for one and for many wherever something is counted', () => {
    const wrong = Object.entries(catalogues).flatMap(([name, words]) =>
      Object.entries(words)
        .filter(([key]) => !MANY.has(`${name}.${key}`))
        .filter(
          ([, entry]) => typeof entry === 'string' && AGREES.test(entry) && !ONE_FORM[language]?.test(entry),
        )
        .map(([key]) => `${name}.${key}`),
    );
    expect(wrong).toEqual([]);
  });

  it('say none, one, two and five in the form of the number', () => {
    const plurals = Object.values(catalogues).flatMap((words) =>
      Object.values(words).filter((entry) => typeof entry !== 'string'),
    );
    expect(plurals.length).toBeGreaterThan(30);
    for (const entry of plurals) {
      const { one = '', other } = entry;
      const said = [0, 1, 2, 5].map((count) => formFor(entry, count, language));
      expect(said).toEqual([language === 'fr' ? one : other, one, other, other]);
    }
  });
});
