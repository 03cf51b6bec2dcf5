// Which call a picker gets, and why not: the one decision behind every kind of pickup.
import { justAnswered, type AnsweredCall } from './answers.ts';
import type { Candidate, Choice, PickupRequest, RingingCall } from './call.ts';
import { claimOn, type Claim } from './claims.ts';
import { protectionsOfCall } from './protections.ts';
import { rightsOf, RULES, type PickupGrant, type PickupRights } from './rights.ts';
import { scopeOf, type Scope } from './scope.ts';

/** What rings, what was answered a moment ago and what somebody is taking, at one instant. */
export interface Situation {
  /** Longest ringing first. */
  readonly ringing: readonly RingingCall[];
  /** Latest first. */
  readonly answered: readonly AnsweredCall[];
  readonly claims: readonly Claim[];
  readonly nowMs: number;
}

export interface ChooseOptions {
  /** Calls that this picker has just tried in vain: as if they did not ring. */
  readonly except?: ReadonlySet<string>;
  /** The PIN that he has entered for this pickup. */
  readonly grant?: PickupGrant | null;
}

/** What was found on the way to the first call that can be taken. */
interface Found {
  take: Choice | null;
  /** The longest ringing one that he may take, but that somebody else is taking. */
  held: RingingCall | null;
  own: boolean;
  /** Why the longest ringing one that is meant is not his to take. */
  refusal: string | null;
}

/**
 * Chooses the call. Rights come first, at the instant of the situation, so who has none learns nothing about what
 * rings; of several calls the one that rings longest is taken; one that another picker holds is passed over. Never the
 * call that the picker himself is making; one that rings on another phone of his own extension he may take.
 */
export function choose(
  situation: Situation,
  rights: PickupRights,
  request: PickupRequest,
  { except = new Set(), grant = null }: ChooseOptions = {},
): Choice {
  const { picker, kind } = request;
  if (picker === null) return { kind: 'no-right', rule: RULES.unknownPicker, pinHelps: false };
  const scope = scopeOf(rightsOf(rights, picker, situation.nowMs, grant), request);
  const found = search(situation, rights, request, scope, except);
  if (found.take) return found.take;
  if (found.held) {
    const by = claimOn(situation.claims, found.held.callId, situation.nowMs)?.picker ?? null;
    return { kind: 'already-taken', by };
  }
  if (found.own) return { kind: 'own-call' };
  // One call, or one phone, was named and rings: who has a right there is told that this call is not for him. Behind
  // a code for several calls the same is no reason: of those that he may take, none rings.
  const namesOne = kind === 'exact' || kind === 'directed';
  const closed = namesOne && scope.refusal === null ? found.refusal : null;
  const missed = closed === null ? tooLate(situation, rights, scope) : null;
  if (missed) return missed;
  const refusal = scope.refusal ?? closed;
  if (refusal === null) return { kind: 'nothing-ringing' };
  return {
    kind: 'no-right',
    rule: refusal,
    pinHelps: grant === null && pinHelps(situation, rights, request),
  };
}

function search(
  situation: Situation,
  rights: PickupRights,
  request: PickupRequest,
  scope: Scope,
  except: ReadonlySet<string>,
): Found {
  const found: Found = { take: null, held: null, own: false, refusal: null };
  for (const call of situation.ringing) {
    const extensions = call.legs.map(({ extension }) => extension);
    if (except.has(call.callId) || !scope.means(call.callId, extensions)) continue;
    const { candidates, rule, refusal } = reach(call, scope, rights, request);
    found.refusal ??= refusal;
    const [leg, ...others] = candidates;
    if (!leg || rule === null) continue;
    if (isOwn(call, request)) found.own = true;
    else if (isFree(call, situation, request)) {
      found.take = { kind: 'take', callId: call.callId, candidates: [leg, ...others], rule };
      return found;
    } else found.held ??= call;
  }
  return found;
}

interface Reached {
  readonly candidates: readonly Candidate[];
  /** Of the first candidate; null where there is none. */
  readonly rule: string | null;
  /** Why the first other leg is not his. */
  readonly refusal: string | null;
}

function reach(call: RingingCall, scope: Scope, rights: PickupRights, request: PickupRequest): Reached {
  const { callId } = call;
  const overCall = protectionsOfCall(rights.protections, call);
  const candidates: Candidate[] = [];
  let first: string | null = null;
  let refusal: string | null = null;
  for (const { channelId, extension } of call.legs) {
    if (channelId === request.pickerChannelId) continue;
    const access = scope.accessTo(extension, overCall);
    if (access.kind === 'open') {
      first ??= access.rule;
      candidates.push({ callId, channelId, extension });
    } else refusal ??= access.rule;
  }
  return { candidates, rule: first, refusal };
}

/**
 * Whether a PIN would open what was asked for. It is told by the rights, not by what rings: to be asked for the PIN
 * only while something rings would tell of it. Only an exact call, which he must know already, is looked at.
 */
function pinHelps(situation: Situation, rights: PickupRights, request: PickupRequest): boolean {
  const { picker, kind, target } = request;
  if (picker === null || kind === 'group') return false;
  const scopeWith = (grant: PickupGrant | null) =>
    scopeOf(rightsOf(rights, picker, situation.nowMs, grant), request);
  const opened = scopeWith({ pin: '' });
  if (opened.refusal !== null) return false;
  if (kind !== 'exact') return scopeWith(null).refusal !== null;
  const call = situation.ringing.find(({ callId }) => callId === target);
  return !call || reach(call, opened, rights, request).rule !== null;
}

function tooLate(situation: Situation, rights: PickupRights, scope: Scope): Choice | null {
  // Oldest first again, and the latest is the one that is asked for.
  const missed = justAnswered(situation.answered, situation.nowMs).findLast(
    ({ callId, extensions, call }) => {
      // Who might not have taken it learns nothing of it afterwards either.
      const overCall = call ? protectionsOfCall(rights.protections, call) : [];
      return (
        scope.means(callId, extensions) &&
        extensions.some((extension) => scope.accessTo(extension, overCall).kind === 'open')
      );
    },
  );
  return missed ? { kind: 'already-taken', by: missed.by } : null;
}

function isFree(call: RingingCall, situation: Situation, request: PickupRequest): boolean {
  const claim = claimOn(situation.claims, call.callId, situation.nowMs);
  return claim === null || claim.pickerChannelId === request.pickerChannelId;
}

function isOwn(call: RingingCall, request: PickupRequest): boolean {
  return call.callerExtension === request.picker || call.callerChannelId === request.pickerChannelId;
}
