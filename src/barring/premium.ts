// Numbers that cost extra: which classes a number has, and whether these are switched on for a caller.
import type { Destination } from '../numbering/destination.ts';
import type { Caller } from './caller.ts';
import type { BarringSettings, PremiumClass } from './policy.ts';
import type { Judging } from './judging.ts';
import type { ContinueReason, Rule } from './verdict.ts';

const classNames: Readonly<Record<PremiumClass, string>> = {
  premium: 'Premium',
  'shared-cost': 'Shared-cost',
  personal: 'Personal',
  satellite: 'Satellite and global-network',
  directory: 'Directory enquiry',
};

/** Codes of no country that are no network of their own: freephone, shared cost and premium tell by the type of number. */
const countrylessServices: ReadonlySet<string> = new Set(['+800', '+808', '+979']);

const nothing: readonly PremiumClass[] = Object.freeze([]);

/** The classes that must all be on for a number; empty for numbers without extra cost. */
export function premiumClassesOf(destination: Destination): readonly PremiumClass[] {
  switch (destination.kind) {
    case 'emergency':
    case 'unreadable':
    case 'internal':
      return nothing;
    case 'service':
      return destination.costClass === 'premium' ? [destination.premiumClass ?? 'premium'] : nothing;
    case 'national':
    case 'international': {
      const { numberType, regions } = destination;
      const classes: PremiumClass[] = [];
      if (numberType === 'premium' || numberType === 'shared-cost' || numberType === 'personal') {
        classes.push(numberType);
      }
      const isNetwork = numberType === 'global-network' || regions.some((region) => isGlobalNetwork(region));
      if (isNetwork) classes.push('satellite');
      return classes.length === 0 ? nothing : classes;
    }
  }
}

function isGlobalNetwork(region: string): boolean {
  return region.startsWith('+') && !countrylessServices.has(region);
}

type Answer =
  | { readonly on: true; readonly reason: ContinueReason; readonly rule: Rule }
  | { readonly on: false; readonly rule: Rule };

/** Whether every class of the number is on: by a list, else by the groups, else by the organisation. */
export function premiumSwitch({ caller, snapshot, premium }: Judging): Answer {
  const answers = premium.map((name) => switchOf(caller, snapshot.settings, name));
  const [first] = answers;
  const closed = {
    on: false as const,
    rule: switchRule('setting:premium', 'organisation', 'premium', false),
  };
  return answers.find(({ on }) => !on) ?? first ?? closed;
}

function switchOf(caller: Caller, settings: BarringSettings, name: PremiumClass): Answer {
  const grants = [caller.extension?.layer, ...caller.groups.map(({ layer }) => layer)].flatMap(
    (layer) => layer?.lists ?? [],
  );
  const lists = caller.admission === null ? grants : [caller.admission.list];
  const list = lists.find(({ premium }) => premium.has(name));
  if (list !== undefined) {
    const text = `The list ${list.name} grants ${classNames[name].toLowerCase()} numbers.`;
    const rule: Rule = { id: `list:${list.name}:premium:${name}`, origin: 'list', text };
    return { on: true, reason: 'authorised-number', rule };
  }
  const groups = caller.groups.filter(({ premium }) => premium !== null);
  const decider = groups.find(({ premium }) => premium?.has(name) === false) ?? groups[0];
  const on = caller.admission === null && (decider?.premium?.has(name) ?? settings.premium.includes(name));
  const rule = decider
    ? switchRule(`group:${decider.name}:premium`, 'group', name, on)
    : switchRule('setting:premium', 'organisation', name, on);
  return on ? { on, reason: 'premium-allowed', rule } : { on, rule };
}

function switchRule(id: string, origin: Rule['origin'], name: PremiumClass, on: boolean): Rule {
  return { id, origin, text: `${classNames[name]} destinations are ${on ? 'on' : 'off'}.` };
}
