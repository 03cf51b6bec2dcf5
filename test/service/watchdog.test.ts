// The watchdog ends a process whose event loop stands still, and none that works, idles or was stopped as a whole.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';

const program = join(import.meta.dirname, 'watched-program.ts');
const END_DEADLINE_MS = 25_000;
/** More than its limit of two ticks of a second. */
const STOPPED_MS = 4000;

async function watched(what: string, meanwhile?: (pid: number) => Promise<void>) {
  const child = spawn(process.execPath, [program, what], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const deadline = AbortSignal.timeout(END_DEADLINE_MS);
  const ended = once(child, 'exit', { signal: deadline });
  const said = text(child.stderr);
  await once(child.stdout, 'data', { signal: deadline });
  await meanwhile?.(child.pid ?? 0);
  await ended;
  return { status: child.exitCode, signal: child.signalCode, stderr: await said };
}

describe('the watchdog', () => {
  it('ends a process whose event loop stands still, with a line that says so', async () => {
    const { signal, stderr } = await watched('stand-still');
    expect(signal).toBe('SIGKILL');
    expect(JSON.parse(stderr)).toMatchObject({ level: 'error', event: 'blocked', seconds: 2 });
  });

  it('leaves one alone that waits, also after it was stopped and goes on', async () => {
    const stopped = watched('work', async (pid) => {
      process.kill(pid, 'SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, STOPPED_MS));
      process.kill(pid, 'SIGCONT');
    });
    const outcomes = await Promise.all([watched('work'), stopped]);
    expect(outcomes).toEqual([
      { status: 0, signal: null, stderr: '' },
      { status: 0, signal: null, stderr: '' },
    ]);
  });
});
