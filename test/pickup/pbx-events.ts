// Channels and events of a PBX for tests of the board and the ring log, as the feed gives them; times in milliseconds.
import type { ChannelFacts, ChannelState, PbxEvent } from '../../src/pickup/events.ts';

/** Phones are the extensions 1000 to 1099. */
export const extensionOf = (name: string) => /^PJSIP\/(10\d\d)-/.exec(name)?.[1] ?? null;

export function channel(id: string, name: string, state: ChannelState): ChannelFacts {
  return { id, name, state, callerNumber: id, callerName: `Name ${id}` };
}

export const caller = (id: string, state: ChannelState = 'ring') => channel(id, `PJSIP/trunk-${id}`, state);
export const phone = (id: string, extension: string, state: ChannelState) =>
  channel(id, `PJSIP/${extension}-${id}`, state);

export const created = (atMs: number, facts: ChannelFacts): PbxEvent => ({
  type: 'channel-created',
  atMs,
  channel: facts,
});
export const changed = (atMs: number, facts: ChannelFacts): PbxEvent => ({
  type: 'channel-changed',
  atMs,
  channel: facts,
});
export const destroyed = (atMs: number, channelId: string, cause = 16): PbxEvent => ({
  type: 'channel-destroyed',
  atMs,
  channelId,
  cause,
});
export const dialled = (
  atMs: number,
  from: ChannelFacts | null,
  peer: ChannelFacts,
  status = '',
): PbxEvent => ({
  type: 'dialled',
  atMs,
  caller: from,
  peer,
  status,
});
