// Reads the lists of the barring levels from TOML: those that are shipped, and copies that somebody edited.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, TomlError, type TomlTable } from 'smol-toml';
import type { LevelCountryRow, LevelNeighbourRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import { readBounded, refuseLines, type LineProblem } from './csv.ts';
import { isLine } from './line-text.ts';
import { allRegions } from './regions.ts';

/** The levels that have a list. */
export const listedLevels = ['low', 'medium', 'high'] as const;
export type ListedLevel = (typeof listedLevels)[number];

export interface LevelLists {
  readonly countries: readonly LevelCountryRow[];
  readonly neighbours: readonly LevelNeighbourRow[];
  /** Of the file, in hex. */
  readonly sha256: string;
}

const BYTES_MAX = 1024 * 1024;
const REASON_LENGTH_MAX = 300;
const SECTIONS: readonly string[] = [...listedLevels, 'neighbours'];

/**
 * From config/, which lies two folders up both in the checkout (src/admin) and when compiled (dist/admin).
 */
export function shippedLevels(): LevelLists {
  const file = fileURLToPath(new URL('../../config/levels.toml', import.meta.url));
  try {
    return parseLevels(readFileSync(file, 'utf8'), 'config/levels.toml');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'not-found',
      `The lists of the barring levels cannot be read at ${file}, where they were installed. Install callwarden again.`,
      { cause: error },
    );
  }
}

/** Throws `AppError` where the file cannot be read or holds what is no list of levels, each problem by its line. */
export function readLevelFile(file: string): LevelLists {
  return parseLevels(new TextDecoder().decode(readBounded(file, BYTES_MAX)), file);
}

/** `name` stands in the errors. */
export function parseLevels(text: string, name: string): LevelLists {
  const table = parseToml(text, name);
  const lineOf = lineFinder(text);
  const known = new Set(allRegions().filter((region) => /^[A-Z]/.test(region)));
  const problems: LineProblem[] = [];
  const say = (section: string, key: string, problem: string) =>
    problems.push({ line: lineOf(section, key), problem });
  for (const section of Object.keys(table)) {
    if (!SECTIONS.includes(section)) {
      const near = nearestWord(section, SECTIONS);
      say('', section, `there is no level "${section}"${near === null ? '' : `; is [${near}] meant?`}`);
    }
  }
  const placed = new Map<string, ListedLevel>();
  const countries = listedLevels.flatMap((level) =>
    Object.entries(sectionOf(table, level)).flatMap(([region, reason]): LevelCountryRow[] => {
      const before = placed.get(region);
      if (!known.has(region)) say(level, region, unknownCode(region));
      else if (before !== undefined) say(level, region, `${region} stands in ${before} already`);
      else if (typeof reason !== 'string' || !isReason(reason)) {
        say(level, region, `the reason of ${region} is a text of ${REASON_LENGTH_MAX} characters at most`);
      } else {
        placed.set(region, level);
        return [{ region, level, reason }];
      }
      return [];
    }),
  );
  const neighbours = Object.entries(sectionOf(table, 'neighbours')).flatMap(([home, regions]) => {
    const named = Array.isArray(regions) ? regions.map(String) : [];
    const unknown = [home, ...named].filter((region) => !known.has(region));
    for (const region of unknown) say('neighbours', home, unknownCode(region));
    if (!Array.isArray(regions)) say('neighbours', home, `write the neighbours as ["FR", "DE"]`);
    if (named.includes(home)) say('neighbours', home, `${home} is no neighbour of itself`);
    return [...new Set(named)].map((region) => ({ home, region }));
  });
  if (countries.length === 0 && problems.length === 0) {
    throw new AppError('invalid', `${name} lists no country under [low], [medium] or [high].`);
  }
  refuseLines(problems.sort((a, b) => a.line - b.line));
  return { countries, neighbours, sha256: createHash('sha256').update(text).digest('hex') };
}

/** A reason stands on one line and is short enough for a table. */
export function isReason(text: string): boolean {
  return isLine(text, REASON_LENGTH_MAX);
}

const unknownCode = (region: string) =>
  region.startsWith('+')
    ? `${region} belongs to no country and stands in no level; allow it by name`
    : `${JSON.stringify(region)} is no country code; write two capital letters`;

type Section = Readonly<Record<string, unknown>>;

const isSection = (value: unknown): value is Section =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('toISOString' in value);

function sectionOf(table: TomlTable, name: string): Section {
  const section: unknown = table[name] ?? {};
  if (isSection(section)) return section;
  throw new AppError('invalid', `${name} is a section: write [${name}] on a line of its own.`);
}

function parseToml(text: string, name: string): TomlTable {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    throw new AppError('invalid', `${name}, line ${error.line}: ${what}. Nothing was changed.`, {
      cause: error,
    });
  }
}

/** Tells on which line a key stands; 1 where it was written in a way that is not found. */
function lineFinder(text: string): (section: string, key: string) => number {
  const lines = new Map<string, number>();
  let section = '';
  for (const [index, line] of text.split('\n').entries()) {
    const [, head] = /^\s*\[\s*"?([^\]"]+?)"?\s*\]/.exec(line) ?? [];
    const [, key] = /^\s*"?([^\s="#]+)"?\s*=/.exec(line) ?? [];
    if (head !== undefined) {
      section = head;
      lines.set(`/${head}`, index + 1);
    } else if (key !== undefined) lines.set(`${section}/${key}`, index + 1);
  }
  return (name, key) => lines.get(`${name}/${key}`) ?? 1;
}
