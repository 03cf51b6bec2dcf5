// What the thread that decides and the web thread say to each other.
import type { Config } from '../config/config.ts';
import type { LogFields } from '../config/logger.ts';
import type { ErrorCode } from '../errors.ts';
import type { LiveConcern, LiveEvent, LiveStatus } from '../http/live-ports.ts';
import type { DaemonStatus, WebStatus } from '../http/ports.ts';
import type { NoticeResult, NoticeWay } from '../http/telling-ports.ts';
import type { RingingCall } from '../pickup/call.ts';
import type { TakeOutcome, TakeRequest } from '../pickup/take.ts';

export interface WebWorkerData {
  readonly pbx: string;
  readonly version: string;
  readonly database: string;
  readonly keyFile: string;
  readonly web: Config['web'];
}

export type WebQuestion =
  | { readonly ask: 'status' }
  | { readonly ask: 'ringing' }
  | { readonly ask: 'take'; readonly request: TakeRequest }
  | { readonly ask: 'test-notice'; readonly way: NoticeWay; readonly to: string }
  | { readonly ask: 'metrics' };

/** By question. */
export interface WebAnswers {
  readonly status: DaemonStatus | null;
  readonly ringing: readonly RingingCall[];
  readonly take: TakeOutcome | null;
  readonly 'test-notice': readonly NoticeResult[] | null;
  readonly metrics: string;
}

export type WebReport = Pick<WebStatus, 'url' | 'problem' | 'sessions' | 'listeners'>;

/** An event on its way between threads: who may take the call, thousands it may be, is one text. */
export interface SentEvent {
  readonly event: LiveEvent;
  readonly concern: (Omit<LiveConcern, 'takers'> & { readonly takers: string }) | null;
}

/** To the web thread. */
export type WebOrder =
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly code: ErrorCode; readonly message: string }
  /** All that rings, in the place of everything told before: nothing links to what came earlier. */
  | { readonly type: 'board'; readonly calls: readonly SentEvent[]; readonly status: LiveStatus | null }
  | { readonly type: 'event'; readonly sent: SentEvent }
  /** The daemon is still starting, and has no live events yet. */
  | { readonly type: 'no-live' }
  | { readonly type: 'ping' }
  | { readonly type: 'stop' };

/** From the web thread. */
export type WebSaying =
  | { readonly type: 'question'; readonly id: number; readonly question: WebQuestion }
  | { readonly type: 'report'; readonly report: WebReport }
  | {
      readonly type: 'log';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly event: string;
      readonly fields: LogFields;
    }
  /** Somebody follows live events, or nobody does any more. */
  | { readonly type: 'live'; readonly isWanted: boolean }
  /** So many events have been read since the last time. */
  | { readonly type: 'read'; readonly events: number }
  | { readonly type: 'pong' };
