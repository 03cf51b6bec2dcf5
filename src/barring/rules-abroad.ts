// The steps for international numbers: the caller's right, the layers, and the switches for extra cost on top.
import { rightAbroad } from './caller.ts';
import { reasonToContinue, reasonToDeny, ruleOf } from './match.ts';
import { premiumSwitch } from './premium.ts';
import { resolveAbroad } from './resolve.ts';
import { deny, permit, type Opinion, type Step } from './rule.ts';

/** I6: not lifted by any PIN, as nobody holds one. */
export function unknownPayer(): Opinion {
  const text = 'A call that costs needs somebody who answers for it.';
  return deny('unknown-payer', { id: 'system:unknown-payer', origin: 'system', text }, 'enforced');
}

/**
 * *Disallow international calls* is on for every extension until it is granted, for unknown ones for ever. What names both
 * the caller and the destination needs no right beside it.
 */
export const internationalRight: Step = {
  name: 'rule-international-right',
  judge: (judging) => {
    const { caller, destination } = judging;
    if (destination.kind !== 'international') return null;
    if (caller.payer === null && caller.admission === null) return unknownPayer();
    const right = rightAbroad(caller);
    if (right.on) return { kind: 'pass', result: right.rule.id };
    const resolution = resolveAbroad(judging);
    if (resolution.grants && resolution.action !== 'deny') {
      return { kind: 'pass', result: `granted by ${ruleOf(resolution.match).id}` };
    }
    return deny('no-international-right', right.rule, 'unless-pin');
  },
};

/** The nearest layer that says anything about the number or its country. */
export const destinationAbroad: Step = {
  name: 'rule-countries',
  judge: (judging) => {
    if (judging.destination.kind !== 'international') return null;
    const { action, match } = resolveAbroad(judging);
    if (action === 'deny') return deny(reasonToDeny(match), ruleOf(match), 'unless-pin');
    return { kind: 'permit', reason: reasonToContinue(match), rule: ruleOf(match), asks: action === 'pin' };
  },
};

/** On top of an allowed country; an entry that opens numbers which cost extra needs no switch beside it. */
export const premiumAbroad: Step = {
  name: 'rule-international-premium',
  judge: (judging) => {
    const { destination, premium } = judging;
    if (destination.kind !== 'international' || premium.length === 0) return null;
    const { action, match, opensPremium } = resolveAbroad(judging);
    if (opensPremium && action !== 'deny') {
      return { kind: 'pass', result: `opened by ${ruleOf(match).id}` };
    }
    const answer = premiumSwitch(judging);
    if (!answer.on) return deny('premium-not-allowed', answer.rule, 'unless-pin');
    const asks = judging.permission?.asks === true;
    return asks ? { kind: 'pass', result: answer.rule.id } : permit(answer.reason, answer.rule);
  },
};
