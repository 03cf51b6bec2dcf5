// Questions to the policy in force, answered without the daemon: one call, one number, one extension.
import assert from 'node:assert';
import { screenCall, type ScreenedCall } from '../barring/screen-call.ts';
import type { OutboundCall } from '../barring/verdict.ts';
import { readExtension, readExtensionTies, type ExtensionTies } from '../store/extensions.ts';
import type { Store } from '../store/open.ts';
import { eachRule } from '../store/rules.ts';
import { inSlices, type Steps } from '../store/steps.ts';
import { groupRegions, type RegionGroup } from './effective-groups.ts';
import { unknownExtension } from './known-extension.ts';
import type { PolicySnapshots } from './policy-snapshots.ts';
import { readPast } from './recorded-past.ts';
import { pickupMemberships, shownPolicySteps, type Membership, type ShownPolicy } from './shown-policy.ts';
import { toldWhoMay, whoMaySteps } from './who-may.ts';

/** Extensions that are named of each reason. */
const NAMED_MAX = 20;

/** The moment that is asked about, and the one of asking. */
export interface Moments {
  readonly atMs: number;
  readonly nowMs: number;
}

/** Rejects as `loadPolicy` throws, like all of these. */
export async function judgedCall(
  store: Store,
  snapshots: PolicySnapshots,
  call: OutboundCall,
  nowMs: number,
): Promise<ScreenedCall> {
  const { snapshot, rows } = await snapshots.inForce(store);
  const { usage } = readPast(store, { atMs: call.atMs, nowMs }, rows.limits.length > 0);
  return screenCall(snapshot, call, usage);
}

export async function whoMayCall(
  store: Store,
  snapshots: PolicySnapshots,
  dialled: string,
  moments: Moments,
): Promise<ReturnType<typeof toldWhoMay>> {
  const { snapshot, rows } = await snapshots.inForce(store);
  const { usage } = readPast(store, moments, rows.limits.length > 0);
  const found = await sliced(whoMaySteps(snapshot, usage, dialled, moments.atMs));
  return toldWhoMay(found, NAMED_MAX);
}

/** Countries are told by what is said of them; what else stands under its name, by names and ids. */
export interface ExtensionPolicy extends Omit<
  ShownPolicy,
  'countries' | 'countriesWhenOpen' | 'premiumAbroad'
> {
  readonly extension: string;
  readonly abroad: readonly RegionGroup[];
  /** While every schedule is open; null where they are open anyway. */
  readonly abroadWhenOpen: readonly RegionGroup[] | null;
  readonly premiumAbroad: readonly RegionGroup[];
  readonly pickupGroups: readonly Membership[];
  readonly ties: ExtensionTies;
}

/** Rejects with `AppError('not-found')` where nothing of the policy names the extension. */
export async function policyOf(
  store: Store,
  snapshots: PolicySnapshots,
  extension: string,
  { atMs, nowMs }: Moments,
): Promise<ExtensionPolicy> {
  const ties = readExtensionTies(store, extension);
  const pickupGroups = pickupMemberships(store, extension);
  const isTied = pickupGroups.length > 0 || Object.values(ties).some((names) => names.length > 0);
  if (!isTied && readExtension(store, extension) === null) throw unknownExtension(store, extension);
  const { snapshot, rows } = await snapshots.inForce(store);
  // Of limits it says how far they go, not that one is reached: the calls are left out.
  const { usage } = readPast(store, { atMs, nowMs }, false);
  const rules = { [Symbol.iterator]: () => eachRule(store) };
  const shown = await sliced(
    shownPolicySteps({ rows: { ...rows, rules }, snapshot, usage, extension, atMs }),
  );
  const { countries, countriesWhenOpen, premiumAbroad, ...policy } = shown;
  return {
    extension,
    ...policy,
    abroad: groupRegions(countries),
    abroadWhenOpen: countriesWhenOpen && groupRegions(countriesWhenOpen),
    premiumAbroad: groupRegions(premiumAbroad),
    pickupGroups,
    ties,
  };
}

/** While others are answered. Nobody ends the steps early. */
async function sliced<T extends object>(steps: Steps<T>): Promise<T> {
  const found = await inSlices(steps, () => performance.now());
  assert(found);
  return found;
}
