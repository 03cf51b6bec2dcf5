// The ringing legs of the table, put together to calls.
import type { RingingCall, RingingLeg } from './call.ts';
import { callerOf, callIdOf, type ChannelTable, type KnownChannel } from './channels.ts';

/** Every call that rings, longest ringing first; one call for all phones that ring for it. */
export function ringingCalls(table: ChannelTable): readonly RingingCall[] {
  const calls = new Map<string, RingingCall & { readonly legs: RingingLeg[] }>();
  for (const leg of table.ringing.values()) {
    if (leg.extension === null) continue;
    const caller = callerOf(table, leg);
    if (caller && !waits(caller)) continue;
    const callId = callIdOf(table, leg);
    const ringing: RingingLeg = {
      channelId: leg.id,
      channelName: leg.name,
      extension: leg.extension,
      ringingSinceMs: leg.ringingSinceMs,
    };
    const call = calls.get(callId);
    if (call) call.legs.push(ringing);
    else calls.set(callId, { ...headOf(leg, caller), callId, legs: [ringing] });
  }
  return [...calls.values()].toSorted(
    (a, b) => a.ringingSinceMs - b.ringingSinceMs || (a.callId < b.callId ? -1 : 1),
  );
}

/**
 * Somebody is there to be connected. An originated channel that is itself still being called (click to dial, a
 * callback) is `down` or `ringing`: to take its leg would be to take an outbound call.
 */
function waits(caller: KnownChannel): boolean {
  return caller.state === 'ring' || caller.state === 'up';
}

function headOf(leg: KnownChannel, caller: KnownChannel | null): Omit<RingingCall, 'callId' | 'legs'> {
  return {
    callerChannelId: caller?.id ?? null,
    callerExtension: caller?.extension ?? null,
    callerNumber: caller?.callerNumber || leg.connectedNumber,
    callerName: caller?.callerName || leg.connectedName,
    dialled: [],
    ringingSinceMs: Math.min(caller?.firstRangAtMs ?? leg.ringingSinceMs, leg.ringingSinceMs),
  };
}
