// The last step: whether a PIN is asked, or was entered.
import type { Judging } from './judging.ts';
import { enteredPin, pinCandidates, pinDemand, pinRule, pinUseOf } from './pins.ts';
import { deny, permit, type Opinion, type Step } from './rule.ts';
import type { Rule } from './verdict.ts';

export const pin: Step = {
  name: 'rule-pin',
  judge: (judging) => {
    const { lifted, permission, chargeable, call } = judging;
    const always = chargeable && pinUseOf(judging) === 'always';
    if (lifted === null && permission?.asks !== true && !always) return fromOutside(judging);
    const rule = lifted?.rule ?? (permission?.asks === true ? permission.rule : alwaysRule(judging));
    const entered = enteredPin(judging);
    if (entered !== null) return permit('pin-accepted', pinRule(entered));
    const demand = pinDemand(judging);
    // A PIN that was right, but does not count here (any more), is not asked for again.
    if (demand.pins.length === 0 || call.pin !== undefined) {
      return deny(lifted?.reason ?? 'pin-unavailable', rule, 'enforced');
    }
    if (isLocked(judging)) return deny('pin-locked', rule, 'enforced');
    return { kind: 'challenge', rule, demand };
  },
};

/** The PIN of an outside caller answers for the call. */
function fromOutside({ caller }: Judging): Opinion | null {
  return caller.admission === null ? null : permit('pin-accepted', pinRule(caller.admission.pin));
}

function alwaysRule({ caller }: Judging): Rule {
  const group = caller.groups.find(({ pin: use }) => use === 'always');
  const text = 'Every chargeable call asks for a PIN.';
  if (caller.extension?.pin === 'always') {
    return { id: `extension:${caller.extension.extension}:pin`, origin: 'extension', text };
  }
  return group
    ? { id: `group:${group.name}:pin`, origin: 'group', text }
    : { id: 'setting:pin', origin: 'organisation', text };
}

function isLocked({ usage, caller, call }: Judging): boolean {
  const untilMs = usage.pinLockedUntilMs(caller.payer ?? '');
  return untilMs !== null && call.atMs < untilMs;
}

/** Whether a refusal is left to a PIN: one may be entered, or was, and lifts what is not firm. */
export function pinLifts(judging: Judging): boolean {
  if (judging.caller.admission !== null || pinUseOf(judging) !== 'when-denied') return false;
  return judging.call.pin === undefined ? pinCandidates(judging).length > 0 : enteredPin(judging) !== null;
}
