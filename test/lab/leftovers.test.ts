// Whatever kills the owner of a lab, nothing of it stays: Asterisk dies with it, the next run removes the
// files.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { startLab } from './lab.ts';
import { reservePorts } from './ports.ts';
import { eventually, identify, lives } from './processes.ts';
import { runningLabs } from './registry.ts';

const owner = `
import { startLab } from ${JSON.stringify(new URL('lab.ts', import.meta.url).href)};
await startLab();
process.stdin.resume();
setTimeout(() => {}, 60_000);
`;

it('leaves no process, no directory and no entry behind', async () => {
  const lab = await startLab();
  const entry = runningLabs().find(({ id }) => id === lab.id);
  const asterisk = entry?.asterisk?.pid ?? 0;
  expect(identify(asterisk)).not.toBeNull();
  expect(existsSync(lab.directory)).toBe(true);
  await lab[Symbol.asyncDispose]();
  expect(identify(asterisk)).toBeNull();
  expect(existsSync(lab.directory)).toBe(false);
  expect(runningLabs().find(({ id }) => id === lab.id)).toBeUndefined();
});

it('loses its Asterisk with a killed owner, and its files by the next start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'callwarden-owner-'));
  const script = join(folder, 'owner.ts');
  writeFileSync(script, owner);
  const child = spawn(process.execPath, [script], { stdio: 'ignore' });
  const find = () => runningLabs().find((lab) => lab.owner.pid === child.pid && lab.asterisk !== null);
  expect(await eventually(() => find() !== undefined, 20_000, 20)).toBe(true);
  const entry = find();
  const asterisk = entry?.asterisk ?? null;
  if (entry === undefined || asterisk === null) throw new Error('The lab is gone already.');
  child.kill('SIGKILL');
  expect(await eventually(() => !lives(asterisk), 20_000)).toBe(true);
  await using lab = await startLab();
  expect(lab.id).not.toBe(entry.id);
  expect(entry.directories.filter((directory) => existsSync(directory))).toEqual([]);
  rmSync(folder, { recursive: true });
});

it('gives parallel labs ports of their own', async () => {
  await using one = await reservePorts();
  await using other = await reservePorts();
  expect(other.ports.sip).not.toBe(one.ports.sip);
  expect(other.ports.rtpFirst > one.ports.rtpLast || other.ports.rtpLast < one.ports.rtpFirst).toBe(true);
});
