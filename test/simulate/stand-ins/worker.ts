// In place of `Worker`: the recorder's own code on a simulated thread, whose disk can fail, hang and come back.
import { EventEmitter } from 'node:events';
import type { Process } from '../world/clock.ts';
import { daemonNow, theHouse } from './house.ts';

type Listener = (message: unknown) => void;

/** What the thread's module imports as `parentPort` and `workerData`. */
export interface ThreadSide {
  readonly workerData: unknown;
  readonly parentPort: {
    on(event: 'message', listener: Listener): void;
    postMessage(message: unknown): void;
    close(): void;
  };
}

const threads = new Map<string, ThreadSide>();
let made = 0;

/** Threads that answer from what they are given and nothing else: what they said to the same once. */
const PURE = /\/dialplan-worker\.ts$/;
const knownAnswers = new Map<string, unknown[]>();

/** What the module that was loaded for this thread gets. */
export function threadSide(id: string): ThreadSide {
  const side = threads.get(id);
  if (!side) throw new Error(`There is no thread ${id}.`);
  return side;
}

export class Worker extends EventEmitter {
  readonly #process: Process;
  #listener: Listener | null = null;
  #waiting: unknown[] = [];
  #ended = false;

  constructor(file: URL, options: { readonly workerData: unknown }) {
    super();
    const { clock } = theHouse();
    this.#process = daemonNow();
    if (PURE.test(file.pathname)) this.#answerOnce(file, JSON.stringify(options.workerData), options);
    else void this.#load(file, options.workerData, (message) => this.#tell(message));
    clock.after(0.5, () => void this.emit('online'));
  }

  ref(): void {}

  unref(): void {}

  /** Runs the thread's module; real time passes, and none of the world's. */
  #load(file: URL, workerData: unknown, tell: (message: unknown) => void): Promise<unknown> {
    made += 1;
    const id = String(made);
    threads.set(id, {
      workerData: structuredClone(workerData),
      parentPort: {
        on: (_event, listener) => {
          this.#listener = listener;
          for (const message of this.#waiting.splice(0)) this.#run(message);
        },
        postMessage: tell,
        close: () => this.#end(),
      },
    });
    const { outside } = theHouse().clock;
    const settled: Promise<unknown> = import(`${file.href}?thread=${id}`).finally(() => {
      threads.delete(id);
      outside.delete(settled);
    });
    outside.add(settled);
    return settled;
  }

  #answerOnce(file: URL, key: string, { workerData }: { readonly workerData: unknown }): void {
    const known = knownAnswers.get(key);
    const tellAll = (answers: readonly unknown[]) => {
      for (const answer of answers) this.#tell(answer);
      this.#end();
    };
    if (known) return tellAll(known);
    const answers: unknown[] = [];
    knownAnswers.set(key, answers);
    void this.#load(file, workerData, (message) => void answers.push(message)).then(() => tellAll(answers));
  }

  postMessage(message: unknown): void {
    const { clock } = theHouse();
    const copy: unknown = structuredClone(message);
    clock.after(0.2, () => {
      if (this.#listener) this.#run(copy);
      else this.#waiting.push(copy);
    });
  }

  async terminate(): Promise<number> {
    this.#end();
    return 1;
  }

  /** A disk that fails answers so; one that hangs answers when it works again. */
  #run(message: unknown): void {
    if (this.#ended) return;
    const { clock, disk } = theHouse();
    const { type } = message as { readonly type?: string };
    if (disk === 'silent' && type !== 'stop')
      return void clock.after(50, () => this.#run(message), this.#process);
    if (disk === 'failing' && type === 'write')
      return this.#tell({ type: 'failed', problem: 'the disk is full' });
    if (disk === 'failing' && type === 'task') {
      return this.#tell({ type: 'not-done', code: 'unavailable', problem: 'the disk is full' });
    }
    this.#listener?.(message);
  }

  #tell(message: unknown): void {
    if (this.#ended) return;
    const copy: unknown = structuredClone(message);
    theHouse().clock.after(0.5, () => void this.emit('message', copy), this.#process);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    theHouse().clock.after(0.2, () => void this.emit('exit', 0), this.#process);
  }
}
