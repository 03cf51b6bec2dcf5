// `t('live.title')`: a word in the language that the console speaks; a component that calls it follows a change of language.
import { Fragment, type ComponentChildren } from 'preact';
import { spoken } from './language.ts';
import { formFor, type Plural, type WordKey } from './words.ts';

type Values = Readonly<Record<string, string | number>>;

function find(key: string): string | Plural | null {
  const words: Readonly<Record<string, Readonly<Record<string, string | Plural>>>> = spoken.value.words ?? {};
  const [name = '', word = ''] = key.split('.');
  const catalogue = Object.hasOwn(words, name) ? words[name] : undefined;
  return catalogue !== undefined && Object.hasOwn(catalogue, word) ? (catalogue[word] ?? null) : null;
}

const pick = (entry: string | Plural, count: string | number | undefined) =>
  formFor(entry, Number(count ?? 0), spoken.value.locale);

const shown = (value: string | number) =>
  typeof value === 'number' ? new Intl.NumberFormat(spoken.value.locale).format(value) : value;

/** `{name}` stands for a value; numbers are written as the language does; a plural goes by the value `count`. */
export function t(key: WordKey, values: Values = {}): string {
  return tOr(key, key, values);
}

/** For keys that come from the daemon, such as `reasons.${code}`: where there is no such word, what stands there instead. */
export function tOr(key: string, otherwise: string, values: Values = {}): string {
  const entry = find(key);
  if (entry === null) return otherwise;
  return pick(entry, values['count']).replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : shown(value);
  });
}

/** As `t`, where what is put in is more than text: a link, a number in bold. */
export function tWith(
  key: WordKey,
  values: Readonly<Record<string, ComponentChildren>>,
  count?: number,
): ComponentChildren {
  const parts = pick(find(key) ?? key, count).split(/\{(\w+)\}/);
  return parts.map((part, place) => (
    <Fragment key={place}>{place % 2 === 0 ? part : (values[part] ?? `{${part}}`)}</Fragment>
  ));
}
