// Says the daemon's English sentences in another language: each is known by its pattern, its values go into the words there.

import type { Plural } from './words.ts';

/**
 * By key, a sentence with `{name}` for a value, or the forms that it has by a number. A key such as `level.low` is a word that
 * the value `{level}` may be.
 */
export type Phrases = Readonly<Record<string, string | Plural>>;

/** In another language: where its words go by a number, its forms by the first value that is one. */
export type SaidWords = Readonly<Record<string, string | Plural>>;

/** How the language writes what is no sentence. */
export interface Writing {
  readonly number: (value: number) => string;
  readonly moment: (atMs: number) => string;
  readonly country: (region: string) => string;
  readonly list: (items: readonly string[]) => string;
  /** Of what stands under a key: `setting`, `home-region`; null where it is no such kind. */
  readonly name: (kind: string, key: string) => string | null;
  /** Of words with forms, the one that goes with the number. */
  readonly form: (words: string | Plural, count: number) => string;
}

interface Pattern {
  readonly key: string;
  readonly names: readonly string[];
  readonly regex: RegExp;
  /** The longest of its own parts: a text without it needs no further look. */
  readonly mark: string;
  /** Of its own letters: of two patterns that fit, the one with more of them is meant. */
  readonly weight: number;
}

/** Sentences remembered: a page shows the same ones again and again. */
const REMEMBERED_MAX = 500;
/** Longer ones are no sentence of the daemon's. */
const LENGTH_MAX = 1000;
/** A value may be a sentence with values of its own. */
const DEPTH_MAX = 4;

const GROUPED = /^\d{1,3}(?:,\d{3})+$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const REGION = /^[A-Z]{2}$/;
/** Values that are numbers, and nothing else. */
const COUNTS = new Set(['count', 'more', 'line', 'max', 'min', 'seconds', 'minutes', 'ms']);
const NAMED_REGION = /\b([A-Z]{2}) \([^()]+\)/g;
/** What somebody has written behind it is his. */
const WITH_REASON = /^(.+) \(([^()]*)\)$/;
/** `limit: Too big`: the place in what was sent, and what is wrong there. */
const PLACE = /^([\w."[\]-]+): (.+)$/s;
const COUNT = '([\\d.,]+)';
/** Never more than one sentence: what follows the first has words of its own. */
const VALUE = '((?:(?![.?!] ).|(?<=\\bSt)\\. |\\.\\.\\. )+?)';
/** Where a sentence ends and another begins; not behind `St.`. */
const BETWEEN = /(?<=[.?!])(?<!\bSt\.|^\.\.\.) (?=\S)/;

export interface Phrasebook {
  /** One sentence or several; what is not known stays as it is. */
  readonly text: (text: string) => string;
  /** One of the words that a value may be: `word('field', 'level')`. */
  readonly word: (kind: string, word: string) => string;
}

/** `english`: as the daemon says it; `words`: the same keys in the other language. */
export function phrasebook(english: Phrases, words: SaidWords, writing: Writing): Phrasebook {
  const patterns = Object.entries(english)
    .filter(([key]) => !key.includes('.'))
    .flatMap(([key, said]) => formsOf(said).map((sentence) => patternOf(key, sentence)))
    .toSorted((one, other) => other.weight - one.weight);
  const valueWords = new Map(
    Object.entries(english)
      .filter(([key]) => key.includes('.'))
      .flatMap(([key, said]) => formsOf(said).map((word) => [key, word] as const))
      .map(([key, word]) => {
        const own = words[key];
        return [`${key.slice(0, key.indexOf('.'))} ${word}`, typeof own === 'string' ? own : word];
      }),
  );
  const remembered = new Map<string, string>();

  return {
    text: (text) => {
      const known = remembered.get(text);
      if (known !== undefined) return known;
      const found = text.length > LENGTH_MAX ? text : textOf(text, 0);
      if (remembered.size >= REMEMBERED_MAX) remembered.clear();
      remembered.set(text, found);
      return found;
    },
    word: (kind, word) => valueWords.get(`${kind} ${word}`) ?? word,
  };

  function textOf(text: string, depth: number): string {
    const whole = clausesOf(text, depth) ?? sentenceOf(text, depth);
    if (whole !== null) return whole;
    const sentences = text.split(BETWEEN);
    if (sentences.length === 1) return depth === 0 ? text : listOf(text, depth);
    return sentences
      .map((sentence) => clausesOf(sentence, depth) ?? sentenceOf(sentence, depth) ?? sentence)
      .join(' ');
  }

  /** `a; b`, where each of them is known. */
  function clausesOf(text: string, depth: number): string | null {
    const parts = text.split('; ').map((part) => sentenceOf(part, depth));
    return parts.length > 1 && parts.every((part) => part !== null) ? parts.join('; ') : null;
  }

  /** `a, b and c`, where each of them is known. */
  function listOf(text: string, depth: number): string {
    const items = text.split(/, | and /);
    const said = items.length === 1 ? [] : items.flatMap((item) => matchOf(item, depth) ?? []);
    return said.length === items.length && said.length > 0 ? writing.list(said) : text;
  }

  /** Null where it is not known. */
  function sentenceOf(text: string, depth: number): string | null {
    const found = matchOf(text, depth);
    if (found !== null || depth > DEPTH_MAX) return found;
    // A part of a sentence that stands alone here, or the other way round.
    if (text.endsWith('.')) {
      const bare = matchOf(text.slice(0, -1), depth);
      if (bare !== null) return `${bare}.`;
    }
    const placed = PLACE.exec(text);
    if (placed === null) return null;
    const [, place = '', rest = ''] = placed;
    const said = textOf(rest, depth + 1);
    return said === rest ? null : `${place}: ${said}`;
  }

  function matchOf(text: string, depth: number): string | null {
    if (depth > DEPTH_MAX) return null;
    const [, head = '', reason = ''] = WITH_REASON.exec(text) ?? [];
    const bare = head === '' || depth === 0 ? null : matchOf(head, depth);
    if (bare !== null) return `${bare} (${reason})`;
    for (const { key, names, regex, mark } of patterns) {
      const match = text.includes(mark) ? regex.exec(text) : null;
      const own = words[key];
      if (match === null || own === undefined) continue;
      const values = new Map(
        names.map((name, place) => [name, valueOf(name, match[place + 1] ?? '', depth + 1)]),
      );
      const counted = match[names.findIndex((name) => COUNTS.has(name)) + 1] ?? '';
      return writing
        .form(own, Number(counted.replaceAll(',', '')))
        .replaceAll(/\{(\w+)\}/g, (whole, name: string) => values.get(name) ?? whole);
    }
    return null;
  }

  function valueOf(name: string, value: string, depth: number): string {
    const word = valueWords.get(`${name} ${value.toLowerCase()}`);
    if (word !== undefined) return word;
    const named = writing.name(name, value);
    if (named !== null) return named;
    if (GROUPED.test(value)) return writing.number(Number(value.replaceAll(',', '')));
    if (MOMENT.test(value)) return writing.moment(Date.parse(value));
    // What people have written is theirs; the daemon's own reasons are sentences.
    if (name === 'reason' && !value.endsWith('.')) return value;
    if (name === 'region' && REGION.test(value)) return writing.country(value);
    if (!value.includes(' ') || !/[a-z]/i.test(value)) return value;
    const text = textOf(value, depth);
    if (text !== value) return text;
    return value.replaceAll(NAMED_REGION, (_, code: string) => `${code} (${writing.country(code)})`);
  }
}

/** Of words that go by a number each form, of others the one. */
export function formsOf(said: string | Plural): readonly string[] {
  return typeof said === 'string' ? [said] : Object.values(said);
}

function patternOf(key: string, sentence: string): Pattern {
  const parts = sentence.split(/\{(\w+)\}/);
  const own = parts.filter((_, place) => place % 2 === 0);
  const source = parts.map((part, place) =>
    place % 2 === 0 ? part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : COUNTS.has(part) ? COUNT : VALUE,
  );
  return {
    key,
    names: parts.filter((_, place) => place % 2 === 1),
    regex: new RegExp(`^${source.join('')}$`, 's'),
    mark: own.toSorted((one, other) => other.length - one.length)[0] ?? '',
    weight: own.join('').length,
  };
}
