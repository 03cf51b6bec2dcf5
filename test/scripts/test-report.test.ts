// How `npm test` counts, and what it runs a second time: real reports of vitest on files that fail in each of its ways.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failedFiles, counts, joined, type VitestReport } from '../../scripts/test/report.ts';

const head = `import { afterAll, beforeAll, expect, it } from 'vitest';\n`;
const files = {
  'fine.test.ts': `${head}it('a', () => expect(1).toBe(1));\nit.skip('b', () => undefined);\n`,
  'busy.test.ts': `${head}it('a', () => expect(process.env.MENDED).toBe('1'));\nit('b', () => expect(1).toBe(1));\n`,
  'wrong.test.ts': `${head}it('a', () => expect(1).toBe(2));\nit('b', () => expect(1).toBe(1));\n`,
  'before.test.ts': `${head}beforeAll(() => { if (!process.env.MENDED) throw new Error('hook'); });\nit('a', () => expect(1).toBe(1));\nit('b', () => expect(1).toBe(1));\n`,
  'after.test.ts': `${head}afterAll(() => { if (!process.env.MENDED) throw new Error('hook'); });\nit('a', () => expect(1).toBe(1));\n`,
  'import.test.ts': `${head}if (!process.env.MENDED) throw new Error('import');\nit('a', () => expect(1).toBe(1));\n`,
};

describe('the count of `npm test`', () => {
  let folder: string;
  beforeAll(() => {
    // Inside the project, so that the files find vitest.
    folder = mkdtempSync(join(process.cwd(), 'node_modules', '.report-test-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    writeFileSync(
      join(folder, 'vitest.config.mjs'),
      `export default { test: { include: ['*.test.ts'] } };\n`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (names: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<VitestReport> => {
    const report = join(folder, 'report.json');
    const options = ['run', '--root', folder, '--reporter=json', `--outputFile=${report}`, ...names];
    await promisify(execFile)('vitest', options, { env: { ...process.env, ...env } }).catch(() => undefined);
    return JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  };

  it('knows files in which a test or a hook failed, counts each failure, and lets a second run take its place', async () => {
    const first = await run([]);
    expect(counts(first)).toEqual({ passed: 4, failed: 5, skipped: 1 });
    const again = failedFiles(first).map((file) => basename(file));
    expect(again.toSorted()).toEqual([
      'after.test.ts',
      'before.test.ts',
      'busy.test.ts',
      'import.test.ts',
      'wrong.test.ts',
    ]);
    expect(counts(joined(first, await run(again)))).toEqual({ passed: 4, failed: 5, skipped: 1 });
    expect(counts(joined(first, await run(again, { MENDED: '1' })))).toEqual({
      passed: 8,
      failed: 1,
      skipped: 1,
    });
  }, 60_000);
});
