// The ringing legs of the table, put together to calls.
import type { RingingCall, RingingLeg } from './call.ts';
import { callerOf, dialledOf, DIALLED_MAX, topOf, type ChannelTable, type KnownChannel } from './channels.ts';

/** Every call that rings, longest ringing first; one call for all phones that ring for it. */
export function ringingCalls(table: ChannelTable): readonly RingingCall[] {
  const calls = new Map<string, RingingCall & { readonly legs: RingingLeg[] }>();
  for (const leg of table.ringing.values()) {
    if (leg.extension === null) continue;
    const caller = callerOf(table, leg);
    const { callId, leftBy } = topOf(table, leg);
    if (leftBy !== null || (caller && !waits(caller))) continue;
    const ringing: RingingLeg = {
      channelId: leg.id,
      channelName: leg.name,
      extension: leg.extension,
      ringingSinceMs: leg.ringingSinceMs,
    };
    const call = calls.get(callId);
    const head = headOf(table, leg, caller, callId);
    if (!call) {
      calls.set(callId, { ...head, legs: [ringing] });
      continue;
    }
    call.legs.push(ringing);
    const dialled = [...new Set([...call.dialled, ...head.dialled])].slice(0, DIALLED_MAX);
    if (dialled.length > call.dialled.length) calls.set(callId, { ...call, dialled });
  }
  return [...calls.values()].toSorted(
    (a, b) => a.ringingSinceMs - b.ringingSinceMs || (a.callId < b.callId ? -1 : 1),
  );
}

/**
 * Somebody is there to be connected. An originated channel that is itself still being called (click to dial, a
 * callback) is `down` or `ringing`: to take its leg would be to take an outbound call.
 */
export function waits(caller: KnownChannel): boolean {
  return caller.state === 'ring' || caller.state === 'up';
}

/** The call of a phone that rings, without its phones. */
export function headOf(
  table: ChannelTable,
  leg: KnownChannel,
  caller: KnownChannel | null,
  callId: string,
): Omit<RingingCall, 'legs'> {
  return {
    callId,
    callerChannelId: caller?.id ?? null,
    callerExtension: caller?.extension ?? null,
    callerNumber: caller?.callerNumber || leg.connectedNumber,
    callerName: caller?.callerName || leg.connectedName,
    dialled: dialledOf(table, leg),
    ringingSinceMs: Math.min(caller?.firstRangAtMs ?? leg.ringingSinceMs, leg.ringingSinceMs),
  };
}
