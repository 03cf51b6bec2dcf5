// What webhooks are told of outbound calls: refusals, emergency calls, quarantines, limits, signs of fraud.
import type { DecisionRecord } from '../asterisk/screening-session.ts';
import { denyReasons } from '../barring/reasons.ts';
import type { DenyVerdict } from '../barring/verdict.ts';
import { forgetOldest } from '../forget-oldest.ts';
import type { NoticeKind } from '../store/notices.ts';
import type { News, ToldNotice } from './news.ts';
import type { PolicyHolder } from './policy-holder.ts';
import type { Telling, TellingEvent } from './telling.ts';

/** Refusals of one extension that are told within a minute; the next one told says how many were not. */
export const DENIALS_TOLD_MAX = 10;
const DAMPED_MS = 60_000;
/** Extensions whose refusals are counted; the one refused longest ago is forgotten. */
const COUNTED_MAX = 10_000;
/** What is told of a dialled string; more is no number. */
const DIALLED_LENGTH_MAX = 80;

export interface CallEventsPorts {
  readonly telling: Pick<Telling, 'event'>;
  readonly policy: Pick<PolicyHolder, 'rights'>;
  /** Milliseconds. */
  readonly monotonicMs: () => number;
}

/** Denials of one extension within its minute. */
interface Damping {
  readonly sinceMs: number;
  told: number;
  untold: number;
}

export function createCallEvents(ports: CallEventsPorts): Pick<News, 'onDecision' | 'onNotice'> {
  const dampings = new Map<string, Damping>();
  return {
    onDecision: ({ verdict, ...decision }) => {
      if (verdict.kind !== 'deny') return;
      const untold = untoldBefore(dampings, decision.request.identity.payer ?? '', ports.monotonicMs());
      if (untold !== null) ports.telling.event(denial(ports, decision, verdict, untold));
    },
    onNotice: (notice) => {
      const event = eventOf(ports, notice);
      if (event !== null) ports.telling.event(event);
    },
  };
}

/** Null where this one is not told, else how many were not since the last that was. */
function untoldBefore(dampings: Map<string, Damping>, key: string, nowMs: number): number | null {
  const known = dampings.get(key);
  const isOver = known === undefined || nowMs - known.sinceMs >= DAMPED_MS;
  const damping = isOver ? { sinceMs: nowMs, told: 0, untold: known?.untold ?? 0 } : known;
  dampings.delete(key);
  dampings.set(key, damping);
  forgetOldest(dampings, COUNTED_MAX);
  if (damping.told >= DENIALS_TOLD_MAX) {
    damping.untold += 1;
    return null;
  }
  const { untold } = damping;
  damping.told += 1;
  damping.untold = 0;
  return untold;
}

function denial(
  ports: CallEventsPorts,
  { request, destination, outcome, atMs }: Omit<DecisionRecord, 'verdict'>,
  { reason, rule, policyVersion }: DenyVerdict,
  untold: number,
): TellingEvent {
  const { payer, via, outsideCaller } = request.identity;
  const data = {
    extension: person(ports, payer),
    outsideCaller: outsideCaller === '' ? null : outsideCaller,
    dialled: request.dialled.slice(0, DIALLED_LENGTH_MAX),
    destination: {
      kind: destination.kind,
      e164: 'e164' in destination ? destination.e164 : null,
      regions: 'regions' in destination ? destination.regions : [],
    },
    reason,
    sentence: denyReasons[reason].sentence,
    rule,
    via,
    heard: outcome === 'said',
    policyVersion,
    callId: request.linkedId,
    untold,
  };
  return { id: `denial:${request.nonce}`, kind: 'denial', atMs, data };
}

/** '' where an extension has no name. */
const person = ({ policy }: CallEventsPorts, extension: string | null) =>
  extension === null ? null : { extension, name: policy.rights()?.people.get(extension)?.name ?? '' };

/** Null for kinds that nobody is told of. */
function eventOf(
  ports: CallEventsPorts,
  { kind, atMs, extension, text, detail = {} }: ToldNotice,
): TellingEvent | null {
  const about = { extension: person(ports, extension), text };
  switch (kind) {
    case 'emergency-call': {
      const { number, channelId } = detail;
      return { id: `emergency:${String(channelId)}`, kind: 'emergency', atMs, data: { ...about, number } };
    }
    case 'quarantined': {
      const { by = null, untilMs } = detail;
      const until = typeof untilMs === 'number' ? new Date(untilMs).toISOString() : null;
      const data = { ...about, state: 'began', by, until };
      return { id: `quarantined:${extension}:${atMs}`, kind: 'quarantine', atMs, data };
    }
    case 'released': {
      const { by = null, ended } = detail;
      const data = { ...about, state: 'released', by: ended === true ? null : by, until: null };
      return { id: `released:${extension}:${atMs}`, kind: 'quarantine', atMs, data };
    }
    case 'limit-near':
    case 'limit-reached':
      return {
        kind: 'limit',
        atMs,
        data: { ...about, state: stateOf(kind), limit: detail['limit'] ?? null },
      };
    case 'sign-first-country':
    case 'sign-sequential-numbers':
    case 'sign-short-calls-at-night':
    case 'sign-refused-attempts':
      return { kind: 'fraud-sign', atMs, data: { ...about, sign: stateOf(kind) } };
    case 'pin-locked':
      return { kind: 'pin-locked', atMs, data: about };
    case 'unscreened-call': {
      const { trunk, number, guard, ended, caller } = detail;
      return { kind: 'unscreened-call', atMs, data: { ...about, trunk, number, guard, ended, caller } };
    }
  }
}

/** `limit-near` is `near`, `sign-first-country` is `first-country`. */
const stateOf = (kind: NoticeKind) => kind.slice(kind.indexOf('-') + 1);
