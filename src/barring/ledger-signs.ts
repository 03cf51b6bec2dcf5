// Signs of fraud that need no paid feed: each detector is a few numbers, a bound, and a sentence.
import { forgetOldest } from '../forget-oldest.ts';
import type { Region } from '../numbering/destination.ts';

export const signKinds = [
  'first-country',
  'sequential-numbers',
  'short-calls-at-night',
  'refused-attempts',
] as const;
export type SignKind = (typeof signKinds)[number];

export interface Sign {
  readonly kind: SignKind;
  readonly extension: string;
  readonly text: string;
  /** Strong enough for a quarantine. The first country of one extension alone is how every extension begins. */
  readonly grave: boolean;
}

/** Until the organisation has made so many chargeable calls, every country is new. */
export const LEARNING_CALLS = 20;

/** Of the last calls abroad, so many to different numbers … */
const RECENT_CALLS = 10;
const SEQUENTIAL_CALLS = 5;
/** … that lie so close to each other. */
const SEQUENTIAL_SPAN = 100n;
const SEQUENTIAL_WINDOW_MS = 24 * 3_600_000;

const SHORT_CALL_MS = 30_000;
const SHORT_CALLS = 5;
const SHORT_WINDOW_MS = 3_600_000;
const NIGHT_FROM_HOUR = 22;
const NIGHT_UNTIL_HOUR = 6;

const REFUSED_ATTEMPTS = 10;
const REFUSED_WINDOW_MS = 600_000;

/** The same sign of the same extension is not given again for so long. */
const QUIET_MS = 4 * 3_600_000;
/** Extensions that are looked at; those that called longest ago are forgotten first. */
const TRAILS_MAX = 20_000;
/** Extensions whose countries are known; those beyond it are never told of. */
const SEEN_MAX = 120_000;

interface Trail {
  /** The latest calls abroad. */
  calls: readonly { readonly atMs: number; readonly digits: bigint }[];
  /** When short answered calls abroad ended at night. */
  shortEnds: readonly number[];
  refusals: readonly number[];
  readonly givenMs: Map<SignKind, number>;
}

export interface CallAbroad {
  readonly extension: string;
  readonly atMs: number;
  readonly e164: string | null;
  readonly regions: readonly Region[];
}

export interface Signs {
  /** From the records: how many chargeable calls (up to the end of learning), and what was ever called by whom. */
  restore(chargeableCalls: number, seen: Iterable<{ extension: string; region: Region }>): void;
  /** A chargeable call is let out; national ones only count for the learning. */
  started(call: CallAbroad, isAbroad: boolean): readonly Sign[];
  /** A call abroad that was answered is over; `hour` is that of the organisation's clocks. */
  ended(call: { extension: string; answeredMs: number; endedMs: number; hour: number }): readonly Sign[];
  /** An attempt abroad was refused. */
  refused(extension: string, atMs: number): readonly Sign[];
}

const ORGANISATION = '';

export function createSigns(): Signs {
  const trails = new Map<string, Trail>();
  /** ` AR FR ` by extension. */
  const seen = new Map<string, string>();
  let chargeable = 0;

  const trailOf = (extension: string): Trail => {
    const trail = trails.get(extension) ?? { calls: [], shortEnds: [], refusals: [], givenMs: new Map() };
    // A Map keeps the order of insertion: the latest caller is last.
    trails.delete(extension);
    trails.set(extension, trail);
    forgetOldest(trails, TRAILS_MAX);
    return trail;
  };
  const hasSeen = (who: string, region: Region) => (seen.get(who) ?? ' ').includes(` ${region} `);
  const see = (who: string, region: Region) => {
    if (hasSeen(who, region) || (seen.size >= SEEN_MAX && !seen.has(who))) return;
    seen.set(who, `${seen.get(who) ?? ' '}${region} `);
  };

  return {
    restore(chargeableCalls, rows) {
      chargeable = chargeableCalls;
      for (const { extension, region } of rows) see(extension, region);
    },
    started(call, isAbroad) {
      const learnt = chargeable >= LEARNING_CALLS;
      chargeable += 1;
      const isNew = (who: string) =>
        (seen.size < SEEN_MAX || seen.has(who)) && call.regions.every((region) => !hasSeen(who, region));
      const first = learnt && isAbroad ? firstCountry(call, isNew(ORGANISATION), isNew(call.extension)) : [];
      for (const region of call.regions) {
        see(ORGANISATION, region);
        see(call.extension, region);
      }
      return isAbroad ? [...first, ...sequentialNumbers(trailOf(call.extension), call)] : first;
    },
    ended({ extension, answeredMs, endedMs, hour }) {
      const isNight = hour >= NIGHT_FROM_HOUR || hour < NIGHT_UNTIL_HOUR;
      if (!isNight || endedMs - answeredMs >= SHORT_CALL_MS) return [];
      const trail = trailOf(extension);
      trail.shortEnds = within([...trail.shortEnds, endedMs], endedMs - SHORT_WINDOW_MS, SHORT_CALLS);
      if (trail.shortEnds.length < SHORT_CALLS || isQuiet(trail, 'short-calls-at-night', endedMs)) return [];
      const text = `${extension} made ${SHORT_CALLS} calls abroad of less than 30 s within an hour of the night.`;
      return [{ kind: 'short-calls-at-night', extension, text, grave: true }];
    },
    refused(extension, atMs) {
      const trail = trailOf(extension);
      trail.refusals = within([...trail.refusals, atMs], atMs - REFUSED_WINDOW_MS, REFUSED_ATTEMPTS);
      if (trail.refusals.length < REFUSED_ATTEMPTS || isQuiet(trail, 'refused-attempts', atMs)) return [];
      const text = `${extension} was refused ${REFUSED_ATTEMPTS} calls abroad within ten minutes.`;
      return [{ kind: 'refused-attempts', extension, text, grave: true }];
    },
  };
}

/** Only where none of the regions that the number can belong to was called before. */
function firstCountry(call: CallAbroad, isNewToAll: boolean, isNewToExtension: boolean): readonly Sign[] {
  const { extension, regions } = call;
  if (regions.length === 0 || !isNewToExtension) return [];
  const who = isNewToAll ? 'anybody here' : extension;
  const text = `${extension} called ${regions.join(' or ')}, for the first time ever by ${who}.`;
  return [{ kind: 'first-country', extension, text, grave: isNewToAll }];
}

function sequentialNumbers(trail: Trail, call: CallAbroad): readonly Sign[] {
  const { extension, e164, atMs } = call;
  if (e164 === null) return [];
  const latest = { atMs, digits: BigInt(e164.replaceAll(/\D/g, '') || '0') };
  const recent = [...trail.calls, latest].filter((past) => past.atMs > atMs - SEQUENTIAL_WINDOW_MS);
  trail.calls = recent.slice(-RECENT_CALLS);
  const numbers = [...new Set(trail.calls.map(({ digits }) => digits))].sort((a, b) => (a < b ? -1 : 1));
  const close = numbers.some((number, at) => {
    const last = numbers[at + SEQUENTIAL_CALLS - 1];
    return last !== undefined && last - number < SEQUENTIAL_SPAN;
  });
  if (!close || isQuiet(trail, 'sequential-numbers', atMs)) return [];
  const text = `${extension} called ${SEQUENTIAL_CALLS} numbers abroad in a row, the last one ${e164}.`;
  return [{ kind: 'sequential-numbers', extension, text, grave: true }];
}

const within = (times: readonly number[], sinceMs: number, max: number): readonly number[] =>
  times.filter((time) => time > sinceMs).slice(-max);

/** Whether it was given a short while ago; otherwise it is given now. */
function isQuiet(trail: Trail, kind: SignKind, atMs: number): boolean {
  const givenMs = trail.givenMs.get(kind);
  // A clock that was set back must not silence it for longer.
  if (givenMs !== undefined && Math.abs(atMs - givenMs) < QUIET_MS) return true;
  trail.givenMs.set(kind, atMs);
  return false;
}
