// What else happens in the instant of a pickup, round after round from a seed: nobody is torn away, left ringing or in silence.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, type Lane, type PickupHouse } from '../../../scripts/soak/pickup/house.ts';
import { planRound, type RaceKind } from '../../../scripts/soak/pickup/plan.ts';
import { sentencesOf } from '../../../scripts/soak/pickup/report.ts';
import { playRound, type RoundResult } from '../../../scripts/soak/pickup/round.ts';

/** Each race; `PICKUP_ROUNDS=1000` for the full count, and `FC_SEED` for others. */
const ROUNDS = Number(process.env['PICKUP_ROUNDS'] ?? 32);
const seed = Number(process.env['FC_SEED'] ?? 1);
const LANES = 3;
const SETTLE_MS = 8000;

describe('in the instant of a pickup', { timeout: 60_000 + ROUNDS * 2000 }, () => {
  let house: PickupHouse;
  beforeAll(async () => {
    house = await openHouse(LANES);
  }, 900_000);
  afterAll(async () => {
    await house?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await house.pbx.lab.waitIdle(SETTLE_MS);
  });

  const playAll = async (race: RaceKind, name: string): Promise<readonly RoundResult[]> => {
    const results: RoundResult[] = [];
    let next = 0;
    const playLane = async (lane: Lane) => {
      while (next < ROUNDS) {
        const plan = planRound(seed, next, { race });
        next += 1;
        results.push(await playRound(house, lane, plan));
      }
    };
    await Promise.all(house.lanes.map(playLane));
    expect(results, name).toHaveLength(ROUNDS);
    return results;
  };
  const wrongs = (results: readonly RoundResult[]) =>
    results.flatMap((result) => {
      const { index, kind, offsetMs } = result.plan;
      return sentencesOf(result).map((text) => `round ${index}, ${kind}, ${offsetMs} ms: ${text}`);
    });

  it.each<[string, RaceKind]>([
    ['the target answers: who has spoken with the caller keeps him', 'answer'],
    ['the caller gives up: the picker is told, and no phone rings on', 'caller-gone'],
    ['the picker hangs up: the call rings on, or ends as one that was his', 'picker-gone'],
    ['the call is answered already: it is never touched', 'talking'],
  ])('%s (I8)', async (name, race) => {
    expect(wrongs(await playAll(race, name))).toEqual([]);
  });
});
