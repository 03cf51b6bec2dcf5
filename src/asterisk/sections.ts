// Asterisk's configuration files with templates, additions and includes, as Asterisk itself puts them together (main/config.c).

/** One section as it is in the end, what it inherits in front. */
export interface Section {
  readonly name: string;
  readonly isTemplate: boolean;
  /** Where it begins: `pjsip.conf:12`. */
  readonly place: string;
  /** In the order in which Asterisk reads them; keys in lower case. */
  readonly values: readonly (readonly [key: string, value: string])[];
}

export interface ConfText {
  /** As it stands in places. */
  readonly name: string;
  readonly text: string;
}

/** The files that an `#include` means, in their order; none where there is no such file. */
export type LoadConf = (pattern: string) => readonly ConfText[];

export interface ReadSections {
  readonly sections: readonly Section[];
  /** What Asterisk would refuse or complain about, each with its place. */
  readonly problems: readonly string[];
}

/** As deep as Asterisk follows includes (`MAX_INCLUDE_LEVEL`). */
const INCLUDE_LEVEL_MAX = 10;
const FILES_MAX = 1_000;
const SECTIONS_MAX = 100_000;
const PROBLEMS_MAX = 100;
/** Values that templates have brought into all sections together. */
const VALUES_MAX = 2_000_000;

const TEMPLATES = 'TEMPLATES=';

interface OpenSection extends Section {
  isTemplate: boolean;
  readonly values: (readonly [string, string])[];
}

interface Reading {
  readonly load: LoadConf;
  readonly sections: OpenSection[];
  readonly problems: string[];
  readonly byName: Map<string, OpenSection[]>;
  /** Where values go. */
  current: OpenSection | null;
  /** The one that was opened last, in whichever file: an included file goes on there. */
  latest: OpenSection | null;
  files: number;
  values: number;
}

/** Never throws by itself; what runs out of bounds is a problem. */
export function readSections(main: ConfText, load: LoadConf): ReadSections {
  const reading: Reading = {
    load,
    sections: [],
    problems: [],
    byName: new Map(),
    current: null,
    latest: null,
    files: 0,
    values: 0,
  };
  readFile(reading, main, 1);
  return reading;
}

function readFile(reading: Reading, { name, text }: ConfText, level: number): void {
  reading.files += 1;
  if (reading.files > FILES_MAX) return complain(reading, name, `more than ${FILES_MAX} files are included`);
  for (const [index, line] of codeLines(text).entries()) {
    if (line === '') continue;
    const place = `${name}:${index + 1}`;
    if (line.startsWith('[')) openSection(reading, line, place);
    else if (line.startsWith('#')) followDirective(reading, line, place, level);
    else assignValue(reading, line, place);
  }
}

function complain(reading: Reading, place: string, text: string): void {
  if (reading.problems.length < PROBLEMS_MAX) reading.problems.push(`${place}: ${text}.`);
}

function openSection(reading: Reading, line: string, place: string): void {
  const [, name, options = ''] = /^\[([^\]]*)\](?:\(([^)]*)\))?/.exec(line) ?? [];
  if (name === undefined) return complain(reading, place, 'a section without its closing bracket');
  if (reading.sections.length >= SECTIONS_MAX) return complain(reading, place, 'there are too many sections');
  const made: OpenSection = { name, isTemplate: false, place, values: [] };
  let into = made;
  for (const option of options.split(',').map((word) => word.trim())) {
    if (option === '') continue;
    if (option === '!') into.isTemplate = true;
    else if (option.startsWith('+')) into = additionTo(reading, made, option.slice(1), place) ?? made;
    else inherit(reading, into, option, place);
  }
  reading.current = into;
  reading.latest = into;
  if (into !== made) return;
  reading.sections.push(made);
  const key = name.toLowerCase();
  const known = reading.byName.get(key);
  if (known) known.push(made);
  else reading.byName.set(key, [made]);
}

/** `(+)` adds to the first section of that name that is no template, `(+type=endpoint)` to the first that says so. */
function additionTo(reading: Reading, made: OpenSection, filter: string, place: string): OpenSection | null {
  const wanted = filter.split('&').filter((part) => part !== '');
  const templates = wanted.find((part) => part.startsWith(TEMPLATES));
  const values = wanted.filter((part) => part !== templates).map(assignment);
  const found = (reading.byName.get(made.name.toLowerCase()) ?? []).find((section) => {
    if (section.isTemplate && templates === undefined) return false;
    if (!section.isTemplate && templates === `${TEMPLATES}restrict`) return false;
    return values.every(([key, value]) =>
      section.values.some(([name, text]) => name === key && text === value),
    );
  });
  if (!found) {
    complain(reading, place, `adds to the section ${made.name}, which is not there before`);
    return null;
  }
  found.isTemplate ||= made.isTemplate;
  found.values.push(...made.values);
  return found;
}

function inherit(reading: Reading, into: OpenSection, name: string, place: string): void {
  const [base] = reading.byName.get(name.toLowerCase()) ?? [];
  if (!base) return complain(reading, place, `takes from ${name}, which is not there before`);
  reading.values += base.values.length;
  if (reading.values > VALUES_MAX) return complain(reading, place, 'templates bring in too many values');
  // As many as there are now: `[a](+,a)` takes from itself.
  for (const value of base.values.slice(0)) into.values.push(value);
}

function followDirective(reading: Reading, line: string, place: string, level: number): void {
  const [, word = '', rest = ''] = /^#(\S*)\s*(.*)$/.exec(line) ?? [];
  const directive = word.toLowerCase();
  if (directive === 'exec')
    return complain(reading, place, 'a program says what belongs here, and is not run');
  if (directive !== 'include' && directive !== 'tryinclude') return;
  if (level >= INCLUDE_LEVEL_MAX) return complain(reading, place, 'includes are nested too deeply');
  const pattern = rest.replace(/^"(.*)"$|^<(.*)>$/, '$1$2');
  const files = pattern === '' ? [] : reading.load(pattern);
  if (files.length === 0 && directive === 'include') complain(reading, place, `${rest} is not there`);
  // Behind the include the including file goes on in its own section.
  const { current } = reading;
  reading.current = reading.latest;
  for (const file of files) readFile(reading, file, level + 1);
  reading.current = current;
}

function assignValue(reading: Reading, line: string, place: string): void {
  const at = line.indexOf('=');
  if (at < 1) return;
  if (!reading.current) return complain(reading, place, 'a value before any section');
  const { values } = reading.current;
  const appends = line[at - 1] === '+';
  const [key, value] = assignment(appends ? line.slice(0, at - 1) + line.slice(at) : line);
  // `+=` goes on where the last value of that name ended, without anything between.
  const last = appends ? values.findLastIndex(([name]) => name === key) : -1;
  if (last < 0) values.push([key, value]);
  else values[last] = [key, `${values[last]?.[1] ?? ''}${value}`];
}

/** `key = value` or `key => value`. */
function assignment(text: string): readonly [key: string, value: string] {
  const at = text.indexOf('=');
  const value = text.slice(at + 1).replace(/^>/, '');
  return [text.slice(0, Math.max(at, 0)).trim().toLowerCase(), value.trim()];
}

/** The lines without comments: `;` to the end of a line, and from `;--` to `--;`. */
function codeLines(text: string): readonly string[] {
  let isInside = false;
  return text.split(/\r?\n/).map((raw) => {
    let code = '';
    let at = 0;
    while (at < raw.length) {
      if (isInside) {
        const end = raw.indexOf('--;', at);
        if (end < 0) return code.trim();
        isInside = false;
        at = end + 3;
        continue;
      }
      const start = raw.indexOf(';', at);
      if (start < 0) return (code + raw.slice(at)).trim();
      if (start > at && raw[start - 1] === '\\') {
        code += `${raw.slice(at, start - 1)};`;
        at = start + 1;
      } else if (raw.startsWith(';--', start) && raw[start + 3] !== '-') {
        code += raw.slice(at, start);
        isInside = true;
        at = start + 3;
      } else {
        return (code + raw.slice(at, start)).trim();
      }
    }
    return code.trim();
  });
}
