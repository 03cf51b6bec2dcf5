// The steps for international numbers: the payer's right, the countries, and the premium switch on top.
import type { Region } from '../numbering/destination.ts';
import { isPremiumType } from '../numbering/number-kinds.ts';
import { namedPayer } from './payer.ts';
import { premiumSwitch } from './premium-switch.ts';
import type { Opinion, Step } from './rule.ts';
import type { PolicySnapshot } from './snapshot.ts';

/** *Disallow international calls* is on for every extension until it is granted, for unknown ones for ever. */
export const internationalRight: Step = {
  name: 'rule-international-right',
  judge: (snapshot, call, destination) => {
    if (destination.kind !== 'international') return null;
    const payer = namedPayer(call);
    if (payer === null) {
      return {
        kind: 'deny',
        reason: 'unknown-payer',
        rule: {
          id: 'system:unknown-payer',
          origin: 'system',
          text: 'A call that nobody answers for has no rights.',
        },
      };
    }
    if (snapshot.extensions.get(payer)?.right === 'on') {
      return { kind: 'pass', result: `extension ${payer} may call abroad` };
    }
    return {
      kind: 'deny',
      reason: 'no-international-right',
      rule: {
        id: `extension:${payer}:international`,
        origin: 'extension',
        text: `International calls are disallowed for extension ${payer}.`,
      },
    };
  },
};

/** Every region that the number can belong to must be allowed; one denied region denies the call. */
export const countries: Step = {
  name: 'rule-countries',
  judge: (snapshot, _call, destination) => {
    if (destination.kind !== 'international') return null;
    const { regions } = destination;
    const denied = regions.find((region) => snapshot.countries.get(region)?.state === 'deny');
    if (denied !== undefined) return refuseCountry(snapshot, denied, 'country-denied');
    const missing = regions.find((region) => snapshot.countries.get(region)?.state !== 'allow');
    if (missing !== undefined) return refuseCountry(snapshot, missing, 'country-not-allowed');
    return isPremiumType(destination.numberType)
      ? { kind: 'pass', result: `${regions.join(', ')} allowed` }
      : allowCountry(snapshot, regions);
  },
};

/** Reached by premium numbers of allowed countries only. */
export const internationalPremium: Step = {
  name: 'rule-international-premium',
  judge: (snapshot, call, destination) =>
    destination.kind === 'international' && isPremiumType(destination.numberType)
      ? premiumSwitch(snapshot, call)
      : null,
};

function refuseCountry(
  snapshot: PolicySnapshot,
  region: Region,
  reason: 'country-denied' | 'country-not-allowed',
): Opinion {
  const by = snapshot.countries.get(region)?.by ?? region;
  const text =
    reason === 'country-denied' ? `Calls to ${region} are denied.` : `${region} is not an allowed country.`;
  return { kind: 'deny', reason, rule: { id: `country:${by}`, origin: 'organisation', text } };
}

function allowCountry(snapshot: PolicySnapshot, regions: readonly Region[]): Opinion {
  const [first] = regions;
  // No region at all is no country that anybody allowed.
  if (first === undefined) return refuseCountry(snapshot, '?', 'country-not-allowed');
  const by = snapshot.countries.get(first)?.by ?? first;
  return {
    kind: 'continue',
    reason: 'country-allowed',
    rule: { id: `country:${by}`, origin: 'organisation', text: `Calls to ${first} are allowed.` },
  };
}
