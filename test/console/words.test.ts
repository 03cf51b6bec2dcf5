// The words of the console: every language says everything, with the same values in it.
import { describe, expect, it } from 'vitest';
import { de } from '../../src/console/words/de/index.ts';
import { en } from '../../src/console/words/en/index.ts';
import { es } from '../../src/console/words/es/index.ts';
import { fr } from '../../src/console/words/fr/index.ts';

type Catalogues = Readonly<
  Record<string, Readonly<Record<string, string | Readonly<Record<string, string>>>>>
>;
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
});
