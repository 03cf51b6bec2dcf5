// What the board tells of ringing while it happens, for whoever keeps count of it: the ring log.
import type { RingingCall } from './call.ts';

/** Why a phone rings no longer. `cancelled`: by the caller's end, or because somebody else has the call. */
export type RingEnd = 'answered' | 'cancelled' | 'timeout' | 'refused' | 'forwarded';

/** A phone that has begun to ring, with the head of its call as it is known now. */
export interface RungLeg {
  readonly channelId: string;
  readonly extension: string;
  readonly sinceMs: number;
  /** When its channel was first heard of: before an answer, it rang for the same ringing call. */
  readonly knownSinceMs: number;
  /** The board offers it: somebody is at the other end. */
  readonly offered: boolean;
  readonly call: Omit<RingingCall, 'legs'>;
}

export interface StoppedLeg {
  readonly channelId: string;
  readonly extension: string;
  readonly callId: string;
}

export interface HeardAnswer {
  readonly callId: string;
  /** The extension that has it; null while no event has named it, or where it is none. */
  readonly by: string | null;
  readonly atMs: number;
  /** `phone`: one that rang. `pickup`: by taking its place. `outside`: no phone of the house. `unsaid`: not told yet. */
  readonly how: 'phone' | 'pickup' | 'outside' | 'unsaid';
  /** The extension from which it was picked up, where that is known. */
  readonly from?: string | null;
}

/** Events of one instant come in no fixed order, so do these. */
export interface RingWatcher {
  rang(leg: RungLeg): void;
  stopped(leg: StoppedLeg, end: RingEnd, atMs: number): void;
  answered(answer: HeardAnswer): void;
  /** What was taken for two calls is one: its legs belong to `into` now. */
  joined(callId: string, into: string): void;
  /** A caller who was being called himself is there now. */
  offered(callerChannelId: string, atMs: number): void;
  /** `wentOn`: his dialplan had left what rang the phones before he went; null where that is not known. */
  callerGone(channelId: string, wentOn: boolean | null, atMs: number): void;
  /** A gap in the events: what of these channels became is not known. `heardAtMs`: the last that was heard. */
  lost(channelIds: readonly string[], heardAtMs: number): void;
}
