// `npm test`: brings what the tests need, runs them, and ends with one line that counts them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from '../test/browser/chromium.ts';
import { ensureAsterisk } from '../test/lab/install.ts';

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

for (const line of [22, 16] as const) {
  const install = await ensureAsterisk(line, (message) => console.log(message));
  console.log(`Asterisk ${install.version} is ready.`);
}
console.log(`${await ensureChromium((message) => console.log(message))} is ready.`);

const folder = mkdtempSync(join(tmpdir(), 'callwarden-test-'));
const report = join(folder, 'report.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const child = spawn('vitest', ['run', ...reporters, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the whole process group: the runner ends its labs, and this waits for it.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
const [code] = (await once(child, 'exit')) as [number | null];

try {
  const result = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  // A file that fails before its first test has no failed test of its own, and counts as one.
  const brokenFiles = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  // Tests of one line of Asterisk, or of a tool that is not there.
  if (result.numPendingTests > 0) console.log(`${result.numPendingTests} do not apply here.`);
  console.log(`${result.numPassedTests} passed, ${result.numFailedTests + brokenFiles} failed`);
  process.exitCode = code === 0 && result.numPassedTests > 0 ? 0 : 1;
} catch {
  console.log('The test runner ended without a report.');
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
