// What a catalogue of words looks like: English defines the keys, the other languages must have the same ones.
import type { en } from '../words/en/index.ts';

/** By the categories of `Intl.PluralRules`; which ones a language needs, it knows itself. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

export type SameWords<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Plural;
};

export type Words = { readonly [Name in keyof typeof en]: SameWords<(typeof en)[Name]> };

/** `live.title`: the catalogue and the key in it. */
export type WordKey = {
  [Name in keyof Words]: `${Name}.${Extract<keyof Words[Name], string>}`;
}[keyof Words];
