// The desk on the real writer's thread, killed and doubled: no use and no wrong PIN that was told is ever lost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addPin } from '../../src/admin/pins.ts';
import { makeKeyFile, readKeyFile } from '../../src/config/key-file.ts';
import { createPinHasher } from '../../src/store/pin-hash.ts';
import { readPinFailures, readPinUses } from '../../src/store/pin-uses.ts';
import { contextOf, openHere, tempDirectory } from './temp-store.ts';

const child = fileURLToPath(new URL('./pin-child.ts', import.meta.url));
const DIGITS = '739104';
const TIMEOUT = 60_000;

async function withPin(maxUses: number | null) {
  const directory = tempDirectory();
  const [database, keyFile] = [join(directory, 'a.db'), join(directory, 'callwarden.key')];
  makeKeyFile(keyFile, null);
  const store = openHere(database, { create: true });
  const holders = { extensions: ['1001'], groups: [], entry: null };
  const words = { name: 'Ana', fromMs: null, untilMs: null, maxUses, ...holders };
  const hasher = createPinHasher(readKeyFile(keyFile));
  const { id } = await addPin(contextOf(store), words, { chosen: DIGITS }, hasher);
  const start = (digits: string, callers = '1') => {
    const desk = spawn(process.execPath, [child, database, keyFile, id, digits, callers], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void desk.kill('SIGKILL'));
    const answers: string[] = [];
    const lines = createInterface({ input: desk.stdout });
    lines.on('line', (line) => answers.push(line));
    const ended = once(lines, 'close');
    return {
      answers,
      said: async (count: number) => {
        while (answers.length < count) await once(lines, 'line');
      },
      kill: async () => {
        desk.kill('SIGKILL');
        await ended;
      },
    };
  };
  return { store, id, start };
}

describe('a desk that is killed', () => {
  it(
    'has lost no wrong PIN that it told, and the next one goes on counting (PIN-2)',
    { timeout: TIMEOUT },
    async () => {
      const { store, start } = await withPin(null);
      for (const wrong of [2, 1]) {
        const desk = start('604927');
        await desk.said(wrong);
        await desk.kill();
      }
      const counted = readPinFailures(store).get('1001')?.failures ?? 0;
      expect(counted).toBeGreaterThanOrEqual(3);
      const last = start('604927');
      await last.said(1);
      while (!last.answers.at(-1)?.includes('"locked"')) await last.said(last.answers.length + 1);
      await last.kill();
      // The right one does not help any more, in whatever process.
      const right = start(DIGITS);
      await right.said(1);
      expect(right.answers[0]).toContain('"kind":"locked"');
      expect(readPinFailures(store).get('1001')).toMatchObject({ failures: 5 });
    },
  );

  it(
    'has lost no use that it told, and two at once never share the last one',
    { timeout: TIMEOUT },
    async () => {
      const uses = 9;
      const { store, id, start } = await withPin(uses);
      const first = start(DIGITS, 'many');
      await first.said(3);
      await first.kill();
      const told = first.answers.length;
      expect(readPinUses(store).get(id)?.uses).toBeGreaterThanOrEqual(told);
      const two = [start(DIGITS, 'many'), start(DIGITS, 'many')];
      await Promise.all(two.map((desk) => desk.said(uses)));
      await Promise.all(two.map((desk) => desk.kill()));
      const right = [first, ...two]
        .flatMap(({ answers }) => answers)
        .filter((line) => line.includes('"right"'));
      expect(readPinUses(store).get(id)?.uses).toBe(uses);
      expect(right.length).toBeLessThanOrEqual(uses);
      expect(right.length).toBeGreaterThan(told);
    },
  );
});
