// The ring log: one record for every call that rang, from its first ring to its end, made of what the board tells.
import { isComplete, toRecord, type OpenCall } from './ring-outcome.ts';
import type { RingRecord } from './ring-record.ts';
import type { HeardAnswer, RingEnd, RingWatcher, RungLeg, StoppedLeg } from './ring-watcher.ts';

export interface RingLog extends RingWatcher {
  /** Hands on what has waited long enough for the last word on who has the call. */
  settle(nowMs: number): void;
  /** Hands on everything that it holds, as nothing more will be heard: of what still rings the end is not known. */
  close(nowMs: number): void;
  /** Calls that ring, have rung and may ring again, or wait for that word. */
  readonly size: number;
  /** Something waits for `settle`. */
  readonly settling: boolean;
}

export interface RingLogOptions {
  readonly onRung: (record: RingRecord) => void;
  /** Calls remembered at most; beyond it the oldest ends as `unknown`. */
  readonly callsMax?: number;
}

/** What else there is to hear of an end arrives within an instant. */
const SETTLE_MS = 300;

/** Longer than a pickup may take until its outcome is known (claims.ts): who took it is told then at the latest. */
const SETTLE_PICKUP_MS = 4_000;

/** By then it is known whether somebody else calls in the place of a caller who went. */
const SETTLE_LEFT_MS = 1_000;

const CALLS_MAX = 10_000;
/** Extensions in one record; further ones are not listed. */
const EXTENSIONS_MAX = 64;
/** Phones that ring for one call at once and are followed. */
const LEGS_MAX = 512;

interface State {
  readonly onRung: (record: RingRecord) => void;
  readonly callsMax: number;
  readonly calls: Map<string, OpenCall>;
  /** By the caller's channel. */
  readonly byCaller: Map<string, string>;
  /** By the channel of each phone that rings. */
  readonly byLeg: Map<string, string>;
  /** Answered or ended, in that order. */
  readonly settling: Set<OpenCall>;
}

export function createRingLog(options: RingLogOptions): RingLog {
  const state: State = {
    onRung: options.onRung,
    callsMax: options.callsMax ?? CALLS_MAX,
    calls: new Map(),
    byCaller: new Map(),
    byLeg: new Map(),
    settling: new Set(),
  };
  return {
    rang: (leg) => rang(state, leg),
    stopped: (leg, end, atMs) => stopped(state, leg, end, atMs),
    answered: (answer) => answered(state, answer),
    joined: (callId, into) => joined(state, callId, into),
    offered: (callerChannelId, atMs) => {
      const call = ofCaller(state, callerChannelId);
      if (call && call.legs.size > 0) call.startedAtMs ??= atMs;
    },
    callerGone: (channelId, wentOn, atMs) => callerGone(state, channelId, wentOn, atMs),
    lost: (channelIds, heardAtMs) => lost(state, channelIds, heardAtMs),
    settle: (nowMs) => settle(state, nowMs),
    close: (nowMs) => {
      for (const call of state.calls.values()) giveUp(state, call, nowMs);
    },
    get size() {
      return state.calls.size;
    },
    get settling() {
      return state.settling.size > 0;
    },
  };
}

function rang(state: State, leg: RungLeg): void {
  const { callId, callerChannelId } = leg.call;
  let call = state.calls.get(callId);
  if (call && call.closedAtMs !== null) {
    // The phone of an answered call whose ringing is told late; what is called afterwards is a call of its own.
    if (leg.knownSinceMs <= call.closedAtMs) return;
    drop(state, call);
    call = undefined;
  }
  if (!call) {
    makeRoom(state, leg.sinceMs);
    call = openCall(leg);
    state.calls.set(callId, call);
  }
  call.head = { ...leg.call, dialled: leg.call.dialled.length > 0 ? leg.call.dialled : call.head.dialled };
  if (callerChannelId !== null) state.byCaller.set(callerChannelId, callId);
  if (call.callerChannelId !== callerChannelId && call.callerChannelId !== null) {
    state.byCaller.delete(call.callerChannelId);
  }
  call.callerChannelId = callerChannelId;
  call.leftAtMs = null;
  if (leg.offered) call.startedAtMs = Math.min(call.startedAtMs ?? leg.sinceMs, leg.sinceMs);
  if (call.legs.size >= LEGS_MAX) return;
  state.byLeg.set(leg.channelId, callId);
  call.legs.set(leg.channelId, { extension: leg.extension, sinceMs: leg.sinceMs });
  const rung = call.rung.get(leg.extension);
  if (rung) rung.end = null;
  if (rung || call.rung.size >= EXTENSIONS_MAX) return;
  call.rung.set(leg.extension, { sinceMs: leg.sinceMs, ringMs: 0, end: null });
}

function openCall(leg: RungLeg): OpenCall {
  return {
    head: leg.call,
    callerChannelId: leg.call.callerChannelId,
    startedAtMs: null,
    stoppedAtMs: leg.sinceMs,
    lastEnd: null,
    legs: new Map(),
    rung: new Map(),
    legLost: false,
    answer: null,
    gaveUp: false,
    cut: false,
    leftAtMs: null,
    closedAtMs: null,
  };
}

/** A phone that declines may be told twice: as one that did not answer, then with the cause of its end. */
function stopped(
  state: State,
  { channelId, extension, callId }: StoppedLeg,
  end: RingEnd,
  atMs: number,
): void {
  const call = state.calls.get(callId);
  const rung = call?.rung.get(extension);
  if (!call || !rung) return;
  const leg = call.legs.get(channelId);
  if (!leg) {
    if (end === 'refused' && rung.end === 'timeout') rung.end = end;
    return;
  }
  call.legs.delete(channelId);
  state.byLeg.delete(channelId);
  rung.ringMs += Math.max(0, (call.closedAtMs ?? atMs) - leg.sinceMs);
  rung.end = end;
  call.lastEnd = end;
  if (call.closedAtMs !== null) return;
  call.stoppedAtMs = atMs;
  // Nobody will tell of the end of a caller whom the board does not know.
  if (call.legs.size > 0 || call.callerChannelId !== null) return;
  if (call.leftAtMs !== null) call.gaveUp = end === 'cancelled';
  else call.cut = true;
  close(state, call, atMs);
}

function answered(state: State, heard: HeardAnswer): void {
  const call = state.calls.get(heard.callId);
  if (!call) return;
  // The word of a pickup comes seconds late at worst; the call may have been passed on and ring elsewhere by then.
  const from = heard.from ?? null;
  if (call.closedAtMs === null && from !== null && !call.rung.has(from)) return;
  const before = call.answer;
  if (!before || call.closedAtMs === null) {
    call.answer = { by: heard.by, how: heard.how, from, wasRinging: call.legs.size > 0 };
    close(state, call, heard.atMs);
  } else {
    const isSharper = before.how === 'unsaid' || heard.how === 'pickup';
    call.answer = {
      by: isSharper ? (heard.by ?? before.by) : (before.by ?? heard.by),
      how: isSharper ? heard.how : before.how,
      from: before.from ?? from,
      wasRinging: before.wasRinging,
    };
  }
}

/** Its end is known; who has it may still be told. */
function close(state: State, call: OpenCall, atMs: number): void {
  call.closedAtMs = atMs;
  state.settling.add(call);
}

function joined(state: State, callId: string, into: string): void {
  const call = state.calls.get(callId);
  if (!call || call.closedAtMs !== null || callId === into) return;
  const other = state.calls.get(into);
  state.calls.delete(callId);
  for (const id of call.legs.keys()) state.byLeg.set(id, into);
  if (!other || other.closedAtMs !== null) {
    if (other) drop(state, other);
    call.head = { ...call.head, callId: into };
    state.calls.set(into, call);
    if (call.callerChannelId !== null) state.byCaller.set(call.callerChannelId, into);
    return;
  }
  for (const [id, leg] of call.legs) {
    if (other.legs.size < LEGS_MAX) other.legs.set(id, leg);
    else state.byLeg.delete(id);
  }
  for (const [extension, rung] of call.rung) {
    if (!other.rung.has(extension) && other.rung.size < EXTENSIONS_MAX) other.rung.set(extension, rung);
  }
  other.startedAtMs = Math.min(other.startedAtMs ?? Infinity, call.startedAtMs ?? Infinity);
  if (other.startedAtMs === Infinity) other.startedAtMs = null;
  if (call.callerChannelId !== other.callerChannelId && call.callerChannelId !== null) {
    state.byCaller.delete(call.callerChannelId);
  }
}

function callerGone(state: State, channelId: string, wentOn: boolean | null, atMs: number): void {
  const call = ofCaller(state, channelId);
  state.byCaller.delete(channelId);
  if (!call || call.closedAtMs !== null) return;
  // Asterisk cancels what rings before its caller goes; events of one instant may cross, or the call was passed on.
  if (call.legs.size > 0) {
    call.callerChannelId = null;
    call.leftAtMs = atMs;
    state.settling.add(call);
    return;
  }
  call.gaveUp = call.lastEnd === 'cancelled' || wentOn === false;
  close(state, call, atMs);
}

/** What became of a phone that was lost sight of nobody knows: the call may have been answered there. */
function lost(state: State, channelIds: readonly string[], heardAtMs: number): void {
  for (const channelId of channelIds) {
    const ofLeg = state.calls.get(state.byLeg.get(channelId) ?? '');
    const leg = ofLeg?.legs.get(channelId);
    if (ofLeg && leg) {
      if (ofLeg.closedAtMs === null) ofLeg.legLost = true;
      const { callId } = ofLeg.head;
      stopped(state, { channelId, extension: leg.extension, callId }, 'cancelled', heardAtMs);
      endIfLost(state, ofLeg, heardAtMs);
    }
    const call = ofCaller(state, channelId);
    state.byCaller.delete(channelId);
    if (!call) continue;
    call.callerChannelId = null;
    endIfLost(state, call, heardAtMs);
  }
}

function endIfLost(state: State, call: OpenCall, heardAtMs: number): void {
  if (call.closedAtMs !== null || call.legs.size > 0) return;
  call.cut = true;
  close(state, call, heardAtMs);
}

function settle(state: State, nowMs: number): void {
  const agoMs = (atMs: number) => Math.abs(nowMs - atMs); // A clock may have been set back since.
  for (const call of state.settling) {
    if (call.closedAtMs === null) {
      if (call.leftAtMs === null) state.settling.delete(call);
      if (call.leftAtMs === null || agoMs(call.leftAtMs) < SETTLE_LEFT_MS) continue;
      call.gaveUp = true;
      call.closedAtMs = call.leftAtMs;
    }
    const waitMs = isComplete(call) ? SETTLE_MS : SETTLE_PICKUP_MS;
    if (agoMs(call.closedAtMs ?? 0) >= waitMs) drop(state, call);
  }
}

/** The call is over: its record is handed on, once, if it was ever offered. */
function drop(state: State, call: OpenCall): void {
  state.settling.delete(call);
  for (const id of call.legs.keys()) state.byLeg.delete(id);
  if (state.calls.get(call.head.callId) === call) state.calls.delete(call.head.callId);
  if (call.callerChannelId !== null && state.byCaller.get(call.callerChannelId) === call.head.callId) {
    state.byCaller.delete(call.callerChannelId);
  }
  const record = toRecord(call);
  if (record) state.onRung(record);
}

function makeRoom(state: State, atMs: number): void {
  if (state.calls.size < state.callsMax) return;
  const [oldest] = state.calls.values();
  if (oldest) giveUp(state, oldest, atMs);
}

/** It is followed no more. */
function giveUp(state: State, call: OpenCall, atMs: number): void {
  if (call.closedAtMs === null) {
    call.cut = true;
    call.closedAtMs = atMs;
    call.stoppedAtMs = atMs;
  }
  drop(state, call);
}

function ofCaller(state: State, channelId: string): OpenCall | undefined {
  const callId = state.byCaller.get(channelId);
  return callId === undefined ? undefined : state.calls.get(callId);
}
