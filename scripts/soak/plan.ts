// What a soak does and when, drawn from a seed: every call with what must become of it, and every fault.
import { randomOf, type Random } from '../../test/random.ts';

export type CallKind = 'allowed' | 'denied' | 'abandoned' | 'national' | 'emergency' | 'pickup';
export type FaultKind = 'kill' | 'freeze' | 'lock' | 'policy' | 'reload';

export interface PlannedCall {
  readonly atMs: number;
  readonly kind: CallKind;
  readonly from: string;
  /** Chargeable and national numbers are dialled once in a run, so that a number names its call. */
  readonly number: string;
  /** How long the caller stays: until the hang-up, or until the CANCEL of one who gives up. */
  readonly stayMs: number;
}

export interface PlannedFault {
  readonly atMs: number;
  readonly kind: FaultKind;
  readonly lastsMs: number;
}

export interface SoakPlan {
  readonly seed: number;
  readonly calls: readonly PlannedCall[];
  readonly faults: readonly PlannedFault[];
}

export interface SoakOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly callsPerSecond: number;
  /** Seconds between two faults, on average; 0 for none. */
  readonly faultEverySeconds: number;
}

/** Who calls what: these have the right to call abroad, those have not. */
export const phones = {
  entitled: ['1001', '1002', '1003'],
  barred: ['1004', '1005'],
  /** Calls the one, whose call the other takes. */
  pickup: { caller: '1006', target: '1007', picker: '1008' },
} as const;

const PICKUP_EVERY_MS = 3000;
const GIVE_UP_MAX_MS = 50;
const STAY_MAX_MS = 3000;
/** The last fault is over, and its calls settled, before the end. */
const QUIET_END_MS = 5000;
const shares: readonly (readonly [Exclude<CallKind, 'pickup'>, number])[] = [
  ['allowed', 0.45],
  ['denied', 0.2],
  ['abandoned', 0.1],
  ['national', 0.2],
  ['emergency', 0.05],
];
const faultKinds: readonly FaultKind[] = ['kill', 'freeze', 'lock', 'policy', 'reload'];

/** The same options give the same plan, on every machine. */
export function planSoak(options: SoakOptions): SoakPlan {
  const random = randomOf(options.seed);
  const endMs = options.seconds * 1000;
  const calls: PlannedCall[] = [];
  for (let index = 0, atMs = 0; atMs < endMs; index += 1) {
    calls.push(drawCall(random, index, atMs));
    atMs += (1000 / options.callsPerSecond) * (0.5 + random.unit());
  }
  for (let atMs = PICKUP_EVERY_MS; atMs < endMs; atMs += PICKUP_EVERY_MS) {
    const { caller, target } = phones.pickup;
    calls.push({ atMs, kind: 'pickup', from: caller, number: target, stayMs: 500 });
  }
  return {
    seed: options.seed,
    calls: calls.toSorted((one, other) => one.atMs - other.atMs),
    faults: drawFaults(random, options, endMs - QUIET_END_MS),
  };
}

function drawCall(random: Random, index: number, atMs: number): PlannedCall {
  const kind = drawKind(random.unit());
  const from = random.pick<string>(kind === 'denied' ? phones.barred : phones.entitled);
  const stayMs = random.whole(0, kind === 'abandoned' ? GIVE_UP_MAX_MS : STAY_MAX_MS);
  return { atMs, kind, from: kind === 'emergency' ? '1005' : from, number: numberFor(kind, index), stayMs };
}

function drawKind(drawn: number): CallKind {
  let sum = 0;
  for (const [kind, share] of shares) {
    sum += share;
    if (drawn < sum) return kind;
  }
  return 'allowed';
}

function numberFor(kind: CallKind, index: number): string {
  const serial = String(index).padStart(6, '0');
  if (kind === 'emergency') return '911';
  return kind === 'national' ? `5512${serial}` : `00541194${serial}`;
}

function drawFaults(random: Random, { faultEverySeconds }: SoakOptions, endMs: number): PlannedFault[] {
  if (faultEverySeconds === 0) return [];
  const faults: PlannedFault[] = [];
  for (let atMs = faultEverySeconds * 1000; atMs < endMs;) {
    const kind = random.pick(faultKinds);
    const lastsMs = random.whole(200, 2500);
    faults.push({ atMs, kind, lastsMs });
    atMs += lastsMs + faultEverySeconds * 1000 * (0.5 + random.unit());
  }
  return faults;
}
