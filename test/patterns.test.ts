// Every regular expression of the product on the strings that make a backtracking one slow: all are done in time that nobody notices.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '../src');
const PATTERNS_MIN = 60;
/** Strings for each pattern, of this length: where time grows with the square, each would take a second. */
const LENGTH = 20_000;
/** A linear one takes milliseconds for all of its strings; one that backtracks never ends. */
const PATTERN_DEADLINE_MS = 15_000;
const ALL_DEADLINE_MS = 280_000;

const LITERAL =
  /(?<=[(=,:[!&|?{}\s])\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=[\s.,;)\]:])/g;

interface Pattern {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** The literals in the code, without its comments. */
const patterns: readonly Pattern[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .flatMap((name) => {
    const text = readFileSync(join(src, name), 'utf8').replaceAll(/^\s*(?:\*|\/\/|\/\*).*$/gm, '');
    return [...text.matchAll(LITERAL)].flatMap(([, source = '', flags = '']) => {
      try {
        void new RegExp(source, flags);
        return [{ where: name, source, flags }];
      } catch {
        return [];
      }
    });
  });

/** Tries each pattern on what its own letters and the usual suspects make of it, and tells which one it is at. */
const worker = `
const { parentPort, workerData: { patterns, length } } = require('node:worker_threads');
const atoms = (source) => {
  const own = source.replace(/\\\\[dDwWsSbB]|[()[\\]{}^$.*+?|\\\\]/g, '').slice(0, 12);
  return [...new Set(['1', 'a', ' ', '-', '.', '=', '/', '0', ',', '\\\\n', '"', 'é', own, own.slice(0, 1), 'a1', '1 ', 'a=', '1.'])];
};
patterns.forEach(({ source, flags }, index) => {
  parentPort.postMessage(index);
  for (const atom of atoms(source)) {
    if (atom === '') continue;
    const pump = atom.repeat(Math.ceil(length / atom.length));
    for (const text of [pump, pump + '!', '!' + pump, pump + '\\\\u0000', atom + pump + '\\\\n' + pump]) {
      const pattern = new RegExp(source, flags);
      if (flags.includes('g')) text.replaceAll(pattern, ''); else pattern.test(text);
    }
  }
});
parentPort.postMessage('done');
`;

/** The patterns that were not done in time; the thread is ended at each, and goes on behind it. */
async function slowPatterns(): Promise<readonly Pattern[]> {
  const slow: Pattern[] = [];
  let from = 0;
  while (from < patterns.length) {
    const thread = new Worker(worker, {
      eval: true,
      workerData: { patterns: patterns.slice(from), length: LENGTH },
    });
    let at = 0;
    const isDone = await new Promise<boolean>((resolve) => {
      let timer = setTimeout(() => resolve(false), PATTERN_DEADLINE_MS);
      thread.on('message', (message: number | 'done') => {
        clearTimeout(timer);
        if (message === 'done') return resolve(true);
        at = message;
        timer = setTimeout(() => resolve(false), PATTERN_DEADLINE_MS);
      });
    });
    await thread.terminate();
    if (isDone) break;
    const found = patterns[from + at];
    if (found) slow.push(found);
    from += at + 1;
  }
  return slow;
}

describe('the regular expressions', () => {
  it('are found, all of them that stand alone', () => {
    expect(patterns.length).toBeGreaterThan(PATTERNS_MIN);
  });

  it('take no time that anybody could use against the daemon', { timeout: ALL_DEADLINE_MS }, async () => {
    expect(await slowPatterns()).toEqual([]);
  });
});
