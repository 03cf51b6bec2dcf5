// What an extension is asked for where a PIN opens something beside its own calls, such as a pickup.
import { announcementFor } from './announcement.ts';
import { callerOf } from './caller.ts';
import { countingPins, pinEntryOf, pinsOf } from './pins.ts';
import type { PinEntry } from './policy.ts';
import type { PolicySnapshot } from './snapshot.ts';

export interface PinChallenge {
  readonly who: string;
  /** The ids of those that count now; one that is over is a wrong one. */
  readonly pins: readonly string[];
  readonly entry: PinEntry;
  /** Asterisk sound names: the prompt, and what is said after a wrong PIN. */
  readonly prompt: string;
  readonly wrong: string;
}

/** Null where no PIN of the extension or its groups counts at that time. */
export function pinChallengeFor(
  snapshot: PolicySnapshot,
  extension: string,
  atMs: number,
): PinChallenge | null {
  const caller = callerOf(snapshot, { dialled: '', payer: extension, via: 'direct', atMs });
  const pins = countingPins(pinsOf({ caller }), atMs).map(({ id }) => id);
  if (pins.length === 0) return null;
  return {
    who: extension,
    pins,
    entry: pinEntryOf({ caller, snapshot }),
    prompt: announcementFor(snapshot, 'pin-prompt'),
    wrong: announcementFor(snapshot, 'pin-retry'),
  };
}
