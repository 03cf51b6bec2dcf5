// One world put together: clock, network, Asterisk, daemon, people, and the watch over them.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setCountries } from '../../../src/admin/countries.ts';
import { setExtensions } from '../../../src/admin/extensions.ts';
import type { Config } from '../../../src/config/config.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { Asterisk } from '../asterisk/asterisk.ts';
import { enterHouse, type House } from '../stand-ins/house.ts';
import { Network } from '../stand-ins/network.ts';
import type { Clock } from '../world/clock.ts';
import { enterWorld } from '../world/globals.ts';
import { randomOf, type Random } from '../../random.ts';
import { People } from './calls.ts';
import { Daemons } from './daemons.ts';
import { dialplanOfAll } from './dialplan-text.ts';
import { Watch } from './invariants.ts';
import { CALLERS, type Policy } from './oracle.ts';
import { PickupWatch } from './pickups.ts';
import { Story } from './story.ts';
import { administrator, APPLICATIONS, DECISION_MS, type Template } from './template.ts';
import { Verdicts } from './verdicts.ts';

/** Who is told when a daemon is about to answer. */
interface Moments {
  onQuestion: (seat: Daemons) => void;
}

export interface World extends Disposable {
  readonly clock: Clock;
  readonly random: Random;
  readonly story: Story;
  readonly network: Network;
  readonly asterisk: Asterisk;
  /** The first of them. */
  readonly daemons: Daemons;
  /** One daemon, or two that share their calls. */
  readonly seats: readonly Daemons[];
  readonly verdicts: Verdicts;
  readonly people: People;
  readonly pickups: PickupWatch;
  readonly watch: Watch;
  readonly house: House;
  readonly moments: Moments;
  readonly policies: readonly Policy[];
  readonly store: Store;
  /** An administrator allows or denies a country, or grants or takes the right to call abroad. */
  change(what: Partial<Record<'allow' | 'deny' | 'grant' | 'take', string>>): void;
}

/** Nothing runs in it yet. */
export function makeWorld(seed: number, template: Template, daemonCount: 1 | 2 = 1): World {
  const { clock } = enterWorld(seed);
  const random = randomOf(seed);
  const story = new Story(clock);
  const database = join(template.directory, `world-${seed}.db`);
  copyFileSync(template.database, database);
  const network = new Network(clock, random.fork('network'));
  const policies: Policy[] = [{ sinceMs: 0, allowed: new Set(['AR']), granted: new Set(['1001', '1003']) }];
  const asterisk: Asterisk = new Asterisk({
    clock,
    random: random.fork('asterisk'),
    dialplan: daemonCount === 1 ? dialplanOfAll() : template.dialplanOfTwo,
    onStep: (channel) => {
      watch.onStep(channel);
      const isPickup = channel.application === 'Stasis' && channel.applicationData.includes(',pickup,');
      if (isPickup) moments.onQuestion(daemons);
    },
    onTimeout: (channel) => watch.onTimeout(channel),
    onPickup: (picker, leg, caller) => pickups.onPickup(picker, leg, caller),
    onInvite: (leg, endpoint, caller) => {
      watch.onInvite(endpoint, caller);
      pickups.onInvite(leg, endpoint);
      people.onInvite(leg, endpoint, caller);
    },
  });
  const verdicts = new Verdicts(clock, story, policies);
  const daemons = new Daemons('daemon', clock, story, configOf(template, database, daemonCount, 0));
  const seats = [daemons];
  if (daemonCount === 2)
    seats.push(new Daemons('second', clock, story, configOf(template, database, daemonCount, 1)));
  const pickups: PickupWatch = new PickupWatch(story, () => people);
  const people: People = new People(clock, random.fork('people'), story, () => asterisk, pickups);
  const bars = { decisionMs: DECISION_MS };
  const watch: Watch = new Watch({
    clock,
    story,
    people,
    seats,
    verdicts,
    policies,
    bars,
    network,
    asterisk: () => asterisk,
  });
  const moments: Moments = { onQuestion: () => undefined };
  const house: House = {
    clock,
    asterisk,
    network,
    disk: 'well',
    processOf: (current) => current ?? daemons.life?.process ?? null,
    onSaid: (text, wire) => {
      const lives = seats.flatMap((seat) => seat.lives);
      const life = lives.find(({ process }) => process === wire.process);
      if (life) verdicts.hear(text, wire, life);
      const seat = seats.find((one) => one.life === life);
      if (seat && text.includes('events/claim')) moments.onQuestion(seat);
    },
  };
  enterHouse(house);
  const store = openStore(database, { busyTimeoutMs: 0 });
  const parts = {
    clock,
    random,
    story,
    network,
    asterisk,
    daemons,
    seats,
    verdicts,
    people,
    pickups,
    watch,
    house,
    moments,
    policies,
    store,
  };
  return {
    ...parts,
    change: (what) => change(parts, policies, what),
    [Symbol.dispose]: () => {
      for (const seat of seats) seat.kill();
      store[Symbol.dispose]();
      for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
    },
  };
}

function change(
  { store, story, clock }: Pick<World, 'store' | 'story' | 'clock'>,
  policies: Policy[],
  { allow, deny, grant, take }: Partial<Record<'allow' | 'deny' | 'grant' | 'take', string>>,
): void {
  const context = administrator(store);
  if (allow !== undefined) setCountries(context, [allow], 'allow');
  if (deny !== undefined) setCountries(context, [deny], 'deny');
  if (grant !== undefined) setExtensions(context, [grant], { right: 'on' });
  if (take !== undefined) setExtensions(context, [take], { right: 'off' });
  const last = policies.at(-1);
  const allowed = new Set(last?.allowed);
  const granted = new Set(last?.granted);
  if (allow !== undefined) allowed.add(allow);
  if (deny !== undefined) allowed.delete(deny);
  if (grant !== undefined) granted.add(grant);
  if (take !== undefined) granted.delete(take);
  policies.push({ sinceMs: clock.nowMs, allowed, granted });
  const granting = CALLERS.filter((caller) => granted.has(caller)).join(' ');
  story.tell(`policy: ${[...allowed].sort().join(' ')} for ${granting}`);
}

function configOf(
  { keyFile, directory }: Template,
  database: string,
  daemonCount: 1 | 2,
  seat: 0 | 1,
): Config {
  const [application = '', ...others] = APPLICATIONS.slice(0, daemonCount).toSorted(
    (a, b) => Math.abs(APPLICATIONS.indexOf(a) - seat) - Math.abs(APPLICATIONS.indexOf(b) - seat),
  );
  const door = { username: 'callwarden', password: 'none' };
  return {
    file: join(directory, 'callwarden.toml'),
    pbx: { name: 'simulated' },
    ari: {
      ...door,
      url: 'http://127.0.0.1:8088/ari',
      application,
      transport: 'websocket',
      peers: others,
    },
    agi: { enabled: false, host: '127.0.0.1', port: 4574 },
    dialplan: { door: daemonCount === 1 ? 'stasis' : 'broadcast' },
    ami: { ...door, enabled: true, host: '127.0.0.1', port: 5038 },
    database: { path: database },
    socket: { path: join(directory, 'callwarden.sock') },
    security: { keyFile },
    deadlines: { decisionMs: DECISION_MS, commandMs: 1000, connectMs: 5000 },
    log: { level: 'info', format: 'plain' },
    records: { keepDays: 90, keepMax: 1_000_000 },
    web: {
      enabled: false,
      host: '127.0.0.1',
      port: 8880,
      tls: null,
      trustedProxies: [],
      hosts: [],
      metrics: false,
    },
    webhooks: [],
    mail: null,
    messages: { from: 'callwarden' },
  };
}
