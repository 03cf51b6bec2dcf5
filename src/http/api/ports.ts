// What the API needs from the thread that it runs in.
import type { Context } from 'hono';
import type { PasswordHasher } from '../../admin/accounts.ts';
import type { AdminContext } from '../../admin/change.ts';
import type { HeavyAnswer, HeavyQuery, HeavyRead } from '../../admin/heavy-reads.ts';
import type { PinHasher } from '../../admin/pins.ts';
import type { PolicySnapshots } from '../../admin/policy-snapshots.ts';
import type { RingingCall } from '../../pickup/call.ts';
import type { TakeOutcome, TakeRequest } from '../../pickup/take.ts';
import type { LiveEvents } from '../live-ports.ts';
import type { DaemonStatus } from '../ports.ts';
import type { NoticeResult, NoticeWay } from '../telling-ports.ts';
import type { Identity, Who } from './who.ts';

export type Store = AdminContext['store'];

export interface ApiPorts {
  /** The database, open for reading and writing. Asked for at each request, as a restored backup is another file. */
  readonly store: () => Store;
  readonly pbx: string;
  readonly nowMs: () => number;
  /** By cookie or token; the guard against other sites is part of it. */
  readonly identify: (context: Context) => Promise<Identity>;
  /** Who that is now, for what outlasts the look at the door; null once the session, the token or the account is over. */
  readonly whoNow: (who: Who) => Who | null;
  readonly passwords: PasswordHasher;
  readonly onSignInRefused: (refusal: SignInRefusal) => void;
  readonly daemon: DaemonPort;
  /** Rejects with `AppError('unavailable')` while the daemon is still starting, or too busy to tell. */
  readonly live: () => Promise<LiveEvents>;
  /** With the key of the key file; throws `AppError` where it cannot be read. */
  readonly pinHasher: () => PinHasher;
  /** Of the key file, for what was signed with it; throws `AppError` where it cannot be read. */
  readonly key: () => Buffer;
  /** Of the policy in force, for what a call would meet. */
  readonly snapshots: PolicySnapshots;
  /** Reads that may take seconds, in a thread of their own. */
  readonly heavy: HeavyReads;
  /** Told what went wrong inside; the asker gets a general sentence. */
  readonly onError: (error: unknown) => void;
  /** True in tests: an answer that is not of its documented form is an error. */
  readonly checksAnswers: boolean;
}

/** For the log, where fail2ban reads it. */
export interface SignInRefusal {
  readonly address: string;
  /** As it was given, in the letters of names alone: often no account. */
  readonly user: string;
  readonly why: 'wrong' | 'too-many';
}

/** The thread that decides. Every question has a deadline, and rejects with `AppError('unavailable')` behind it. */
export interface DaemonPort {
  readonly status: () => Promise<DaemonStatus | null>;
  readonly ringing: () => Promise<readonly RingingCall[]>;
  /** Resolves within 45 s; null while there is no policy or no connection to Asterisk. */
  readonly take: (request: TakeRequest) => Promise<TakeOutcome | null>;
  readonly testNotice: (way: NoticeWay, to: string) => Promise<readonly NoticeResult[] | null>;
  /** In the text form of Prometheus. */
  readonly metrics: () => Promise<string>;
}

/**
 * By name; the tasks stand in `admin/heavy-reads.ts`, and query and answer have the types that they have there. One at a time,
 * bounded queue, a deadline: rejects with `AppError`, `unavailable` where it took too long.
 */
export interface HeavyReads {
  readonly read: <Name extends HeavyRead>(task: Name, query: HeavyQuery<Name>) => Promise<HeavyAnswer<Name>>;
}
