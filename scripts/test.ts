// `npm test`: brings what the tests need, runs them, and ends with one line that counts them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureChromium } from '../test/browser/chromium.ts';
import { ensureAsterisk } from '../test/lab/install.ts';
import { brokenFiles, counts, joined, type VitestReport } from './test/report.ts';

for (const line of [22, 16] as const) {
  const install = await ensureAsterisk(line, (message) => console.log(message));
  console.log(`Asterisk ${install.version} is ready.`);
}
console.log(`${await ensureChromium((message) => console.log(message))} is ready.`);

const folder = mkdtempSync(join(tmpdir(), 'callwarden-test-'));
const report = join(folder, 'report.json');
// Ctrl-C reaches the whole process group: the runner ends its labs, and this waits for it.
let stopped = false;
process.on('SIGINT', () => (stopped = true));

/** Runs vitest with these arguments; rejects where it leaves no report. */
const run = async (given: readonly string[]): Promise<{ code: number | null; result: VitestReport }> => {
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn('vitest', ['run', ...reporters, ...given], { stdio: 'inherit' });
  const stop = () => {
    stopped = true;
    child.kill('SIGTERM');
  };
  process.on('SIGTERM', stop);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGTERM', stop);
  return { code, result: JSON.parse(readFileSync(report, 'utf8')) as VitestReport };
};

try {
  const given = process.argv.slice(2);
  let { code, result } = await run(given);
  const again = brokenFiles(result);
  // `retry` of vitest.config.ts tries a test again, and no hook: in a run of everything such files have their second try here.
  if (given.length === 0 && again.length > 0 && !stopped) {
    const files = again.map((file) => relative(process.cwd(), file));
    console.log(`Failed outside of a test, and run once more: ${files.join(', ')}`);
    const second = await run(files);
    result = joined(result, second.result);
    // A failed test of the first run is counted below.
    code = second.code;
  }
  const { passed, failed, skipped } = counts(result);
  if (skipped > 0) console.log(`${skipped} do not apply here.`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = code === 0 && failed === 0 && passed > 0 ? 0 : 1;
} catch {
  console.log('The test runner ended without a report.');
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
