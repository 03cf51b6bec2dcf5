// What is said of the changes of a policy while a daemon watches it.

export interface Changes {
  /** Medians: the command's own work, and from its commit until the change decides. */
  readonly commitMs: number;
  readonly inForceMs: number;
  /** Longest time in which the event loop did nothing else, and the 99th percentile of what a timer of 1 ms waited. */
  readonly idle: Pauses;
  readonly loading: Pauses;
}

export interface Pauses {
  readonly longestMs: number;
  readonly p99Ms: number;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
