// Whether somebody may take a call, and why, by the very functions that decide live pickups.
import { compileSchedule, openBy } from '../barring/schedule.ts';
import { AppError } from '../errors.ts';
import { compilePlan } from '../numbering/compile-plan.ts';
import { createReader } from '../numbering/reader.ts';
import { explainPickup, type PickupExplanation, type PickupQuestion } from '../pickup/explain.ts';
import type { When } from '../pickup/explain-words.ts';
import { extensionsNamedIn } from '../pickup/named.ts';
import { compileRights, RULES } from '../pickup/rights.ts';
import { readExtension } from '../store/extensions.ts';
import type { Store } from '../store/open.ts';
import { loadPickupPolicy, planOf } from '../store/policy.ts';
import { readSettings } from '../store/settings.ts';
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
  const explained = explainPickup(compileRights(pickup, openBy(byName)), question, when);
  const named = new Set(extensionsNamedIn(pickup));
  const isPhone = (extension: string) => named.has(extension) || isOfTheHouse(store, extension);
  return ofPhones(explained, question, isPhone);
}

/** As the daemon knows its phones: who is in the policy, or internal by the numbering plan; without a plan nothing is told. */
function isOfTheHouse(store: Store, extension: string): boolean {
  const settings = readSettings(store);
  if (readExtension(store, extension) !== null || settings['home-region'] === '') return true;
  return createReader(compilePlan(planOf(settings)))(extension).kind === 'internal';
}

/** An endpoint that is no phone of the house takes nothing, and nothing that rings there is on the board. */
function ofPhones(
  explained: PickupExplanation,
  { picker, target, kind }: PickupQuestion,
  isPhone: (extension: string) => boolean,
): PickupExplanation {
  const strange = (extension: string, what: string) =>
    isPhone(extension)
      ? []
      : [
          {
            step: 'phone',
            result:
              `${extension} is no phone of the house, so ${what}: it is in no list, and not internal ` +
              'by the numbering plan',
          },
        ];
  const pickers = strange(picker, 'nobody takes calls there');
  const targets = kind === 'other-group' ? [] : strange(target, 'nothing that rings there can be taken');
  if (pickers.length + targets.length === 0) return explained;
  const rule = pickers.length > 0 ? RULES.unknownPicker : explained.rule;
  const others = pickers.length > 0 ? [] : explained.trace.filter(({ step }) => step !== 'pin');
  const trace = [...pickers, ...targets, ...others];
  return { ...explained, verdict: 'no-right', rule, untilMs: null, pinHelps: false, trace };
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
