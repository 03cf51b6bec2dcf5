// The steps for emergency, unreadable, internal, service and national numbers.
import type { NationalDestination, ServiceDestination } from '../numbering/destination.ts';
import { isPremiumType } from '../numbering/number-kinds.ts';
import { premiumSwitch } from './premium-switch.ts';
import type { Opinion, Step } from './rule.ts';
import type { PolicySnapshot } from './snapshot.ts';
import type { OutboundCall } from './verdict.ts';

/** Strings that are no digits, or may be cut: refused even where protection is off, as they may not be what is dialled (I5). */
const unsafeCauses: ReadonlySet<string> = new Set(['empty', 'bad-character', 'overlong']);

/** I1: before every rule, for every caller. */
export const emergency: Step = {
  name: 'rule-emergency',
  judge: (_snapshot, _call, destination) =>
    destination.kind === 'emergency'
      ? {
          kind: 'continue',
          reason: 'emergency',
          rule: { id: 'system:emergency', origin: 'system', text: 'Emergency numbers always pass.' },
        }
      : null,
};

/** I4: what cannot be read is read as an unknown foreign destination, which nobody can be allowed to call. */
export const unreadable: Step = {
  name: 'rule-unreadable',
  judge: (snapshot, _call, destination) => {
    if (destination.kind !== 'unreadable') return null;
    const { cause } = destination;
    if (!snapshot.settings.protection && !unsafeCauses.has(cause)) return { kind: 'pass', result: cause };
    return {
      kind: 'deny',
      reason: 'unreadable',
      rule: {
        id: `system:unreadable:${cause}`,
        origin: 'system',
        text: `The number is unreadable: ${cause}.`,
      },
    };
  },
};

export const protectionOff: Step = {
  name: 'rule-protection',
  judge: (snapshot) =>
    snapshot.settings.protection
      ? null
      : {
          kind: 'continue',
          reason: 'protection-off',
          rule: { id: 'setting:protection', origin: 'organisation', text: 'Protection is switched off.' },
        },
};

export const internalOrService: Step = {
  name: 'rule-internal',
  judge: (snapshot, call, destination) => {
    if (destination.kind === 'internal') {
      return {
        kind: 'continue',
        reason: 'internal',
        rule: { id: 'system:internal', origin: 'system', text: 'Internal numbers pass.' },
      };
    }
    return destination.kind === 'service' ? judgeService(snapshot, call, destination) : null;
  },
};

function judgeService(
  snapshot: PolicySnapshot,
  call: OutboundCall,
  destination: ServiceDestination,
): Opinion {
  if (destination.costClass === 'premium') return premiumSwitch(snapshot, call);
  return {
    kind: 'continue',
    reason: 'service',
    rule: { id: 'system:service', origin: 'system', text: 'Service numbers without extra cost pass.' },
  };
}

export const national: Step = {
  name: 'rule-national',
  judge: (snapshot, call, destination) =>
    destination.kind === 'national' ? judgeNational(snapshot, call, destination) : null,
};

function judgeNational(
  snapshot: PolicySnapshot,
  call: OutboundCall,
  destination: NationalDestination,
): Opinion {
  if (isPremiumType(destination.numberType)) return premiumSwitch(snapshot, call);
  if (destination.matched) {
    return {
      kind: 'continue',
      reason: 'national',
      rule: { id: 'system:national', origin: 'system', text: 'National numbers without extra cost pass.' },
    };
  }
  if (snapshot.settings.unmatched === 'deny') {
    return {
      kind: 'deny',
      reason: 'unmatched-number',
      rule: {
        id: 'setting:unmatched',
        origin: 'organisation',
        text: 'Numbers that the home plan does not know are denied.',
      },
    };
  }
  return {
    kind: 'continue',
    reason: 'not-international',
    rule: {
      id: 'setting:unmatched',
      origin: 'organisation',
      text: 'Numbers without an international prefix are left to the outbound routes.',
    },
  };
}
