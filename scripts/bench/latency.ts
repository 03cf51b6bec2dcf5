// What screening adds to call set-up: the same phone places plain, FastAGI, link-only and screened calls in turn, 50 a second.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnBound } from '../../test/lab/processes.ts';
import type { Phone } from '../../test/lab/phone/phone.ts';
import { startPbx } from '../../test/pbx.ts';
import { startFastAgi } from './start-fastagi.ts';

const CALLS_PER_S = 50;
const CALLS_EACH = 400;
const WARM_UP_EACH = 25;
const CALL_DEADLINE_MS = 10_000;

/** Milliseconds from INVITE to final response. */
export interface Sample {
  readonly median: number;
  readonly p99: number;
}

export interface LatencyResult {
  readonly link: string;
  readonly asterisk: string;
  readonly plain: Sample;
  readonly fastagi: Sample;
  /** Into Stasis and out again over the WebSocket, nothing else. */
  readonly linkOnly: Sample;
  readonly screened: Sample;
}

/** Those that the dialplan knows by name; every screened call goes to a number of its own. */
const names = { plain: '7001', fastagi: '7002', linkOnly: '7003' } as const;
type Way = keyof typeof names | 'screened';
const ways: readonly Way[] = ['plain', 'fastagi', 'linkOnly', 'screened'];

let lastAbroad = 5_411_000_000;
const abroad = () => `00${(lastAbroad += 7)}`;

/** All ways end in the same refusal, so that only what comes before it differs. */
const dialplan = (fastagiPort: number) => `
#include callwarden.conf
[phones]
exten => ${names.plain},1,Hangup(34)
exten => ${names.fastagi},1,AGI(agi://127.0.0.1:${fastagiPort}/set)
 same => n,Hangup(34)
exten => ${names.linkOnly},1,Stasis(bench)
 same => n,Hangup(34)
exten => _[0-9*#+]!,1,Set(CALLWARDEN_DIALLED=\${EXTEN})
 same => n,Gosub(callwarden-screen,s,1)
 same => n,Hangup(34)
[from-trunk]
`;

export async function measureLatency(transport: 'websocket' | 'ari-client'): Promise<LatencyResult> {
  using agi = await startFastAgi();
  let bare: ChildProcess | null = null;
  try {
    await using pbx = await startPbx({
      transport,
      dialplan: dialplan(agi.port),
      policy: ['country allow AR', 'extension set 1001 --international on'],
      verbosity: 0,
    });
    const { url, username, password } = pbx.lab.ari;
    const script = `${import.meta.dirname}/link-only.ts`;
    bare = spawnBound('node', [script, url, username, password], { output: 'pipe' });
    await once(bare.stdout!, 'data');
    const phone = await pbx.lab.phone('1001');
    await placeCalls(phone, WARM_UP_EACH);
    const times = await placeCalls(phone, CALLS_EACH);
    const counted = (await pbx.status()).decisions.continued;
    if (counted !== WARM_UP_EACH + CALLS_EACH) throw new Error(`Only ${counted} calls were let through.`);
    return {
      link: transport,
      asterisk: pbx.lab.asteriskVersion,
      plain: sampleOf(times.plain),
      fastagi: sampleOf(times.fastagi),
      linkOnly: sampleOf(times.linkOnly),
      screened: sampleOf(times.screened),
    };
  } finally {
    bare?.kill();
  }
}

/** The ways in turn, at a steady rate, so that each meets the same machine. */
async function placeCalls(phone: Phone, each: number): Promise<Record<Way, number[]>> {
  const times: Record<Way, number[]> = { plain: [], fastagi: [], linkOnly: [], screened: [] };
  const running: Promise<void>[] = [];
  const startMs = performance.now();
  for (let index = 0; index < each * ways.length; index += 1) {
    const way = ways[index % ways.length] ?? 'plain';
    const place = async () => {
      const call = await phone.call(way === 'screened' ? abroad() : names[way]);
      const final = await call.waitFinal(CALL_DEADLINE_MS);
      if (final.cause !== 34) throw new Error(`A ${way} call ended with ${final.status}.\n${call.story()}`);
      times[way].push(final.afterMs);
    };
    running.push(place());
    await sleep(Math.max(0, startMs + ((index + 1) * 1000) / CALLS_PER_S - performance.now()));
  }
  await Promise.all(running);
  return times;
}

export function sampleOf(times: readonly number[]): Sample {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p99: at(0.99) };
}
