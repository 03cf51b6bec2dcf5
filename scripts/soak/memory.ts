// How much memory the daemon holds, looked at while the load runs.
import { readFileSync } from 'node:fs';
import type { Pbx } from '../../test/pbx.ts';

const EVERY_MS = 2000;
const SAMPLES_MAX = 20_000;

export interface MemorySample {
  readonly pid: number;
  readonly atMs: number;
  readonly residentMb: number;
}

/** Samples until it is disposed of; a daemon that is away leaves a gap. */
export function watchMemory(pbx: Pbx): Disposable & { readonly samples: readonly MemorySample[] } {
  const samples: MemorySample[] = [];
  const look = async () => {
    const status = await pbx.status().catch(() => null);
    const residentMb = status === null ? null : residentMbOf(status.pid);
    if (status === null || residentMb === null || samples.length >= SAMPLES_MAX) return;
    samples.push({ pid: status.pid, atMs: Date.now(), residentMb });
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  return { samples, [Symbol.dispose]: () => clearInterval(timer) };
}

function residentMbOf(pid: number): number | null {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
