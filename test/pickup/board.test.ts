// The ringing board where no recording can lead: bounds, disorder and doubtful legs.
import { describe, expect, it } from 'vitest';
import { createRingingBoard } from '../../src/pickup/board.ts';
import type { ChannelFacts, ListedChannel, PbxEvent } from '../../src/pickup/events.ts';
import { caller, changed, channel, created, destroyed, dialled, extensionOf, phone } from './pbx-events.ts';

function boardAfter(events: readonly PbxEvent[], channelsMax?: number) {
  const board = createRingingBoard({ extensionOf, ...(channelsMax === undefined ? {} : { channelsMax }) });
  for (const event of events) board.apply(event);
  return board;
}

function ring(atMs: number, callerId: string, legId: string, extension: string): PbxEvent[] {
  return [
    created(atMs, caller(callerId)),
    created(atMs, phone(legId, extension, 'down')),
    dialled(atMs, caller(callerId), phone(legId, extension, 'down')),
    changed(atMs + 5, phone(legId, extension, 'ringing')),
  ];
}

function listed(facts: ChannelFacts, rest: Partial<ListedChannel> = {}): ListedChannel {
  return { ...facts, linkedId: '', connectedNumber: '', connectedName: '', createdAtMs: 0, ...rest };
}

describe('the ringing board', () => {
  it('shows caller, phones and times of a call, longest ringing first', () => {
    const board = boardAfter([...ring(1000, 'b', 'b1', '1002'), ...ring(500, 'a', 'a1', '1003')]);
    expect(board.ringing()).toEqual([
      {
        callId: 'a',
        callerChannelId: 'a',
        callerExtension: null,
        callerNumber: 'a',
        callerName: 'Name a',
        dialled: [],
        ringingSinceMs: 505,
        legs: [{ channelId: 'a1', channelName: 'PJSIP/1003-a1', extension: '1003', ringingSinceMs: 505 }],
      },
      expect.objectContaining({ callId: 'b', ringingSinceMs: 1005 }),
    ]);
  });

  it('knows a leg when the ringing is told before the dial', () => {
    const leg = phone('a1', '1002', 'ringing');
    const board = boardAfter([
      created(0, caller('a')),
      created(0, phone('a1', '1002', 'down')),
      changed(5, leg),
      dialled(6, caller('a'), leg, 'ringing'),
    ]);
    expect(board.ringing()).toHaveLength(1);
  });

  it('does not bring channels back whose end was told before the end of their dial', () => {
    const board = boardAfter([
      ...ring(0, 'a', 'a1', '1002'),
      destroyed(10, 'a1'),
      destroyed(10, 'a'),
      dialled(11, caller('a'), phone('a1', '1002', 'ringing'), 'cancel'),
    ]);
    expect(board.counts().channels).toBe(0);
    expect(board.ringing()).toEqual([]);
  });

  it('never shows a leg that has stopped ringing again', () => {
    const board = boardAfter([
      ...ring(0, 'a', 'a1', '1002'),
      dialled(10, caller('a'), phone('a1', '1002', 'ringing'), 'noanswer'),
      changed(11, phone('a1', '1002', 'ringing')),
      dialled(12, caller('a'), phone('a1', '1002', 'ringing'), 'ringing'),
    ]);
    expect(board.ringing()).toEqual([]);
  });

  it('shows none of the phones of a caller who has somebody, while their ends are still to be told', () => {
    const board = boardAfter([
      ...ring(0, 'a', 'a1', '1002'),
      ...ring(0, 'a', 'a2', '1003'),
      dialled(20, caller('a'), phone('a2', '1003', 'up'), 'answer'),
    ]);
    expect(board.ringing()).toEqual([]);
    expect(board.answered(20)[0]?.extensions).toContain('1002');
  });

  it('never shows a leg that was originated, nor one of a caller who is being called himself', () => {
    const leg = phone('a1', '1002', 'ringing');
    const originated = boardAfter([created(0, leg), dialled(0, null, leg), dialled(1, null, leg, 'ringing')]);
    expect(originated.ringing()).toEqual([]);
    const calledBack = boardAfter([
      created(0, caller('a', 'ringing')),
      dialled(1, caller('a', 'ringing'), leg),
      changed(2, leg),
    ]);
    expect(calledBack.ringing()).toEqual([]);
    calledBack.apply(changed(3, caller('a', 'up')));
    expect(calledBack.ringing()).toHaveLength(1);
  });

  it('keeps the legs of a call together when a middle of its chain goes', () => {
    const one = channel('l1', 'Local/x@y-00000001;1', 'down');
    const two = channel('l2', 'Local/x@y-00000001;2', 'ring');
    const board = boardAfter([
      created(0, caller('a')),
      created(0, one),
      created(0, two),
      dialled(1, two, phone('a1', '1002', 'down')),
      changed(2, phone('a1', '1002', 'ringing')),
      dialled(3, caller('a'), one),
    ]);
    expect(board.ringing()).toMatchObject([{ callId: 'a', callerChannelId: 'a' }]);
    board.apply(destroyed(4, 'l1'));
    expect(board.ringing()).toMatchObject([{ callId: 'a' }]);
    board.apply(destroyed(5, 'l2'));
    expect(board.ringing()).toEqual([]);
    board.findCallers([listed(phone('a1', '1002', 'ringing'), { connectedNumber: '7' })]);
    expect(board.ringing()).toMatchObject([{ callId: 'a', callerChannelId: null, callerNumber: '7' }]);
  });

  it('finds the new caller of a phone that rings on after an attended transfer, and does not offer it before', () => {
    const place = 'phones,1003,1';
    const transferer = { ...phone('b', '1002', 'ring'), exten: '1003', place };
    const leg = phone('c', '1003', 'ringing');
    const other = phone('d', '1004', 'ringing');
    const transferred = { ...caller('a', 'up'), exten: '1002' };
    const board = boardAfter([
      created(0, { ...caller('a'), exten: '1002' }),
      created(1, transferer),
      dialled(2, transferer, leg, 'ringing'),
      dialled(2, transferer, other, 'ringing'),
      changed(3, transferred),
      destroyed(4, 'b'),
    ]);
    expect(board.ringing()).toEqual([]);
    expect(board.isAsking()).toBe(true);
    const connected = { connectedNumber: 'a', connectedName: 'Name a' };
    board.findCallers([listed({ ...transferred, place }), listed(leg, connected), listed(other, connected)]);
    expect(board.isAsking()).toBe(false);
    const [call] = board.ringing();
    expect(call).toMatchObject({
      callId: 'a',
      callerChannelId: 'a',
      callerNumber: 'a',
      legs: [{ channelId: 'c' }, { channelId: 'd' }],
    });
    expect(call?.dialled).toContain('1003');
    board.apply(dialled(5, { ...transferred, place }, phone('c', '1003', 'up'), 'answer'));
    expect(board.ringing()).toEqual([]);
  });

  it.each([
    ['two could be meant', ['a', 'x']],
    ['nobody could be meant', []],
  ])('goes by what the phone shows where a call was passed on and %s', (_, up) => {
    const place = 'phones,1003,1';
    const transferer = { ...phone('b', '1002', 'ring'), place };
    const leg = phone('c', '1003', 'ringing');
    const board = boardAfter([
      ...up.map((id) => created(0, caller(id, 'up'))),
      created(1, transferer),
      dialled(2, transferer, leg, 'ringing'),
      destroyed(4, 'b'),
    ]);
    const others = up.map((id) => listed({ ...caller(id, 'up'), callerNumber: '7', callerName: '', place }));
    board.findCallers([...others, listed(leg, { connectedNumber: '7' })]);
    expect(board.ringing()).toMatchObject([{ callId: 'b', callerChannelId: null, callerNumber: '7' }]);
  });

  it('asks no more for a phone that is not listed, and never offers it', () => {
    const board = boardAfter([...ring(0, 'a', 'a1', '1002'), destroyed(9, 'a')]);
    board.findCallers([]);
    expect(board.isAsking()).toBe(false);
    expect(board.ringing()).toEqual([]);
    board.apply(destroyed(10, 'a1'));
    expect(board.counts().channels).toBe(0);
  });

  it('finds what Local channels were called for in a listing, too', () => {
    const board = boardAfter([]);
    const half = channel('l1', 'Local/1002@y-00000001;1', 'ringing');
    board.rebuild(
      [
        listed(caller('a', 'up'), { dialled: '602' }),
        listed(half, { linkedId: 'a' }),
        listed(channel('l2', 'Local/1002@y-00000001;2', 'ring')),
        listed(phone('p', '1003', 'ringing'), { linkedId: 'a' }),
      ],
      50,
    );
    expect(board.ringing()).toMatchObject([{ callId: 'a', dialled: ['602', '1002'] }]);
  });

  it('survives a chain that bites its own tail', () => {
    const a = channel('l1', 'Local/x@y-00000001;1', 'down');
    const b = channel('l2', 'Local/x@y-00000001;2', 'ring');
    const board = boardAfter([
      created(0, a),
      created(0, b),
      dialled(1, b, a),
      dialled(2, b, phone('p', '1002', 'ringing')),
    ]);
    expect(board.ringing().length).toBeLessThanOrEqual(1);
    board.apply(destroyed(3, 'l1'));
  });

  it('drops the oldest channels that do not ring when there are too many, and counts them', () => {
    const board = boardAfter(
      [
        ...ring(0, 'a', 'a1', '1002'),
        ...Array.from({ length: 50 }, (_, n) => created(n, caller(`x${n}`, 'up'))),
      ],
      10,
    );
    expect(board.counts()).toEqual({ channels: 10, dropped: 42 });
    expect(board.ringing()).toMatchObject([{ callId: 'a', legs: [{ channelId: 'a1' }] }]);
  });

  it('stays within its bound even when everything rings', () => {
    const calls = Array.from({ length: 30 }, (_, n) => ring(n, `c${n}`, `p${n}`, '1002')).flat();
    expect(boardAfter(calls, 10).counts().channels).toBe(10);
  });

  it('takes what is gone off and what rings on when it is rebuilt after a gap', () => {
    const board = boardAfter([...ring(0, 'a', 'a1', '1002'), ...ring(0, 'b', 'b1', '1003')]);
    const outside = { connectedNumber: '5550000', connectedName: 'Outside', createdAtMs: 700 };
    board.rebuild(
      [
        listed(caller('b'), { ...outside, linkedId: '' }),
        listed(phone('b1', '1003', 'ringing'), { ...outside, linkedId: 'b' }),
        listed(phone('c1', '1004', 'ringing'), { ...outside, linkedId: 'long-gone' }),
        listed(phone('d1', '1004', 'ringing'), { ...outside, linkedId: 'd1' }),
      ],
      900,
    );
    expect(board.ringing()).toMatchObject([
      { callId: 'b', ringingSinceMs: 5 },
      { callId: 'long-gone', callerChannelId: null, callerNumber: '5550000', ringingSinceMs: 700 },
    ]);
  });

  it('keeps the numbers of a large group of Local channels, and the latest of a caller who is passed on again and again', () => {
    const passedOn = Array.from({ length: 30 }, (_, n) => ({ ...caller('a', 'up'), exten: `20${n}` }));
    const group = Array.from({ length: 40 }, (_, n) => {
      const name = `Local/10${n + 10}@phones-${n}`;
      const [one, two] = [channel(`l${n}`, `${name};1`, 'down'), channel(`m${n}`, `${name};2`, 'ring')];
      const leg = phone(`p${n}`, `10${n + 10}`, 'ringing');
      return [created(9, one), created(9, two), dialled(9, caller('a', 'up'), one), dialled(9, two, leg)];
    });
    const board = boardAfter([
      created(0, { ...caller('a'), exten: '600' }),
      ...passedOn.map((from, n) => dialled(1, from, phone(`t${n}`, '1002', 'down'))),
      ...passedOn.map((_, n) => destroyed(2, `t${n}`)),
      ...group.flat(),
    ]);
    const numbers = board.ringing()[0]?.dialled ?? [];
    expect(numbers.slice(0, 9)).toEqual(['600', ...Array.from({ length: 8 }, (_, n) => `20${n + 22}`)]);
    expect(numbers).toHaveLength(9 + 40);
    expect(numbers).toContain('1049');
  });

  it('offers a phone that sends its own sound, over a gap too, and no other that has not begun to ring', () => {
    const leg = phone('a1', '1002', 'down');
    const events = [
      created(0, caller('a')),
      dialled(1, caller('a'), leg),
      dialled(1, caller('a'), phone('a2', '1003', 'down')),
      dialled(2, caller('a'), leg, 'progress'),
      dialled(2, null, phone('o1', '1004', 'down'), 'progress'),
    ];
    const board = boardAfter(events);
    const rings = () => board.ringing().flatMap(({ legs }) => legs.map(({ channelId }) => channelId));
    expect(rings()).toEqual(['a1']);
    const up = [listed(caller('a')), listed(leg, { linkedId: 'a' })];
    board.rebuild(up, 3);
    expect(rings()).toEqual(['a1']);
    board.apply(changed(4, phone('a1', '1002', 'ringing')));
    expect(rings()).toEqual(['a1']);
    // Whoever was not there when it was told cannot know.
    const later = boardAfter([]);
    later.rebuild(up, 3);
    expect(later.ringing()).toEqual([]);
    board.apply(dialled(5, caller('a'), phone('a1', '1002', 'ringing'), 'cancel'));
    expect(rings()).toEqual([]);
  });
});
