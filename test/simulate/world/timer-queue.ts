// What is to happen, by time and then by the order in which it was asked for.
import type { Process } from './clock.ts';

export interface Happening {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
  readonly owner: Process | null;
  cancelled: boolean;
}

/** A binary heap. */
export class TimerQueue {
  readonly #heap: Happening[] = [];
  #order = 0;

  add(atMs: number, run: () => void, owner: Process | null): Happening {
    const happening: Happening = { atMs, order: (this.#order += 1), run, owner, cancelled: false };
    const heap = this.#heap;
    let at = heap.push(happening) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(happening, heap[parent])) break;
      this.#swap(at, parent);
      at = parent;
    }
    return happening;
  }

  /** The next one that is due by then and was not called off; null when there is none. */
  take(untilMs: number): Happening | null {
    for (;;) {
      const [first] = this.#heap;
      if (first === undefined || first.atMs > untilMs) return null;
      this.#removeFirst();
      if (!first.cancelled && first.owner?.dead !== true) return first;
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (isBefore(heap[left], heap[least])) least = left;
      if (isBefore(heap[right], heap[least])) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    const [first, second] = [heap[a], heap[b]];
    if (first === undefined || second === undefined) return;
    heap[a] = second;
    heap[b] = first;
  }
}

function isBefore(a: Happening | undefined, b: Happening | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
