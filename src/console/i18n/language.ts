// Which language the console speaks: the one chosen, else the browser's; its words are fetched when it is needed.
import { signal } from '@preact/signals';
import { readChoice, storeChoice } from '../shell/choices.ts';
import type { Words } from './words.ts';

const catalogues = {
  en: async () => (await import('../words/en/index.ts')).en as Words,
  fr: async () => (await import('../words/fr/index.ts')).fr,
  es: async () => (await import('../words/es/index.ts')).es,
  de: async () => (await import('../words/de/index.ts')).de,
} as const;

export type Language = keyof typeof catalogues;

/** By their own names. */
export const languages: readonly { readonly value: Language; readonly label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'Français' },
  { value: 'es', label: 'Español' },
  { value: 'de', label: 'Deutsch' },
];

interface Spoken {
  readonly language: Language;
  /** For `Intl`: the browser's own variant of the language, such as `en-GB`, where it has one. */
  readonly locale: string;
  readonly words: Words | null;
}

export const spoken = signal<Spoken>({ language: 'en', locale: 'en', words: null });

function isLanguage(word: string): word is Language {
  return word in catalogues;
}

function preferred(): Language {
  const chosen = readChoice('language');
  if (chosen !== null && isLanguage(chosen)) return chosen;
  const known = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return known.find(isLanguage) ?? 'en';
}

/** Fetches the words, then shows them everywhere at once. */
export async function speak(language: Language = preferred()): Promise<void> {
  const words = await catalogues[language]();
  const locale = navigator.languages.find((tag) => tag.slice(0, 2).toLowerCase() === language) ?? language;
  document.documentElement.lang = language;
  spoken.value = { language, locale, words };
}

export async function chooseLanguage(language: Language): Promise<void> {
  storeChoice('language', language);
  await speak(language);
}
