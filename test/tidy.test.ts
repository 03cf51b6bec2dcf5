// The tree test: who may import whom, how large a file may be, which rooms are free of clock and IO.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const LINES_MAX = 300;
const LINE_LENGTH_MAX = 140;
const FILES_MIN = 40;

/** Room -> the rooms it may import, beside its own files and src/errors.ts. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  numbering: [],
  barring: ['numbering'],
  pickup: [],
  admin: ['numbering', 'barring', 'pickup', 'store'],
  asterisk: ['numbering', 'barring', 'pickup'],
  store: ['numbering', 'barring', 'pickup'],
  http: ['numbering', 'barring', 'pickup', 'admin'],
  // Runs in the browser: it takes types of the API, and nothing that runs.
  console: ['http'],
  config: [],
  // How people and other programs are told: webhooks and mail.
  notify: ['pickup'],
  service: ['config'],
  daemon: ['numbering', 'barring', 'pickup', 'admin', 'asterisk', 'store', 'http', 'config', 'notify'],
  cli: ['numbering', 'barring', 'pickup', 'admin', 'store', 'config', 'service', 'asterisk', 'http'],
};
/** The few files at the root of src/ that every room may use. */
const sharedFiles = ['/counted.ts', '/errors.ts', '/forget-oldest.ts', '/nearest-word.ts'];
const pureRooms = new Set(['numbering', 'barring', 'pickup']);

/** Packages that belong to one room, so that a foreign error or type never travels. */
const packageRooms: Readonly<Record<string, readonly string[]>> = {
  'libphonenumber-js': ['numbering'],
  'better-sqlite3': ['store'],
  ws: ['asterisk'],
  'ari-client': ['asterisk'],
  'asterisk-manager': ['asterisk'],
  hono: ['http'],
  nodemailer: ['notify'],
  'prom-client': ['daemon'],
  preact: ['console'],
  '@preact/signals': ['console'],
  'preact-iso': ['console'],
  uplot: ['console'],
  winston: ['config'],
  commander: ['cli'],
  'smol-toml': ['config', 'admin'],
  'csv-parse': ['admin'],
  'csv-stringify': ['admin'],
};

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function walk(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return walk(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function load(folder: string): SourceFile[] {
  return walk(join(root, folder)).map((absolute) => {
    const path = relative(root, absolute);
    const text = readFileSync(absolute, 'utf8');
    const found = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g);
    const imports = [...found].map((match) => match[1] ?? '');
    const parts = path.split('/');
    return { path, room: parts.length > 2 ? (parts[1] ?? '') : '', text, imports };
  });
}

const source = load('src');
const everything = [...source, ...load('test'), ...load('scripts')];

function roomOf(file: SourceFile, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const parts = normalize(join(dirname(file.path), specifier)).split('/');
  return parts.length > 2 ? (parts[1] ?? '') : '';
}

const withoutComments = (text: string) =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');

describe('the tree', () => {
  it('has files to look at', () => {
    expect(source.length).toBeGreaterThan(FILES_MIN);
  });

  it('lets a room import only what it may', () => {
    const wrong = source.flatMap((file) =>
      file.imports.flatMap((specifier) => {
        const room = roomOf(file, specifier);
        if (file.room === '' || room === null || room === file.room) return [];
        if (file.room === 'cli' && specifier === '../daemon.ts') return [];
        if (room === '')
          return sharedFiles.some((name) => specifier.endsWith(name)) ? [] : [`${file.path} -> ${specifier}`];
        return mayImport[file.room]?.includes(room) ? [] : [`${file.path} -> ${specifier}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('takes only types into the console from the rest of the house', () => {
    const wrong = source
      .filter(({ room }) => room === 'console')
      .flatMap((file) => {
        const running = file.text.matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from\s+'(\.[^']*)'/gm);
        const specifiers = [...running].map((match) => match[1] ?? '');
        return specifiers
          .filter((one) => roomOf(file, one) !== 'console')
          .map((one) => `${file.path} -> ${one}`);
      });
    expect(wrong).toEqual([]);
  });

  it('knows every room', () => {
    const rooms = new Set(source.map((file) => file.room).filter((room) => room !== ''));
    expect([...rooms].filter((room) => !(room in mayImport))).toEqual([]);
  });

  it('keeps each package in its room', () => {
    const wrong = source.flatMap((file) =>
      file.imports.flatMap((specifier) => {
        const name = Object.keys(packageRooms).find(
          (known) => specifier === known || specifier.startsWith(`${known}/`),
        );
        if (name === undefined || (name === 'commander' && file.path === 'src/main.ts')) return [];
        return packageRooms[name]?.includes(file.room) ? [] : [`${file.path} -> ${specifier}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the deciding rooms free of IO, clock, timers, randomness and process', () => {
    const banned =
      /\bnode:|\bprocess\b|\bDate\.now\b|\bnew Date\(\)|\bsetTimeout\b|\bsetInterval\b|\bMath\.random\b|\bperformance\b|\bfetch\(/;
    const wrong = source
      .filter((file) => pureRooms.has(file.room))
      .flatMap((file) => {
        const match = banned.exec(withoutComments(file.text));
        return match ? [`${file.path}: ${match[0]}`] : [];
      });
    expect(wrong).toEqual([]);
  });

  it('reads the environment in config only', () => {
    const wrong = source.filter(
      (file) => file.room !== 'config' && withoutComments(file.text).includes('process.env'),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it('speaks SQL in store only', () => {
    const sql =
      /\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA\s+\w+)\b/;
    const wrong = source.filter((file) => file.room !== 'store' && sql.test(withoutComments(file.text)));
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it('keeps files and lines short', () => {
    const long = everything.flatMap((file) => {
      const lines = file.text.split('\n');
      if (file.text.startsWith('// Generated ')) return [];
      // A sentence of the console is one string.
      const isProse = file.path.startsWith('src/console/words/');
      const tooWide = lines.findIndex(
        (line) => !isProse && line.length > LINE_LENGTH_MAX && !line.includes('${'),
      );
      return [
        ...(lines.length > LINES_MAX + 1 ? [`${file.path}: ${lines.length} lines`] : []),
        ...(tooWide >= 0 ? [`${file.path}:${tooWide + 1} is wide`] : []),
      ];
    });
    expect(long).toEqual([]);
  });

  it('says on top of each file what it is for', () => {
    const silent = everything.filter((file) => !/^(#!.*\n)?\/\/ \S/.test(file.text));
    expect(silent.map((file) => file.path)).toEqual([]);
  });

  it('imports every source file from somewhere', () => {
    const imported = new Set(
      everything.flatMap((file) =>
        file.imports
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => normalize(join(dirname(file.path), specifier))),
      ),
    );
    const workers = source.filter((file) => file.path.endsWith('-worker.ts')).map((file) => file.path);
    const roots = new Set(['src/main.ts', 'src/console/main.tsx', ...workers]);
    const lost = source.filter(
      (file) => !imported.has(file.path) && !roots.has(file.path) && !file.path.endsWith('.d.ts'),
    );
    expect(lost.map((file) => file.path)).toEqual([]);
  });

  it('names in documents only tests that are there', () => {
    const documents = [
      ...readdirSync(root),
      ...readdirSync(join(root, 'docs'), { recursive: true }).map((name) => join('docs', String(name))),
    ].filter((path) => path.endsWith('.md'));
    const named = documents.flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/`(test\/[\w./-]+)`/g)].map(([, test = '']) => ({
        path,
        test,
      })),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ test }) => !existsSync(join(root, test)))).toEqual([]);
  });

  it('gives each document one title', () => {
    const documents = readdirSync(root).filter((name) => name.endsWith('.md'));
    const wrong = documents.filter((name) => {
      const text = readFileSync(join(root, name), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
      return (text.match(/^# /gm) ?? []).length !== 1;
    });
    expect(documents.length).toBeGreaterThan(2);
    expect(wrong).toEqual([]);
  });
});
