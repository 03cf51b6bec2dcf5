// When the calls of one scope were let out: exact for an hour, then ever coarser, and never fewer than there were.
import { limitClasses, type LimitClass } from './policy.ts';

/** No window looks further back. */
export const KEPT_MS = 31 * 86_400_000;
/** Younger calls keep their own time as long as there is room. */
const EXACT_MS = 3_600_000;
/** Entries of one log; when it is full, it is made coarser down to half of that. */
const ENTRIES_MAX = 1024;
/**
 * An old call counts as one of up to 1/64 of its age later, so it is counted that much longer; where a log is full, of
 * up to 1/32 of its age, and so on.
 */
const FINEST = 64;

export type ClassCounts = readonly number[];

/** Entries in the order of their times: calls of each class at that time. Most entries share their counts. */
export interface CallLog {
  times: number[];
  counts: ClassCounts[];
}

export const emptyLog = (): CallLog => ({ times: [], counts: [] });

/** By set of classes, as a bit for each. */
const known: readonly ClassCounts[] = Array.from({ length: 1 << limitClasses.length }, (_, set) =>
  limitClasses.map((_name, index) => (set >> index) & 1),
);

/** One for each class that the call is of, zero for the others, in the order of `limitClasses`. */
export function onesOf(classes: readonly LimitClass[]): ClassCounts {
  let set = 0;
  for (const [index, name] of limitClasses.entries()) if (classes.includes(name)) set |= 1 << index;
  return known[set] ?? [];
}

/** Should the clock have jumped back, the call counts as one of the last time known. */
export function addCall(log: CallLog, atMs: number, ones: ClassCounts): void {
  const last = log.times.length - 1;
  if (last >= 0 && (log.times[last] ?? 0) >= atMs) addAt(log.counts, last, ones, 1);
  else {
    log.times.push(atMs);
    log.counts.push(ones);
  }
  if (log.times.length > ENTRIES_MAX) shrinkLog(log, atMs, ENTRIES_MAX / 2);
}

/** Undoes `addCall` of that time. */
export function removeCall(log: CallLog, atMs: number, ones: ClassCounts): void {
  const at = log.times.findIndex((time) => time >= atMs);
  if (at >= 0) addAt(log.counts, at, ones, -1);
}

function addAt(counts: ClassCounts[], at: number, added: ClassCounts, sign: 1 | -1): void {
  counts[at] = (counts[at] ?? []).map((count, index) => Math.max(0, count + sign * (added[index] ?? 0)));
}

/** Calls of the class, `of` its place among `limitClasses`, at that time or later. */
export function countSince(log: CallLog, of: number, sinceMs: number): number {
  const { times, counts } = log;
  let sum = 0;
  for (let at = times.length - 1; at >= 0 && (times[at] ?? 0) >= sinceMs; at -= 1)
    sum += counts[at]?.[of] ?? 0;
  return sum;
}

/** Forgets what is older than any window, and joins entries until there are `entriesMax` at most, where possible. */
export function shrinkLog(log: CallLog, nowMs: number, entriesMax: number): void {
  for (let share = FINEST; share >= 1; share /= 2) {
    joinEntries(log, nowMs, share, share === FINEST ? EXACT_MS : 0);
    if (log.times.length <= entriesMax) return;
  }
}

/**
 * Times are rounded up to grids whose widths are powers of two, so that rounding twice is rounding once and no error
 * adds up.
 */
function joinEntries(log: CallLog, nowMs: number, share: number, exactMs: number): void {
  const times: number[] = [];
  const counts: ClassCounts[] = [];
  for (const [index, time] of log.times.entries()) {
    const ageMs = nowMs - time;
    if (ageMs > KEPT_MS) continue;
    const width = ageMs <= exactMs ? 1 : 2 ** Math.floor(Math.log2(Math.max(1, ageMs / share)));
    const rounded = Math.ceil(time / width) * width;
    const last = times.at(-1);
    if (last !== undefined && last >= rounded) addAt(counts, counts.length - 1, log.counts[index] ?? [], 1);
    else {
      times.push(rounded);
      counts.push(log.counts[index] ?? []);
    }
  }
  log.times = times;
  log.counts = counts;
}
