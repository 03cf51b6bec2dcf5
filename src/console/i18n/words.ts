// What a catalogue of words looks like: English defines the keys, the other languages must have the same ones.
import type { en } from '../words/en/index.ts';

/** By the categories of `Intl.PluralRules`; which ones a language needs, it knows itself. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** The form that goes with the number: in French, that of one goes with none. */
export function formFor(entry: string | Plural, count: number, locale: string): string {
  return typeof entry === 'string'
    ? entry
    : (entry[new Intl.PluralRules(locale).select(count)] ?? entry.other);
}

export type SameWords<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Plural;
};

/** Of the daemon's sentences, which are English: another language may need forms where English has its one. */
export type SaidAs<English> = { readonly [Key in keyof English]: string | Plural };

export type Words = { readonly [Name in keyof typeof en]: SameWords<(typeof en)[Name]> };

/** `live.title`: the catalogue and the key in it. */
export type WordKey = {
  [Name in keyof Words]: `${Name}.${Extract<keyof Words[Name], string>}`;
}[keyof Words];
