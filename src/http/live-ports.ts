// Live events as the HTTP room passes them on: what they are, whom they concern, and how somebody listens.
import type { RingingCall } from '../pickup/call.ts';
import type { RingRecord } from '../pickup/ring-record.ts';

/** What is told, by type. */
interface LiveData {
  /** All that rings, in the place of everything heard before; the first thing that a new listener gets. */
  readonly board: LiveBoard;
  /** A call has appeared or changed; without legs where it rings on no phone just now. */
  readonly ringing: LiveCall;
  /** A call rings no more. */
  readonly rung: RingRecord;
  /** What came of an attempt to take a call. */
  readonly pickup: LivePickup;
  /** A call has been ringing for too long. */
  readonly alert: LiveAlert;
  /** An outbound call was judged: the fields of the log's line. */
  readonly decision: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** Something that people should hear of. */
  readonly notice: { readonly kind: string; readonly extension: string | null; readonly text: string };
  /** Links or health have changed. */
  readonly status: LiveStatus;
  /** This listener was too slow, and hears no more. */
  readonly dropped: { readonly problem: string };
}

type LiveType = keyof LiveData;

export type LiveNews = {
  readonly [Type in LiveType]: { readonly type: Type; readonly data: LiveData[Type] };
}[LiveType];

/** Whose call an event is about, for listeners who may not see every call. */
export interface LiveConcern {
  readonly callId: string;
  /** Whose phones it is about. */
  readonly extensions: readonly string[];
  /** Who may take the call, or has tried to. */
  readonly takers: readonly string[];
}

/** As it comes over the socket. */
export type HeardEvent = LiveNews & {
  /** Names its place in the stream, also across restarts; '' for what is told to one listener alone. */
  readonly id: string;
  readonly atMs: number;
  /** Whose the extensions are that the event shows, of those that have a name. */
  readonly names?: Readonly<Record<string, string>>;
};

export type LiveEvent = HeardEvent & {
  /** Not sent. Null: about no single call. */
  readonly concern: LiveConcern | null;
};

/** The data of `ringing`, and a row of `board`. */
export interface LiveCall extends RingingCall {
  readonly mayTake: readonly string[];
}

export interface LiveBoard {
  /** Longest ringing first. */
  readonly ringing: readonly LiveCall[];
  /** True where events behind the last one that the listener named are no longer kept. */
  readonly missed: boolean;
  /** Null while the daemon is still starting. */
  readonly status: LiveStatus | null;
}

export interface LiveStatus {
  readonly health: 'green' | 'red';
  readonly problems: readonly string[];
  readonly ari: 'up' | 'down' | 'off';
  readonly ami: 'up' | 'down' | 'off';
  readonly pbx: string;
}

/** The data of `pickup`. */
export interface LivePickup {
  readonly id: string;
  readonly picker: string | null;
  readonly kind: string;
  readonly target: string | null;
  readonly choice: string;
  readonly rule: string | null;
  /** `told`, `won`, `lost`, `abandoned` or `unknown`. */
  readonly outcome: string;
  readonly told: string | null;
  readonly takenBy: string | null;
  readonly callId: string | null;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  /** The extension whose phone the call was taken from. */
  readonly from: string | null;
  /** How long it had rung when the picker asked. */
  readonly rangMs: number | null;
}

/** The data of `alert`. */
export interface LiveAlert {
  readonly callId: string;
  readonly callerNumber: string;
  readonly callerName: string;
  /** The extensions on which it rings. */
  readonly extensions: readonly string[];
  readonly rangMs: number;
  /** The seconds after which these are told. */
  readonly afterS: number;
  readonly told: readonly string[];
}

export interface LiveListenOptions {
  /** The last event that the listener has: what came since is told first, as far as it is kept. */
  readonly lastEventId: string | null;
  /** True for the events that this listener may see; of a board, each call is asked for as a `ringing` event. */
  readonly sees: (event: LiveEvent) => boolean;
}

export interface LiveListener {
  /** The next event, in order; null when there will be no more. One call at a time. */
  next(): Promise<LiveEvent | null>;
  /** Ends it; a `next` that waits resolves with null. */
  close(): void;
}

export interface LiveEvents {
  /** Null when as many listen as may. */
  listen(options: LiveListenOptions): LiveListener | null;
}
