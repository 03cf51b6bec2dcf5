// Every reason of a verdict in one table: what a person reads, what the caller hears, how the phone is told.
import type { ContinueReason, DenyReason } from './verdict.ts';

interface DenyRow {
  /** One sentence for the record, the console and `check`. */
  readonly sentence: string;
  /** Asterisk sound names of the stock core sounds, several joined by `&`; settings may name others. */
  readonly announcement: string;
  /** Q.850 cause of the hangup. */
  readonly cause: number;
}

/** Call rejected: chan_pjsip answers SIP 403 (`hangup_cause2sip`, res/res_pjsip_session.c). */
const causeRefused = 21;
/** Invalid number format: chan_pjsip answers SIP 484. */
const causeInvalidNumber = 28;

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
  'premium-not-allowed': {
    sentence: 'Premium destinations are off.',
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
};

/** The sentence for a reason of either kind. */
export function sentenceOf(reason: ContinueReason | DenyReason): string {
  return isDenyReason(reason) ? denyReasons[reason].sentence : continueReasons[reason];
}

function isDenyReason(reason: ContinueReason | DenyReason): reason is DenyReason {
  return Object.hasOwn(denyReasons, reason);
}
