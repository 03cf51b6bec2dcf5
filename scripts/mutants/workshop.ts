// A copy of the tree in which one line at a time is made wrong, and the tests are run that must find it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { env } from 'node:process';
import type { Mutant } from './table.ts';

const root = join(import.meta.dirname, '../..');
/** Not copied: what is large, made anew, or of no use to a test. */
const left = new Set(['node_modules', '.git', 'dist', 'docs']);
const RUN_DEADLINE_MS = 15 * 60_000;

/** `broken`: no test could fail, because none ran; such a mutant proves nothing. */
export type Fate = 'caught' | 'survived' | 'broken';

export interface Run {
  readonly fate: Fate;
  /** The titles of the tests that failed. */
  readonly failed: readonly string[];
  readonly output: string;
}

interface Report {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export interface Workshop extends Disposable {
  /** Runs tests on the tree as it is. */
  runTests(tests: readonly string[], only?: string): Promise<Run>;
  /** The same with one line wrong, which is right again afterwards. */
  runMutant(mutant: Mutant): Promise<Run>;
}

/** How often the text of a mutant stands in its file: exactly once, or it is no mutant any more. */
export function timesFound({ file, text }: Mutant): number {
  return readFileSync(join(root, file), 'utf8').split(text).length - 1;
}

/** Copies the tree; the copy goes when the workshop is disposed of. */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'callwarden-mutants-'));
  cpSync(root, folder, { recursive: true, filter: (path) => path === root || !left.has(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

  const runTests = async (tests: readonly string[], only?: string): Promise<Run> => {
    const report = join(folder, 'mutant-report.json');
    rmSync(report, { force: true });
    const filter = only === undefined ? [] : ['-t', only];
    const args = ['run', ...tests, ...filter, '--reporter=json', `--outputFile=${report}`];
    const child = spawn(join(folder, 'node_modules/.bin/vitest'), args, {
      cwd: folder,
      env: withoutVitest(),
      timeout: RUN_DEADLINE_MS,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(-10_000)));
    }
    await once(child, 'close');
    return readReport(report, output);
  };

  return {
    runTests,
    runMutant: async ({ file, text, replacement, tests, only }) => {
      const path = join(folder, file);
      const right = readFileSync(path, 'utf8');
      // A function, or `$` in the replacement would mean something.
      writeFileSync(
        path,
        right.replace(text, () => replacement),
      );
      try {
        return await runTests(tests, only);
      } finally {
        writeFileSync(path, right);
      }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function readReport(path: string, output: string): Run {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  } catch {
    return { fate: 'broken', failed: [], output };
  }
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = all.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  const passed = all.filter(({ status }) => status === 'passed').length;
  const fate = failed.length > 0 ? 'caught' : passed > 0 ? 'survived' : 'broken';
  return { fate, failed, output };
}

/** A runner that is started by another one would take itself for a part of it. */
function withoutVitest(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VITEST|TINYPOOL|NODE_ENV|TEST$)/.test(name)),
  );
}
