// Asterisk's configuration files as far as the doctor asks of them: sections and their keys (main/config.c).

/** Section -> key -> values in order; keys before any section stand under ''. */
export type Conf = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

const LINES_MAX = 200_000;

/** What a file says, and how: `includes` where it names further files, `repeated` the sections begun anew without `(+)`. */
export interface ReadConf {
  readonly conf: Conf;
  readonly includes: boolean;
  readonly repeated: ReadonlySet<string>;
}

/** Comments, `[name](template)` and both ways to assign; `#include` is not followed. */
export function readConf(text: string): ReadConf {
  const conf = new Map<string, Map<string, string[]>>();
  const begun = new Set<string>();
  const repeated = new Set<string>();
  let section = '';
  let includes = false;
  for (const raw of text.split(/\r?\n/, LINES_MAX)) {
    const line = raw.replace(/(?<!\\);.*$/, '').trim();
    if (/^#(?:try)?include\b|^#exec\b/.test(line)) includes = true;
    const [, name, kind = ''] = /^\[([^\]]+)\](\([^)]*\))?/.exec(line) ?? [];
    if (name !== undefined) {
      if (begun.has(name) && !kind.includes('+')) repeated.add(name);
      begun.add(name);
      section = name;
      continue;
    }
    // By hand: a pattern for it takes the square of the time on a line of blanks.
    const at = line.indexOf('=');
    const key = line.slice(0, Math.max(at, 0)).trim();
    const value = line
      .slice(at + 1)
      .replace(/^>/, '')
      .trim();
    if (key === '') continue;
    const keys = conf.get(section) ?? new Map<string, string[]>();
    conf.set(section, keys);
    keys.set(key.toLowerCase(), [...(keys.get(key.toLowerCase()) ?? []), value]);
  }
  return { conf, includes, repeated };
}

/** The last value of a key, as Asterisk takes it; undefined where it is not set. */
export function valueIn(conf: Conf, section: string, key: string): string | undefined {
  return conf.get(section)?.get(key)?.at(-1);
}

/** What `ast_true` takes for yes (main/utils.c). */
export const isYes = (value: string | undefined): boolean =>
  value !== undefined && /^(?:yes|true|y|t|1|on)$/i.test(value);
