// The daemon of a world: started, stopped, killed, frozen; what it logs and what it says to Asterisk.
import type { Config } from '../../../src/config/config.ts';
import type { LogFields, Logger } from '../../../src/config/logger.ts';
import { startDaemon } from '../../../src/daemon.ts';
import { Process, type Clock } from '../world/clock.ts';
import type { Wire } from '../world/network.ts';
import type { Story } from './story.ts';

/** What a daemon has said about one question. */
export interface Said {
  readonly kind: 'allow' | 'deny' | 'limit';
  readonly number: string;
  readonly atMs: number;
  readonly life: Life;
  /** The connection that it was said on. */
  readonly wire: Wire;
}

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
  /** By nonce. */
  readonly said = new Map<string, Said[]>();
  readonly #clock: Clock;
  readonly #story: Story;
  readonly #config: Config;

  constructor(clock: Clock, story: Story, config: Config) {
    this.#clock = clock;
    this.#story = story;
    this.#config = config;
  }

  get life(): Life | null {
    const last = this.lives.at(-1);
    return last?.ended === 'no' ? last : null;
  }

  start(): void {
    if (this.life) return;
    const process = new Process(`daemon-${this.lives.length + 1}`);
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
      onReplaced: (message: string) => this.#story.violate(`the daemon was replaced: ${message}`),
    };
    const begin = async () => {
      try {
        life.running = await startDaemon(options);
      } catch (error) {
        life.ended = 'failed';
        this.#story.violate(`the daemon did not start: ${String(error)}`);
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

  thaw(life: Life | null = this.life): void {
    if (!life?.process.frozen) return;
    this.#story.tell(`${life.process.name} is thawed`);
    const span = life.frozenMs.at(-1);
    if (span) span.untilMs = this.#clock.nowMs;
    this.#clock.thaw(life.process);
  }

  /** A request on its way to Asterisk: is there a verdict in it? */
  hear(text: string, wire: Wire): void {
    const { method, uri } = JSON.parse(text) as { readonly method: string; readonly uri: string };
    if (method !== 'POST') return;
    const [path = '', query = ''] = uri.split('?');
    const parameters = new URLSearchParams(query.replaceAll('+', '%2B'));
    const words = path.endsWith('/continue')
      ? parameters.get('extension')
      : parameters.get('variable') === 'CALLWARDEN_VERDICT'
        ? parameters.get('value')
        : null;
    const [, kind, nonce = '', number = ''] =
      /^(allow|limit|deny):([^:]+)(?::(.*))?$/.exec(words ?? '') ?? [];
    const { life } = this;
    if (kind === undefined || !life) return;
    const before = this.said.get(nonce) ?? [];
    // Over a new connection it may say again what the old one has swallowed.
    if (before.some((one) => one.wire === wire)) {
      this.#story.violate(`${life.process.name} has decided ${nonce} twice`);
    }
    const said: Said = { kind: kind as Said['kind'], number, atMs: this.#clock.nowMs, life, wire };
    this.said.set(nonce, [...before, said]);
    this.#story.tell(`${life.process.name} says ${words}`);
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
