// What would happen to one call, as `check --json` and the API tell it.
import { wordsOfSounds } from './announcements.ts';
import { sentenceOf, sipAnswerOf } from '../barring/reasons.ts';
import type { ScreenedCall } from '../barring/screen-call.ts';
import type { OutboundCall, Verdict, Via } from '../barring/verdict.ts';
import { destinationOf } from './destination-words.ts';
import { ruleTarget } from './rule-target.ts';

export const ways: readonly Via[] = ['direct', 'forward', 'transfer'];

/** A call that nobody has made yet, as people describe it. */
export interface CallInQuestion {
  readonly dialled: string;
  /** Who is charged; '' or nothing for an unknown caller. */
  readonly from?: string | undefined;
  readonly via: Via;
  readonly atMs: number;
  /** As if this PIN had been entered, by its id. */
  readonly pin?: string | undefined;
  /** Somebody who calls in to call out. */
  readonly outsideCaller?: string | undefined;
  readonly language?: string | undefined;
}

export function outboundCall(question: CallInQuestion): OutboundCall {
  const { dialled, from = '', via, atMs, pin, outsideCaller, language } = question;
  return {
    dialled,
    payer: from === '' ? null : from,
    via,
    atMs,
    ...(pin === undefined ? {} : { pin: { id: pin } }),
    ...(outsideCaller === undefined ? {} : { outsideCaller }),
    ...(language === undefined ? {} : { language }),
  };
}

/** Every verdict has all of it, with null and none where it has nothing to say. */
export function checkedCall({ destination, verdict }: ScreenedCall) {
  const { announcement, cause } = heardOf(verdict);
  const isContinue = verdict.kind === 'continue';
  const isChallenge = verdict.kind === 'challenge';
  return {
    verdict: verdict.kind,
    reason: verdict.reason,
    sentence: sentenceOf(verdict.reason),
    dialled: destination.dialled,
    destination: destinationOf(destination),
    rule: verdict.rule,
    decidedBy: ruleTarget(verdict.rule),
    announcement,
    heard: announcement === null ? '' : wordsOfSounds(announcement),
    cause,
    sip: cause === null ? null : sipAnswerOf(cause),
    classes: isContinue ? verdict.classes : [],
    maxDurationMs: isContinue ? verdict.maxDurationMs : null,
    pins: isChallenge ? verdict.pins : [],
    triesOf: isChallenge ? verdict.who : null,
    instead: isChallenge ? verdict.instead : null,
    observed: verdict.observed,
    notices: verdict.notices,
    policyVersion: verdict.policyVersion,
    trace: verdict.trace,
  };
}

/** What the caller hears, and how the phone is told; a challenge ends in neither by itself. */
export function heardOf(verdict: Verdict): {
  readonly announcement: string | null;
  readonly cause: number | null;
} {
  switch (verdict.kind) {
    case 'continue':
      return { announcement: null, cause: null };
    case 'deny':
      return { announcement: verdict.announcement, cause: verdict.cause };
    case 'challenge':
      return { announcement: verdict.prompt, cause: null };
  }
}
