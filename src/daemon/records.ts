// What a decision or a pickup leaves behind: one row for the store, one line for the log.
import type { PickupRecord } from '../asterisk/pickup-record.ts';
import type { DecisionRecord } from '../asterisk/screening-session.ts';
import type { Destination } from '../numbering/destination.ts';
import type { LogFields } from '../config/logger.ts';
import type { CallRecord } from '../store/calls.ts';

/** The row of a decision. Its id is the question's nonce, so that a record written twice is kept once. */
export function decisionRow(pbx: string, decision: DecisionRecord): CallRecord {
  const { request, verdict, destination } = decision;
  return {
    id: `decision:${request.nonce}`,
    atMs: decision.atMs,
    pbx,
    kind: 'decision',
    channelId: request.channelId,
    callId: request.linkedId,
    party: request.identity.payer,
    via: request.identity.via,
    dialled: request.dialled,
    number: destination.number,
    destinationKind: destination.kind,
    e164: e164Of(destination),
    regions: regionsOf(destination),
    classes: verdict.kind === 'continue' ? verdict.classes : [],
    verdict: verdict.kind,
    reason: verdict.reason,
    rule: verdict.rule.id,
    policyVersion: verdict.policyVersion,
    latencyUs: decision.latencyUs,
    outcome: decision.outcome,
    detail: {
      channel: request.channelName,
      rule: verdict.rule.text,
      ...(verdict.kind === 'deny' ? { announcement: verdict.announcement, cause: verdict.cause } : {}),
      ...(verdict.kind === 'continue' && verdict.maxDurationMs !== null
        ? { maxDurationMs: verdict.maxDurationMs }
        : {}),
      ...(decision.pin === null ? {} : { pin: decision.pin }),
      ...(request.identity.outsideCaller === '' ? {} : { outsideCaller: request.identity.outsideCaller }),
      ...(verdict.observed.length > 0 ? { observed: verdict.observed } : {}),
      trace: verdict.trace,
    },
  };
}

/** The line of a decision: who, what, how read, what was said and by which rule. */
export function decisionFields(decision: DecisionRecord): LogFields {
  const { request, verdict, destination } = decision;
  return {
    verdict: verdict.kind,
    reason: verdict.reason,
    payer: request.identity.payer,
    outside: request.identity.outsideCaller || undefined,
    via: request.identity.via,
    dialled: request.dialled,
    kind: destination.kind,
    e164: e164Of(destination) ?? undefined,
    regions: regionsOf(destination).join(',') || undefined,
    rule: verdict.rule.id,
    observed: verdict.observed.map(({ rule }) => rule.id).join(',') || undefined,
    // Of the dialogue for a PIN; fields named after secrets are not shown.
    dialogue: decision.pin?.outcome,
    policy: verdict.policyVersion,
    outcome: decision.outcome,
    latencyUs: decision.latencyUs,
    channel: request.channelName,
    linkedid: request.linkedId,
  };
}

/**
 * The row of an attempt to take a call; a later record of the same attempt fills in what became of it. `groups` are those
 * that it was about.
 */
export function pickupRow(pbx: string, record: PickupRecord, groups: readonly string[]): CallRecord {
  return {
    id: record.id,
    atMs: record.atMs,
    pbx,
    kind: 'pickup',
    channelId: record.pickerChannelId,
    callId: record.call?.callId ?? record.pickerChannelId,
    party: record.picker,
    via: record.kind,
    dialled: record.target ?? '',
    number: record.call?.from ?? '',
    destinationKind: null,
    e164: null,
    regions: [],
    classes: [],
    verdict: record.choice,
    reason: record.told ?? record.choice,
    rule: record.rule ?? '',
    policyVersion: null,
    latencyUs: record.latencyUs,
    outcome: record.outcome,
    detail: {
      channel: record.pickerChannelName,
      takenBy: record.takenBy,
      settledAfterMs: record.settledAfterMs,
      ...(record.by === null ? {} : { by: record.by }),
      ...(record.call ? { call: record.call } : {}),
      ...(record.lost.length > 0 ? { lost: record.lost } : {}),
      groups,
    },
  };
}

/** The line of a pickup, when its outcome is known. */
export function pickupFields(record: PickupRecord): LogFields {
  return {
    outcome: record.outcome,
    picker: record.picker,
    by: record.by ?? undefined,
    kind: record.kind,
    target: record.target ?? undefined,
    choice: record.choice,
    told: record.told ?? undefined,
    rule: record.rule ?? undefined,
    from: record.call?.from,
    caller: record.call?.callerNumber,
    takenBy: record.takenBy ?? undefined,
    rangMs: record.call?.rangMs,
    latencyUs: record.latencyUs,
    channel: record.pickerChannelName,
  };
}

function e164Of(destination: Destination): string | null {
  return 'e164' in destination ? destination.e164 : null;
}

function regionsOf(destination: Destination): readonly string[] {
  return 'regions' in destination ? destination.regions : [];
}
