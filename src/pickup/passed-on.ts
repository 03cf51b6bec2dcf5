// Calls that ring on though their caller has gone: an attended transfer to a phone that has not answered gives it another one.
import { callIdOf, connect, topOf, type ChannelTable, type KnownChannel } from './channels.ts';
import type { ListedChannel } from './events.ts';

/** A call whose caller was asked for again, and what it was taken for until then. */
export interface PassedOn {
  readonly callIdBefore: string;
  readonly callId: string;
  readonly ringing: readonly KnownChannel[];
}

/**
 * Before a caller is forgotten. Asterisk cancels what he called before he goes, so what he leaves behind is on its way out or has
 * another caller already, whom no event names (`ast_bridge_transfer_attended`, main/bridge.c): until he is known, nobody can
 * say who may take the call, and it is not offered.
 */
export function leaveBehind(table: ChannelTable, callerId: string): void {
  const caller = table.channels.get(callerId);
  for (const id of caller?.children ?? []) {
    const called = table.channels.get(id);
    if (!caller || called?.parentId !== callerId || called.ringing === 'over' || called.state === 'up')
      continue;
    called.leftBy = { place: caller.dialledAt };
    table.orphans.add(id);
  }
}

/** Finds in a listing who calls now. What is not listed has gone: it is asked for no more, nor offered until its end is told. */
export function findCallers(table: ChannelTable, listing: readonly ListedChannel[]): readonly PassedOn[] {
  if (table.orphans.size === 0) return [];
  const found: PassedOn[] = [];
  const listed = new Map(listing.map((facts) => [facts.id, facts]));
  const orphans = new Set(table.orphans);
  for (const id of table.orphans) {
    const called = table.channels.get(id);
    const facts = listed.get(id);
    table.orphans.delete(id);
    if (!called || !facts) continue;
    const callIdBefore = callIdOf(table, called);
    const caller = callerIn(table, listing, orphans, called, facts);
    if (caller) {
      connect(table, caller, called);
      caller.dialledAt = called.leftBy?.place ?? null;
    }
    called.connectedNumber = facts.connectedNumber;
    called.connectedName = facts.connectedName;
    called.leftBy = null;
    const ringing = [...table.ringing.values()].filter((leg) => topOf(table, leg) === topOf(table, called));
    found.push({ callIdBefore, callId: callIdOf(table, called), ringing });
  }
  return found;
}

/**
 * He stands in the very line of the dialplan that had the phone called, under the number and name that it shows, and has only
 * such phones called. Where that is not one channel, what the phone shows is all that is known of him.
 */
function callerIn(
  table: ChannelTable,
  listing: readonly ListedChannel[],
  orphans: ReadonlySet<string>,
  { leftBy }: KnownChannel,
  { connectedNumber, connectedName }: ListedChannel,
): KnownChannel | null {
  const place = leftBy?.place ?? null;
  if (place === null) return null;
  const [one, another] = listing.filter(
    (facts) =>
      facts.place === place &&
      facts.state === 'up' &&
      facts.callerNumber === connectedNumber &&
      facts.callerName === connectedName &&
      table.channels.get(facts.id)?.children.isSubsetOf(orphans) === true,
  );
  return one && !another ? (table.channels.get(one.id) ?? null) : null;
}
