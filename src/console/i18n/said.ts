// `said(text)`: a sentence of the daemon's, which speaks English, in the language that the console speaks.
import { signal } from '@preact/signals';
import { countryName, formatList, formatMoment, formatNumber } from './format.ts';
import { spoken, type Language } from './language.ts';
import { refusalName, settingName } from './named.ts';
import { phrasebook, type Phrasebook, type SaidWords } from './phrasebook.ts';
import { formFor, type Plural } from './words.ts';

const catalogues: Readonly<Record<Exclude<Language, 'en'>, () => Promise<SaidWords>>> = {
  fr: async () => (await import('../words/fr/said/index.ts')).said,
  es: async () => (await import('../words/es/said/index.ts')).said,
  de: async () => (await import('../words/de/said/index.ts')).said,
};

const opened = signal<{ readonly language: Language; readonly book: Phrasebook } | null>(null);
/** What was asked for last: once, as words that could not be fetched stay away until the page is loaded again. */
let asked: { readonly language: Language; readonly done: Promise<void> } | null = null;

/** In English as long as its words are not there; what is shown follows them. */
export function said(text: string): string {
  return book()?.text(text) ?? text;
}

/** A word that stands alone: `saidWord('field', 'level')`. */
export function saidWord(kind: string, word: string): string {
  return book()?.word(kind, word) ?? word;
}

/** The same for what is said once: waits for the words. */
export async function saidSoon(text: string): Promise<string> {
  const { language } = spoken.value;
  if (language !== 'en') await open(language);
  return said(text);
}

function nameOf(kind: string, key: string): string | null {
  if (kind === 'setting') return settingName(key);
  return kind === 'refusal' ? refusalName(key) : null;
}

function book(): Phrasebook | null {
  const { language } = spoken.value;
  if (language === 'en') return null;
  if (opened.value?.language === language) return opened.value.book;
  void open(language);
  return null;
}

function open(language: Exclude<Language, 'en'>): Promise<void> {
  if (asked?.language !== language) asked = { language, done: read(language) };
  return asked.done;
}

async function read(language: Exclude<Language, 'en'>): Promise<void> {
  try {
    const [english, words] = await Promise.all([import('../words/en/said/index.ts'), catalogues[language]()]);
    const writing = {
      number: formatNumber,
      moment: formatMoment,
      country: countryName,
      list: formatList,
      name: nameOf,
      form: (own: string | Plural, count: number) => formFor(own, count, spoken.value.locale),
    };
    opened.value = { language, book: phrasebook(english.said, words, writing) };
  } catch {
    // The daemon is away; until it is back its sentences are read in English.
  }
}
