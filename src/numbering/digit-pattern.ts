// The small regular expressions of numbering data, as trees: which beginnings they allow, and all their strings.
interface Item {
  readonly digits: string | null;
  readonly alternatives: readonly Sequence[];
  readonly min: number;
  readonly max: number;
}
type Sequence = readonly Item[];

const allDigits = '0123456789';

/** A group that may repeat more often than this has no place in numbering data. */
const groupRepeatsMax = 3;

/**
 * The pattern of every string that is a beginning of a string of `source`, the empty and the complete one included.
 * `source` uses digits, `\d`, classes, groups, `|`, `?`, `{n}` and `{m,n}` only, as the data of libphonenumber does.
 */
export function prefixPattern(source: string): RegExp {
  const forms = parsePattern(source).map((sequence) => beginningOf(sequence));
  return new RegExp(`^(?:${forms.join('|')})`);
}

/** Every string of a finite pattern, sorted; throws when there are more than `max` (a mistake in the data). */
export function expandPattern(source: string, max: number): readonly string[] {
  const found = new Set(expandAlternatives(parsePattern(source), max));
  return [...found].sort();
}

function beginningOf(sequence: Sequence): string {
  const [first, ...rest] = sequence;
  if (first === undefined) return '$';
  if (first.digits !== null) {
    const set = `[${first.digits}]`;
    if (first.max === 1 && first.min === 1) return `(?:$|${set}${beginningOf(rest)})`;
    return `(?:${set}{0,${first.max}}$|${set}{${first.min},${first.max}}${beginningOf(rest)})`;
  }
  if (first.max > 1) return beginningOf(unrolled(first, rest));
  const partial = first.alternatives.map((alternative) => beginningOf(alternative));
  const complete = `${sourceOf(first.alternatives)}${beginningOf(rest)}`;
  const skipped = first.min === 0 ? `|${beginningOf(rest)}` : '';
  return `(?:${partial.join('|')}|${complete}${skipped})`;
}

function unrolled(item: Item, rest: Sequence): Sequence {
  demand(item.max <= groupRepeatsMax, 'a group of numbering data repeats too often');
  const once = { ...item, min: 1, max: 1 };
  const copies = Array.from({ length: item.max }, (_, index) =>
    index < item.min ? once : { ...once, min: 0 },
  );
  return [...copies, ...rest];
}

function sourceOf(alternatives: readonly Sequence[]): string {
  const forms = alternatives.map((sequence) =>
    sequence
      .map((item) => {
        const atom = item.digits === null ? sourceOf(item.alternatives) : `[${item.digits}]`;
        return item.min === 1 && item.max === 1 ? atom : `${atom}{${item.min},${item.max}}`;
      })
      .join(''),
  );
  return `(?:${forms.join('|')})`;
}

function expandAlternatives(alternatives: readonly Sequence[], max: number): readonly string[] {
  const found = alternatives.flatMap((sequence) => expandSequence(sequence, max));
  demand(found.length <= max, 'a pattern of numbering data stands for too many strings');
  return found;
}

function expandSequence(sequence: Sequence, max: number): readonly string[] {
  return sequence.reduce<readonly string[]>(
    (heads, item) => {
      const once = item.digits === null ? expandAlternatives(item.alternatives, max) : item.digits.split('');
      const tails: string[] = [];
      let current: readonly string[] = [''];
      for (let count = 0; count <= item.max; count += 1) {
        if (count >= item.min) tails.push(...current);
        if (count < item.max) current = current.flatMap((head) => once.map((digit) => head + digit));
        demand(current.length <= max, 'a pattern of numbering data stands for too many strings');
      }
      return heads.flatMap((head) => tails.map((tail) => head + tail));
    },
    [''],
  );
}

/** Parses a pattern into its alternatives; throws on anything that numbering data does not use. */
function parsePattern(source: string): readonly Sequence[] {
  const { alternatives, next } = parseAlternatives(source, 0);
  demand(next === source.length, `unexpected ${source.charAt(next)} in the pattern ${source}`);
  return alternatives;
}

function parseAlternatives(source: string, start: number): { alternatives: Sequence[]; next: number } {
  const alternatives: Sequence[] = [];
  let sequence: Item[] = [];
  let at = start;
  while (at < source.length && source.charAt(at) !== ')') {
    if (source.charAt(at) === '|') {
      alternatives.push(sequence);
      sequence = [];
      at += 1;
      continue;
    }
    const atom = parseAtom(source, at);
    const { min, max, next } = parseQuantifier(source, atom.next);
    sequence.push({ digits: atom.digits, alternatives: atom.alternatives, min, max });
    at = next;
  }
  return { alternatives: [...alternatives, sequence], next: at };
}

function parseAtom(source: string, at: number): Pick<Item, 'digits' | 'alternatives'> & { next: number } {
  const char = source.charAt(at);
  if (char === '(') {
    const inside = source.startsWith('(?:', at) ? at + 3 : at + 1;
    const { alternatives, next } = parseAlternatives(source, inside);
    demand(source.charAt(next) === ')', `unclosed group in the pattern ${source}`);
    return { digits: null, alternatives, next: next + 1 };
  }
  if (char === '[') {
    const end = source.indexOf(']', at);
    demand(end > at, `unclosed class in the pattern ${source}`);
    return { digits: classDigits(source.slice(at + 1, end)), alternatives: [], next: end + 1 };
  }
  if (source.startsWith('\\d', at)) return { digits: allDigits, alternatives: [], next: at + 2 };
  demand(allDigits.includes(char), `unexpected ${char} in the pattern ${source}`);
  return { digits: char, alternatives: [], next: at + 1 };
}

function classDigits(body: string): string {
  return body.replace(/(\d)-(\d)/g, (_, low: string, high: string) =>
    allDigits.slice(Number(low), Number(high) + 1),
  );
}

function parseQuantifier(source: string, at: number): { min: number; max: number; next: number } {
  if (source.charAt(at) === '?') return { min: 0, max: 1, next: at + 1 };
  const braces = /^\{(\d+)(?:,(\d+))?\}/.exec(source.slice(at, at + 8));
  if (braces === null) return { min: 1, max: 1, next: at };
  const min = Number(braces[1]);
  return { min, max: Number(braces[2] ?? min), next: at + braces[0].length };
}

/** Numbering data that this cannot read is a mistake of the build, not of a caller. */
function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new TypeError(otherwise);
}
