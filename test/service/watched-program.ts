// A program under the watchdog, for its test: `stand-still` blocks its loop, `work` ends by itself after four seconds.
import { startWatchdog } from '../../src/service/watchdog.ts';

const LIMIT_TICKS = 2;
const WORK_MS = 4000;

await using watchdog = await startWatchdog({
  format: 'json',
  limitTicks: LIMIT_TICKS,
  onProblem: (problem) => void process.stderr.write(`${problem}\n`),
});
void watchdog;
process.stdout.write('started\n');
while (process.argv[2] === 'stand-still') {
  // Round and round, and never back to the event loop.
}
await new Promise((resolve) => setTimeout(resolve, WORK_MS));
