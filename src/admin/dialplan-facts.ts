// What the settings say about the part of Callwarden that lives in Asterisk's dialplan.
import { AppError } from '../errors.ts';
import { compilePlan } from '../numbering/compile-plan.ts';
import { emergencyNumbersOf } from '../numbering/emergency.ts';
import { staticPatterns } from '../numbering/static-patterns.ts';
import type { Store } from '../store/open.ts';
import { planOf } from '../store/policy.ts';
import { readSettings, type Settings } from '../store/settings.ts';
import { pickupCodeConflicts } from './setting-conflicts.ts';

/** Everything in the generated file that comes from the settings; the rest comes from the configuration. */
export interface DialplanFacts {
  readonly emergencyNumbers: readonly string[];
  readonly internalPatterns: readonly string[];
  readonly nationalPatterns: readonly string[];
  readonly groupCode: string;
  readonly directedCode: string;
  readonly anyCode: string;
  readonly unreadableAnnouncement: string;
  readonly unavailableAnnouncement: string;
}

/** @throws AppError while no home region is set, or while the pickup codes are in each other's way. */
export function dialplanFacts(store: Store): DialplanFacts {
  return dialplanFactsOf(readSettings(store));
}

/** The same for settings that stand in no database. */
export function dialplanFactsOf(settings: Settings): DialplanFacts {
  refuseCodeConflicts(settings);
  const plan = compilePlan(planOf(settings));
  const patterns = staticPatterns(plan);
  return {
    emergencyNumbers: emergencyNumbersOf(plan),
    internalPatterns: patterns.internal,
    nationalPatterns: patterns.national,
    groupCode: settings['pickup-group-code'],
    directedCode: settings['pickup-directed-code'],
    anyCode: settings['pickup-any-code'],
    unreadableAnnouncement: settings['announcement-unreadable'],
    unavailableAnnouncement: settings['announcement-unknown-payer'],
  };
}

/** No change makes such settings; a database of before a code existed may hold another one that is the same. */
function refuseCodeConflicts(settings: Settings): void {
  const [first, ...others] = pickupCodeConflicts(settings);
  if (first === undefined) return;
  throw new AppError(
    'invalid',
    `No dialplan can be made: ${first} Change one of them with \`callwarden settings set\`.`,
    { details: others },
  );
}
