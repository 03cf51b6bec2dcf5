// What the page “Live” knows: the ringing calls and the latest news, folded from live events.
import type { HeardEvent, LiveAlert, LiveCall, LivePickup } from '../../../http/live-ports.ts';

/** Lines that are kept. */
const NEWS_MAX = 60;

type RingRecord = Extract<HeardEvent, { type: 'rung' }>['data'];
export type Decision = Extract<HeardEvent, { type: 'decision' }>['data'];
export type LiveNotice = Extract<HeardEvent, { type: 'notice' }>['data'];

/** What stays to be read after it has happened. */
export type News = { readonly id: string; readonly atMs: number } & (
  | { readonly type: 'rung'; readonly data: RingRecord }
  | { readonly type: 'pickup'; readonly data: LivePickup }
  | { readonly type: 'alert'; readonly data: LiveAlert }
  | { readonly type: 'decision'; readonly data: Decision }
  | { readonly type: 'notice'; readonly data: LiveNotice }
);

export interface Board {
  /** False until the daemon has told what rings. */
  readonly known: boolean;
  readonly calls: ReadonlyMap<string, LiveCall>;
  /** Calls that somebody was alerted of. */
  readonly alerted: ReadonlySet<string>;
  /** Latest first. */
  readonly news: readonly News[];
  /** Whether Asterisk is connected; null until that is told. */
  readonly connected: boolean | null;
  /** The clock of the daemon, less that of the browser. */
  readonly aheadMs: number;
}

export const emptyBoard: Board = {
  known: false,
  calls: new Map(),
  alerted: new Set(),
  news: [],
  connected: null,
  aheadMs: 0,
};

/** The board after the event, which is heard at `nowMs` by the clock of the browser. */
export function withEvent(before: Board, event: HeardEvent, nowMs: number): Board {
  const board = withNews(before, event);
  switch (event.type) {
    case 'board': {
      const { ringing, status } = event.data;
      const calls = new Map(ringing.map((call) => [call.callId, call]));
      const alerted = new Set([...board.alerted].filter((callId) => calls.has(callId)));
      const connected = status === null ? null : status.ari === 'up';
      return { ...board, known: true, calls, alerted, connected, aheadMs: event.atMs - nowMs };
    }
    case 'ringing':
      return event.data.legs.length === 0 ? without(board, event.data.callId) : withCall(board, event.data);
    case 'rung':
      return without(board, event.data.callId);
    case 'alert':
      return { ...board, alerted: new Set(board.alerted).add(event.data.callId) };
    case 'status':
      return { ...board, connected: event.data.ari === 'up' };
    case 'pickup':
    case 'decision':
    case 'notice':
    case 'dropped':
      return board;
  }
}

function withNews(board: Board, event: HeardEvent): Board {
  const news = newsOf(event);
  if (news === null || board.news.some(({ id }) => id === news.id)) return board;
  return { ...board, news: [news, ...board.news].slice(0, NEWS_MAX) };
}

/** Null for what only changes the board. A rescued call is told as its pickup. */
function newsOf(event: HeardEvent): News | null {
  const { id, atMs } = event;
  switch (event.type) {
    case 'rung':
      return event.data.outcome === 'rescued' ? null : { id, atMs, type: 'rung', data: event.data };
    case 'pickup':
      return { id, atMs, type: 'pickup', data: event.data };
    case 'alert':
      return { id, atMs, type: 'alert', data: event.data };
    case 'decision':
      return { id, atMs, type: 'decision', data: event.data };
    case 'notice':
      return { id, atMs, type: 'notice', data: event.data };
    case 'board':
    case 'ringing':
    case 'status':
    case 'dropped':
      return null;
  }
}

function withCall(board: Board, call: LiveCall): Board {
  return { ...board, calls: new Map(board.calls).set(call.callId, call) };
}

function without(board: Board, callId: string): Board {
  const calls = new Map(board.calls);
  const alerted = new Set(board.alerted);
  calls.delete(callId);
  alerted.delete(callId);
  return { ...board, calls, alerted };
}

/** Longest ringing first. */
export function longestFirst(board: Board): readonly LiveCall[] {
  return [...board.calls.values()].toSorted((one, other) => one.ringingSinceMs - other.ringingSinceMs);
}

/** So many takers are told of a call; beyond that the daemon is asked by trying. */
const TAKERS_TOLD = 50;

export type Place = 'mine' | 'takeable' | 'others';

/** What the call is to somebody with that extension. */
export function placeOf(call: LiveCall, extension: string | null): Place {
  if (extension === null) return 'others';
  if (call.legs.some((leg) => leg.extension === extension)) return 'mine';
  const mayTake = call.mayTake.includes(extension) || call.mayTake.length >= TAKERS_TOLD;
  return mayTake ? 'takeable' : 'others';
}
