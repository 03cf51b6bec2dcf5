// The steps for internal, service and national numbers, with and without extra cost.
import type { Destination } from '../numbering/destination.ts';
import { reasonToContinue, reasonToDeny, ruleOf } from './match.ts';
import { premiumSwitch } from './premium.ts';
import { resolveNumber, type Resolution } from './resolve.ts';
import { deny, permit, type Opinion, type Step } from './rule.ts';
import { unknownPayer } from './rules-abroad.ts';
import type { ContinueReason, Rule } from './verdict.ts';

/** Calls that cost nothing extra go on, unless a rule names the very number or its prefix. */
export const withoutExtraCost: Step = {
  name: 'rule-national',
  judge: (judging) => {
    const { destination, premium } = judging;
    if (premium.length > 0) return null;
    const usual = usually(destination);
    if (usual === null) return null;
    const named = resolveNumber(judging);
    if (named !== null && named.action !== 'allow') {
      return named.action === 'pin' ? asked(named) : denied(named, 'enforced');
    }
    if (destination.kind !== 'national' || destination.matched) return permit(usual.reason, usual.rule);
    if (judging.snapshot.settings.unmatched === 'continue') {
      const text = 'Numbers without an international prefix are left to the outbound routes.';
      return permit('not-international', { id: 'setting:unmatched', origin: 'organisation', text });
    }
    if (named !== null) return permit(reasonToContinue(named.match), ruleOf(named.match));
    const text = 'Numbers that the home plan does not know are denied.';
    const rule: Rule = { id: 'setting:unmatched', origin: 'organisation', text };
    return deny('unmatched-number', rule, 'enforced');
  },
};

function usually({ kind }: Destination): { readonly reason: ContinueReason; readonly rule: Rule } | null {
  switch (kind) {
    case 'internal':
      return {
        reason: 'internal',
        rule: { id: 'system:internal', origin: 'system', text: 'Internal numbers pass.' },
      };
    case 'service': {
      const text = 'Service numbers without extra cost pass.';
      return { reason: 'service', rule: { id: 'system:service', origin: 'system', text } };
    }
    case 'national': {
      const text = 'National numbers without extra cost pass.';
      return { reason: 'national', rule: { id: 'system:national', origin: 'system', text } };
    }
    case 'emergency':
    case 'unreadable':
    case 'international':
      return null;
  }
}

function asked({ match }: Resolution): Opinion {
  return { kind: 'permit', reason: reasonToContinue(match), rule: ruleOf(match), asks: true };
}

function denied({ match }: Resolution, firmness: 'enforced' | 'unless-pin'): Opinion {
  return deny(reasonToDeny(match), ruleOf(match), firmness);
}

/** National and service numbers that cost extra: closed, unless their class is on, or somebody grants the number. */
export const premiumAtHome: Step = {
  name: 'rule-premium',
  judge: (judging) => {
    const { destination, premium, caller } = judging;
    if (premium.length === 0 || destination.kind === 'international') return null;
    const named = resolveNumber(judging);
    if (named?.action === 'deny') return denied(named, 'unless-pin');
    const isOpened = named?.opensPremium === true;
    const answer = isOpened ? null : premiumSwitch(judging);
    if (answer?.on === false) return deny('premium-not-allowed', answer.rule, 'unless-pin');
    if (caller.payer === null && caller.admission === null) return unknownPayer();
    if (named?.action === 'pin') return asked(named);
    if (answer !== null) return permit(answer.reason, answer.rule);
    return named === null ? null : permit(reasonToContinue(named.match), ruleOf(named.match));
  },
};
