// The ringing board against what real Asterisks sent and listed.
import { describe, expect, it } from 'vitest';
import { toPbxEvent } from '../../src/asterisk/board-feed.ts';
import { endpointOf } from '../../src/asterisk/identity.ts';
import { createRingingBoard, type RingingBoard } from '../../src/pickup/board.ts';
import type { ListedChannel } from '../../src/pickup/events.ts';
import { readStreams, type Stream } from './streams.ts';

const EXTENSION = /^10\d\d$/;

function extensionOf(channelName: string): string | null {
  const endpoint = endpointOf(channelName);
  return endpoint !== null && EXTENSION.test(endpoint) ? endpoint : null;
}

/**
 * What the board must show: phones of extensions that ring for a call with somebody at its other end. `early`: channels of those
 * that send sound of their own instead, which no listing tells.
 */
function legsListed(
  channels: readonly ListedChannel[],
  early: ReadonlySet<string> = new Set<string>(),
): string[] {
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  return channels
    .filter(({ id, name, state, linkedId, application }) => {
      // Phones that an application of somebody else called by ARI are not offered.
      if (application === 'Stasis' || application === 'AppDial2') return false;
      const caller = byId.get(linkedId);
      const someoneWaits = linkedId !== id && (caller?.state === 'ring' || caller?.state === 'up');
      const rings = state === 'ringing' || (state === 'down' && early.has(id));
      return rings && extensionOf(name) !== null && someoneWaits;
    })
    .map(({ id, linkedId }) => `${id} of ${linkedId}`)
    .toSorted();
}

/** Channels of phones whose own sound is told from that event on. */
function earlyIn(stream: Stream, from: number): ReadonlySet<string> {
  const dials = stream.events.slice(from).filter((event) => event.type === 'Dial');
  return new Set(dials.filter(({ dialstatus }) => dialstatus === 'PROGRESS').map(({ peer }) => peer.id));
}

function legsOnBoard(board: RingingBoard): string[] {
  return board
    .ringing()
    .flatMap(({ callId, legs }) => legs.map(({ channelId }) => `${channelId} of ${callId}`))
    .toSorted();
}

function replay(
  stream: Stream,
  board: RingingBoard,
  from: number,
  atListing: (channels: readonly ListedChannel[]) => void,
) {
  for (const event of stream.events.slice(from)) {
    if (event.type === 'Listed') {
      atListing(event.channels);
      continue;
    }
    const fact = toPbxEvent(event, event.atMs);
    if (fact) board.apply(fact);
  }
}

function replayAll(folder: string, scenario: string): RingingBoard {
  const stream = readStreams(folder).get(scenario);
  if (!stream) throw new Error(`no such recording: ${scenario}`);
  const board = createRingingBoard({ extensionOf });
  replay(stream, board, 0, () => undefined);
  return board;
}

describe.each(['asterisk-22', 'asterisk-16'])('the board on the events of %s', (folder) => {
  const streams = [...readStreams(folder).values()];

  it('has recordings to read', () => {
    expect(streams.length).toBeGreaterThanOrEqual(20);
    const listings = streams.flatMap(({ events }) => events.filter(({ type }) => type === 'Listed'));
    const ringing = listings.filter(
      (event) => event.type === 'Listed' && legsListed(event.channels).length > 0,
    );
    expect(ringing.length).toBeGreaterThanOrEqual(20);
  });

  it.each(streams.map((stream) => [stream.scenario, stream] as const))(
    'shows in %s what Asterisk lists as ringing, as the same calls, and nothing in the end',
    (_scenario, stream) => {
      const board = createRingingBoard({ extensionOf });
      const early = earlyIn(stream, 0);
      replay(stream, board, 0, (channels) => expect(legsOnBoard(board)).toEqual(legsListed(channels, early)));
      expect(board.counts()).toEqual({ channels: 0, dropped: 0 });
    },
  );

  it.each(streams.map((stream) => [stream.scenario, stream] as const))(
    'shows in %s the same when it is rebuilt from a listing at any moment and goes on from there',
    (_scenario, stream) => {
      for (const [index, event] of stream.events.entries()) {
        if (event.type !== 'Listed') continue;
        const board = createRingingBoard({ extensionOf });
        board.rebuild(event.channels, event.atMs);
        expect(legsOnBoard(board)).toEqual(legsListed(event.channels));
        replay(stream, board, index + 1, (channels) =>
          expect(legsOnBoard(board)).toEqual(legsListed(channels)),
        );
        expect(board.ringing()).toEqual([]);
      }
    },
  );

  it.each(streams.map((stream) => [stream.scenario, stream] as const))(
    'shows in %s the same calls after a rebuild at any event, from what was up then',
    (_scenario, stream) => {
      const listed = stream.events.flatMap((event) => (event.type === 'Listed' ? event.channels : []));
      // As it was listed first; one that is about to go may no longer tell its linkedid.
      const known = new Map(listed.toReversed().map((channel) => [channel.id, channel]));
      const up = new Map<string, ListedChannel>();
      for (const [index, event] of stream.events.entries()) {
        if (event.type === 'Listed') continue;
        const fact = toPbxEvent(event, event.atMs);
        if (fact?.type === 'channel-destroyed') up.delete(fact.channelId);
        if (fact?.type === 'channel-created') {
          // One that was never listed rang for an instant: its linkedid is not known here.
          const facts = known.get(fact.channel.id);
          if (facts) up.set(facts.id, { ...facts, state: fact.channel.state });
        }
        const changed =
          fact?.type === 'channel-changed' ? fact.channel : fact?.type === 'dialled' && fact.peer;
        const before = changed && up.get(changed.id);
        if (before) up.set(before.id, { ...before, state: changed.state });
        const board = createRingingBoard({ extensionOf });
        board.rebuild([...up.values()], event.atMs);
        const early = earlyIn(stream, index + 1);
        replay(stream, board, index + 1, (channels) =>
          expect(legsOnBoard(board)).toEqual(legsListed(channels, early)),
        );
        expect(board.ringing()).toEqual([]);
      }
    },
  );

  it.each([
    ['direct-answered', ['1002'], '1002'],
    ['group-answered', ['1002', '1003', '1004'], '1003'],
    ['local-group-answered', ['1002', '1003'], '1002'],
    ['queue-answered', ['1002', '1003'], '1003'],
    ['forwarded', ['1003'], '1003'],
    ['direct-pickup', ['1002'], '1003'],
    ['group-pickup', ['1002', '1003', '1004'], '1005'],
    ['local-group-pickup', ['1002', '1003'], '1005'],
    ['nested-local-pickup', ['1002'], '1005'],
    ['followme-pickup', ['1002'], '1005'],
    ['forwarded-pickup', ['1003'], '1005'],
    ['trunk-in-pickup', ['1002'], '1003'],
    ['blind-transfer', ['1003'], '1004'],
    ['queue-local-members-pickup', ['1003'], '1005'],
    ['followme-rescued-by-group', ['1002'], '1005'],
    ['early-media-rescued', ['1002'], '1005'],
    // app_queue tells of its picker only by the cause of the leg that was taken.
    ['queue-retry-then-pickup', ['1002', '1003'], null],
  ])('knows after %s on whose phones it rang and who has the call', (scenario, extensions, by) => {
    const [latest] = replayAll(folder, scenario).answered(0);
    expect(latest?.extensions.toSorted()).toEqual(extensions);
    expect(latest?.by).toBe(by);
  });

  it.each(['direct-abandoned', 'nested-local-abandoned', 'direct-busy', 'trunk-out', 'early-media-then-180'])(
    'knows of nobody who has the call after %s',
    (scenario) => expect(replayAll(folder, scenario).answered(0)).toEqual([]),
  );

  it('counts a queue call from its first ring, over the pauses between the tries', () => {
    const stream = streams.find(({ scenario }) => scenario === 'queue-retry-then-pickup');
    const board = createRingingBoard({ extensionOf });
    const since = new Set<number>();
    const legs = new Set<string>();
    replay(stream ?? { asterisk: '', scenario: '', events: [] }, board, 0, () => {
      for (const call of board.ringing()) {
        since.add(call.ringingSinceMs);
        for (const { channelId } of call.legs) legs.add(channelId);
      }
    });
    expect(since.size).toBe(1);
    expect(legs.size).toBe(4);
  });
});
