// The screen of `callwarden watch`, purely: what it shows, never wider or longer than the terminal, nothing it would act upon.
import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBoard, withEvent, type WatchBoard } from '../../src/cli/watch-board.ts';
import { screenLines, type ScreenOptions } from '../../src/cli/watch-screen.ts';
import { widthOf } from '../../src/cli/table.ts';
import type { HeardEvent, LiveCall, LiveNews, LiveStatus } from '../../src/http/live-ports.ts';

const NOW = new Date(2026, 10, 22, 12, 0, 0).getTime();
const status: LiveStatus = { health: 'green', problems: [], ari: 'up', ami: 'up', pbx: 'lab' };
const options: ScreenOptions = {
  columns: 80,
  rows: 24,
  nowMs: NOW,
  takers: false,
  extension: null,
  colour: false,
};
const heard = (news: LiveNews, atMs = NOW): HeardEvent => ({ id: 'x-1', atMs, ...news });
const call = (rest: Partial<LiveCall> = {}): LiveCall => ({
  callId: 'a',
  callerChannelId: null,
  callerExtension: null,
  callerNumber: '5551234',
  callerName: 'Bob',
  dialled: ['600'],
  ringingSinceMs: NOW - 12_000,
  legs: ['1002', '1003'].map((extension) => ({
    channelId: extension,
    channelName: extension,
    extension,
    ringingSinceMs: NOW,
  })),
  mayTake: ['1004', '1005'],
  ...rest,
});
const boardOf = (...events: readonly LiveNews[]): WatchBoard =>
  events.reduce((board, news) => withEvent(board, heard(news)), emptyBoard);
const begin = (...ringing: readonly LiveCall[]): LiveNews => ({
  type: 'board',
  data: { ringing, missed: false, status },
});
const pickup = {
  id: 'p',
  picker: '1004',
  kind: 'directed',
  target: '1002',
  choice: 'take',
  rule: 'group:sales',
  outcome: 'won',
  told: null,
  takenBy: null,
  callId: 'a',
  callerNumber: '5551234',
  callerName: 'Bob',
  from: '1002',
  rangMs: 8000,
};

describe('the screen of watch', () => {
  it('shows ring time, caller, dialled number and phones, longest ringing first, and the link', () => {
    const lines = screenLines(
      boardOf(
        begin(call({ callId: 'b', ringingSinceMs: NOW - 65_000, callerName: '', dialled: [] }), call()),
      ),
      options,
    );
    expect(lines).toEqual([
      'callwarden on lab   2 ringing calls   12:00:00',
      'link to Asterisk up, AMI up, all is well',
      '',
      'RINGING  CALLER       DIALLED  PHONES',
      '   1:05  5551234      -        1002 1003',
      '   12 s  5551234 Bob  600      1002 1003',
    ]);
  });

  it('lets the ring time grow, and shows who may take it where that is asked for', () => {
    const board = boardOf(begin(call()));
    const line = (nowMs: number) => screenLines(board, { ...options, nowMs, takers: true }).at(-1);
    expect(line(NOW + 1000)).toBe('   13 s  5551234 Bob  600      1002 1003  1004 1005');
    expect(line(NOW - 60_000)).toMatch(/^ +0 s {2}/);
  });

  it('tells below what was taken, refused and given up, latest first', () => {
    const board = boardOf(
      begin(call()),
      { type: 'pickup', data: { ...pickup, outcome: 'told', told: 'no-right', callId: null } },
      { type: 'pickup', data: pickup },
    );
    expect(screenLines(board, options).slice(-3)).toEqual([
      'LATELY',
      '12:00:00  1004 took 5551234 Bob from 1002 after 8 s',
      '12:00:00  1004 got nothing (directed 1002): no-right',
    ]);
  });

  it('keeps what was last known while the daemon is away, and says so', () => {
    const away = { ...boardOf(begin(call())), away: 'gone\u001B[2J' };
    expect(screenLines(away, options)[1]).toBe('The daemon is away (gone\\u001b[2J); asking again.');
    expect(withEvent(away, heard({ type: 'status', data: status })).away).toBeNull();
  });

  it('drops a call that rings no more or on no phone just now, and all of them with a new board', () => {
    const empty = boardOf(begin(call(), call({ callId: 'b' })), {
      type: 'ringing',
      data: call({ legs: [] }),
    });
    expect([...empty.calls.keys()]).toEqual(['b']);
    expect(withEvent(empty, heard(begin())).calls.size).toBe(0);
    expect(screenLines(boardOf(begin()), options).at(-1)).toBe('Nothing rings.');
  });

  it('says how many calls there is no room for', () => {
    const many = Array.from({ length: 100 }, (_, at) => call({ callId: `${at}` }));
    const lines = screenLines(boardOf(begin(...many)), { ...options, rows: 10 });
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('and 95 more');
  });

  it('colours what was alerted of, and nothing where colours are not wanted', () => {
    const alert = {
      callId: 'a',
      callerNumber: '5551234',
      callerName: 'Bob',
      extensions: ['1002'],
      rangMs: 12_000,
      afterS: 10,
      told: ['1004'],
    };
    const board = boardOf(begin(call()), { type: 'alert', data: alert });
    const coloured = screenLines(board, { ...options, colour: true });
    expect(coloured.find((line) => line.includes('12 s'))).toContain('\u001B[33m');
    const bare = screenLines(board, options);
    expect(coloured.map(stripVTControlCharacters)).toEqual(bare);
    expect(bare.at(-1)).toBe('12:00:00  5551234 Bob has been ringing on 1002 for 12 s, told 1004');
  });

  it('never shows anything that a terminal acts upon, and fits, whatever callers call themselves', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const given = fc.record({
      callerNumber: text,
      callerName: text,
      dialled: fc.array(text, { maxLength: 3 }),
      columns: fc.integer({ min: 1, max: 200 }),
      rows: fc.integer({ min: 1, max: 30 }),
      problem: text,
    });
    fc.assert(
      fc.property(given, ({ callerNumber, callerName, dialled, columns, rows, problem }) => {
        const hostile = call({ callerNumber, callerName, dialled });
        const board = boardOf(
          {
            type: 'board',
            data: { ringing: [hostile], missed: false, status: { ...status, problems: [problem] } },
          },
          { type: 'pickup', data: { ...pickup, callerNumber, callerName } },
          { type: 'notice', data: { kind: callerName, extension: null, text: callerNumber } },
        );
        const lines = screenLines(board, { ...options, columns, rows, takers: true });
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) {
          expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
          expect(widthOf(line)).toBeLessThanOrEqual(columns);
        }
      }),
    );
  });
});
