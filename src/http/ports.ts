// What the HTTP room needs from the running daemon.
import type { RingingCall } from '../pickup/call.ts';
import type { TakeOutcome, TakeRequest } from '../pickup/take.ts';
import type { LiveEvents } from './live-ports.ts';
import type { NoticeResult, NoticeWay, TellingStatus } from './telling-ports.ts';

/** One connection to Asterisk, as `status` shows it. */
export interface LinkStatus {
  readonly state: 'up' | 'down' | 'off';
  /** `websocket`, `ari-client` or `ami`. */
  readonly kind: string;
  readonly asteriskVersion: string;
  readonly sinceMs: number | null;
  readonly reconnects: number;
  readonly lastProblem: string;
}

/** The FastAGI door, as `status` shows it. */
export interface AgiStatus {
  readonly state: 'listening' | 'down' | 'off';
  readonly address: string;
  /** Connections now. */
  readonly open: number;
  readonly questions: number;
  /** Connections that brought no question, or were cut before it was answered. */
  readonly refused: number;
  readonly lastProblem: string;
}

/** The console and the API, as `status` shows them. */
export interface WebStatus {
  readonly state: 'up' | 'down' | 'off';
  /** Where it is reached; '' while it is not. */
  readonly url: string;
  /** A sentence that says what to do; '' for none. Also of one that is up: its certificate ends soon. */
  readonly problem: string;
  /** Of its thread, since the start of the daemon. */
  readonly restarts: number;
  /** People who are signed in. */
  readonly sessions: number;
  /** Browsers that follow live events. */
  readonly listeners: number;
}

export interface DaemonStatus {
  /** `red`: something that needs a person; the problems say what to do. */
  readonly health: 'green' | 'red';
  readonly problems: readonly string[];
  readonly version: string;
  readonly pbx: string;
  readonly pid: number;
  readonly startedAtMs: number;
  /** The IANA name of the one that the daemon lives in: `Europe/Paris`. */
  readonly timeZone: string;
  readonly ari: LinkStatus;
  readonly ami: LinkStatus;
  readonly agi: AgiStatus;
  readonly web: WebStatus;
  /** Other daemons on the same Asterisk, by their applications. */
  readonly peers: readonly { readonly application: string; readonly state: 'heard' | 'silent' }[];
  readonly policy: {
    readonly version: number | null;
    readonly loadedAtMs: number | null;
    readonly protection: boolean | null;
  };
  readonly decisions: { readonly continued: number; readonly denied: number; readonly abandoned: number };
  readonly pickups: { readonly taken: number; readonly refused: number };
  /** Webhooks, mail and messages to phones; null while the daemon waits for its database. */
  readonly telling: TellingStatus | null;
  readonly ringing: number;
  readonly records: { readonly queued: number; readonly written: number; readonly lost: number };
  readonly notices: { /** Given in the last 24 hours. */ readonly lastDay: number };
  /** Chargeable calls that reached a trunk without a verdict, since the start. */
  readonly guard: { readonly mode: 'off' | 'watch' | 'enforce' | null; readonly unscreened: number };
  /** Extensions in quarantine. */
  readonly quarantined: readonly string[];
  readonly numberingData: Readonly<Record<string, string>>;
  /** Nothing wrong, but to be looked at: the data differs from what was accepted. '' where it does not. */
  readonly numberingNotice: string;
}

/** What the daemon answers with; null while it is starting, unless told otherwise. */
export interface DaemonView {
  readonly status: () => DaemonStatus | null;
  readonly ringing: () => readonly RingingCall[];
  /** Resolves within 45 s; null while there is no policy or no connection to Asterisk. */
  readonly take: (request: TakeRequest) => Promise<TakeOutcome | null>;
  readonly live: () => LiveEvents | null;
  /** Sends a test notice; empty where no such way is configured. */
  readonly testNotice: (way: NoticeWay, to: string) => Promise<readonly NoticeResult[]> | null;
  /** In the text form of Prometheus. */
  readonly metrics: () => Promise<string> | null;
}
