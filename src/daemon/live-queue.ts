// One listener's events that wait to be read: filtered by what he may see, bounded by what he can lag behind.
import type { LiveCall, LiveEvent, LiveListener } from '../http/live-ports.ts';

/** Events that wait for one listener; with one more he is dropped. */
const WAITING_MAX = 500;
/** Calls that the board names at most, the longest ringing ones. */
const BOARD_CALLS_MAX = 2_000;

export class LiveQueue implements LiveListener {
  readonly #sees: (event: LiveEvent) => boolean;
  readonly #onEnd: () => void;
  /** Calls that he was told of as ringing: whatever he may see, he is told when they ring no more. */
  readonly #shown = new Set<string>();
  #waiting: LiveEvent[] = [];
  #wake: (() => void) | null = null;
  #ended = false;

  constructor(sees: (event: LiveEvent) => boolean, onEnd: () => void) {
    this.#sees = sees;
    this.#onEnd = onEnd;
  }

  /** What he is told first, however much it is. */
  begin(events: readonly LiveEvent[]): void {
    this.#waiting = events.flatMap((event) => this.#shownTo(event) ?? []);
  }

  callsSeen(events: readonly LiveEvent[]): readonly LiveCall[] {
    const seen = events.filter((event) => this.#sees(event)).slice(0, BOARD_CALLS_MAX);
    for (const { concern } of seen) if (concern) this.#shown.add(concern.callId);
    return seen.flatMap((event) => (event.type === 'ringing' ? [event.data] : []));
  }

  push(event: LiveEvent): void {
    if (this.#ended) return;
    const shown = this.#shownTo(event);
    if (shown === null) return;
    if (this.#waiting.length >= WAITING_MAX) {
      const data = { problem: `More than ${WAITING_MAX} events waited to be read.` };
      this.#waiting = [{ id: '', type: 'dropped', atMs: event.atMs, data, concern: null }];
      this.#end();
      return;
    }
    this.#waiting.push(shown);
    this.#wake?.();
  }

  async next(): Promise<LiveEvent | null> {
    if (this.#waiting.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => void (this.#wake = resolve));
      this.#wake = null;
    }
    return this.#waiting.shift() ?? null;
  }

  close(): void {
    this.#waiting = [];
    this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#wake?.();
    this.#onEnd();
  }

  /** The event as he may see it: a call that he was told of and may see no longer rings for him no more. */
  #shownTo(event: LiveEvent): LiveEvent | null {
    const isSeen = this.#sees(event);
    const callId = event.concern?.callId ?? '';
    if (event.type === 'rung') return this.#shown.delete(callId) || isSeen ? event : null;
    if (event.type !== 'ringing') return isSeen ? event : null;
    const wasShown = isSeen && event.data.legs.length > 0 ? false : this.#shown.delete(callId);
    if (isSeen) {
      if (event.data.legs.length > 0) this.#shown.add(callId);
      return event;
    }
    if (!wasShown) return null;
    // Nor is he told whose phones it rings on now.
    const { names: _, ...rest } = event;
    return { ...rest, data: { ...event.data, legs: [], mayTake: [] } };
  }
}
