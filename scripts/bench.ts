// `npm run bench`: what screening costs, side by side with the same call without it, in one run.
import { measureDecisions } from './bench/decision.ts';
import { measureLatency, type Sample } from './bench/latency.ts';

const ms = (value: number) => value.toFixed(2).padStart(8);

console.log('Call set-up, INVITE to final response, 50 calls/s, the ways in turn; milliseconds.');
console.log('In brackets: what each adds at the median, as a multiple of what the FastAGI script adds.\n');
console.log('                                    median       p99     added');
for (const link of ['websocket', 'ari-client'] as const) {
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

const [few, many] = measureDecisions([
  { rules: 10, extensions: 10 },
  { rules: 100_000, extensions: 10_000 },
]);
if (few && many) {
  console.log('One decision (read and judge), call by call in turn; the policy compiled at one go.');
  console.log(`10 rules, 10 extensions:          ${few.medianUs.toFixed(1)} µs at the median`);
  console.log(`100,000 rules, 10,000 extensions: ${many.medianUs.toFixed(1)} µs at the median`);
  console.log(
    `${(many.medianUs / few.medianUs).toFixed(2)} times; compiled in ${many.compileMs.toFixed(0)} ms`,
  );
}
