// Whether somebody may take a call, and why, by the very functions that decide live pickups.
import { compileSchedule, openBy } from '../barring/schedule.ts';
import { explainPickup, type PickupExplanation, type PickupQuestion } from '../pickup/explain.ts';
import type { When } from '../pickup/explain-words.ts';
import { compileRights } from '../pickup/rights.ts';
import type { Store } from '../store/open.ts';
import { loadPickupPolicy } from '../store/policy.ts';
import { AppError } from '../errors.ts';
import { isoMoment } from './moment-words.ts';

/** By the policy in force; `when` writes points in time. Throws `AppError`. */
export function whyPickup(store: Store, question: PickupQuestion, when: When = isoMoment): PickupExplanation {
  if (question.picker === '' || question.target === '') {
    throw new AppError(
      'invalid',
      'Name who takes the call and the extension that rings: `pickup why 1003 1002`.',
    );
  }
  const { pickup, schedules } = loadPickupPolicy(store);
  const byName = new Map(schedules.map((row) => [row.name, compileSchedule(row)]));
  return explainPickup(compileRights(pickup, openBy(byName)), question, when);
}

/** Question and answer for programs: times as ISO 8601. */
export function toldPickup(
  { picker, target, kind, callerNumber, dialled, atMs }: PickupQuestion,
  { verdict, rule, untilMs, protectedBy, pinHelps, closed, trace }: PickupExplanation,
) {
  return {
    verdict,
    picker,
    target,
    kind,
    at: isoMoment(atMs),
    caller: callerNumber,
    dialled,
    rule,
    until: isoMoment(untilMs),
    protectedBy,
    pinHelps,
    ...(kind === 'other-group' ? { closed } : {}),
    trace,
  };
}
