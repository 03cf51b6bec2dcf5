// The model of one Asterisk: its channels, its doors for ARI and AMI, and its own life and death.
import type { Clock } from '../world/clock.ts';
import type { Wire } from '../world/network.ts';
import type { Random } from '../../random.ts';
import { AriDoor } from './ari-door.ts';
import type { Channel, Party } from './channel.ts';
import type { Dialplan, Place } from './dialplan.ts';
import { Machine } from './machine.ts';

export interface AsteriskPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly dialplan: Dialplan;
  readonly onInvite: (leg: Channel, endpoint: string, caller: Channel) => void;
  readonly onPickup: (picker: Channel, leg: Channel, caller: Channel) => void;
  readonly onStep: (channel: Channel) => void;
  readonly onTimeout: (channel: Channel) => void;
}

/** `starting`: the port is open, and ARI is not there yet (404). */
type Life = 'down' | 'starting' | 'up';

type Manager = (event: Readonly<Record<string, string>>) => void;

export class Asterisk {
  life: Life = 'up';
  readonly #ports: AsteriskPorts;
  #machine: Machine;
  #door: AriDoor;
  readonly #wires = new Set<Wire>();
  #managers = new Set<Manager>();

  constructor(ports: AsteriskPorts) {
    this.#ports = ports;
    [this.#machine, this.#door] = this.#boot();
  }

  get machine(): Machine {
    return this.#machine;
  }

  get door(): AriDoor {
    return this.#door;
  }

  /** A WebSocket of a daemon is open now. */
  accept(wire: Wire, applications: readonly string[]): void {
    this.#wires.add(wire);
    this.#door.open(wire, applications);
  }

  acceptManager(wire: Wire, manager: Manager): void {
    this.#wires.add(wire);
    this.#managers.add(manager);
  }

  /** A call comes in from a phone, or null while Asterisk is not there for it. */
  call(endpoint: string, place: Place, party: Party): Channel | null {
    if (this.life !== 'up') return null;
    const channel = this.#machine.create(
      { place, callerNumber: endpoint, dialledBy: null, state: 'Ring' },
      endpoint,
    );
    channel.party = party;
    this.#machine.go(channel);
    return channel;
  }

  /** `kill -9`: every channel and every connection is gone at once. */
  crash(): void {
    this.life = 'down';
    for (const channel of this.#machine.channels.values()) {
      channel.gone = true;
      if (channel.timeout) this.#ports.clock.cancel(channel.timeout.happening);
      channel.party?.onGone(0);
    }
    this.#machine.channels.clear();
    for (const wire of this.#wires) wire.close('asterisk');
    this.#wires.clear();
    this.#managers = new Set();
    [this.#machine, this.#door] = this.#boot();
  }

  /** Up again in `bootMs`; ARI answers 404 for the last quarter of a second. */
  start(bootMs: number): void {
    const { clock } = this.#ports;
    clock.after(Math.max(0, bootMs - 250), () => (this.life = 'starting'), null);
    clock.after(bootMs, () => (this.life = 'up'), null);
  }

  #boot(): [Machine, AriDoor] {
    const { clock, random, dialplan, onInvite, onPickup, onStep, onTimeout } = this.#ports;
    const managers = () => this.#managers;
    const machine: Machine = new Machine({
      clock,
      random,
      dialplan,
      onInvite,
      onPickup,
      onStep,
      onTimeout,
      publish: (to, type, rest) => door.publish(to, type, rest),
      isRegistered: (application) => door.isActive(application),
      tellManagers: (event) => {
        for (const manager of managers()) manager(event);
      },
    });
    const door: AriDoor = new AriDoor({ clock, random, machine });
    return [machine, door];
  }
}
