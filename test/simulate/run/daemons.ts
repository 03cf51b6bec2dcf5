// One daemon of a world: started, stopped, killed, frozen, and what it logs.
import type { Config } from '../../../src/config/config.ts';
import type { LogFields, Logger } from '../../../src/config/logger.ts';
import { startDaemon } from '../../../src/daemon.ts';
import type { AriDoor } from '../asterisk/ari-door.ts';
import type { Network } from '../stand-ins/network.ts';
import { Process, type Clock } from '../world/clock.ts';
import type { Story } from './story.ts';

/** From one start to its end. */
export interface Life {
  readonly process: Process;
  readonly startedMs: number;
  /** Null while it starts, and once it has ended. */
  running: AsyncDisposable | null;
  ended: 'no' | 'stopped' | 'killed' | 'failed';
  connected: boolean;
  /** When it connected last. */
  connectedMs: number;
  /** Records that it has told to be lost. */
  lost: number;
  readonly frozenMs: { fromMs: number; untilMs: number }[];
}

export class Daemons {
  readonly lives: Life[] = [];
  readonly name: string;
  readonly #clock: Clock;
  readonly #story: Story;
  readonly #config: Config;

  constructor(name: string, clock: Clock, story: Story, config: Config) {
    this.name = name;
    this.#clock = clock;
    this.#story = story;
    this.#config = config;
  }

  /** Of ARI; each daemon has its own. */
  get application(): string {
    return this.#config.ari.application;
  }

  get life(): Life | null {
    const last = this.lives.at(-1);
    return last?.ended === 'no' ? last : null;
  }

  start(): void {
    if (this.life) return;
    const process = new Process(`${this.name}-${this.lives.length + 1}`);
    const life: Life = {
      process,
      startedMs: this.#clock.nowMs,
      running: null,
      ended: 'no',
      connected: false,
      connectedMs: 0,
      lost: 0,
      frozenMs: [],
    };
    this.lives.push(life);
    this.#story.tell(`${process.name} starts`);
    const options = {
      config: this.#config,
      logger: this.#logger(life),
      version: '0.0.0-simulated',
      onReplaced: (message: string) => this.#story.violate(`${this.name} was replaced: ${message}`),
    };
    const begin = async () => {
      try {
        life.running = await startDaemon(options);
      } catch (error) {
        life.ended = 'failed';
        this.#story.violate(`${this.name} did not start: ${String(error)}`);
      }
    };
    this.#clock.after(1, () => void begin(), process);
  }

  /** SIGTERM: it drains and stops; then the process ends. */
  stop(onStopped: () => void = () => undefined): void {
    const { life } = this;
    if (!life?.running || life.process.frozen) return;
    const { running } = life;
    this.#story.tell(`${life.process.name} is told to stop`);
    // From now on it owes nobody an answer.
    life.connected = false;
    const end = async () => {
      await running[Symbol.asyncDispose]();
      life.ended = 'stopped';
      life.connected = false;
      this.#story.tell(`${life.process.name} has stopped`);
      this.#clock.after(
        0,
        () => {
          this.#clock.kill(life.process);
          onStopped();
        },
        null,
      );
    };
    this.#clock.after(0, () => void end(), life.process);
  }

  /** SIGKILL. */
  kill(): void {
    const { life } = this;
    if (!life) return;
    this.#story.tell(`${life.process.name} is killed`);
    life.ended = 'killed';
    life.connected = false;
    this.#clock.kill(life.process);
  }

  /** SIGSTOP, and SIGCONT later. */
  freeze(forMs: number): void {
    const { life } = this;
    if (!life || life.process.frozen) return;
    this.#story.tell(`${life.process.name} is frozen for ${Math.round(forMs)} ms`);
    const span = { fromMs: this.#clock.nowMs, untilMs: this.#clock.nowMs + forMs };
    life.frozenMs.push(span);
    this.#clock.freeze(life.process);
    this.#clock.after(forMs, () => this.thaw(life), null);
  }

  /** Since when it is well, and its link too; never, where one of them is not. */
  wellSinceMs(network: Network, door: AriDoor): number {
    const { life } = this;
    const clearSinceMs = life && network.clearSinceMs(life.process);
    if (!life?.connected || life.process.frozen || clearSinceMs === null || door.isDeaf(this.application)) {
      return Number.POSITIVE_INFINITY;
    }
    return Math.max(clearSinceMs, life.connectedMs, ...life.frozenMs.map(({ untilMs }) => untilMs));
  }

  thaw(life: Life | null = this.life): void {
    if (!life?.process.frozen) return;
    this.#story.tell(`${life.process.name} is thawed`);
    const span = life.frozenMs.at(-1);
    if (span) span.untilMs = this.#clock.nowMs;
    this.#clock.thaw(life.process);
  }

  #logger(life: Life): Logger {
    const log =
      (level: string) =>
      (event: string, fields: LogFields = {}) => {
        if (event === 'ari-up') life.connected = true;
        if (event === 'ari-up') life.connectedMs = this.#clock.nowMs;
        if (event === 'ari-down') life.connected = false;
        // The signature of the audit's head comes of a key that is drawn anew in each run.
        if (event === 'audit-head') return;
        const { latencyUs: _latency, pid: _pid, ...shown } = fields;
        if (event === 'records' && typeof fields['lost'] === 'number') life.lost += fields['lost'];
        this.#story.tell(`${life.process.name} ${level} ${event} ${JSON.stringify(shown)}`);
      };
    return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  }
}
