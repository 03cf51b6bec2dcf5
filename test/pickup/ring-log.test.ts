// The ring log where no recording can lead: bounds, gaps, disorder, and calls that ring more than once.
import { describe, expect, it } from 'vitest';
import { createRingingBoard, type RingingBoard } from '../../src/pickup/board.ts';
import type { ChannelFacts, PbxEvent } from '../../src/pickup/events.ts';
import { createRingLog, type RingLog } from '../../src/pickup/ring-log.ts';
import type { RingRecord } from '../../src/pickup/ring-record.ts';
import { caller, changed, destroyed, dialled, extensionOf, phone } from './pbx-events.ts';

function ring(atMs: number, callerId: string, legId: string, extension: string): PbxEvent[] {
  return [
    { type: 'channel-created', atMs, channel: { ...caller(callerId), exten: '600' } },
    dialled(atMs, caller(callerId), phone(legId, extension, 'down')),
    changed(atMs, phone(legId, extension, 'ringing')),
  ];
}

interface Scene {
  readonly board: RingingBoard;
  readonly log: RingLog;
  readonly records: RingRecord[];
  readonly play: (...events: readonly PbxEvent[]) => void;
}

function scene(callsMax?: number, channelsMax?: number): Scene {
  const records: RingRecord[] = [];
  const log = createRingLog({
    onRung: (record) => records.push(record),
    ...(callsMax === undefined ? {} : { callsMax }),
  });
  const board = createRingingBoard({
    extensionOf,
    watcher: log,
    ...(channelsMax === undefined ? {} : { channelsMax }),
  });
  return {
    board,
    log,
    records,
    play: (...events) => {
      for (const event of events) {
        log.settle(event.atMs);
        board.apply(event);
      }
    },
  };
}

describe('the ring log', () => {
  it('tells who answered, how long it rang on each phone, and what was dialled', () => {
    const { play, log, records } = scene();
    play(...ring(100, 'a', 'a1', '1002'), ...ring(200, 'a', 'a2', '1003'));
    play(changed(1_100, phone('a2', '1003', 'up')), destroyed(1_101, 'a1', 26));
    expect(records).toEqual([]);
    log.settle(2_000);
    expect(records).toEqual([
      {
        callId: 'a',
        startedAtMs: 100,
        endedAtMs: 1_100,
        ringMs: 1_000,
        outcome: 'answered',
        answeredBy: '1003',
        takenFrom: null,
        callerNumber: 'a',
        callerName: 'Name a',
        callerExtension: null,
        dialled: '600',
        extensions: [
          { extension: '1002', sinceMs: 100, ringMs: 1_000, outcome: 'elsewhere' },
          { extension: '1003', sinceMs: 200, ringMs: 900, outcome: 'answered' },
        ],
      },
    ]);
    log.settle(100_000);
    expect([records.length, log.size, log.settling]).toEqual([1, 0, false]);
  });

  it('hands a record on though the clock was set back by an hour meanwhile', () => {
    const { play, log, records } = scene();
    const hour = 3_600_000;
    play(...ring(hour, 'a', 'a1', '1002'), changed(hour + 100, phone('a1', '1002', 'up')));
    log.settle(hour - 100);
    expect(records).toEqual([]);
    log.settle(500);
    expect([records.length, log.settling]).toEqual([1, false]);
  });

  it('names the phone that a call was picked up from when the attempt has said so, and waits for that', () => {
    const { play, board, log, records } = scene();
    play(...ring(100, 'a', 'a1', '1002'), ...ring(100, 'a', 'a2', '1003'));
    play(
      changed(590, phone('p', '1005', 'up')),
      dialled(600, caller('a'), phone('p', '1005', 'up'), 'answer'),
    );
    log.settle(2_000);
    expect(records).toEqual([]);
    const answer = { callId: 'a', extensions: ['1003'], by: '1005', atMs: 2_100 };
    board.noteAnswered({ ...answer, pickedUpFrom: '1003' });
    log.settle(2_200);
    expect(records).toMatchObject([
      {
        outcome: 'rescued',
        answeredBy: '1005',
        takenFrom: '1003',
        endedAtMs: 600,
        extensions: [{ outcome: 'elsewhere' }, { outcome: 'taken' }],
      },
    ]);
  });

  it('tells a call as answered by him who took it on another phone of the extension that it rang on', () => {
    const { play, board, log, records } = scene();
    play(...ring(100, 'a', 'a1', '1002'), ...ring(100, 'a', 'a2', '1003'));
    play(dialled(600, caller('a'), phone('p', '1002', 'up'), 'answer'));
    board.noteAnswered({ callId: 'a', extensions: ['1002'], by: '1002', atMs: 610, pickedUpFrom: '1002' });
    log.settle(2_000);
    expect(records).toMatchObject([
      {
        outcome: 'answered',
        answeredBy: '1002',
        takenFrom: null,
        extensions: [{ outcome: 'answered' }, { outcome: 'elsewhere' }],
      },
    ]);
  });

  it('tells of a caller found by listing that he gave up in the pause of the queue that he was found in', () => {
    const { play, board, log, records } = scene();
    const place = 'internal,601,2';
    const listed = (facts: ChannelFacts) => ({
      ...facts,
      linkedId: 'a',
      connectedNumber: '',
      connectedName: '',
      createdAtMs: 100,
    });
    board.rebuild([listed({ ...caller('a', 'up'), place }), listed(phone('a1', '1002', 'ringing'))], 100);
    play(
      dialled(600, caller('a', 'up'), phone('a1', '1002', 'ringing'), 'noanswer'),
      destroyed(610, 'a1', 19),
    );
    board.apply({ type: 'channel-destroyed', atMs: 900, channelId: 'a', cause: 16, place });
    log.settle(5_000);
    expect(records).toMatchObject([{ outcome: 'abandoned', extensions: [{ outcome: 'stopped' }] }]);
  });

  it('waits no longer than four seconds for the last word on a pickup', () => {
    const { play, log, records } = scene();
    play(...ring(100, 'a', 'a1', '1002'), ...ring(100, 'a', 'a2', '1003'));
    play(
      changed(590, phone('p', '1005', 'up')),
      dialled(600, caller('a'), phone('p', '1005', 'up'), 'answer'),
    );
    log.settle(4_600);
    expect(records).toMatchObject([{ outcome: 'rescued', answeredBy: '1005', takenFrom: null }]);
  });

  it('makes a new record of a call that is passed on and rings again, though it keeps its id', () => {
    const { play, log, records } = scene();
    play(...ring(100, 'a', 'a1', '1002'), changed(600, phone('a1', '1002', 'up')));
    play(dialled(700, caller('a', 'up'), phone('a2', '1003', 'down')));
    play(changed(710, phone('a2', '1003', 'ringing')), changed(900, phone('a2', '1003', 'up')));
    log.settle(5_000);
    expect(records.map(({ startedAtMs, answeredBy }) => [startedAtMs, answeredBy])).toEqual([
      [100, '1002'],
      [710, '1003'],
    ]);
  });

  it('takes a ring that is told behind the answer for one of the answered call', () => {
    const { play, log, records } = scene();
    play(...ring(100, 'a', 'a1', '1002'), dialled(100, caller('a'), phone('a2', '1003', 'down')));
    play(changed(101, phone('a1', '1002', 'up')), changed(101, phone('a2', '1003', 'ringing')));
    play(destroyed(102, 'a2', 26), destroyed(5_000, 'a1'), destroyed(5_000, 'a'));
    log.settle(10_000);
    expect(records).toHaveLength(1);
  });

  it('says nothing of legs that nobody calls, and of calls that are not offered', () => {
    const { play, log, records } = scene();
    const leg = phone('o1', '1002', 'ringing');
    play(changed(0, leg), dialled(0, null, leg), destroyed(10, 'o1'));
    play(dialled(20, caller('b', 'ringing'), phone('b1', '1003', 'ringing')));
    play(destroyed(30, 'b1'), destroyed(30, 'b'));
    log.settle(10_000);
    expect([records, log.size]).toEqual([[], 0]);
  });

  it('does not know the end of a call that was lost with the link, and goes on with one that still rings', () => {
    const { play, board, log, records } = scene();
    play(...ring(100, 'a', 'a1', '1002'), ...ring(200, 'b', 'b1', '1003'), ...ring(300, 'c', 'c1', '1004'));
    const listed = (facts: ChannelFacts, linkedId: string) => ({
      ...facts,
      linkedId,
      connectedNumber: '',
      connectedName: '',
      createdAtMs: 0,
    });
    board.rebuild(
      [
        listed(caller('b'), 'b'),
        listed(phone('b1', '1003', 'ringing'), 'b'),
        listed(caller('c', 'up'), 'c'),
        listed(phone('c1', '1004', 'up'), 'c'),
      ],
      5_000,
    );
    log.settle(6_000);
    expect(records).toMatchObject([
      { callId: 'a', outcome: 'unknown', endedAtMs: 300 },
      { callId: 'c', outcome: 'answered', answeredBy: '1004' },
    ]);
    play(destroyed(7_000, 'b', 16));
    log.settle(8_000);
    expect(records[2]).toMatchObject({
      callId: 'b',
      outcome: 'abandoned',
      startedAtMs: 200,
      endedAtMs: 7_000,
    });
  });

  it('goes on with a phone that rings for somebody else since its caller transferred the call and went', () => {
    const { play, log, records, board } = scene();
    const place = 'phones,1003,1';
    const transferer = { ...phone('b', '1002', 'ring'), place };
    const leg = phone('c', '1003', 'ringing');
    play(changed(0, caller('a', 'up')), dialled(1, transferer, leg, 'ringing'), destroyed(400, 'b'));
    log.settle(500);
    const nobody = { linkedId: '', connectedNumber: '', connectedName: '', createdAtMs: 0 };
    board.findCallers([
      { ...caller('a', 'up'), place, ...nobody },
      { ...leg, ...nobody, connectedNumber: 'a', connectedName: 'Name a' },
    ]);
    log.settle(5_000);
    expect(records).toEqual([]);
    play(changed(6_000, phone('c', '1003', 'up')), destroyed(7_000, 'a'));
    log.settle(9_000);
    expect(records).toMatchObject([
      {
        callId: 'a',
        outcome: 'answered',
        answeredBy: '1003',
        callerNumber: 'a',
        startedAtMs: 1,
        ringMs: 5_999,
      },
    ]);
    expect(log.size).toBe(0);
  });

  it('hands on all that it holds when it is closed, each call once', () => {
    const { play, log, records } = scene();
    play(...ring(100, 'a', 'a1', '1002'), ...ring(200, 'b', 'b1', '1003'));
    play(changed(900, phone('b1', '1003', 'up')));
    log.close(1_000);
    expect(records.map(({ callId, outcome, ringMs }) => [callId, outcome, ringMs])).toEqual([
      ['a', 'unknown', 900],
      ['b', 'answered', 700],
    ]);
    play(destroyed(1_100, 'a1'), destroyed(1_100, 'a'), destroyed(1_100, 'b1'), destroyed(1_100, 'b'));
    log.settle(100_000);
    expect([records.length, log.size]).toEqual([2, 0]);
  });

  it('ends the oldest call as unknown when there are too many, and tells every one exactly once', () => {
    const { play, log, records } = scene(10);
    for (let n = 0; n < 100; n += 1) play(...ring(n, `c${n}`, `p${n}`, '1002'));
    expect([log.size, records.length]).toEqual([10, 90]);
    expect(new Set(records.map(({ outcome }) => outcome))).toEqual(new Set(['unknown']));
    for (let n = 0; n < 100; n += 1) play(destroyed(200, `p${n}`), destroyed(200, `c${n}`));
    log.settle(1_000);
    expect([log.size, records.length]).toEqual([0, 100]);
    expect(new Set(records.map(({ callId }) => callId)).size).toBe(100);
  });

  it('keeps nothing of channels that came and went by the thousand, or never went', () => {
    const { play, board, log, records } = scene(undefined, 500);
    const rounds = 20_000;
    for (let n = 0; n < rounds; n += 1) {
      const { 0: call, 1: dial, 2: rings } = ring(n, `c${n}`, `p${n}`, '1002');
      if (!call || !dial || !rings) throw new Error('a ring is three events');
      play(call, dial, rings);
      // Every fourth is never heard of again.
      if (n % 4 !== 0) play(destroyed(n, `p${n}`), destroyed(n, `c${n}`));
    }
    expect(board.counts().channels).toBeLessThanOrEqual(500);
    log.settle(rounds + 10_000);
    expect(log.size).toBeLessThanOrEqual(500);
    expect(records.length + log.size).toBe(rounds);
  });
});
