// The closed words that records of calls are chosen by: a slip is refused, rather than answered with nothing.
import { verdictKinds, verdictReasons } from '../barring/reasons.ts';
import { pickupChoices } from '../pickup/call.ts';

export const recordKinds = ['decision', 'pickup'] as const;

/** `unscreened`: a call that reached a trunk without any; behind it, what came of the choice of a pickup. */
export const recordVerdicts: readonly string[] = [...verdictKinds, 'unscreened', ...pickupChoices];

/** As the verdicts; a pickup that was told nothing has its choice for a reason. */
export const recordReasons: readonly string[] = [...verdictReasons, 'unscreened-call', ...pickupChoices];
