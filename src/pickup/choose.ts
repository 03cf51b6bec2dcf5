// Which call a picker gets, and why not: the one decision behind every kind of pickup.
import { justAnswered, type AnsweredCall } from './answers.ts';
import type { Candidate, Choice, PickupRequest, RingingCall } from './call.ts';
import { claimOn, type Claim } from './claims.ts';
import { accessTo, type Access } from './access.ts';
import { membersInRole, type PickupGroup } from './groups.ts';
import { protectionsOfCall, type Protection } from './protections.ts';
import {
  findRight,
  hasAny,
  rightsOf,
  RULES,
  tryRight,
  type PickerRights,
  type PickupGrant,
  type PickupRights,
} from './rights.ts';

/** What rings, what was answered a moment ago and what somebody is taking, at one instant. */
export interface Situation {
  /** Longest ringing first. */
  readonly ringing: readonly RingingCall[];
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

/** What a request reaches. */
interface Scope {
  /** Null where the picker has the right that this kind of pickup asks for, whatever rings; else why not. */
  readonly refusal: string | null;
  readonly means: (callId: string, extensions: readonly string[]) => boolean;
  readonly accessTo: (extension: string, overCall: readonly Protection[]) => Access;
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
  const his = rightsOf(rights, picker, situation.nowMs, grant);
  const scope = scopeOf(his, request);
  const meant = situation.ringing.filter(
    (call) => !except.has(call.callId) && scope.means(call.callId, extensionsOf(call)),
  );
  const found = meant.map((call) => reachCall(call, scope, rights));
  const takeable = found.filter(({ legs }) => legs.length > 0);
  const others = takeable.filter(({ call }) => !isOwn(call, request));
  for (const reached of others) {
    if (isFree(reached.call, situation, request)) return take(reached, request);
  }
  const [first] = others;
  if (first)
    return {
      kind: 'already-taken',
      by: claimOn(situation.claims, first.call.callId, situation.nowMs)?.picker ?? null,
    };
  if (takeable.length > 0) return { kind: 'own-call' };
  const missed = tooLate(situation, scope);
  if (missed) return missed;
  // One call, or one phone, was named and rings: who may hear of that is told that this call is not for him. Behind a
  // code for several calls the same is no reason: of those that he may take, none rings.
  const namedOne = kind === 'exact' || kind === 'directed';
  const refusal = scope.refusal ?? (namedOne ? (found[0]?.refusal ?? null) : null);
  if (refusal === null) return { kind: 'nothing-ringing' };
  return { kind: 'no-right', rule: refusal, pinHelps: pinHelps(situation, rights, request, scope, grant) };
}

/**
 * Whether a PIN would open what was asked for. It is told by the rights alone, not by what rings: to be asked for the
 * PIN only while something rings would tell of it.
 */
function pinHelps(
  situation: Situation,
  rights: PickupRights,
  request: PickupRequest,
  { refusal }: Scope,
  grant: PickupGrant | null,
): boolean {
  const { picker, kind, target } = request;
  if (picker === null || grant !== null || kind === 'group') return false;
  const scope = scopeOf(rightsOf(rights, picker, situation.nowMs, { pin: '' }), request);
  if (scope.refusal !== null) return false;
  if (kind !== 'exact') return refusal !== null;
  const call = situation.ringing.find(({ callId }) => callId === target);
  return !call || reachCall(call, scope, rights).legs.length > 0;
}

function scopeOf(his: PickerRights, request: PickupRequest): Scope {
  const { target, kind } = request;
  const access = (extension: string, overCall: readonly Protection[]) => accessTo(his, extension, overCall);
  const unlessAny = hasAny(his) ? null : RULES.noGroup;
  switch (kind) {
    case 'directed': {
      const toTarget = accessTo(his, target ?? '', []);
      return {
        refusal: toTarget.kind === 'refused' ? toTarget.rule : null,
        means: (_callId, extensions) => target !== null && extensions.includes(target),
        accessTo: (extension, overCall) =>
          extension === target ? access(extension, overCall) : refused(RULES.noSharedGroup),
      };
    }
    case 'group':
      return {
        refusal: his.groups.size > 0 ? null : RULES.noGroup,
        means: () => true,
        accessTo: (extension, overCall) =>
          onlyBy(tryRight(his, extension, 'group')?.rule, access(extension, overCall)),
      };
    case 'other-group':
      return scopeOfGroup(his, his.rights.groups.byNumber.get(target ?? ''), access);
    case 'any':
      return { refusal: unlessAny, means: () => true, accessTo: access };
    case 'exact':
      return { refusal: unlessAny, means: (callId) => callId === target, accessTo: access };
  }
}

/** A group by its number: what rings on its targets, for who may take from the group as a whole. */
function scopeOfGroup(his: PickerRights, group: PickupGroup | undefined, access: Scope['accessTo']): Scope {
  const rule = group && findRight(his, group)?.rule;
  if (!group || !rule) {
    const refusal = group ? RULES.noSharedGroup : RULES.noSuchGroup;
    return { refusal, means: () => false, accessTo: () => refused(refusal) };
  }
  const targets = membersInRole([group], 'target');
  return {
    refusal: null,
    means: (_callId, extensions) => extensions.some((extension) => targets.has(extension)),
    accessTo: (extension, overCall) =>
      onlyBy(targets.has(extension) ? rule : undefined, access(extension, overCall)),
  };
}

/** Behind a code of a group the group is the right; a protection still stands above it. */
function onlyBy(rule: string | undefined, access: Access): Access {
  if (access.kind === 'refused' && access.protection) return access;
  return rule === undefined ? refused(RULES.noSharedGroup) : { kind: 'open', rule, untilMs: null };
}

function refused(rule: string): Access {
  return { kind: 'refused', rule, protection: null };
}

/** A call and its legs that the picker may take, each with its rule; `refusal`: why the first other one is not his. */
interface Reached {
  readonly call: RingingCall;
  readonly legs: readonly (Candidate & { readonly rule: string })[];
  readonly refusal: string | null;
}

function reachCall(call: RingingCall, scope: Scope, rights: PickupRights): Reached {
  const overCall = protectionsOfCall(rights.protections, call);
  const legs: (Candidate & { readonly rule: string })[] = [];
  let refusal: string | null = null;
  for (const { channelId, extension } of call.legs) {
    const access = scope.accessTo(extension, overCall);
    if (access.kind === 'refused') refusal ??= access.rule;
    else legs.push({ callId: call.callId, channelId, extension, rule: access.rule });
  }
  return { call, legs, refusal };
}

function take({ call, legs }: Reached, request: PickupRequest): Choice {
  const mine = legs.filter(({ channelId }) => channelId !== request.pickerChannelId);
  const [first] = mine;
  if (!first) return { kind: 'own-call' };
  const candidates = mine.map(({ callId, channelId, extension }) => ({ callId, channelId, extension }));
  return { kind: 'take', callId: call.callId, candidates, rule: first.rule };
}

function tooLate(situation: Situation, scope: Scope): Choice | null {
  const missed = justAnswered(situation.answered, situation.nowMs).find(
    ({ callId, extensions }) =>
      scope.means(callId, extensions) &&
      extensions.some((extension) => scope.accessTo(extension, []).kind === 'open'),
  );
  return missed ? { kind: 'already-taken', by: missed.by } : null;
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
