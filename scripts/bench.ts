// `npm run bench`: what screening costs, side by side with the same call without it, in one run.
import { measureDecision } from './bench/decision.ts';
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

const few = measureDecision(10);
const many = measureDecision(10_000);
console.log(
  `One decision (read and judge), median: ${few.toFixed(1)} µs with 10 extensions, ` +
    `${many.toFixed(1)} µs with 10,000: ${(many / few).toFixed(2)} times.`,
);
