// The PIN desk: says whether digits are a PIN that counts, and tells nobody before it is on disk.
import type { PinCheck, PinQuestion } from '../asterisk/pin-ports.ts';
import { laterPinFailures, noPinFailures, pinLockLeftMs, type PinFailures } from '../barring/pin-lockout.ts';
import { messageOf } from '../errors.ts';
import { forgetOldest } from '../forget-oldest.ts';
import type { PinHasher } from '../store/pin-hash.ts';
import type { PinCaller, PinClaim, PinFailed, PinPage, PinState } from '../store/pin-uses.ts';

/** PINs that count for one caller; more are not looked at. */
const CANDIDATES_MAX = 20;
/** Checks at once; a flood of them must not fill the memory. */
const CHECKS_MAX = 50;
/** Callers whose failures are kept in memory; the writer knows all. */
const CALLERS_MAX = 100_000;

/** What is on disk; each answer rejects with an `AppError` when it did not come in time. */
export interface PinBook {
  state(): Promise<PinState>;
  page(caller: PinCaller, pins: readonly string[]): Promise<PinPage>;
  claim(caller: PinCaller, pin: string, atMs: number): Promise<PinClaim>;
  fail(caller: PinCaller, atMs: number): Promise<PinFailed>;
}

export interface PinDeskPorts {
  readonly book: PinBook;
  /** Hashes with the key file's key; throws `AppError` where there is none. */
  readonly hasher: () => PinHasher;
  readonly nowMs: () => number;
  /** Milliseconds that no clock change moves. */
  readonly monotonicMs: () => number;
  readonly onLocked: (locked: {
    readonly who: string;
    readonly failures: number;
    readonly atMs: number;
    readonly lockMs: number;
  }) => void;
  readonly onProblem: (problem: string) => void;
}

/** Owns what is remembered of wrong PINs. Nothing in here throws into a call. */
export class PinDesk {
  readonly #ports: PinDeskPorts;
  readonly #failures = new Map<string, PinFailures>();
  /** What, added to the monotonic clock, gives the one that counts locks: it starts at the wall clock and never goes back. */
  #steadyFromMs: number;
  #checks = 0;

  constructor(ports: PinDeskPorts) {
    this.#ports = ports;
    this.#steadyFromMs = ports.nowMs() - ports.monotonicMs();
  }

  /** Takes over what is on disk: at the start, and whenever an administrator may have unlocked somebody. Never rejects. */
  async refresh(): Promise<PinState | null> {
    try {
      const state = await this.#ports.book.state();
      for (const [who, failures] of state.failures) this.#remember(who, failures);
      return state;
    } catch (error) {
      this.#ports.onProblem(`What is known of wrong PINs could not be read: ${messageOf(error)}`);
      return null;
    }
  }

  /** Until when PINs of this caller are refused; null when they are not. */
  lockedUntilMs(who: string, atMs: number): number | null {
    const leftMs = pinLockLeftMs(this.#known(who), this.#steadyMs());
    return leftMs > 0 ? atMs + leftMs : null;
  }

  /**
   * Whether the digits are one of the PINs. All of them are tried, so that right and wrong take the same time.
   * Never rejects; what cannot be said for certain is `unavailable`.
   */
  async check(question: PinQuestion): Promise<PinCheck> {
    if (this.#checks >= CHECKS_MAX) return unavailable('Too many PINs are being checked.');
    this.#checks += 1;
    try {
      return await this.#check(question);
    } catch (error) {
      const why = messageOf(error);
      this.#ports.onProblem(`A PIN could not be checked: ${why}`);
      return unavailable(why);
    } finally {
      this.#checks -= 1;
    }
  }

  /** The caller hung up instead of an answer: that counts as a wrong PIN, or guessing would be free. */
  abandoned(who: string, atMs: number): void {
    const noted = this.#ports.book.fail(this.#caller(who), atMs);
    noted.then(
      (failed) => this.#note(who, failed, atMs),
      (error: unknown) => this.#ports.onProblem(`A given-up PIN could not be counted: ${messageOf(error)}`),
    );
  }

  async #check({ who, pins, digits, atMs }: PinQuestion): Promise<PinCheck> {
    const { book } = this.#ports;
    const hasher = this.#ports.hasher();
    const page = await book.page(this.#caller(who), pins.slice(0, CANDIDATES_MAX));
    this.#remember(who, page.failures);
    const lockedUntilMs = this.lockedUntilMs(who, atMs);
    if (lockedUntilMs !== null) return { kind: 'locked', untilMs: lockedUntilMs };
    const usable = Array.from(page.hashes).filter(([, hash]) => hasher.made(hash));
    if (usable.length === 0) {
      return unavailable(
        page.hashes.size === 0 ? 'No PIN counts here any more.' : 'The PINs were made with another key file.',
      );
    }
    const matching = await Promise.all(
      usable.map(async ([id, hash]) => ((await hasher.matches(hash, digits)) ? [id] : [])),
    );
    const [right] = matching.flat();
    return right === undefined ? await this.#wrong(who, atMs) : await this.#claim(who, right, atMs);
  }

  async #wrong(who: string, atMs: number): Promise<PinCheck> {
    this.#note(who, await this.#ports.book.fail(this.#caller(who), atMs), atMs);
    return { kind: 'wrong', lockedUntilMs: this.lockedUntilMs(who, atMs) };
  }

  async #claim(who: string, id: string, atMs: number): Promise<PinCheck> {
    const claim = await this.#ports.book.claim(this.#caller(who), id, atMs);
    this.#note(who, claim, atMs);
    if (claim.kind === 'claimed') return { kind: 'right', id };
    const untilMs = this.lockedUntilMs(who, atMs);
    // Locked by another call of the same caller while this one was being checked.
    if (claim.kind === 'locked' && untilMs !== null) return { kind: 'locked', untilMs };
    // Used up or expired: the caller is told no more than of a wrong one.
    return { kind: 'wrong', lockedUntilMs: untilMs };
  }

  #note(who: string, { failures, locksNow }: PinFailed, atMs: number): void {
    this.#remember(who, failures);
    if (!locksNow) return;
    const lockMs = pinLockLeftMs(failures, failures.lastMs);
    this.#ports.onLocked({ who, failures: failures.failures, atMs, lockMs });
  }

  #remember(who: string, failures: PinFailures): void {
    const later = laterPinFailures(this.#known(who), failures);
    // Another clock, or this one before it was set back, may have written it: locks count on from there.
    const aheadMs = later.lastMs - this.#steadyMs();
    if (aheadMs > 0) this.#steadyFromMs += aheadMs;
    this.#failures.delete(who);
    if (later.lastMs === noPinFailures.lastMs) return;
    this.#failures.set(who, later);
    forgetOldest(this.#failures, CALLERS_MAX);
  }

  #known(who: string): PinFailures {
    return this.#failures.get(who) ?? noPinFailures;
  }

  #caller(who: string): PinCaller {
    return { who, steadyMs: this.#steadyMs(), known: this.#known(who) };
  }

  /** Whole milliseconds, as the database keeps them. */
  #steadyMs(): number {
    return Math.floor(this.#steadyFromMs + this.#ports.monotonicMs());
  }
}

const unavailable = (why: string): PinCheck => ({ kind: 'unavailable', why });
