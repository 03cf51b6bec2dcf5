// Files that an administrator is talked into importing: any bytes are read as what they are, or refused with a sentence.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPeopleFile } from '../../src/admin/authorised-csv.ts';
import { parseCsv } from '../../src/admin/csv.ts';
import { parseLevels } from '../../src/admin/level-file.ts';
import { readCdr } from '../../src/admin/policy-file/cdr.ts';
import { readPolicyFile } from '../../src/admin/policy-file/read-file.ts';
import { checkConfig } from '../../src/config/load.ts';
import { AppError } from '../../src/errors.ts';

const RUNS = 400;
const MEGABYTE = 1024 * 1024;
const DEADLINE_MS = 120_000;

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'callwarden.toml': (text) => checkConfig('callwarden.toml', text),
  'a policy file': (text) => readPolicyFile(text, 'policy.toml'),
  'a level file': (text) => parseLevels(text, 'levels.toml'),
  'a table': (text) => parseCsv(Buffer.from(text, 'latin1')),
  'a table of people': (text) => readPeopleFile(Buffer.from(text, 'latin1')),
  'call records of Asterisk': (text) => readCdr(Buffer.from(text, 'latin1')),
};

/** Lines that come close to what such files hold, so that the readers get far. */
const line = fc.oneof(
  fc.constantFrom(
    'format = 1',
    '[ari]',
    '[settings]',
    '[countries]',
    '[extensions.1001]',
    '[extensions.__proto__]',
    '[__proto__]',
    'polluted = true',
    '__proto__.polluted = true',
    'constructor.prototype.polluted = true',
    'username = "callwarden"',
    'password = "a"',
    'premium = nan',
    'decision-ms = inf',
    'url = "http://127.0.0.1:8088/ari"',
    'name;number;enabled',
    'name,number,__proto__',
    '"',
    '"a""b",+541',
    '=cmd|calc!A1,+541,yes',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.tuple(fc.string({ maxLength: 8 }), fc.json({ maxDepth: 3 })).map(([key, value]) => `${key} = ${value}`),
);
const file = fc
  .array(line, { maxLength: 25 })
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)));

/** What an outgrown or endless file looks like. */
const enormous: readonly string[] = [
  'a'.repeat(10 * MEGABYTE),
  `"${'a'.repeat(10 * MEGABYTE)}`,
  'a = ['.repeat(50_000),
  `a = ${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  `a = ${'{ b = '.repeat(20_000)}1${' }'.repeat(20_000)}`,
  `[${'a.'.repeat(20_000)}a]`,
  '[a]\n'.repeat(50_000),
  ','.repeat(MEGABYTE),
  '\0'.repeat(MEGABYTE),
];

/** Null where the reader took it or refused it in words; else what it threw. */
function unforeseen(read: (text: string) => unknown, text: string): string | null {
  try {
    read(text);
    return null;
  } catch (error) {
    return error instanceof AppError && error.message.endsWith('.') ? null : String(error).slice(0, 300);
  }
}

describe('a file from elsewhere', { timeout: DEADLINE_MS }, () => {
  it.each(Object.entries(readers))(
    'as %s is read, or refused with a sentence, whatever its bytes are',
    (_name, read) => {
      fc.assert(
        fc.property(file, (text) => {
          expect(unforeseen(read, text)).toBeNull();
        }),
        { numRuns: RUNS },
      );
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    },
  );

  it.each(Object.entries(readers))('as %s has bounds', (_name, read) => {
    expect(enormous.flatMap((text) => unforeseen(read, text) ?? [])).toEqual([]);
  });
});
