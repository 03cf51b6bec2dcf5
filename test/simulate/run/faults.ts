// What befalls a world: drawn from its seed, each with its end, so that all is well again before the last questions.
import type { Random } from '../../random.ts';
import type { Process } from '../world/clock.ts';
import type { Daemons } from './daemons.ts';
import type { World } from './simulated-world.ts';

/** What befalls one daemon of the world; `whose` is null where a fault of the network befalls all of them. */
type Fault = (world: World, random: Random, seat: Daemons, whose: Process | null) => void;

const nameOf = (whose: Process | null) => whose?.name ?? 'every daemon';

const STRIKE_CHANCE = 0.3;
/** From the question to the verdict and a little more. */
const STRIKE_WITHIN_MS = 2;
const HOUR_MS = 3_600_000;

const faults: Readonly<Record<string, Fault>> = {
  kill: ({ clock }, random, daemons) => {
    daemons.kill();
    clock.after(random.whole(50, 4000), () => daemons.start(), null);
  },
  upgrade: ({ clock }, random, daemons) => {
    const pauseMs = random.whole(10, 800);
    daemons.stop(() => clock.after(pauseMs, () => daemons.start(), null));
  },
  freeze: (_world, random, daemons) => daemons.freeze(random.whole(100, 6000)),
  cut: ({ network, story }, _random, _seat, whose) => {
    story.tell(`the ARI connection of ${nameOf(whose)} is cut`);
    network.cut('ari', whose);
  },
  'cut-ami': ({ network, story }, _random, _seat, whose) => {
    story.tell(`the AMI connection of ${nameOf(whose)} is cut`);
    network.cut('ami', whose);
  },
  'half-open': ({ clock, network, story }, random, _seat, whose) => {
    story.tell(`nothing of ${nameOf(whose)} gets through any more`);
    network.silence(['daemon', 'asterisk'], whose);
    clock.after(random.whole(500, 8000), () => network.heal(), null);
  },
  mute: ({ clock, network, story }, random, _seat, whose) => {
    story.tell(`what ${nameOf(whose)} says is lost`);
    network.silence(['asterisk'], whose);
    clock.after(random.whole(500, 8000), () => network.heal(), null);
  },
  deaf: ({ story, asterisk }, _random, { application }) => {
    story.tell(`Asterisk writes no more events to ${application}`);
    asterisk.door.makeDeaf(application);
  },
  'asterisk-crash': ({ clock, asterisk, story }, random) => {
    if (asterisk.life !== 'up') return;
    story.tell('Asterisk dies');
    asterisk.crash();
    clock.after(random.whole(100, 1500), () => asterisk.start(600), null);
  },
  'disk-fails': (world, random) => breakDisk(world, 'failing', random.whole(200, 5000)),
  'disk-hangs': (world, random) => breakDisk(world, 'silent', random.whole(200, 5000)),
  'clock-jumps': ({ story }, random, { life }) => {
    if (!life) return;
    story.tell('the clock of the daemon jumps');
    life.process.wallOffsetMs += random.pick([-HOUR_MS, HOUR_MS, 24 * HOUR_MS]);
  },
};

function breakDisk(world: World, disk: 'failing' | 'silent', forMs: number): void {
  world.story.tell(`the disk is ${disk}`);
  world.house.disk = disk;
  world.clock.after(forMs, () => (world.house.disk = 'well'), null);
}

export const FAULTS: readonly string[] = Object.keys(faults);

/** One fault now. */
export function befall(world: World, random: Random): void {
  const name = random.pick(FAULTS);
  const seat = random.pick(world.seats);
  const isForAll = world.seats.length === 1 || random.chance(0.3);
  faults[name]?.(world, random, seat, isForAll ? null : (seat.life?.process ?? null));
}

const STRIKES: readonly string[] = ['kill', 'freeze', 'cut', 'mute', 'half-open'];

/** Something befalls a daemon in the very moment in which it has claimed a call, or is asked for a pickup. */
export function strikeAtQuestion(world: World, random: Random, seat: Daemons): void {
  const { life } = seat;
  if (!life || !random.chance(STRIKE_CHANCE)) return;
  const strike = () => {
    if (life === seat.life) faults[random.pick(STRIKES)]?.(world, random, seat, life.process);
  };
  world.clock.after(random.unit() * STRIKE_WITHIN_MS, strike, null);
}

/** All that a fault may have left broken. */
export function heal({ clock, seats, network, house, asterisk }: World): void {
  network.heal();
  house.disk = 'well';
  for (const seat of seats) seat.thaw();
  if (asterisk.life === 'down') asterisk.start(300);
  for (const seat of seats) if (!seat.life) clock.after(10, () => seat.start(), null);
}
