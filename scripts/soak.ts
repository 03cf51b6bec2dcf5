// `npm run soak -- [--seconds 60] [--rate 20] [--seed 1] [--fault-every 8]`: mixed load and faults on a real PBX, and a balance.
// `npm run soak -- --pickup [--count 500] [--seconds 900] [--seed 1] [--lanes 3] [--storm]`: pickups of all kinds, and races;
// with `--kind queue`, `--race answer` or `--only 17` (as a failure names its round) some of them.
import { parseArgs } from 'node:util';
import { soakCalls } from './soak/mixed.ts';
import { LANES_MAX } from './soak/pickup/house.ts';
import { callKinds, raceKinds } from './soak/pickup/plan.ts';
import { PICKUP_COUNT_MAX, soakPickups } from './soak/pickup.ts';

const SECONDS_MAX = 86_400;
const RATE_MAX = 200;
const SEED_MAX = 4_294_967_295;

const { values } = parseArgs({
  options: {
    pickup: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    seed: { type: 'string', default: String(Math.trunc(Date.now() / 1000)) },
    rate: { type: 'string', default: '20' },
    'fault-every': { type: 'string', default: '8' },
    count: { type: 'string', default: '500' },
    lanes: { type: 'string', default: '3' },
    kind: { type: 'string' },
    race: { type: 'string' },
    only: { type: 'string' },
    storm: { type: 'boolean', default: false },
  },
});
const isEven = await (values.pickup ? pickups() : calls());
if (!isEven) process.exitCode = 1;

function calls(): Promise<boolean> {
  return soakCalls({
    seed: number('seed', values.seed, 0, SEED_MAX),
    seconds: number('seconds', values.seconds ?? '60', 10, SECONDS_MAX),
    callsPerSecond: number('rate', values.rate, 1, RATE_MAX),
    faultEverySeconds: number('fault-every', values['fault-every'], 0, SECONDS_MAX),
  });
}

async function pickups(): Promise<boolean> {
  const seed = number('seed', values.seed, 0, SEED_MAX);
  const count = number('count', values.count, 1, PICKUP_COUNT_MAX);
  const kind = word('kind', values.kind, callKinds);
  const race = word('race', values.race, raceKinds);
  console.log(`${count} rounds at most, seed ${seed}`);
  const { failures } = await soakPickups({
    seed,
    count,
    seconds: number('seconds', values.seconds ?? '900', 1, SECONDS_MAX),
    lanes: number('lanes', values.lanes, 1, LANES_MAX),
    only: values.only === undefined ? null : number('only', values.only, 0, PICKUP_COUNT_MAX),
    named: { ...(kind === undefined ? {} : { kind }), ...(race === undefined ? {} : { race }) },
    storm: values.storm,
    say: (line) => console.log(line),
  });
  return failures.length === 0;
}

function number(name: string, given: string, min: number, max: number): number {
  const value = Number(given);
  if (Number.isFinite(value) && value >= min && value <= max) return value;
  throw new Error(`--${name} must be a number from ${min} to ${max}.`);
}

function word<T extends string>(name: string, given: string | undefined, all: readonly T[]): T | undefined {
  const found = all.find((one) => one === given);
  if (given === undefined || found !== undefined) return found;
  throw new Error(`--${name} must be one of ${all.join(', ')}.`);
}
