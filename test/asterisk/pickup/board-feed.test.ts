// The feed of the board: nothing is lost or stale around a listing.
import { expect, it } from 'vitest';
import { createBoardFeed } from '../../../src/asterisk/board-feed.ts';
import { endpointOf } from '../../../src/asterisk/identity.ts';
import { createRingingBoard } from '../../../src/pickup/board.ts';
import { ariChannel, fakeLink } from './fake-link.ts';

function scene() {
  const board = createRingingBoard({
    extensionOf: (name) => (name.startsWith('PJSIP/10') ? endpointOf(name) : null),
  });
  const problems: string[] = [];
  const feed = createBoardFeed({ board, nowMs: () => 1_000, onProblem: (problem) => problems.push(problem) });
  const link = fakeLink();
  const caller = ariChannel('a', 'PJSIP/trunk-0000000a', 'Ring');
  const leg = ariChannel('b', 'PJSIP/1002-0000000b', 'Ringing');
  link.channels = [caller, leg];
  link.variables.set('b CHANNEL(linkedid)', 'a');
  return { board, feed, link, problems, caller, leg };
}

it('shows after a connect what has been ringing since before it, with caller, call and time', async () => {
  const { board, feed, link } = scene();
  expect(await feed.onUp(link)).toBe(true);
  expect(board.ringing()).toMatchObject([
    { callId: 'a', callerChannelId: 'a', ringingSinceMs: 100, legs: [{ channelId: 'b', extension: '1002' }] },
  ]);
});

it('applies what happens during the listing behind it', async () => {
  const { board, feed, link, leg } = scene();
  link.beforeListing = async () => {
    feed.onEvent({ type: 'ChannelDestroyed', atMs: 1, channel: leg, cause: 16 });
    await Promise.resolve();
    expect(board.ringing()).toEqual([]);
  };
  await feed.onUp(link);
  expect(board.ringing()).toEqual([]);
});

it('keeps the events when the listing fails, and says so', async () => {
  const { board, feed, link, problems, caller, leg } = scene();
  link.beforeListing = () => {
    feed.onEvent({ type: 'ChannelCreated', atMs: 1, channel: caller });
    feed.onEvent({ type: 'Dial', atMs: 2, caller, peer: leg, dialstatus: 'RINGING', dialstring: '' });
    return Promise.reject(new Error('the link was lost'));
  };
  expect(await feed.onUp(link)).toBe(false);
  expect(board.ringing()).toHaveLength(1);
  expect(problems).toEqual([expect.stringContaining('the link was lost')]);
});

it('lets a listing of a lost link not overwrite that of the next', async () => {
  const { board, feed, link } = scene();
  const slow = Promise.withResolvers<void>();
  const old = fakeLink();
  old.channels = [ariChannel('x', 'PJSIP/1003-0000000c', 'Ringing')];
  old.beforeListing = () => slow.promise;
  const first = feed.onUp(old);
  expect(await feed.onUp(link)).toBe(true);
  slow.resolve();
  expect(await first).toBe(false);
  expect(board.ringing()).toMatchObject([{ callId: 'a' }]);
});
