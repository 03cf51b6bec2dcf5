// The switch for premium destinations, national and international alike.
import { namedPayer } from './payer.ts';
import type { Opinion } from './rule.ts';
import type { PolicySnapshot } from './snapshot.ts';
import type { OutboundCall } from './verdict.ts';

/** What the switch says about a call that costs extra; a payer who cannot be named has no rights (I6). */
export function premiumSwitch(snapshot: PolicySnapshot, call: OutboundCall): Opinion {
  if (!snapshot.settings.premium.includes('premium')) {
    return {
      kind: 'deny',
      reason: 'premium-not-allowed',
      rule: { id: 'setting:premium', origin: 'organisation', text: 'Premium destinations are off.' },
    };
  }
  if (namedPayer(call) === null) {
    return {
      kind: 'deny',
      reason: 'unknown-payer',
      rule: { id: 'system:unknown-payer', origin: 'system', text: 'A call that costs needs a payer.' },
    };
  }
  return {
    kind: 'continue',
    reason: 'premium-allowed',
    rule: { id: 'setting:premium', origin: 'organisation', text: 'Premium destinations are on.' },
  };
}
