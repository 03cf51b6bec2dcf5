// A daemon's desk and writer as a process of its own: gives wrong PINs, or uses one, and says each one that is kept.
import { createDaemonPins } from '../../src/daemon/pins.ts';
import { CallRecorder } from '../../src/store/recorder.ts';

const [database = '', keyFile = '', pin = '', digits = '', callers = '1'] = process.argv.slice(2);
const silent = () => undefined;

const recorder = CallRecorder.start({
  path: database,
  limits: { keepDays: 0, keepMax: 0 },
  onProblem: silent,
  onRecovered: silent,
});
const { desk } = createDaemonPins({
  config: { pbx: { name: 'head-office' }, security: { keyFile } },
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  recorder,
  tell: silent,
});

/** A caller of its own for each try that must not be locked by the others. */
const whoOf = (n: number) => (callers === '1' ? '1001' : `caller ${n}`);

for (let n = 0; ; n += 1) {
  const answer = await desk.check({ who: whoOf(n), pins: [pin], digits, atMs: Date.now() });
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  if (answer.kind === 'locked') setInterval(silent, 60_000);
  if (answer.kind === 'locked') break;
}
