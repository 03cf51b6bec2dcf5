// What is done about a leg that rings on behind a pickup, and about a picker who is stuck: what Asterisk does too rarely to wait for.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AriChannel } from '../../../src/asterisk/ari/link.ts';
import { createPickupAttempts } from '../../../src/asterisk/pickup-attempts.ts';
import type { PickupOutcome } from '../../../src/asterisk/pickup-record.ts';
import { createPickupCleanup } from '../../../src/asterisk/pickup-cleanup.ts';
import { createRingingBoard } from '../../../src/pickup/board.ts';
import { ariChannel, fakeLink } from './fake-link.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const talking = ariChannel('picker', 'PJSIP/1003-00000003', 'Up', 'AppDial');
const leg = ariChannel('leg', 'PJSIP/1002-00000002', 'Ringing', 'AppDial');
const inRoutine = (appName: string): AriChannel => {
  const channel = ariChannel('picker', 'PJSIP/1003-00000003', 'Up', appName);
  return { ...channel, dialplan: { ...channel.dialplan, context: 'callwarden-pickup-run' } };
};

interface Given {
  readonly legs?: readonly string[];
  readonly isUp?: boolean;
}

/** What is hung up, and what is told, once the looks have been taken. */
async function after(
  outcome: PickupOutcome,
  channels: readonly AriChannel[],
  { legs = ['leg'], isUp = true }: Given = {},
) {
  const link = fakeLink();
  link.channels = [...channels];
  const hungUp: string[] = [];
  link.hangup = (channelId, cause) => {
    hungUp.push(`${channelId} ${cause}`);
    return Promise.resolve('done');
  };
  const problems: string[] = [];
  const cleanup = createPickupCleanup({
    link: () => (isUp ? link : null),
    onProblem: (problem) => problems.push(problem),
  });
  const candidates = legs.map((channelId) => ({ callId: 'call', channelId, extension: '1002' }));
  const attempts = createPickupAttempts({
    board: createRingingBoard({ extensionOf: () => null }),
    nowMs: () => Date.now(),
    record: () => undefined,
    onEnded: (...ended) => cleanup.onEnded(...ended),
  });
  // Only what an attempt needs; the record is handed through.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const given = {
    picker: '1003',
    pickerChannelId: 'picker',
    callId: 'call',
    candidates,
    rest: candidates.slice(1),
    record: {},
  } as never;
  attempts.begin(given);
  attempts.end('picker', outcome);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(cleanup.size).toBe(0);
  return { hungUp, problems };
}

it('hangs up the leg that rings on although the picker has its call, as answered elsewhere', async () => {
  const { hungUp, problems } = await after('won', [talking, leg]);
  expect(hungUp).toEqual(['leg 26']);
  expect(problems).toEqual([expect.stringContaining('rings on')]);
});

it.each<[string, readonly AriChannel[], Given]>([
  ['the leg is gone', [talking], {}],
  ['the leg is answered', [talking, { ...leg, state: 'Up' }], {}],
  ['the picker is gone', [leg], {}],
  ['the picker is not in the place of a leg', [inRoutine('Playback'), leg], {}],
  ['the picker is not up', [{ ...talking, state: 'Ring' }, leg], {}],
  ['another leg of the call was tried', [talking, leg], { legs: ['other', 'leg'] }],
  ['the link is away', [talking, leg], { isUp: false }],
])('touches nothing where %s', async (_what, channels, given) => {
  expect(await after('won', channels, given)).toEqual({ hungUp: [], problems: [] });
});

it.each<PickupOutcome>(['told', 'lost', 'abandoned'])(
  'looks at nothing behind an attempt that was %s',
  async (outcome) => {
    expect(await after(outcome, [talking, leg])).toEqual({ hungUp: [], problems: [] });
  },
);

it('hangs up a picker who does nothing any more in our routine', async () => {
  const { hungUp, problems } = await after('unknown', [inRoutine(''), leg]);
  expect(hungUp).toEqual(['picker 42']);
  expect(problems).toEqual([expect.stringContaining('is stuck')]);
});

it('tells of a picker who hangs in PickupChan, and leaves a channel alone that Asterisk may hold locked', async () => {
  const { hungUp, problems } = await after('unknown', [inRoutine('PickupChan'), leg]);
  expect(hungUp).toEqual([]);
  expect(problems).toEqual([expect.stringContaining('hangs in PickupChan()')]);
});

it('leaves a picker alone who is on his way, or anywhere else in the dialplan', async () => {
  for (const channel of [inRoutine('Playback'), talking]) {
    expect(await after('unknown', [channel, leg])).toEqual({ hungUp: [], problems: [] });
  }
});
