// Which call a picker gets, and why not: the one decision behind every kind of pickup.
import { justAnswered, type AnsweredCall } from './answers.ts';
import type { Candidate, Choice, PickupRequest, RingingCall } from './call.ts';
import { claimOn, type Claim } from './claims.ts';
import { groupsOf, ruleByAny, ruleByGroup, RULES, type PickupRights } from './rights.ts';

/** What rings, what was answered a moment ago and what somebody is taking, at one instant. */
export interface Situation {
  /** Longest ringing first. */
  readonly ringing: readonly RingingCall[];
  readonly answered: readonly AnsweredCall[];
  readonly claims: readonly Claim[];
  readonly nowMs: number;
}

/** What a request reaches: the calls that are meant, and the rule that lets the picker take one from an extension. */
interface Scope {
  readonly means: (callId: string, extensions: readonly string[]) => boolean;
  readonly ruleFor: (extension: string) => string | null;
}

/**
 * Chooses the call. Rights come first, so who has none learns nothing about what rings; of several calls the one that
 * rings longest is taken; one that another picker holds is passed over. Never the picker's own call.
 */
export function choose(situation: Situation, rights: PickupRights, request: PickupRequest): Choice {
  const scope = scopeOf(rights, request);
  if (typeof scope === 'string') return { kind: 'no-right', rule: scope };
  const meant = situation.ringing.filter((call) => scope.means(call.callId, extensionsOf(call)));
  const takeable = meant.filter((call) => extensionsOf(call).some((extension) => scope.ruleFor(extension)));
  const others = takeable.filter((call) => !isOwn(call, request));
  for (const call of others) {
    if (isFree(call, situation, request)) return take(call, scope, request);
  }
  const [first] = others;
  if (first)
    return {
      kind: 'already-taken',
      by: claimOn(situation.claims, first.callId, situation.nowMs)?.picker ?? null,
    };
  if (takeable.length > 0) return { kind: 'own-call' };
  // One call was named and rings, but on nobody's phone whose calls he may take. Behind a code for several calls
  // the same is no reason: of those that he may take, none rings.
  if (meant.length > 0 && request.kind === 'exact') return { kind: 'no-right', rule: RULES.noSharedGroup };
  return tooLate(situation, scope);
}

/** What the request reaches, or the rule by which it reaches nothing. */
function scopeOf(rights: PickupRights, request: PickupRequest): Scope | string {
  const { picker, target, kind } = request;
  if (picker === null) return RULES.unknownPicker;
  const byGroup = (extension: string) => ruleByGroup(rights, picker, extension);
  const byAny = (extension: string) => ruleByAny(rights, picker, extension);
  const hasGroup = groupsOf(rights, picker).length > 0;
  switch (kind) {
    case 'directed':
      if (target === null || byAny(target) === null) return RULES.noSharedGroup;
      return {
        means: (_callId, extensions) => extensions.includes(target),
        ruleFor: (extension) => (extension === target ? byAny(extension) : null),
      };
    case 'group':
      return hasGroup ? { means: () => true, ruleFor: byGroup } : RULES.noGroup;
    case 'any':
      return hasGroup || rights.anyRight.has(picker) ? { means: () => true, ruleFor: byAny } : RULES.noGroup;
    case 'other-group':
      return RULES.noGroup;
    case 'exact':
      if (!hasGroup && !rights.anyRight.has(picker)) return RULES.noGroup;
      return { means: (callId) => callId === target, ruleFor: byAny };
  }
}

function take(call: RingingCall, scope: Scope, request: PickupRequest): Choice {
  const candidates: Candidate[] = [];
  let rule: string | null = null;
  for (const leg of call.legs) {
    const legRule = scope.ruleFor(leg.extension);
    if (legRule === null || leg.channelId === request.pickerChannelId) continue;
    rule ??= legRule;
    candidates.push({ callId: call.callId, channelId: leg.channelId, extension: leg.extension });
  }
  if (rule === null) return { kind: 'own-call' };
  return { kind: 'take', callId: call.callId, candidates, rule };
}

function tooLate(situation: Situation, scope: Scope): Choice {
  const missed = justAnswered(situation.answered, situation.nowMs).find(
    ({ callId, extensions }) =>
      scope.means(callId, extensions) && extensions.some((extension) => scope.ruleFor(extension)),
  );
  return missed ? { kind: 'already-taken', by: missed.by } : { kind: 'nothing-ringing' };
}

function isOwn(call: RingingCall, request: PickupRequest): boolean {
  return call.callerExtension === request.picker || call.callerChannelId === request.pickerChannelId;
}

function isFree(call: RingingCall, situation: Situation, request: PickupRequest): boolean {
  const claim = claimOn(situation.claims, call.callId, situation.nowMs);
  return claim === null || claim.pickerChannelId === request.pickerChannelId;
}

function extensionsOf(call: RingingCall): readonly string[] {
  return call.legs.map(({ extension }) => extension);
}
