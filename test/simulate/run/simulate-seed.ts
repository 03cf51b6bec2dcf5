// One seed: a world with faults in it, then a world that is well again, and the questions at its end.
import { readCalls } from '../../../src/store/calls.ts';
import type { Random } from '../../random.ts';
import { befall, heal, strikeAtQuestion } from './faults.ts';
import { LETS_IT_RING, type Call } from './calls.ts';
import {
  CALLERS,
  mayGoOut,
  NUMBERS,
  PICKUP_GROUP_NUMBER,
  PROTECTED,
  REGIONS,
  TAKES_ANY,
  type Dialled,
} from './oracle.ts';
import { makeWorld, type World } from './simulated-world.ts';
import type { Template } from './template.ts';

const TROUBLE_MS = 9_000;
/** The longest pause between two attempts to connect, and what a half-open attempt costs. */
const HEALED_WITHIN_MS = 22_000;
/** A dead connection is found out within this time. */
const FOUND_MS = 5_000;
/** Of so many worlds one has two daemons. */
const TWO_DAEMONS_EACH = 4;
const CALLS_MAX = 12;
const FAULTS_MAX = 4;
const CHANGES_MAX = 3;
const LAST_QUESTIONS = 7;
const RECORDS_MAX = 1000;
/** 1002, 1003 and 1004, in the sample of the dialplan. */
const RING_GROUP = '600';
/** Long enough for the deadline, an announcement and the last hangup. */
const QUIET_MS = 9_000;

const inside = (dialled: string): Dialled => ({ dialled, kind: 'national' });

export interface Outcome {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly lines: readonly string[];
  /** Of the story. */
  readonly sum: string;
  readonly calls: number;
  readonly faults: number;
}

/** Never throws for what the simulated daemon does; an error of the simulation itself counts as a violation. */
export async function simulateSeed(seed: number, template: Template): Promise<Outcome> {
  using world = makeWorld(seed, template, seed % TWO_DAEMONS_EACH === 0 ? 2 : 1);
  const { story, people } = world;
  const random = world.random.fork('scenario');
  const faults = random.chance(0.1) ? 0 : random.whole(1, FAULTS_MAX);
  try {
    await live(world, random, faults);
  } catch (error) {
    story.violate(
      `the simulation failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
  const { violations, lines } = story;
  return { seed, violations, lines, sum: story.sum(), calls: people.calls.length, faults };
}

async function live(world: World, random: Random, faults: number): Promise<void> {
  const { clock, seats, people, watch, story } = world;
  const check = () => watch.check();
  const isReady = () => seats.every(({ life }) => life?.connected === true);
  for (const seat of seats) clock.after(0, () => seat.start(), null);
  await clock.run(2_000, check, isReady);
  if (!isReady()) return story.violate('the daemon did not connect at its start');
  const beganMs = clock.nowMs;
  const at = (run: () => void) => void clock.after(random.whole(1, TROUBLE_MS), run, null);
  for (let n = random.whole(4, CALLS_MAX); n > 0; n -= 1) at(() => dialSomething(world, random));
  for (let n = random.whole(0, CHANGES_MAX); n > 0; n -= 1) at(() => changeSomething(world, random));
  for (let n = random.whole(0, 3); n > 0; n -= 1) at(() => ringAndPickUp(world, random));
  for (let n = faults; n > 0; n -= 1) at(() => befall(world, random));
  const strikes = world.random.fork('strikes');
  world.moments.onQuestion = (seat) => strikeAtQuestion(world, strikes, seat);
  await clock.run(TROUBLE_MS, check);
  world.moments.onQuestion = () => undefined;
  story.tell('all is well again');
  heal(world);
  await clock.run(HEALED_WITHIN_MS, check, () => isReady() && clock.nowMs - beganMs > TROUBLE_MS + FOUND_MS);
  if (!isReady())
    story.violate(`the daemon did not connect within ${HEALED_WITHIN_MS} ms after the last fault`);
  askLastQuestions(world);
  askForLastPickup(world);
  await clock.run(QUIET_MS, check);
  for (const call of people.calls) people.hangUp(call);
  await clock.run(1_000, check);
  judgeEnd(world);
  await stopAndCount(world, check);
}

function dialSomething({ people, watch, clock }: World, random: Random): void {
  const hangUpAfterMs = random.chance(0.2)
    ? random.whole(0, 60)
    : random.chance(0.2)
      ? random.whole(60, 3000)
      : random.whole(5000, 9000);
  const call = people.dial(random.pick(CALLERS), random.pick(NUMBERS), { hangUpAfterMs });
  clock.after(8_000, () => watch.settle(call), null);
}

function changeSomething(world: World, random: Random): void {
  const region = random.pick(REGIONS);
  const caller = random.pick(CALLERS);
  const changes = [{ allow: region }, { deny: region }, { grant: caller }, { take: caller }] as const;
  world.change(random.pick(changes));
}

/** Somebody of the house is called, or a group of phones, and others reach for the call; sometimes the caller himself. */
function ringAndPickUp({ people, clock }: World, random: Random): void {
  const target = random.pick(['1004', '1005', PROTECTED.extension, RING_GROUP]);
  people.dial(random.pick(['1006', '1008']), inside(target), { hangUpAfterMs: random.whole(500, 6000) });
  for (const picker of ['1006', '1007', '1005', '1004', TAKES_ANY]) {
    if (picker === target || random.chance(0.3)) continue;
    const directed = `**${target === RING_GROUP ? '1004' : target}`;
    const code = random.pick(['*8', directed, directed, `*8${PICKUP_GROUP_NUMBER}`, '*8*']);
    const dial = () => void people.dial(picker, inside(code), { hangUpAfterMs: random.whole(200, 6000) });
    clock.after(random.whole(0, 1500), dial, null);
  }
}

/** With everything healed, who may take a call that rings gets it, and who may not is told so. */
function askForLastPickup({ people, pickups, clock, story }: World): void {
  people.dial('1008', inside(LETS_IT_RING), { hangUpAfterMs: null });
  const pick = (picker: string, afterMs: number, judge: (call: Call) => void) => {
    const dial = () => {
      const call = people.dial(picker, inside(`**${LETS_IT_RING}`), { hangUpAfterMs: null });
      clock.after(3_000, () => judge(call), null);
    };
    clock.after(afterMs, dial, null);
  };
  pick('1007', 200, ({ channel }) => {
    if (channel?.heard.length === 0) story.violate('I7: 1007 may take no call, and nobody says so');
  });
  pick('1006', 300, ({ channel }) => {
    if (!pickups.hasTaken(channel)) story.violate('1006 may take what rings, and does not get it');
  });
}

/** With everything healed, each kind of call has the one outcome that the policy says. */
function askLastQuestions(world: World): void {
  const { people, clock, watch, story, policies } = world;
  const policy = policies.at(-1);
  const first = world.random.whole(0, NUMBERS.length - 1);
  for (let index = 0; index < LAST_QUESTIONS; index += 1) {
    // A step that has no common divisor with their count, so that the kinds mix.
    const number = NUMBERS[(first + index * 5) % NUMBERS.length];
    if (!number) continue;
    const ask = () => {
      const caller = CALLERS[(first + index) % CALLERS.length] ?? '';
      const call = people.dial(caller, number, { hangUpAfterMs: null });
      const judge = () => {
        watch.settle(call);
        const should = policy !== undefined && mayGoOut(policy, caller, number);
        if (should && !call.invited)
          story.violate(`${caller} may call ${number.dialled}, and it did not go out`);
      };
      clock.after(4_000, judge, null);
    };
    clock.after(1 + index * 40, ask, null);
  }
}

function judgeEnd({ asterisk, story }: World): void {
  for (const channel of asterisk.machine.channels.values()) {
    story.violate(`a channel is left behind: ${channel.name} in ${channel.application}`);
  }
}

/** I9: the last daemons stop in time, and there is a record of every verdict that they said. */
async function stopAndCount(world: World, check: () => void): Promise<void> {
  const { clock, seats, verdicts, story, store, pickups, watch } = world;
  const last = seats.flatMap(({ life }) => life ?? []);
  for (const seat of seats) seat.stop();
  const haveStopped = () => last.every(({ ended }) => ended === 'stopped');
  await clock.run(8_000, check, haveStopped);
  if (!haveStopped()) return story.violate('the daemon did not stop within 8 s');
  await clock.run(10, check);
  const records = readCalls(store, { kind: 'decision', limit: RECORDS_MAX });
  const recorded = new Map(records.map(({ id, verdict }) => [id, verdict]));
  const lives = seats.flatMap((seat) => seat.lives);
  const stopped = new Set(lives.filter(({ ended, lost }) => ended === 'stopped' && lost === 0));
  for (const [nonce, said] of verdicts.said) {
    if (!said.some((one) => stopped.has(one.life)) || recorded.has(`decision:${nonce}`)) continue;
    story.violate(`I9: the verdict on ${nonce} has no record`);
  }
  watch.judgeRecords(recorded);
  pickups.judgeRecords(readCalls(store, { kind: 'pickup', limit: RECORDS_MAX }));
}
