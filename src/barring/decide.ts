// May it be dialled? The steps of the decision, in their order; the first one that is firmly for or against decides.
import type { Destination } from '../numbering/destination.ts';
import { announcementFor } from './announcement.ts';
import { startJudging, type Judging } from './judging.ts';
import { limits } from './limits.ts';
import { pinEntryOf } from './pins.ts';
import { denyReasons } from './reasons.ts';
import type { Opinion, Step } from './rule.ts';
import { pin, pinLifts } from './rule-pin.ts';
import { schedule } from './rule-schedule.ts';
import { destinationAbroad, internationalRight, premiumAbroad } from './rules-abroad.ts';
import { premiumAtHome, withoutExtraCost } from './rules-at-home.ts';
import { blockList, emergency, outsideCaller, protectionOff, quarantine, unreadable } from './rules-first.ts';
import type { PolicySnapshot } from './snapshot.ts';
import { noUsage, type Usage } from './usage.ts';
import type {
  ChallengeVerdict,
  ContinueReason,
  DenyReason,
  OutboundCall,
  PinDemand,
  Rule,
  Verdict,
} from './verdict.ts';

const steps: readonly Step[] = [
  emergency,
  unreadable,
  blockList,
  // Before protection: whoever switches barring off opens no door to the whole world.
  outsideCaller,
  protectionOff,
  quarantine,
  withoutExtraCost,
  premiumAtHome,
  internationalRight,
  destinationAbroad,
  premiumAbroad,
  schedule,
  limits,
  pin,
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
  usage: Usage = noUsage,
): Verdict {
  const judging = startJudging(snapshot, call, destination, usage);
  for (const step of steps) {
    const opinion = step.judge(judging);
    if (opinion === null) {
      judging.trace.push({ step: step.name, result: 'no opinion' });
      continue;
    }
    const verdict = take(judging, step.name, opinion);
    if (verdict !== null) return verdict;
  }
  return conclude(judging);
}

/** What an opinion changes; a verdict where it decides. */
function take(judging: Judging, step: string, opinion: Opinion): Verdict | null {
  const say = (result: string) => judging.trace.push({ step, result });
  switch (opinion.kind) {
    case 'pass':
      say(`pass: ${opinion.result}`);
      return null;
    case 'continue':
      say(`continue: ${opinion.rule.id}`);
      return continued(judging, opinion.reason, opinion.rule);
    case 'permit':
      say(`${opinion.asks ? 'with a PIN' : 'permit'}: ${opinion.rule.id}`);
      judging.permission = opinion;
      return null;
    case 'deny':
      return takeRefusal(judging, say, opinion);
    case 'challenge': {
      const { rule, demand } = opinion;
      if (step === pin.name && judging.snapshot.settings.mode === 'observe') {
        say(`observed challenge: ${rule.id}`);
        judging.observed.push({ would: 'challenge', reason: 'pin-required', rule });
        judging.spared ??= rule;
        return null;
      }
      say(`challenge: ${rule.id}`);
      return challenge(judging, rule, demand);
    }
  }
}

/** Left to a PIN, or to the records while the policy only observes; otherwise the verdict. */
function takeRefusal(
  judging: Judging,
  say: (result: string) => void,
  { reason, rule, firmness }: Extract<Opinion, { kind: 'deny' }>,
): Verdict | null {
  if (firmness === 'unless-pin' && pinLifts(judging)) {
    say(`deny without a PIN: ${rule.id}`);
    judging.lifted ??= { reason, rule };
    return null;
  }
  if (firmness !== 'always' && judging.snapshot.settings.mode === 'observe') {
    say(`observed deny: ${rule.id}`);
    judging.observed.push({ would: 'deny', reason, rule });
    judging.spared ??= rule;
    return null;
  }
  say(`deny: ${rule.id}`);
  return denied(judging, reason, rule);
}

/** Nobody was against it: the permission that a step gave, or what would have refused it where that only observes. */
function conclude(judging: Judging): Verdict {
  const { permission, spared } = judging;
  if (spared !== null) return continued(judging, 'observed', spared);
  if (permission !== null) return continued(judging, permission.reason, permission.rule);
  judging.trace.push({ step: 'nothing-matched', result: 'deny' });
  return denied(judging, 'country-not-allowed', nothingMatched);
}

function judged({ snapshot, trace, observed, notices }: Judging, rule: Rule) {
  return { rule, trace, policyVersion: snapshot.version, observed, notices };
}

function continued(judging: Judging, reason: ContinueReason, rule: Rule): Verdict {
  const { classes, maxDurationMs } = judging;
  return { kind: 'continue', reason, classes, maxDurationMs, ...judged(judging, rule) };
}

function denied(judging: Judging, reason: DenyReason, rule: Rule): Verdict {
  return { kind: 'deny', reason, ...denialOf(judging, reason), ...judged(judging, rule) };
}

function denialOf({ snapshot, call }: Judging, reason: DenyReason) {
  return {
    announcement: announcementFor(snapshot, reason, call.language),
    cause: denyReasons[reason].cause,
  };
}

function challenge(judging: Judging, rule: Rule, demand: PinDemand): ChallengeVerdict {
  const { snapshot, call, lifted } = judging;
  return {
    kind: 'challenge',
    reason: 'pin-required',
    instead: lifted?.reason ?? null,
    ...demand,
    entry: pinEntryOf(judging),
    prompt: announcementFor(snapshot, 'pin-prompt', call.language),
    wrong: announcementFor(snapshot, 'pin-retry', call.language),
    denial: denialOf(judging, lifted?.reason ?? 'pin-wrong'),
    ...judged(judging, rule),
  };
}
