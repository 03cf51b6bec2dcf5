// Reads the text of extensions.conf as Asterisk's pbx_config does, and finds the line that a call is at.
import { asteriskPattern } from '../../numbering/asterisk-match.ts';

export interface Line {
  readonly application: string;
  readonly data: string;
}

interface Extension {
  readonly name: string;
  /** Null for a plain name. */
  readonly pattern: RegExp | null;
  /** Smaller is looked at first. */
  readonly rank: string;
  readonly lines: Map<number, Line>;
  readonly labels: Map<string, number>;
}

interface Context {
  readonly extensions: Map<string, Extension>;
  readonly includes: string[];
}

/** A place in the dialplan. */
export interface Place {
  readonly context: string;
  readonly exten: string;
  readonly priority: number;
}

export class Dialplan {
  readonly #contexts = new Map<string, Context>();
  readonly #found = new Map<string, Line | null>();

  /** Several files, one behind the other; `#include` lines are passed over. */
  constructor(texts: readonly string[]) {
    let context: Context | null = null;
    let extension: Extension | null = null;
    let priority = 0;
    for (const raw of texts.join('\n').split('\n')) {
      const text = raw.trim();
      if (text === '' || text.startsWith(';') || text.startsWith('#')) continue;
      const [, name] = /^\[([^\]]+)\]/.exec(text) ?? [];
      if (name !== undefined) {
        context = this.#context(name);
        continue;
      }
      const [, key = '', value = ''] = /^(\w+)\s*=>\s*(.*)$/.exec(text) ?? [];
      if (context === null || key === '') continue;
      if (key === 'include') context.includes.push(value.trim());
      else {
        const line = key === 'exten' ? /^(.*?),(\w+)(?:\((\w+)\))?,(.*)$/.exec(value) : null;
        const same = key === 'same' ? /^(\w+)(?:\((\w+)\))?,(.*)$/.exec(value) : null;
        if (line) extension = extensionIn(context, line[1] ?? '');
        const [word = '', label, rest = ''] = line ? line.slice(2) : (same?.slice(1) ?? []);
        if (extension === null) throw new Error(`A line without extension: ${text}`);
        priority = word === 'n' ? priority + 1 : Number(word);
        if (label !== undefined) extension.labels.set(label, priority);
        extension.lines.set(priority, readLine(rest));
      }
    }
  }

  has(place: Place): boolean {
    return this.find(place) !== null;
  }

  find({ context, exten, priority }: Place): Line | null {
    const key = `${context},${exten},${priority}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const line =
      this.#extension(context, exten, (found) => found.lines.has(priority))?.lines.get(priority) ?? null;
    // Words of a verdict are an extension too, and never the same again.
    if (!exten.includes(':')) this.#found.set(key, line);
    return line;
  }

  /** The priority of a label; null where there is none. */
  label(context: string, exten: string, label: string): number | null {
    return this.#extension(context, exten, (found) => found.labels.has(label))?.labels.get(label) ?? null;
  }

  #extension(
    context: string,
    exten: string,
    suits: (extension: Extension) => boolean,
    depth = 0,
  ): Extension | null {
    const found = this.#contexts.get(context);
    if (!found || depth > 10) return null;
    const plain = found.extensions.get(exten);
    if (plain && plain.pattern === null && suits(plain)) return plain;
    const matching = [...found.extensions.values()]
      .filter((one) => one.pattern?.test(exten) === true && suits(one))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1));
    if (matching[0]) return matching[0];
    for (const name of found.includes) {
      const included = this.#extension(name, exten, suits, depth + 1);
      if (included) return included;
    }
    return null;
  }

  #context(name: string): Context {
    const known = this.#contexts.get(name);
    if (known) return known;
    const context: Context = { extensions: new Map(), includes: [] };
    this.#contexts.set(name, context);
    return context;
  }
}

function extensionIn(context: Context, name: string): Extension {
  const known = context.extensions.get(name);
  if (known) return known;
  const isPattern = name.startsWith('_');
  const extension: Extension = {
    name,
    pattern: isPattern ? asteriskPattern(name.slice(1)) : null,
    rank: isPattern ? rankOf(name.slice(1)) : '',
    lines: new Map(),
    labels: new Map(),
  };
  context.extensions.set(name, extension);
  return extension;
}

/** The fewer characters a place takes, the earlier it is tried; `!` and `.` come last (main/pbx.c, ext_cmp1). */
function rankOf(pattern: string): string {
  const sizes = { X: 'j', Z: 'i', N: 'h', '.': 'y', '!': 'z' } as const;
  return pattern
    .replaceAll(/\[([^\]]*)\]/g, (_whole, set: string) => (set.length > 5 ? 'k' : 'b'))
    .split('')
    .map((char) => sizes[char as keyof typeof sizes] ?? 'a')
    .join('');
}

function readLine(text: string): Line {
  const [, application = '', data = ''] = /^(\w+)\((.*)\)$/s.exec(text) ?? [undefined, text, ''];
  return { application, data };
}
