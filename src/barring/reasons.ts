// Every reason of a verdict in one table: what a person reads, what the caller hears, how the phone is told.
import type { ContinueReason, DenyReason, Verdict } from './verdict.ts';

interface DenyRow {
  /** One sentence for the record, the console and `check`. */
  readonly sentence: string;
  /** Asterisk sound names of the stock core sounds, several joined by `&`; settings may name others. */
  readonly announcement: string;
  /** Q.850 cause of the hangup. */
  readonly cause: number;
}

/** Call rejected: chan_pjsip answers SIP 403 (`hangup_cause2sip`, channels/chan_pjsip.c). */
const causeRefused = 21;
/** Invalid number format: chan_pjsip answers SIP 484. */
const causeInvalidNumber = 28;

/** What chan_pjsip answers for a cause (`hangup_cause2sip`, channels/chan_pjsip.c). */
const sipAnswers: Readonly<Record<number, string>> = {
  21: '403 Forbidden',
  28: '484 Address Incomplete',
  42: '503 Service Unavailable',
};

export const sipAnswerOf = (cause: number): string => sipAnswers[cause] ?? '603 Decline';

/** What stands behind each refusal. No stock sound speaks of countries or costs: sites record their own. */
export const denyReasons: Readonly<Record<DenyReason, DenyRow>> = {
  unreadable: {
    sentence: 'The dialled string is no number that can be judged.',
    announcement: 'cannot-complete-as-dialed&check-number-dial-again',
    cause: causeInvalidNumber,
  },
  'unknown-payer': {
    sentence: 'Nobody can be named who answers for this call.',
    announcement: 'ss-noservice',
    cause: causeRefused,
  },
  'no-international-right': {
    sentence: 'This extension may not make international calls.',
    announcement: 'feature-not-avail-line',
    cause: causeRefused,
  },
  'country-not-allowed': {
    sentence: 'The country of this number is not among the allowed countries and regions.',
    announcement: 'cannot-complete-as-dialed',
    cause: causeRefused,
  },
  'country-denied': {
    sentence: 'The country of this number is denied.',
    announcement: 'cannot-complete-as-dialed',
    cause: causeRefused,
  },
  'blocked-number': {
    sentence: 'The number is on the block-list.',
    announcement: 'cannot-complete-as-dialed',
    cause: causeRefused,
  },
  quarantined: {
    sentence: 'This extension is in quarantine: chargeable calls are refused until it is released.',
    announcement: 'feature-not-avail-line',
    cause: causeRefused,
  },
  'number-denied': {
    sentence: 'A rule denies this number.',
    announcement: 'cannot-complete-as-dialed',
    cause: causeRefused,
  },
  'outside-hours': {
    sentence: 'Chargeable calls are closed at this time.',
    announcement: 'feature-not-avail-line',
    cause: causeRefused,
  },
  'limit-calls': {
    sentence: 'The limit of calls in this time is reached.',
    announcement: 'feature-not-avail-line',
    cause: causeRefused,
  },
  'limit-concurrent': {
    sentence: 'The limit of calls at the same time is reached.',
    announcement: 'feature-not-avail-line',
    cause: causeRefused,
  },
  'limit-countries': {
    sentence: 'The limit of different countries in this time is reached.',
    announcement: 'feature-not-avail-line',
    cause: causeRefused,
  },
  'pin-wrong': {
    sentence: 'No right PIN was entered.',
    announcement: 'privacy-incorrect',
    cause: causeRefused,
  },
  'pin-locked': {
    sentence: 'PINs are refused here for a while, after too many wrong ones.',
    announcement: 'privacy-incorrect',
    cause: causeRefused,
  },
  'pin-unavailable': {
    sentence: 'A PIN is needed, and none could be checked.',
    announcement: 'feature-not-avail-line',
    cause: causeRefused,
  },
  'premium-not-allowed': {
    sentence: 'The number costs extra, and its class of premium destinations is off.',
    announcement: 'feature-not-avail-line',
    cause: causeRefused,
  },
  'unmatched-number': {
    sentence: 'The home plan does not know this number.',
    announcement: 'cannot-complete-as-dialed&check-number-dial-again',
    cause: causeRefused,
  },
};

/** One sentence for each way of letting a call go on. */
export const continueReasons: Readonly<Record<ContinueReason, string>> = {
  emergency: 'Emergency numbers always pass.',
  'protection-off': 'Protection is switched off.',
  internal: 'This is an internal number.',
  service: 'This is a service number without extra cost.',
  national: 'This is a national number without extra cost.',
  'not-international': 'No international prefix: the outbound routes decide.',
  'country-allowed': 'The extension may call abroad, and the country is allowed.',
  'premium-allowed': 'Premium destinations are on.',
  'rule-allowed': 'A rule allows this number.',
  exception: 'An exception of the extension allows this call.',
  'authorised-number': 'An authorised-number list allows this call.',
  'pin-accepted': 'The right PIN was entered.',
  observed: 'It would have been refused; the policy only observes.',
};

const allVerdicts: Readonly<Record<Verdict['kind'], true>> = { continue: true, deny: true, challenge: true };

export const verdictKinds: readonly string[] = Object.keys(allVerdicts);

/** Of every verdict. */
export const verdictReasons: readonly string[] = [
  ...Object.keys(continueReasons),
  ...Object.keys(denyReasons),
  'pin-required',
];

/** What is said to a caller who is asked for a PIN: the prompt, and the one after a wrong PIN. */
export const pinAnnouncements = { 'pin-prompt': 'agent-pass', 'pin-retry': 'auth-incorrect' } as const;

/** The sentence for a reason of either kind. */
export function sentenceOf(reason: Verdict['reason']): string {
  if (reason === 'pin-required') return 'A PIN is asked for.';
  return isDenyReason(reason) ? denyReasons[reason].sentence : continueReasons[reason];
}

function isDenyReason(reason: ContinueReason | DenyReason): reason is DenyReason {
  return Object.hasOwn(denyReasons, reason);
}
