// `npm run soak -- --pickup`: pickups of all kinds by the thousand, clean ones and races, and what each left behind.
import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';
import { eventually } from '../../test/lab/processes.ts';
import { watchMemory } from './memory.ts';
import { LANES_MAX, openHouse, type Lane, type PickupHouse } from './pickup/house.ts';
import { planRound, type PlannedRound } from './pickup/plan.ts';
import { sentencesOf, sumUp, type PickupSum, type RecordCounts } from './pickup/report.ts';
import { playRound, storyOf, type RoundResult } from './pickup/round.ts';

export interface PickupSoakOptions {
  readonly seed: number;
  /** Rounds; each is one call that rings, and one pickup or more. */
  readonly count: number;
  /** No round begins after this. */
  readonly seconds: number;
  /** Calls at once. */
  readonly lanes: number;
  /** One round alone, as a failure names it; its messages are shown. */
  readonly only: number | null;
  /** All rounds of one kind or race. */
  readonly named: Partial<Pick<PlannedRound, 'kind' | 'race'>>;
  /** Channels are read through chan_pjsip meanwhile, which has deadlocked pickups of some versions (asterisk#2036). */
  readonly storm: boolean;
  readonly say: (line: string) => void;
}

export const PICKUP_COUNT_MAX = 50_000;
/** A run in which everything fails is over. */
const FAILED_ROUNDS_MAX = 50;
const RECORDS_DEADLINE_MS = 5000;
const PROGRESS_EVERY = 250;

/** Stops by itself, and at SIGINT after the rounds that are under way. */
export async function soakPickups(options: PickupSoakOptions): Promise<PickupSum> {
  const lanes = options.only === null ? Math.min(options.lanes, LANES_MAX) : 1;
  await using house = await openHouse(lanes);
  using memory = watchMemory(house.pbx);
  const calm = new AbortController();
  const storm = options.storm ? house.storm(calm.signal) : Promise.resolve(0);
  const results = await playAll(house, options);
  calm.abort();
  if (options.storm) options.say(`${await storm} reads of CHANNEL(pjsip,…) meanwhile`);
  const kinds = Object.entries(options.named).map(([name, value]) => ` --${name} ${value}`);
  const sum = sumUp(results, await recordsOf(house), memory.samples, (index) =>
    ['npm run soak -- --pickup', `--seed ${options.seed}`, `--only ${index}${kinds.join('')}`].join(' '),
  );
  for (const line of sum.lines) options.say(line);
  return sum;
}

async function playAll(house: PickupHouse, options: PickupSoakOptions): Promise<RoundResult[]> {
  const { seed, count, only, named, say } = options;
  const endMs = performance.now() + options.seconds * 1000;
  const results: RoundResult[] = [];
  let next = only ?? 0;
  const last = only === null ? count - 1 : only;
  const stopped = new AbortController();
  let failed = 0;
  const stop = () => stopped.abort();
  process.once('SIGINT', stop);
  const playLane = async (lane: Lane) => {
    while (
      !stopped.signal.aborted &&
      next <= last &&
      performance.now() < endMs &&
      failed < FAILED_ROUNDS_MAX
    ) {
      const plan = planRound(seed, next, named);
      next += 1;
      const beganMs = performance.now();
      const result = await playRound(house, lane, plan);
      results.push(result);
      const isBad = sentencesOf(result).length > 0;
      if (isBad) failed += 1;
      if (isBad)
        say(`  ! round ${plan.index} (${plan.kind}, ${plan.race}): ${sentencesOf(result).join('; ')}`);
      if (isBad || only !== null) say(storyOf(lane, beganMs));
      if (results.length % PROGRESS_EVERY === 0) say(`${results.length} rounds, ${failed} with failures`);
    }
  };
  await Promise.all(house.lanes.map(playLane));
  process.off('SIGINT', stop);
  return results;
}

/** What the daemon has recorded, once it has written all of it. */
async function recordsOf({ pbx }: PickupHouse): Promise<RecordCounts> {
  await eventually(async () => (await pbx.status()).records.queued === 0, RECORDS_DEADLINE_MS, 100);
  using store = openStore(join(pbx.directory, 'callwarden.db'), { readonly: true });
  const rows = store.db
    .prepare<[], { outcome: string | null; count: number }>(
      `SELECT outcome, count(*) AS count FROM calls WHERE kind = 'pickup' GROUP BY outcome`,
    )
    .all();
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome ?? 'open', count]));
}
