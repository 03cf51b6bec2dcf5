// What a soak of pickups does, drawn from a seed: each round is one call that rings, and who reaches for it in what moment.
import { randomOf, type Random } from '../../../test/random.ts';

/** What rings: one phone, three at once, a queue of three, two through Local channels. */
export const callKinds = ['direct', 'group', 'queue', 'local'] as const;
export type RingKind = (typeof callKinds)[number];

/**
 * `clean`: one picker and nothing else. `crowd`: several pickers. `answer`, `caller-gone`, `picker-gone`: the target answers,
 * the caller or the picker hangs up meanwhile. `no-right`: a stranger to the group. `talking`: the call is answered already.
 */
export const raceKinds = [
  'clean',
  'crowd',
  'answer',
  'caller-gone',
  'picker-gone',
  'no-right',
  'talking',
] as const;
export type RaceKind = (typeof raceKinds)[number];

export interface PlannedRound {
  readonly index: number;
  readonly kind: RingKind;
  readonly race: RaceKind;
  /** One for each picker. */
  readonly pickers: readonly PlannedPicker[];
  /** What happens meanwhile, this long after the first picker's code (before, if negative); 0 where nothing does. */
  readonly offsetMs: number;
  /** Which of the phones that ring it is about. */
  readonly target: number;
}

interface PlannedPicker {
  readonly code: PickupCode;
  /** After the first. */
  readonly delayMs: number;
}

/** By the group's code, by it and the group's number, by the code for any call, or by a code and the target's extension. */
export const pickupCodes = ['group', 'number', 'any', 'directed'] as const;
export type PickupCode = (typeof pickupCodes)[number];

export const PICKERS_MAX = 5;
/** Around the pickup itself, and the time in which Asterisk waits for a phone's first sound. */
const CLOSE_MS = 60;
const FAR_MS = 600;
const CROWD_WITHIN_MS = 8;
/** What a pickup takes from the code to the answer. */
const CROSSING_MS = 12;

const shares: readonly (readonly [RaceKind, number])[] = [
  ['clean', 0.42],
  ['crowd', 0.2],
  ['answer', 0.14],
  ['caller-gone', 0.08],
  ['picker-gone', 0.08],
  ['no-right', 0.04],
  ['talking', 0.04],
];

/** The same seed and index draw the same round, on every machine; a race or kind that is named is not drawn. */
export function planRound(
  seed: number,
  index: number,
  named: Partial<Pick<PlannedRound, 'kind' | 'race'>> = {},
): PlannedRound {
  const random = randomOf(seed).fork(`round ${index}`);
  const kind = named.kind ?? callKinds[index % callKinds.length] ?? 'direct';
  const race = named.race ?? drawRace(random.unit());
  const count = race === 'crowd' ? random.whole(2, PICKERS_MAX) : 1;
  return {
    index,
    kind,
    race,
    pickers: Array.from({ length: count }, (_, at) => ({
      code: random.pick(pickupCodes),
      delayMs: at === 0 ? 0 : random.whole(0, CROWD_WITHIN_MS),
    })),
    offsetMs: offsetOf(random, race),
    target: random.whole(0, 2),
  };
}

function drawRace(drawn: number): RaceKind {
  let sum = 0;
  for (const [race, share] of shares) {
    sum += share;
    if (drawn < sum) return race;
  }
  return 'clean';
}

function offsetOf(random: Random, race: RaceKind): number {
  switch (race) {
    case 'answer':
      // A third of them in the few milliseconds in which both can cross.
      return random.pick([
        random.whole(0, CROSSING_MS),
        random.whole(-CLOSE_MS, CLOSE_MS),
        random.whole(0, FAR_MS),
      ]);
    case 'caller-gone':
    case 'picker-gone':
      return random.chance(0.5) ? random.whole(0, CROSSING_MS) : random.whole(0, FAR_MS);
    case 'clean':
    case 'crowd':
    case 'no-right':
    case 'talking':
      return 0;
  }
}
