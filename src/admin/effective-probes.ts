// Made-up destinations, one of each kind and country: what `decide()` says of them is what an extension may dial.
import type { PremiumClass } from '../barring/policy.ts';
import type { CompiledPlan } from '../numbering/compile-plan.ts';
import type {
  Destination,
  InternationalDestination,
  NationalDestination,
  NumberType,
  Region,
} from '../numbering/destination.ts';
import { regionData } from '../numbering/region-data.ts';

export interface Probe {
  /** In the administrator's words: `national numbers`. */
  readonly what: string;
  readonly destination: Destination;
}

/** Never read, so that no rule for a number that somebody could dial is meant. */
const unread = { dialled: '', number: '', steps: [] } as const;

/** One for each kind of number at home, without extra cost. */
export function homeProbes(plan: CompiledPlan): readonly Probe[] {
  return [
    { what: 'emergency numbers', destination: { ...unread, kind: 'emergency', service: '' } },
    { what: 'internal numbers', destination: { ...unread, kind: 'internal', extension: null } },
    { what: 'service numbers', destination: { ...unread, kind: 'service', costClass: 'standard' } },
    { what: 'national numbers', destination: atHome(plan, 'fixed-or-mobile') },
    {
      what: 'digits that the home plan does not know',
      destination: { ...atHome(plan, 'unknown'), e164: null, matched: false },
    },
  ];
}

/** One for each class of numbers that cost extra. */
export function premiumProbes(plan: CompiledPlan): readonly (Probe & { readonly class: PremiumClass })[] {
  return [
    { class: 'premium', what: 'premium numbers', destination: atHome(plan, 'premium') },
    { class: 'shared-cost', what: 'shared-cost numbers', destination: atHome(plan, 'shared-cost') },
    { class: 'personal', what: 'personal numbers', destination: atHome(plan, 'personal') },
    {
      class: 'directory',
      what: 'directory enquiry',
      destination: { ...unread, kind: 'service', costClass: 'premium', premiumClass: 'directory' },
    },
  ];
}

function atHome({ home }: CompiledPlan, numberType: NumberType): NationalDestination {
  const { callingCode, region } = home;
  return {
    ...unread,
    kind: 'national',
    e164: `+${callingCode}`,
    regions: [region],
    numberType,
    matched: true,
  };
}

/** Some number of the region, of a type. */
export function regionProbe(region: Region, numberType: NumberType): InternationalDestination {
  const code = regionData(region)?.callingCode ?? '';
  return { ...unread, kind: 'international', e164: `+${code}`, regions: [region], numberType };
}

/** A number of the region that costs nothing beside its country; codes without a country have numbers of their own types. */
export function ordinaryProbe(region: Region): InternationalDestination {
  return regionProbe(region, region.startsWith('+') ? 'unknown' : 'fixed-or-mobile');
}
