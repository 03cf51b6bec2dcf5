// Connections between a daemon and Asterisk: each direction in order, with delays, and with the ways in which they break.
import type { Clock, Process } from './clock.ts';
import type { Random } from '../../random.ts';

/** `silent`: what is sent that way is lost, and nobody is told. */
type Way = 'open' | 'silent';

export interface End {
  readonly onMessage: (text: string) => void;
  /** The other side has closed, or the connection was cut. */
  readonly onClose: () => void;
}

export type Side = 'daemon' | 'asterisk';

const otherSide = (side: Side): Side => (side === 'daemon' ? 'asterisk' : 'daemon');

/** One TCP connection. */
export class Wire {
  readonly #clock: Clock;
  readonly #random: Random;
  /** The daemon at the one end. */
  readonly process: Process;
  readonly #ends: Partial<Record<Side, End>> = {};
  /** Towards each side. */
  readonly #ways: Record<Side, Way> = { daemon: 'open', asterisk: 'open' };
  /** When the last thing towards each side arrives: nothing overtakes. */
  readonly #lastMs: Record<Side, number> = { daemon: 0, asterisk: 0 };
  readonly #closed: Record<Side, boolean> = { daemon: false, asterisk: false };

  constructor(clock: Clock, random: Random, process: Process) {
    this.#clock = clock;
    this.#random = random;
    this.process = process;
  }

  attach(side: Side, end: End): void {
    this.#ends[side] = end;
  }

  isOpen(side: Side): boolean {
    return !this.#closed[side];
  }

  send(from: Side, text: string): void {
    if (this.#closed[from]) return;
    const to = otherSide(from);
    if (this.#ways[to] === 'silent') return;
    this.#deliver(to, () => this.#ends[to]?.onMessage(text));
  }

  /** Closes at one side; the other hears of it, unless that way is silent. */
  close(from: Side): void {
    if (this.#closed[from]) return;
    this.#closed[from] = true;
    const to = otherSide(from);
    if (this.#ways[to] === 'silent') return;
    this.#deliver(to, () => this.#end(to));
  }

  /** A reset in the middle: both sides hear of it. */
  cut(): void {
    for (const side of ['daemon', 'asterisk'] as const) {
      this.#ways[side] = 'open';
      this.#deliver(side, () => this.#end(side));
      this.#ways[side] = 'silent';
    }
  }

  /** What is sent towards these sides is lost from now on. */
  silence(towards: readonly Side[]): void {
    for (const side of towards) this.#ways[side] = 'silent';
  }

  /** A path that works again; what was lost meanwhile stays lost, so TCP gives the connection up. */
  heal(): void {
    if (this.#ways.daemon === 'silent' || this.#ways.asterisk === 'silent') this.cut();
  }

  #end(side: Side): void {
    if (this.#closed[side]) return;
    this.#closed[side] = true;
    this.#ends[side]?.onClose();
  }

  #deliver(to: Side, run: () => void): void {
    const arrivesMs = Math.max(this.#lastMs[to], this.#clock.nowMs + this.#delayMs());
    this.#lastMs[to] = arrivesMs;
    const owner = to === 'daemon' ? this.process : null;
    this.#clock.after(
      arrivesMs - this.#clock.nowMs,
      () => {
        if (!this.#closed[to]) run();
      },
      owner,
    );
  }

  /** Loopback: mostly quick, sometimes a busy machine. */
  #delayMs(): number {
    const quick = 0.05 + this.#random.unit() * 0.4;
    return this.#random.chance(0.02) ? quick + this.#random.unit() * 30 : quick;
  }
}
