// The connections of one world, and what happens to them.
import type { Clock, Process } from '../world/clock.ts';
import { Wire, type Side } from '../world/network.ts';
import type { Random } from '../../random.ts';

export type Door = 'ari' | 'ami';

/** The daemon whose connections are meant; null for those of all. */
type Whose = Process | null;

const isOf = ({ process }: Wire, whose: Whose) => whose === null || process === whose;

/** Makes connections, and breaks them. */
export class Network {
  readonly #clock: Clock;
  readonly #random: Random;
  #wires: { readonly wire: Wire; readonly door: Door }[] = [];
  #blocked: Whose[] = [];
  /** By whose connections they are, null for those of all: since when everything gets through; null while something does not. */
  readonly #clearSinceMs = new Map<Whose, number | null>();

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  wire(process: Process, door: Door): Wire {
    const wire = new Wire(this.#clock, this.#random, process);
    this.#wires = this.#wires.filter((one) => one.wire.isOpen('daemon') || one.wire.isOpen('asterisk'));
    this.#wires.push({ wire, door });
    return wire;
  }

  delayMs(): number {
    return 0.1 + this.#random.unit() * 3;
  }

  isBlocked(process: Process): boolean {
    return this.#blocked.includes(null) || this.#blocked.includes(process);
  }

  /** Since when everything of this daemon's gets through; null while something does not. */
  clearSinceMs(process: Process): number | null {
    const [all = 0, own = 0] = [this.#clearSinceMs.get(null), this.#clearSinceMs.get(process)];
    return all === null || own === null ? null : Math.max(all, own);
  }

  cut(door: Door, whose: Whose): void {
    if (this.#clearSinceMs.get(whose) !== null) this.#clearSinceMs.set(whose, this.#clock.nowMs);
    for (const one of this.#wires) if (one.door === door && isOf(one.wire, whose)) one.wire.cut();
  }

  /** What is sent towards these sides is lost; new connections get no answer where both are silent. */
  silence(towards: readonly Side[], whose: Whose): void {
    if (towards.length === 2) this.#blocked.push(whose);
    this.#clearSinceMs.set(whose, null);
    for (const { wire } of this.#wires) if (isOf(wire, whose)) wire.silence(towards);
  }

  heal(): void {
    this.#blocked = [];
    for (const whose of this.#clearSinceMs.keys()) this.#clearSinceMs.set(whose, this.#clock.nowMs);
    for (const { wire } of this.#wires) wire.heal();
  }
}
