// What watching browsers cost a call: the same calls at a steady rate, with and without them, turn by turn in one run.
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnBound } from '../../test/lab/processes.ts';
import type { Phone } from '../../test/lab/phone/phone.ts';
import { startPbx, type Pbx } from '../../test/pbx.ts';
import { sampleOf, type Sample } from './latency.ts';
import type { Watched } from './watchers.ts';

const SCREENED_PER_S = 50;
/** Of the calls that are not screened, to measure against; every fourth instant has one more. */
const PLAIN_EVERY = 4;
const CALL_DEADLINE_MS = 10_000;
const READY_DEADLINE_MS = 60_000;
/** How long the last events may take to the last watcher. */
const READ_DEADLINE_MS = 10_000;
const WARM_UP_CALLS = 50;
/** Of one account, under the daemon's own bound. */
const OF_ACCOUNT = 25;
const PLAIN = '7001';

export interface WebBenchOptions {
  readonly watchers: number;
  /** Turns with and turns without watchers. */
  readonly rounds: number;
  /** Screened calls in each turn. */
  readonly calls: number;
}

/** Milliseconds from INVITE to final response. */
interface Turn {
  readonly plain: Sample;
  readonly screened: Sample;
}

export interface WebBenchResult {
  readonly asterisk: string;
  readonly without: Turn;
  readonly watched: Turn;
  /** Decisions while somebody watched, and what the slowest watcher has read of them. */
  readonly decisions: number;
  readonly read: number;
  readonly megabytes: number;
}

const dialplan = `
#include callwarden.conf
[phones]
exten => ${PLAIN},1,Hangup(34)
exten => _[0-9*#+]!,1,Set(CALLWARDEN_DIALLED=\${EXTEN})
 same => n,Gosub(callwarden-screen,s,1)
 same => n,Hangup(34)
[from-trunk]
`;

export async function measureWeb({ watchers, rounds, calls }: WebBenchOptions): Promise<WebBenchResult> {
  await using pbx = await startPbx({
    web: true,
    dialplan,
    policy: ['country allow AR', 'extension set 1001 --international on'],
    verbosity: 0,
  });
  const tokens = await makeTokens(pbx, Math.ceil(watchers / OF_ACCOUNT));
  const phone = await pbx.lab.phone('1001');
  await placeCalls(phone, WARM_UP_CALLS);
  const without: Times = { plain: [], screened: [] };
  const watched: Times = { plain: [], screened: [] };
  let read = 0;
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    add(without, await placeCalls(phone, calls));
    using crowd = await startWatchers({ url: pbx.web.url, watchers, tokens });
    add(watched, await placeCalls(phone, calls));
    const found = await crowd.read(calls);
    read += found.decisionsLeast;
    bytes += found.bytes;
  }
  const sample = ({ plain, screened }: Times) => ({ plain: sampleOf(plain), screened: sampleOf(screened) });
  return {
    asterisk: pbx.lab.asteriskVersion,
    without: sample(without),
    watched: sample(watched),
    decisions: rounds * calls,
    read,
    megabytes: bytes / 1e6,
  };
}

async function makeTokens(pbx: Pbx, accounts: number): Promise<readonly string[]> {
  const tokens: string[] = [];
  for (let index = 0; index < accounts; index += 1) {
    const made = await pbx.callwarden(`user add watcher${index} --role auditor`);
    if (made.code !== 0) throw new Error(made.output);
    const words = `user token add watcher${index} bench --right live.read calls.read --for 1d`;
    const { token } = (await pbx.json(words)) as { token: string };
    tokens.push(token);
  }
  return tokens;
}

interface Times {
  readonly plain: number[];
  readonly screened: number[];
}

function add(to: Times, { plain, screened }: Times): void {
  to.plain.push(...plain);
  to.screened.push(...screened);
}

let lastAbroad = 5_411_000_000;

async function placeCalls(phone: Phone, calls: number): Promise<Times> {
  const times: Times = { plain: [], screened: [] };
  const place = async (number: string, afterMs: number[]) => {
    const call = await phone.call(number);
    const final = await call.waitFinal(CALL_DEADLINE_MS);
    if (final.cause !== 34)
      throw new Error(`A call to ${number} ended with ${final.status}.\n${call.story()}`);
    afterMs.push(final.afterMs);
  };
  const running: Promise<void>[] = [];
  const startMs = performance.now();
  for (let index = 0; index < calls; index += 1) {
    running.push(place(`00${(lastAbroad += 7)}`, times.screened));
    if (index % PLAIN_EVERY === 0) running.push(place(PLAIN, times.plain));
    await sleep(Math.max(0, startMs + ((index + 1) * 1000) / SCREENED_PER_S - performance.now()));
  }
  await Promise.all(running);
  return times;
}

interface Crowd extends Disposable {
  /** When all have read so many decisions, or will not. */
  read(decisions: number): Promise<Watched>;
}

/** A process of its own, as browsers are. */
async function startWatchers(orders: object): Promise<Crowd> {
  const child: ChildProcess = spawnBound('node', [`${import.meta.dirname}/watchers.ts`], {
    output: 'pipe',
    input: 'pipe',
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('The watchers have no streams.');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const late = sleep(READY_DEADLINE_MS, null, { ref: false });
    const found = await Promise.race([lines.next(), late]);
    if (found === null || found.done === true) throw new Error('The watchers did not get to watch.');
    return found.value;
  };
  stdin.write(`${JSON.stringify(orders)}\n`);
  await next();
  return {
    read: async (decisions) => {
      const endMs = performance.now() + READ_DEADLINE_MS;
      for (;;) {
        stdin.write('count\n');
        const watched = JSON.parse(await next()) as Watched;
        if (watched.decisionsLeast >= decisions || performance.now() > endMs) return watched;
        await sleep(100);
      }
    },
    [Symbol.dispose]: () => void child.kill(),
  };
}
