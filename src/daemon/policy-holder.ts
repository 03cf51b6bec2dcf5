// The policy that decides now: the last good one, compiled, and what is wrong with a newer one.
import { DIALLED_LENGTH_MAX } from '../asterisk/dialplan/screening.ts';
import { announcementFor } from '../barring/announcement.ts';
import { denyReasons } from '../barring/reasons.ts';
import { openBy } from '../barring/schedule.ts';
import { screenCall } from '../barring/screen-call.ts';
import { compileSnapshotSteps, type PolicySnapshot } from '../barring/snapshot.ts';
import type { DenyReason } from '../barring/verdict.ts';
import type { Logger } from '../config/logger.ts';
import { messageOf } from '../errors.ts';
import { extensionsNamedIn } from '../pickup/named.ts';
import { compileRights, type PickupRights } from '../pickup/rights.ts';
import type { LoadingPolicy } from '../store/policy.ts';
import type { Steps } from '../store/steps.ts';

export class PolicyHolder {
  readonly #logger: Logger;
  #snapshot: PolicySnapshot | null = null;
  #rights: PickupRights | null = null;
  #extensions: ReadonlySet<string> = new Set();
  #loadedAtMs: number | null = null;
  #problem = '';

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /**
   * Compiles in steps, and swaps in with the last one; throws, with the last good policy still in force, when it cannot
   * be compiled.
   */
  *take(loaded: LoadingPolicy, nowMs: () => number): Steps<void> {
    const snapshot = yield* compileSnapshotSteps(loaded.barring);
    const rights = compileRights(loaded.pickup, openBy(snapshot.schedules));
    yield;
    const extensions = extensionsOf(loaded);
    yield;
    const changed = this.#snapshot?.version !== snapshot.version;
    this.#extensions = extensions;
    this.#snapshot = snapshot;
    this.#rights = rights;
    this.#loadedAtMs = nowMs();
    const recovered = this.#problem !== '';
    this.#problem = '';
    if (changed || recovered) this.#logger.info('policy', { version: snapshot.version, recovered });
  }

  fail(error: unknown): void {
    this.#problem = messageOf(error);
    const kept = this.#snapshot?.version ?? null;
    this.#logger.error('policy-problem', { problem: this.#problem, goesOnWith: kept });
  }

  /** Null while no policy was ever good: then no verdict is given, and the static rules of the dialplan decide. */
  snapshot(): PolicySnapshot | null {
    return this.#snapshot;
  }

  /**
   * A channel was created and will dial this: read and judge it now, beside Asterisk's own steps, so that the question finds
   * it read, and what it is judged by at hand. What comes out is worth nothing: usage and identity are the question's.
   */
  readAhead(dialled: string, payer: string | null, atMs: number): void {
    if (dialled === '' || dialled.length > DIALLED_LENGTH_MAX || this.#snapshot === null) return;
    screenCall(this.#snapshot, { dialled, payer, via: 'direct', atMs, language: '' });
  }

  /** What a refusal sounds like, where something else than the decision came to it. */
  refusal(reason: DenyReason, language: string): { readonly announcement: string; readonly cause: number } {
    const announcement = this.#snapshot ? announcementFor(this.#snapshot, reason, language) : '';
    return { announcement, cause: denyReasons[reason].cause };
  }

  /** Null like the snapshot: then nobody takes anything. */
  rights(): PickupRights | null {
    return this.#rights;
  }

  /** Whether a channel's endpoint is a phone of ours: what rings on a trunk is nobody's to pick up. */
  isExtension(endpoint: string): boolean {
    if (this.#extensions.has(endpoint)) return true;
    return this.#snapshot !== null && this.#snapshot.read(endpoint).kind === 'internal';
  }

  get loadedAtMs(): number | null {
    return this.#loadedAtMs;
  }

  /** Why the newest policy is not the one in force; '' when it is. */
  get problem(): string {
    return this.#problem;
  }
}

/** Extensions with rights of their own, and whoever pickup names. */
function extensionsOf({ barring, pickup }: LoadingPolicy): ReadonlySet<string> {
  return new Set([...barring.extensions.map(({ extension }) => extension), ...extensionsNamedIn(pickup)]);
}
