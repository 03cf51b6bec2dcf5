// A PIN desk on a real database, with clocks of the test's own, and what tests do at it.
import { createHash } from 'node:crypto';
import { addPin, type NewPinWords } from '../src/admin/pins.ts';
import type { AdminContext } from '../src/admin/change.ts';
import { PinDesk, type PinBook } from '../src/daemon/pin-desk.ts';
import { isPinForm, type PinHasher } from '../src/store/pin-hash.ts';
import { runTask } from '../src/store/writer-tasks.ts';
import { tempContext } from './store/temp-store.ts';

export const MINUTE = 60_000;

/** In the place of argon2, which has tests of its own and takes its time. */
export function quickHasher(key: string): PinHasher {
  const hashOf = (digits: string) => `${key} ${createHash('sha256').update(digits).digest('hex')}`;
  return {
    made: (hash) => hash.startsWith(`${key} `),
    hash: (digits) => Promise.resolve(hashOf(digits)),
    matches: (hash, digits) => Promise.resolve(isPinForm(digits) && hash === hashOf(digits)),
  };
}
export const hasher = quickHasher('ours');
export const ANA = '739104';
export const BO = '286015';
export const WRONG = '604927';

/** The wall clock and the monotonic one; a jump of the first leaves the second alone. */
class Clocks {
  wallMs = Date.UTC(2026, 10, 21, 12);
  monotonicMs = 5_000.25;

  pass(ms: number): void {
    this.wallMs += ms;
    this.monotonicMs += ms;
  }
}

export interface Counter {
  readonly context: AdminContext;
  readonly clocks: Clocks;
  readonly locked: string[];
  readonly problems: string[];
  readonly desk: PinDesk;
  /** As after a start of the daemon: nothing remembered, another monotonic clock. */
  restart(): PinDesk;
}

function bookOf({ store }: AdminContext): PinBook {
  const scene = { pbx: 'head-office' };
  const later = async <T>(work: () => unknown) => work() as T;
  return {
    state: () => later(() => runTask(store, { type: 'read-pin-state' })),
    page: (caller, pins) => later(() => runTask(store, { type: 'read-pins', caller, pins })),
    claim: (caller, pin, atMs) =>
      later(() => runTask(store, { type: 'claim-pin', caller, pin, atMs, ...scene })),
    fail: (caller, atMs) => later(() => runTask(store, { type: 'note-pin-failure', caller, atMs, ...scene })),
  };
}

export function open(ports: { book?: Partial<PinBook>; hasher?: () => PinHasher } = {}): Counter {
  const context = tempContext();
  const clocks = new Clocks();
  const [locked, problems]: [string[], string[]] = [[], []];
  const restart = () => {
    const startedMs = clocks.monotonicMs;
    return new PinDesk({
      book: { ...bookOf(context), ...ports.book },
      hasher: ports.hasher ?? (() => hasher),
      nowMs: () => clocks.wallMs,
      monotonicMs: () => clocks.monotonicMs - startedMs + 0.5,
      onLocked: ({ who, failures, lockMs }) => locked.push(`${who} ${failures} ${lockMs / MINUTE}`),
      onProblem: (problem) => problems.push(problem),
    });
  };
  return { context, clocks, locked, problems, desk: restart(), restart };
}

export async function give(
  context: AdminContext,
  digits: string,
  words: Partial<NewPinWords> = {},
  by = hasher,
): Promise<string> {
  const whole = {
    name: 'Ana',
    extensions: ['1001'],
    groups: [],
    entry: null,
    fromMs: null,
    untilMs: null,
    maxUses: null,
    ...words,
  };
  return (await addPin(context, whole, { chosen: digits }, by)).id;
}

export const ask = (
  desk: PinDesk,
  { clocks }: Counter,
  pins: readonly string[],
  digits: string,
  who = '1001',
) => desk.check({ who, pins, digits, atMs: clocks.wallMs });

export async function fail(
  desk: PinDesk,
  counter: Counter,
  pins: readonly string[],
  times: number,
): Promise<void> {
  for (let n = 0; n < times; n += 1) await ask(desk, counter, pins, WRONG);
}
