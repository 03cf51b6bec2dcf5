// `npm run bench`: what screening costs, side by side with the same call without it, in one run.
import { measureDecision } from './bench/decision.ts';
import { measureLatency, type LatencyResult } from './bench/latency.ts';

const ms = (value: number) => value.toFixed(2).padStart(8);

console.log('Call set-up, INVITE to final response, 50 calls/s, the three ways in turn; milliseconds\n');
console.log(
  '                        plain           bare FastAGI        screened            added at the median',
);
console.log(
  'link        Asterisk    median    p99   median    p99   median    p99   FastAGI  screened     ratio',
);
const results: LatencyResult[] = [];
for (const link of ['websocket', 'ari-client'] as const) {
  const result = await measureLatency(link);
  results.push(result);
  const { plain, fastagi, screened } = result;
  const byAgi = fastagi.median - plain.median;
  const byUs = screened.median - plain.median;
  console.log(
    `${link.padEnd(12)}${result.asterisk.padEnd(10)}` +
      [plain, fastagi, screened].map(({ median, p99 }) => ms(median) + ms(p99)).join(' ') +
      `${ms(byAgi)}  ${ms(byUs)}  ${(byUs / byAgi).toFixed(2).padStart(8)}`,
  );
}

const few = measureDecision(10);
const many = measureDecision(10_000);
console.log(
  `\nOne decision (read and judge), median: ${few.toFixed(1)} µs with 10 extensions, ` +
    `${many.toFixed(1)} µs with 10,000: ${(many / few).toFixed(2)} times.`,
);
