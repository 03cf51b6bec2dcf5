// The connections of one world, and what happens to them.
import type { Clock, Process } from '../world/clock.ts';
import { Wire, type Side } from '../world/network.ts';
import type { Random } from '../../random.ts';

export type Door = 'ari' | 'ami';

/** Makes connections, and breaks them. */
export class Network {
  readonly #clock: Clock;
  readonly #random: Random;
  #wires: { readonly wire: Wire; readonly door: Door }[] = [];
  #blocked = false;
  /** Since when everything gets through; null while something does not. */
  clearSinceMs: number | null = 0;

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

  isBlocked(): boolean {
    return this.#blocked;
  }

  cut(door: Door): void {
    if (this.clearSinceMs !== null) this.clearSinceMs = this.#clock.nowMs;
    for (const one of this.#wires) if (one.door === door) one.wire.cut();
  }

  /** What is sent towards these sides is lost; new connections get no answer where both are silent. */
  silence(towards: readonly Side[]): void {
    this.#blocked = towards.length === 2;
    this.clearSinceMs = null;
    for (const { wire } of this.#wires) wire.silence(towards);
  }

  heal(): void {
    this.#blocked = false;
    this.clearSinceMs = this.#clock.nowMs;
    for (const { wire } of this.#wires) wire.heal();
  }
}
