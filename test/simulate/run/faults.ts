// What befalls a world: drawn from its seed, each with its end, so that all is well again before the last questions.
import type { Random } from '../../random.ts';
import type { World } from './simulated-world.ts';

type Fault = (world: World, random: Random) => void;

const HOUR_MS = 3_600_000;

const faults: Readonly<Record<string, Fault>> = {
  kill: ({ clock, daemons }, random) => {
    daemons.kill();
    clock.after(random.whole(50, 4000), () => daemons.start(), null);
  },
  upgrade: ({ clock, daemons }, random) => {
    const pauseMs = random.whole(10, 800);
    daemons.stop(() => clock.after(pauseMs, () => daemons.start(), null));
  },
  freeze: ({ daemons }, random) => daemons.freeze(random.whole(100, 6000)),
  cut: ({ network, story }) => {
    story.tell('the ARI connection is cut');
    network.cut('ari');
  },
  'cut-ami': ({ network, story }) => {
    story.tell('the AMI connection is cut');
    network.cut('ami');
  },
  'half-open': ({ clock, network, story }, random) => {
    story.tell('nothing gets through any more');
    network.silence(['daemon', 'asterisk']);
    clock.after(random.whole(500, 8000), () => network.heal(), null);
  },
  mute: ({ clock, network, story }, random) => {
    story.tell('what the daemon says is lost');
    network.silence(['asterisk']);
    clock.after(random.whole(500, 8000), () => network.heal(), null);
  },
  deaf: ({ story, asterisk }) => {
    story.tell('Asterisk writes no more events');
    asterisk.door.makeDeaf();
  },
  'asterisk-crash': ({ clock, asterisk, story }, random) => {
    if (asterisk.life !== 'up') return;
    story.tell('Asterisk dies');
    asterisk.crash();
    clock.after(random.whole(100, 1500), () => asterisk.start(600), null);
  },
  'disk-fails': (world, random) => breakDisk(world, 'failing', random.whole(200, 5000)),
  'disk-hangs': (world, random) => breakDisk(world, 'silent', random.whole(200, 5000)),
  'clock-jumps': ({ daemons, story }, random) => {
    const { life } = daemons;
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
  faults[name]?.(world, random);
}

/** All that a fault may have left broken. */
export function heal({ clock, daemons, network, house, asterisk }: World): void {
  network.heal();
  house.disk = 'well';
  daemons.thaw();
  if (asterisk.life === 'down') asterisk.start(300);
  if (!daemons.life) clock.after(10, () => daemons.start(), null);
}
