// May it be dialled? The steps of the decision, in their order; the first one with an opinion decides.
import type { Destination, TraceStep } from '../numbering/destination.ts';
import { denyReasons } from './reasons.ts';
import { emergency, internalOrService, national, protectionOff, unreadable } from './rules-at-home.ts';
import { countries, internationalPremium, internationalRight } from './rules-abroad.ts';
import type { Opinion, Step } from './rule.ts';
import type { PolicySnapshot } from './snapshot.ts';
import { noUsage, type Usage } from './usage.ts';
import type { OutboundCall, Rule, Verdict } from './verdict.ts';

/** Further layers (block-list, levels, groups, exceptions, windows, limits, PIN) are further lines here. */
const steps: readonly Step[] = [
  emergency,
  unreadable,
  protectionOff,
  internalOrService,
  national,
  internationalRight,
  countries,
  internationalPremium,
];

const nothingMatched: Rule = {
  id: 'system:nothing-matched',
  origin: 'system',
  text: 'No rule allows this call.',
};

/**
 * Judges one call by the policy. A pure function of its arguments that never throws; no rule that matches is never
 * permission (I2). The verdict's trace holds the reading of the number and every step tried.
 */
export function decide(
  snapshot: PolicySnapshot,
  call: OutboundCall,
  destination: Destination,
  _usage: Usage = noUsage,
): Verdict {
  const trace: TraceStep[] = [...destination.steps];
  for (const step of steps) {
    const opinion = step.judge(snapshot, call, destination);
    trace.push({ step: step.name, result: opinion === null ? 'no opinion' : resultOf(opinion) });
    if (opinion !== null && opinion.kind !== 'pass') return verdictOf(snapshot, opinion, trace);
  }
  trace.push({ step: 'nothing-matched', result: 'deny' });
  return verdictOf(snapshot, { kind: 'deny', reason: 'country-not-allowed', rule: nothingMatched }, trace);
}

function resultOf(opinion: Opinion): string {
  return opinion.kind === 'pass' ? `pass: ${opinion.result}` : `${opinion.kind}: ${opinion.rule.id}`;
}

type Decision = Exclude<Opinion, { readonly kind: 'pass' }>;

function verdictOf(snapshot: PolicySnapshot, decision: Decision, trace: readonly TraceStep[]): Verdict {
  const judged = { rule: decision.rule, trace, policyVersion: snapshot.version, observed: [], notices: [] };
  if (decision.kind === 'continue') {
    return { kind: 'continue', reason: decision.reason, classes: [], maxDurationMs: null, ...judged };
  }
  const { announcement, cause } = denyReasons[decision.reason];
  return {
    kind: 'deny',
    reason: decision.reason,
    announcement: announcementOf(snapshot, decision.reason) ?? announcement,
    cause,
    ...judged,
  };
}

function announcementOf(snapshot: PolicySnapshot, reason: string): string | undefined {
  const { announcements } = snapshot.settings;
  return Object.hasOwn(announcements, reason) ? announcements[reason] : undefined;
}
