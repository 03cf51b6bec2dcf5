// `npm run bench [part]`: what screening costs, side by side with the same call without it, in one run.
import { measureDecisions } from './bench/decision.ts';
import { measureLatency, type Sample } from './bench/latency.ts';
import { measurePickup, pickupWays, type PickupWay } from './bench/pickup.ts';
import { measureThroughput } from './bench/throughput.ts';
import type { Memory } from './bench/memory.ts';
import { measureSnapshot } from './bench/snapshot.ts';
import { measureWeb } from './bench/web.ts';

/** One of latency, throughput, pickup, decision, snapshot and web; all of them where none is named. */
const part = process.argv[2]?.replace(/^--/, '');
const wanted = (name: string) => part === undefined || part === name;

const ms = (value: number) => value.toFixed(2).padStart(8);

if (wanted('latency')) {
  console.log('Call set-up, INVITE to final response, 50 calls/s, the ways in turn; milliseconds.');
  console.log('In brackets: what each adds at the median, as a multiple of what the FastAGI script adds.\n');
  console.log('                                    median       p99     added');
}
for (const link of wanted('latency') ? (['websocket', 'ari-client'] as const) : []) {
  const result = await measureLatency(link);
  const { plain, fastagi } = result;
  const yardstick = fastagi.median - plain.median;
  const row = (name: string, { median, p99 }: Sample) => {
    const added = median - plain.median;
    const ratio = name === 'plain' ? '' : `  (${(added / yardstick).toFixed(2)})`;
    console.log(`${name.padEnd(34)}${ms(median)}  ${ms(p99)}  ${ms(added)}${ratio}`);
  };
  console.log(`Asterisk ${result.asterisk}`);
  row('plain', plain);
  row('bare FastAGI script', fastagi);
  row('the WebSocket link alone', result.linkOnly);
  row(`screened, by ${link}`, result.screened);
  console.log('');
}

for (const link of wanted('throughput') ? (['websocket', 'ari-client'] as const) : []) {
  const { asterisk, callsPerSecond } = await measureThroughput(link);
  const { plain } = callsPerSecond;
  const row = (name: string, rate: number) =>
    console.log(
      `${name.padEnd(34)}${rate.toFixed(0).padStart(6)}  ${((rate / plain) * 100).toFixed(0).padStart(4)} %`,
    );
  console.log(`Whole calls a second, answered and hung up, Asterisk ${asterisk}, the ways in turn.`);
  row('without Callwarden', plain);
  row('a DB() look-up in the dialplan', callsPerSecond.lookup);
  row('a bare FastAGI script', callsPerSecond.fastagi);
  row(`Callwarden, by ${link}`, callsPerSecond.screened);
  console.log('');
}

const pickupNames: Readonly<Record<PickupWay, string>> = {
  own: "Asterisk's Pickup(), in the dialplan",
  device: "Asterisk's pickupexten, by chan_pjsip",
  bare: 'Answer() and PickupChan(), no daemon',
  group: "Callwarden, the group's code",
  directed: 'Callwarden, the directed code',
};
if (wanted('pickup')) {
  console.log('A ringing call is taken, the ways in turn; milliseconds from the INVITE of the code.\n');
  console.log(
    '                                        to the 200           added   until the caller is heard',
  );
  console.log('                                        median       p99    median      median       p99');
}
for (const link of wanted('pickup') ? (['websocket', 'ari-client'] as const) : []) {
  const { asterisk, times } = await measurePickup(link);
  console.log(`Asterisk ${asterisk}, by ${link}`);
  for (const way of pickupWays) {
    const { answered, heard } = times[way];
    const added = answered.median - times.own.answered.median;
    const columns = [answered.median, answered.p99, added].map((value) => ms(value)).join('  ');
    console.log(`${pickupNames[way].padEnd(38)}${columns}    ${ms(heard.median)}  ${ms(heard.p99)}`);
  }
  console.log('');
}

const [few, many] = wanted('decision')
  ? measureDecisions([
      { rules: 10, extensions: 10 },
      { rules: 100_000, extensions: 10_000 },
    ])
  : [];
if (few && many) {
  console.log('One decision (read and judge), call by call in turn; the policy compiled at one go.');
  console.log(`10 rules, 10 extensions:          ${few.medianUs.toFixed(1)} µs at the median`);
  console.log(`100,000 rules, 10,000 extensions: ${many.medianUs.toFixed(1)} µs at the median`);
  console.log(
    `${(many.medianUs / few.medianUs).toFixed(2)} times; compiled in ${many.compileMs.toFixed(0)} ms`,
  );
}

if (wanted('snapshot')) {
  const result = await measureSnapshot();
  const whole = (value: number) => value.toFixed(0);
  const memory = ({ startedMb, changedMb, ownMb, highestMb }: Memory) =>
    [startedMb, changedMb, ownMb, highestMb].map((value) => whole(value).padStart(10)).join('');
  const { idle, loading } = result;
  const times = (loadingMs: number, idleMs: number) =>
    `${loadingMs.toFixed(1)} ms while loading, ${idleMs.toFixed(1)} ms idle (${(loadingMs / idleMs).toFixed(1)} times)`;
  console.log(`
A change of a policy with 100,000 rules, 10,000 extensions and 20 groups; medians.
A command's own work:       ${whole(result.commitMs)} ms (verify, write, seal)
From commit to in force:    ${whole(result.inForceMs)} ms (seen, verified, read, compiled in slices)
At one go:                  ${whole(result.loadMs)} ms to verify and read, ${whole(result.compileMs)} ms to compile
Pauses of the event loop:   99th percentile ${times(loading.p99Ms, idle.p99Ms)}
                            longest ${times(loading.longestMs, idle.longestMs)}

A change of a policy with 10,000 extensions and 10,000 pickup rights; time of the processor.
One extension changed:      ${whole(result.singleMs)} ms
10,000 extensions removed:  ${whole(result.removalMs)} ms

The daemon's memory in MB.          at the start   changed of its own   highest`);
  for (const { what, without, withWeb } of result.memory) {
    console.log(`${what}, no web side:`.padEnd(38) + memory(without));
    console.log(`${what}, a browser at work:`.padEnd(38) + memory(withWeb));
  }
}

if (wanted('web')) {
  const watchers = 200;
  const result = await measureWeb({ watchers, rounds: 6, calls: 200 });
  const { without, watched } = result;
  const row = (name: string, { plain, screened }: typeof without) => {
    const added = screened.median - plain.median;
    const addedMost = screened.p99 - plain.median;
    console.log(
      `${name.padEnd(22)}${ms(plain.median)}  ${ms(screened.median)}  ${ms(screened.p99)}  ${ms(added)}  ${ms(addedMost)}`,
    );
    return { added, addedMost };
  };
  console.log(`
Call set-up, INVITE to final response, 50 screened calls/s, with and without ${watchers} browsers that watch; milliseconds.
Asterisk ${result.asterisk}             plain  screened  its p99     added  added at p99`);
  const bare = row('nobody watches', without);
  const crowded = row(`${watchers} watch`, watched);
  const times = (a: number, b: number) => `${(a / b).toFixed(2)} times`;
  console.log(
    `added with watchers: ${times(crowded.added, bare.added)} at the median, ${times(crowded.addedMost, bare.addedMost)} at the 99th percentile;
a plain call, which asks nobody, takes ${times(watched.plain.median, without.plain.median)} as long beside them.
Each watcher was told of all calls: ${result.read} of ${result.decisions}; ${result.megabytes.toFixed(0)} MB were read.`,
  );
}
