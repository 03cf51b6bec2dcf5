// What `callwarden watch` knows of the daemon, folded from live events.
import type { HeardEvent, LiveCall, LiveStatus } from '../http/live-ports.ts';
import { newsOf } from './watch-news.ts';

/** More lines than a terminal shows. */
const NEWS_MAX = 100;

export interface WatchBoard {
  readonly calls: ReadonlyMap<string, LiveCall>;
  /** Calls that somebody was alerted of. */
  readonly alerted: ReadonlySet<string>;
  /** Latest first. */
  readonly news: readonly { readonly atMs: number; readonly text: string }[];
  readonly status: LiveStatus | null;
  /** Why nothing is heard; null while the daemon is there. */
  readonly away: string | null;
}

export const emptyBoard: WatchBoard = {
  calls: new Map(),
  alerted: new Set(),
  news: [],
  status: null,
  away: null,
};

/** The board after the event. */
export function withEvent(before: WatchBoard, event: HeardEvent): WatchBoard {
  const text = newsOf(event);
  const news =
    text === null || !isNews(event)
      ? before.news
      : [{ atMs: event.atMs, text }, ...before.news].slice(0, NEWS_MAX);
  const board = { ...before, news, away: null };
  switch (event.type) {
    case 'board': {
      const { ringing, status } = event.data;
      const calls = new Map(ringing.map((call) => [call.callId, call]));
      return { ...board, calls, alerted: before.alerted.intersection(calls), status };
    }
    case 'ringing': {
      const call = event.data;
      return call.legs.length === 0 ? without(board, call.callId) : withCall(board, call);
    }
    case 'rung':
      return without(board, event.data.callId);
    case 'alert':
      return { ...board, alerted: new Set(board.alerted).add(event.data.callId) };
    case 'status':
      return { ...board, status: event.data };
    case 'pickup':
    case 'decision':
    case 'notice':
    case 'dropped':
      return board;
  }
}

/** What stays to be read below what rings. A rescued call is told as its pickup. */
function isNews(event: HeardEvent): boolean {
  if (event.type === 'rung') return event.data.outcome !== 'rescued';
  return event.type === 'pickup' || event.type === 'alert' || event.type === 'notice';
}

function withCall(board: WatchBoard, call: LiveCall): WatchBoard {
  return { ...board, calls: new Map(board.calls).set(call.callId, call) };
}

function without(board: WatchBoard, callId: string): WatchBoard {
  const calls = new Map(board.calls);
  calls.delete(callId);
  return { ...board, calls, alerted: board.alerted.intersection(calls) };
}
