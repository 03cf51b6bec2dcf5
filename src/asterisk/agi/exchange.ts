// Commands out and replies in over one FastAGI connection: in order, each with a deadline, every line written whole.
import type { Socket } from 'node:net';
import { AppError } from '../../errors.ts';
import { noop } from './command.ts';
import type { AgiReply, ReplyReader } from './reply.ts';

/**
 * `sound`, `digit`: Asterisk reads the connection while these run, and ends them at the next command. A sound that is ended so
 * gets no reply (res_agi.c, handle_streamfile), a wait for a digit does (handle_waitfordigit).
 */
export type CommandKind = 'plain' | 'sound' | 'digit';

/** Commands that wait for their turn; a verdict has four. */
const QUEUE_MAX = 16;

/** `ended`: no reply will come, the call has left or the connection is gone. */
export type Answered = Exclude<AgiReply, { readonly kind: 'hangup' }> | { readonly kind: 'ended' };

interface Command {
  readonly line: string;
  readonly kind: CommandKind;
  readonly deadlineMs: number;
  timer: NodeJS.Timeout | undefined;
  readonly resolve: (answered: Answered) => void;
  readonly reject: (error: AppError) => void;
}

export interface ExchangeOptions {
  readonly socket: Socket;
  /** What is read of the socket from now on. */
  readonly replies: ReplyReader;
  /** For the end of the talk. */
  readonly endMs: number;
  /** So long may nothing be asked of Asterisk: before the first command, and between two of them. */
  readonly firstCommandMs: number;
  readonly betweenCommandsMs: number;
  /** The talk is ending: all is said, and Asterisk is to close. */
  readonly onEnding: () => void;
  /** The call has left while we were talking. */
  readonly onLeft: () => void;
  /** The connection was cut by us, and why. */
  readonly onCut: (why: string) => void;
}

/** Takes the socket over; it is gone when `closed` resolves. */
export class AgiExchange {
  readonly closed: Promise<void>;
  readonly #options: ExchangeOptions;
  /** Written, and not answered yet; at most one of them is plain unless the talk is ending. */
  readonly #sent: Command[] = [];
  readonly #waiting: Command[] = [];
  #quiet: NodeJS.Timeout | undefined;
  #isEnding = false;
  #hasLeft = false;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const { socket } = options;
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#leave();
        resolve();
      });
    });
    socket.on('data', (bytes: Buffer) => this.#hear(bytes));
    this.#awaitCommand(options.firstCommandMs);
  }

  /** True once the call has left, before we ended the talk. */
  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** Rejects with `AppError('unavailable')` at the deadline, which ends the connection. */
  send(line: string, deadlineMs: number, kind: CommandKind = 'plain'): Promise<Answered> {
    return new Promise((resolve, reject) => {
      if (this.#hasLeft || this.#isEnding) {
        resolve({ kind: 'ended' });
        return;
      }
      if (this.#waiting.length >= QUEUE_MAX) {
        reject(new AppError('unavailable', 'Too many commands wait for one FastAGI connection.'));
        return;
      }
      this.#waiting.push({ line, kind, deadlineMs, timer: undefined, resolve, reject });
      this.#pump();
    });
  }

  /** Ends a sound that plays; resolves when it has ended. */
  stopSound(deadlineMs: number): Promise<Answered> {
    const isPlaying = this.#sent.at(-1)?.kind === 'sound';
    if (!isPlaying || this.#hasLeft || this.#isEnding) return Promise.resolve({ kind: 'ended' });
    return new Promise((resolve, reject) => {
      this.#write({ line: noop, kind: 'plain', deadlineMs, timer: undefined, resolve, reject });
    });
  }

  /**
   * The dialplan goes on. Whatever waits still goes out before, in one burst: Asterisk reads ahead, and looks at what it has
   * read only when more comes, or the end (res_agi.c, run_agi: `fgets` behind `poll`). Resolves when Asterisk has closed, too.
   */
  async finish(): Promise<void> {
    const { socket, endMs, onCut } = this.#options;
    if (!this.#isEnding && !this.#hasLeft) {
      this.#isEnding = true;
      clearTimeout(this.#quiet);
      for (const command of this.#waiting.splice(0)) this.#write(command);
      socket.end();
      this.#options.onEnding();
    }
    const timer = setTimeout(() => {
      onCut(`Asterisk did not close within ${endMs} ms`);
      socket.destroy();
    }, endMs);
    await this.closed;
    clearTimeout(timer);
  }

  #pump(): void {
    const last = this.#sent.at(-1);
    if (last !== undefined && last.kind !== 'digit') return;
    const next = this.#waiting.shift();
    if (next) this.#write(next);
  }

  #write(command: Command): void {
    const { socket } = this.#options;
    clearTimeout(this.#quiet);
    this.#sent.push(command);
    socket.write(command.line);
    command.timer = setTimeout(() => {
      const message = `Asterisk did not answer a command of AGI within ${command.deadlineMs} ms.`;
      command.reject(new AppError('unavailable', message));
      this.#cut('a command was not answered in time');
    }, command.deadlineMs);
  }

  #hear(bytes: Buffer): void {
    const replies = this.#options.replies.push(bytes);
    if (replies === null) {
      this.#cut('it was answered with something that Asterisk does not say');
      return;
    }
    for (const reply of replies) this.#take(reply);
  }

  #take(reply: AgiReply): void {
    if (reply.kind === 'hangup') {
      // Asterisk says so at the end of every talk; after our end it is the end.
      if (!this.#isEnding) this.#leave();
      return;
    }
    let command = this.#sent.shift();
    if (command?.kind === 'sound' && this.#sent.length > 0 && !isOfSound(reply)) {
      settle(command, { kind: 'ended' });
      command = this.#sent.shift();
    }
    if (!command) {
      this.#cut('it was answered without being asked');
      return;
    }
    settle(command, reply);
    if (this.#sent.length > 0 || this.#hasLeft || this.#isEnding) return;
    this.#awaitCommand(this.#options.betweenCommandsMs);
    this.#pump();
  }

  #awaitCommand(deadlineMs: number): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#cut('no verdict was said in time'), deadlineMs);
  }

  #cut(why: string): void {
    if (this.#options.socket.destroyed) return;
    this.#options.onCut(why);
    this.#options.socket.destroy();
  }

  #leave(): void {
    clearTimeout(this.#quiet);
    for (const command of [...this.#sent.splice(0), ...this.#waiting.splice(0)]) {
      settle(command, { kind: 'ended' });
    }
    if (this.#hasLeft || this.#isEnding) return;
    this.#hasLeft = true;
    this.#options.onLeft();
    this.#options.socket.end();
  }
}

function settle(command: Command, answered: Answered): void {
  clearTimeout(command.timer);
  command.resolve(answered);
}

const isOfSound = (reply: AgiReply) => reply.kind === 'result' && reply.isSound;
