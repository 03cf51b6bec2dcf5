// Which calls have rung for too long, and who is told of it: once per call, and once more for each group that waits longer.
import { whoMayTake } from './access.ts';
import type { RingingCall } from './call.ts';
import { groupsInRole } from './groups.ts';
import type { PickupRights } from './rights.ts';

/** Calls whose alerts are remembered; while so many ring that were alerted of, no further call is. */
const CALLS_MAX = 5_000;
/** People told of one call, all its alerts together. */
const TOLD_MAX = 50;
/** Calls looked up in one go, as each may have many takers; further ones are due at once. */
export const ALERTS_AT_ONCE = 5;
/** Phones of one call that are looked at. */
const PHONES_MAX = 20;

/** What was told of the calls so far, by call id. */
export interface AlertMemory {
  readonly calls: Map<string, { afterS: number; readonly told: Set<string> }>;
}

export interface Alert {
  readonly call: RingingCall;
  readonly rangMs: number;
  /** The delay that has passed; of several that passed at once the longest. */
  readonly afterS: number;
  /** Whom to tell, each with a phone from which he may take the call. Empty: nobody may take it. */
  readonly told: readonly { readonly extension: string; readonly from: string }[];
}

export interface AlertsDue {
  readonly alerts: readonly Alert[];
  /** When to look again, if nothing changes; null: nothing that rings will be due. */
  readonly nextDueMs: number | null;
}

export function createAlertMemory(): AlertMemory {
  return { calls: new Map() };
}

/** Whether this policy knows any alert. */
export function hasAlerts({ settings, groups }: PickupRights): boolean {
  return settings.alertAfterS > 0 || groups.byName.values().some(({ alertAfterS }) => (alertAfterS ?? 0) > 0);
}

/**
 * The alerts that are due, and remembers them as given. Who may take a call by a group is told after the group's delay (the
 * setting's where it has none; 0 is never), of several groups after the shortest; whoever may take it otherwise after the
 * setting's. Not told: those on whose phones it rings, and the caller. What falls due inside the quiet hours is not
 * made up for; a schedule that is not known is never quiet.
 */
export function alertsDue(
  memory: AlertMemory,
  rights: PickupRights,
  ringing: readonly RingingCall[],
  nowMs: number,
): AlertsDue {
  const alerts: Alert[] = [];
  let nextDueMs: number | null = null;
  let lookedUp = 0;
  for (const call of ringing) {
    const delaysS = delaysOf(rights, call);
    const rangMs = Math.max(0, nowMs - call.ringingSinceMs);
    const doneS = memory.calls.get(call.callId)?.afterS ?? 0;
    const afterS = Math.max(0, ...delaysS.filter((delayS) => delayS * 1000 <= rangMs));
    if (afterS > doneS && lookedUp === ALERTS_AT_ONCE) return { alerts, nextDueMs: nowMs };
    if (afterS > doneS) {
      lookedUp += 1;
      const alert = alertOf(memory, rights, ringing, { call, rangMs, afterS, nowMs });
      if (alert) alerts.push(alert);
    }
    const nextS = Math.min(...delaysS.filter((delayS) => delayS > afterS && delayS > doneS));
    const dueMs = call.ringingSinceMs + nextS * 1000;
    if (Number.isFinite(dueMs)) nextDueMs = Math.min(nextDueMs ?? dueMs, dueMs);
  }
  return { alerts, nextDueMs };
}

/** Every delay after which somebody may have to be told of the call, in seconds. */
function delaysOf({ groups, settings }: PickupRights, call: RingingCall): readonly number[] {
  const ofGroups = phonesOf(call).flatMap((extension) =>
    [...groupsInRole(groups, 'target', extension)].map(({ alertAfterS }) => alertAfterS ?? 0),
  );
  return [...new Set([settings.alertAfterS, ...ofGroups])].filter((delayS) => delayS > 0);
}

interface Due {
  readonly call: RingingCall;
  readonly rangMs: number;
  readonly afterS: number;
  readonly nowMs: number;
}

function alertOf(
  memory: AlertMemory,
  rights: PickupRights,
  ringing: readonly RingingCall[],
  { call, rangMs, afterS, nowMs }: Due,
): Alert | null {
  const before = memory.calls.get(call.callId);
  if (!before && !makeRoom(memory, ringing)) return null;
  const told = before?.told ?? new Set<string>();
  memory.calls.set(call.callId, { afterS, told });
  const { quietHours } = rights.settings;
  if (quietHours !== '' && rights.isOpen(quietHours, nowMs)) return null;
  const fresh = takersOf(rights, call, nowMs).filter(
    ({ extension }) => !told.has(extension) && isTold(rights, call, extension, afterS),
  );
  const now = fresh.slice(0, Math.max(0, TOLD_MAX - told.size));
  for (const { extension } of now) told.add(extension);
  // A later delay at which nobody else is to be told is no news.
  return now.length === 0 && before ? null : { call, rangMs, afterS, told: now };
}

/** Everybody who may take it and on whose phone it does not ring already, in order, each with the first phone that he may take. */
function takersOf(rights: PickupRights, call: RingingCall, nowMs: number): Alert['told'] {
  const ringsFor = new Set(call.legs.map(({ extension }) => extension));
  const found = new Map<string, string>();
  for (const phone of phonesOf(call)) {
    const legs = call.legs.filter(({ extension }) => extension === phone);
    for (const extension of whoMayTake(rights, { ...call, legs }, nowMs)) {
      if (!ringsFor.has(extension) && !found.has(extension)) found.set(extension, phone);
    }
  }
  return [...found]
    .map(([extension, from]) => ({ extension, from }))
    .toSorted((a, b) => (a.extension < b.extension ? -1 : 1));
}

/** Whether the delay that holds for one of those who may take the call has passed. */
function isTold(
  { groups, settings }: PickupRights,
  call: RingingCall,
  extension: string,
  afterS: number,
): boolean {
  const own = groupsInRole(groups, 'interceptor', extension);
  const isOver = (delayS: number) => delayS > 0 && delayS <= afterS;
  const shared = phonesOf(call)
    .map((phone) => groupsInRole(groups, 'target', phone).intersection(own))
    .filter(({ size }) => size > 0);
  if (shared.length === 0) return isOver(settings.alertAfterS);
  return shared.some((some) =>
    some.values().some(({ alertAfterS }) => isOver(alertAfterS ?? settings.alertAfterS)),
  );
}

function phonesOf(call: RingingCall): readonly string[] {
  return [...new Set(call.legs.map(({ extension }) => extension))].slice(0, PHONES_MAX);
}

/** A call that rings no more may ring again in a queue, so it is forgotten only when its place is needed. */
function makeRoom({ calls }: AlertMemory, ringing: readonly RingingCall[]): boolean {
  if (calls.size < CALLS_MAX) return true;
  const rings = new Set(ringing.map(({ callId }) => callId));
  for (const callId of calls.keys()) if (!rings.has(callId)) calls.delete(callId);
  return calls.size < CALLS_MAX;
}
