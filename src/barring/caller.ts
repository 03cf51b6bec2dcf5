// Who answers for a call (I6), and what applies to them: the tiers of layers, the nearest first.
import type { CompiledExtension, CompiledGroup } from './compile-callers.ts';
import type { Admission } from './compile-lists.ts';
import type { Tier } from './entry.ts';
import type { PinRow } from './policy.ts';
import type { PolicySnapshot } from './snapshot.ts';
import type { OutboundCall, Rule } from './verdict.ts';

export interface Caller {
  /** The extension that is charged; null where nobody can be named: such a call has no rights. */
  readonly payer: string | null;
  /** Null for an extension that the policy does not name. */
  readonly extension: CompiledExtension | null;
  readonly groups: readonly CompiledGroup[];
  /** Set for an outside caller that a list admitted by PIN: that list alone grants. */
  readonly admission: (Admission & { readonly pin: PinRow }) | null;
  readonly tiers: readonly Tier[];
}

export function callerOf(snapshot: PolicySnapshot, call: OutboundCall): Caller {
  const payer = call.payer === '' ? null : call.payer;
  const extension = payer === null ? null : (snapshot.extensions.get(payer) ?? null);
  const groups = extension?.groups ?? [];
  const organisation = [snapshot.organisation];
  const tiers =
    extension === null
      ? [organisation]
      : groups.length === 0
        ? [[extension.layer], organisation]
        : [[extension.layer], groups.map(({ layer }) => layer), organisation];
  return { payer, extension, groups, admission: null, tiers };
}

/** An outside caller is charged to nobody, and is not an extension of ours. */
export function isOutsideCaller({ payer, extension }: Caller, call: OutboundCall): boolean {
  return (call.outsideCaller ?? '') !== '' && (payer === null || extension === null);
}

/** The caller as its list has it; the organisation's refusals still hold. */
export function admittedCaller(snapshot: PolicySnapshot, admission: Admission, pin: PinRow): Caller {
  const { list } = admission;
  const layer = {
    kind: 'list' as const,
    name: list.name,
    numbers: null,
    countries: null,
    lists: [list],
    level: null,
  };
  return {
    payer: null,
    extension: null,
    groups: [],
    admission: { ...admission, pin },
    tiers: [[layer], [snapshot.organisation]],
  };
}

interface RightAbroad {
  readonly on: boolean;
  readonly rule: Rule;
}

/** The nearest right to call abroad that is not inherited; of several groups a refusal wins, and nobody has it by default. */
export function rightAbroad({ payer, extension, groups, admission }: Caller): RightAbroad {
  if (admission !== null) {
    const text = `The list ${admission.list.name} does not grant this destination.`;
    return {
      on: false,
      rule: { id: `list:${admission.list.name}:international`, origin: 'list', text },
    };
  }
  const own = extension?.right ?? 'inherit';
  const decider = own === 'inherit' ? groupThatDecides(groups) : null;
  if (decider !== null) {
    const on = decider.right === 'on';
    const text = `International calls are ${on ? 'allowed' : 'disallowed'} for the group ${decider.name}.`;
    return { on, rule: { id: `group:${decider.name}:international`, origin: 'group', text } };
  }
  const on = own === 'on';
  const text = `International calls are ${on ? 'allowed' : 'disallowed'} for extension ${payer ?? ''}.`;
  return { on, rule: { id: `extension:${payer ?? ''}:international`, origin: 'extension', text } };
}

function groupThatDecides(groups: readonly CompiledGroup[]): CompiledGroup | null {
  return groups.find(({ right }) => right === 'off') ?? groups.find(({ right }) => right === 'on') ?? null;
}
