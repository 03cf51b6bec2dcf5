// Several writers, and writers that are killed: nothing that was acknowledged is lost, and the chain stays
// whole (I9).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readAudit, verifyAudit } from '../../src/store/audit.ts';
import { readCalls } from '../../src/store/calls.ts';
import { readExtensions } from '../../src/store/extensions.ts';
import { readPinFailures } from '../../src/store/pin-uses.ts';
import { policyVersion, verifyPolicy } from '../../src/store/policy.ts';
import { openHere, tempDirectory } from './temp-store.ts';

const child = fileURLToPath(new URL('./writer-child.ts', import.meta.url));
/** `KILLS=500 vitest run test/store/writers.test.ts` takes the time for more. */
const KILLS = Number(process.env['KILLS'] ?? 8);
const KILL_DEADLINE_MS = 10_000;
const FOREVER = 1_000_000;

function startWriter(path: string, first: number, count: number) {
  const writer = spawn(process.execPath, [child, path, String(first), String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void writer.kill('SIGKILL'));
  const acknowledged: string[] = [];
  const lines = createInterface({ input: writer.stdout });
  lines.on('line', (line) => acknowledged.push(line));
  return { writer, lines, acknowledged, ended: once(lines, 'close') };
}

describe('writers', () => {
  it('wait for each other and lose nothing, two processes at once', async () => {
    const path = join(tempDirectory(), 'a.db');
    const store = openHere(path, { create: true });
    const writers = [startWriter(path, 1_000, 80), startWriter(path, 5_000, 80)];
    await Promise.all(writers.map(({ ended }) => ended));
    expect(writers.map(({ acknowledged }) => acknowledged.length)).toEqual([80, 80]);
    expect(readExtensions(store)).toHaveLength(160);
    expect(policyVersion(store)).toBe(160);
    expect(verifyAudit(store)).toMatchObject({ whole: true, rows: 160 });
    verifyPolicy(store);
    const versions = readAudit(store, { limit: 1_000 }).map((record) => record.policyVersion);
    expect(new Set(versions).size).toBe(160);
  });

  it(
    'that are killed at any moment have lost nothing that they acknowledged (RF-23)',
    { timeout: KILLS * KILL_DEADLINE_MS },
    async () => {
      const path = join(tempDirectory(), 'a.db');
      openHere(path, { create: true })[Symbol.dispose]();
      const acknowledged = new Set<string>();
      for (let kill = 0; kill < KILLS; kill += 1) {
        const run = startWriter(path, 10_000 + kill * 10_000, FOREVER);
        // Each time a little later in the work of the writer.
        while (run.acknowledged.length < 5 + (kill % 12) * 3) await once(run.lines, 'line');
        run.writer.kill('SIGKILL');
        await run.ended;
        for (const line of run.acknowledged.filter((text) => /^\d+ \d+$/.test(text))) {
          acknowledged.add(line.split(' ')[0] ?? '');
        }
      }
      const store = openHere(path);
      const kept = new Set(readExtensions(store).map(({ extension }) => extension));
      expect(acknowledged.size).toBeGreaterThan(KILLS * 5);
      const calls = new Set(readCalls(store, { limit: 1_000_000 }).map(({ id }) => id));
      const wrong = readPinFailures(store);
      const isKept = (extension: string) =>
        kept.has(extension) && calls.has(extension) && wrong.has(`outside ${extension}`);
      expect([...acknowledged].filter((extension) => !isKept(extension))).toEqual([]);
      expect(verifyAudit(store)).toMatchObject({ whole: true, rows: kept.size });
      verifyPolicy(store);
      expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok');
    },
  );
});
