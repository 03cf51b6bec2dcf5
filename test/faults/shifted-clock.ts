// Loaded into a daemon before its own code: its wall clock runs off by so many milliseconds as a file says, and jumps with it.
import { readFileSync } from 'node:fs';
import { env } from 'node:process';

/** Of the daemon's environment: the file whose text is the shift. */
export const SHIFT_FILE_VARIABLE = 'CALLWARDEN_TEST_CLOCK';

/** What a daemon needs in its environment to run by the clock of this file. */
export function shiftedClock(file: string): NodeJS.ProcessEnv {
  return { [SHIFT_FILE_VARIABLE]: file, NODE_OPTIONS: `--import=${import.meta.url}` };
}

const file = env[SHIFT_FILE_VARIABLE];
if (file !== undefined) {
  const RealDate = globalThis.Date;
  const now = () => RealDate.now() + Number(readFileSync(file, 'utf8'));
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget: Function) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
}
