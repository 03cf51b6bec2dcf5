// The thread of the watchdog: counts its own ticks while the daemon's heartbeat stands still, and ends the process.
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { logLine } from '../config/log-line.ts';
import type { WatchdogData } from './watchdog.ts';

/** A tick that took so many times its length: the whole process was stopped, or the machine asleep. */
const ASLEEP_FACTOR = 3;
const STDERR = 2;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const { beats, tickMs, limitTicks, format } = workerData as WatchdogData;
const bell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
parentPort?.postMessage('watching');
let seen = -1;
let silentTicks = 0;
while (silentTicks < limitTicks) {
  const startMs = performance.now();
  // Nobody rings it: this is how a thread sleeps without an event loop.
  Atomics.wait(bell, 0, 0, tickMs);
  const beat = Atomics.load(beats, 0);
  const slept = performance.now() - startMs > tickMs * ASLEEP_FACTOR;
  silentTicks = beat === seen && !slept ? silentTicks + 1 : 0;
  seen = beat;
}
const problem = 'The event loop stood still; the daemon ends itself, to be started anew.';
const fields = { problem, seconds: Math.round((limitTicks * tickMs) / 1000) };
const line = logLine('error', 'blocked', fields, { format, time: new Date().toISOString(), secrets: [] });
try {
  writeSync(STDERR, `${line}\n`);
} finally {
  // No core file, which would hold passwords; and a thread cannot end the process in a gentler way.
  process.kill(process.pid, 'SIGKILL');
}
