// The chargeable calls that are up: each lives as long as one of its legs does, so that a transferred one still counts.
import type { CountedCall } from './ledger-scopes.ts';

/** Calls that are followed at once; further ones count as up until the next listing of channels. */
const CALLS_MAX = 20_000;
/** Legs of one call that are followed: the caller's, and those that were dialled for it. */
const LEGS_MAX = 64;

export interface LetOutCall extends CountedCall {
  /** Of the decision's record. */
  readonly callId: string;
  /** The channel that asked. */
  readonly channelId: string;
  /** What was dialled, E.164 where there is one. */
  readonly number: string;
}

export interface EndedCall {
  readonly call: LetOutCall;
  readonly endedMs: number;
  /** Null where nobody answered. */
  readonly answeredMs: number | null;
}

interface UpCall {
  readonly call: LetOutCall;
  readonly legs: Set<string>;
  answeredMs: number | null;
}

export interface CallsUp {
  /** False where there are too many to follow another one. */
  add(call: LetOutCall): boolean;
  /** The call that this channel asked for last and that is still up. */
  askedBy(channelId: string): { readonly call: LetOutCall; readonly answered: boolean } | null;
  /** The channel asks for something else now: its earlier call goes on only by its other legs. */
  leave(channelId: string, atMs: number): readonly EndedCall[];
  /** A leg dials another one. */
  dialled(callerId: string, peerId: string): void;
  answered(peerId: string, atMs: number): void;
  /** A channel is gone; the calls that end by it. */
  gone(channelId: string, atMs: number): readonly EndedCall[];
  /** Takes a call out; null where it is not up. */
  remove(callId: string): LetOutCall | null;
  /** Takes out what began before the listing and has no leg in it. */
  reconcile(alive: ReadonlySet<string>, listedAtMs: number, atMs: number): readonly EndedCall[];
  all(): readonly LetOutCall[];
}

export function createCallsUp(): CallsUp {
  const calls = new Map<string, UpCall>();
  const asked = new Map<string, string>();
  const byLeg = new Map<string, Set<string>>();

  const join = (up: UpCall, channelId: string) => {
    if (up.legs.size >= LEGS_MAX) return;
    up.legs.add(channelId);
    const known = byLeg.get(channelId);
    if (known) known.add(up.call.callId);
    else byLeg.set(channelId, new Set([up.call.callId]));
  };
  const part = (up: UpCall, channelId: string) => {
    up.legs.delete(channelId);
    const known = byLeg.get(channelId);
    known?.delete(up.call.callId);
    if (known?.size === 0) byLeg.delete(channelId);
    if (asked.get(channelId) === up.call.callId) asked.delete(channelId);
  };
  const callsOf = (channelId: string): UpCall[] =>
    [...(byLeg.get(channelId) ?? [])].flatMap((callId) => calls.get(callId) ?? []);
  const takeOut = (up: UpCall) => {
    for (const leg of up.legs) part(up, leg);
    calls.delete(up.call.callId);
  };
  const endIfOver = (up: UpCall, endedMs: number): readonly EndedCall[] => {
    if (up.legs.size > 0) return [];
    takeOut(up);
    return [{ call: up.call, endedMs, answeredMs: up.answeredMs }];
  };
  const partAll = (up: UpCall, channels: readonly string[], atMs: number) => {
    for (const channelId of channels) part(up, channelId);
    return endIfOver(up, atMs);
  };

  return {
    add(call) {
      if (calls.size >= CALLS_MAX) return false;
      const up: UpCall = { call, legs: new Set(), answeredMs: null };
      calls.set(call.callId, up);
      join(up, call.channelId);
      asked.set(call.channelId, call.callId);
      return true;
    },
    askedBy(channelId) {
      const up = calls.get(asked.get(channelId) ?? '');
      return up ? { call: up.call, answered: up.answeredMs !== null } : null;
    },
    leave(channelId, atMs) {
      const up = calls.get(asked.get(channelId) ?? '');
      return up ? partAll(up, [channelId], atMs) : [];
    },
    dialled(callerId, peerId) {
      for (const up of callsOf(callerId)) join(up, peerId);
    },
    answered(peerId, atMs) {
      for (const up of callsOf(peerId)) up.answeredMs ??= atMs;
    },
    gone: (channelId, atMs) => callsOf(channelId).flatMap((up) => partAll(up, [channelId], atMs)),
    remove(callId) {
      const up = calls.get(callId);
      if (!up) return null;
      takeOut(up);
      return up.call;
    },
    reconcile(alive, listedAtMs, atMs) {
      const before = [...calls.values()].filter(({ call }) => call.atMs < listedAtMs);
      return before.flatMap((up) =>
        partAll(
          up,
          [...up.legs].filter((leg) => !alive.has(leg)),
          atMs,
        ),
      );
    },
    all: () => [...calls.values()].map(({ call }) => call),
  };
}
