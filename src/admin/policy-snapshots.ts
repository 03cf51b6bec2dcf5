// The compiled policy for a process that judges now and then: built once for each version, in slices, dropped when idle.
import assert from 'node:assert';
import type { PolicyData } from '../barring/policy.ts';
import { compileSnapshotSteps, type PolicySnapshot } from '../barring/snapshot.ts';
import { openStore, type Store } from '../store/open.ts';
import { loadSteps, policyVersion } from '../store/policy.ts';
import { inSlices, type Steps } from '../store/steps.ts';
import { readTransactionSteps } from '../store/transaction.ts';

/** Nobody judged for so long: the next one waits for a second, and the memory is free until then. */
const IDLE_MS = 10 * 60_000;

/** A policy to judge by, with the rows that people are shown beside. */
export interface HeldPolicy {
  readonly snapshot: PolicySnapshot;
  /** Without the rules, which may be very many. */
  readonly rows: Omit<PolicyData, 'rules'>;
}

interface Held {
  readonly store: Store;
  readonly version: number;
  readonly policy: Promise<HeldPolicy>;
}

export class PolicySnapshots implements Disposable {
  #held: Held | null = null;
  #idle: NodeJS.Timeout | undefined;
  #settled = true;

  /**
   * The policy that is in force in that database. One is built at a time, and whoever asks meanwhile waits for it. Rejects
   * as `loadPolicy` throws.
   */
  async inForce(store: Store): Promise<HeldPolicy> {
    while (!this.#settled && this.#current(store) === null) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the purpose
      await this.#held?.policy.catch(() => undefined);
    }
    const held = this.#current(store) ?? this.#build(store);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#drop(), IDLE_MS).unref();
    return await held.policy;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#idle);
    this.#drop();
  }

  /** A restored backup is another database, whatever its version. */
  #current(store: Store): Held | null {
    const held = this.#held;
    return held?.store === store && held.version === policyVersion(store) ? held : null;
  }

  #build(store: Store): Held {
    this.#settled = false;
    const policy = build(store.path).finally(() => {
      this.#settled = true;
    });
    const held = { store, version: policyVersion(store), policy };
    this.#held = held;
    policy.catch(() => {
      if (this.#held === held) this.#drop();
    });
    return held;
  }

  #drop(): void {
    this.#held = null;
  }
}

/** On a connection of its own, as others change the policy between two slices. */
async function build(path: string): Promise<HeldPolicy> {
  using store = openStore(path, { readonly: true });
  const built = await inSlices(readTransactionSteps(store, steps(store)), () => performance.now());
  assert(built);
  return built;
}

function* steps(store: Store): Steps<HeldPolicy> {
  const { barring } = yield* loadSteps(store);
  const snapshot = yield* compileSnapshotSteps(barring);
  const { rules: _, ...rows } = barring;
  return { snapshot, rows };
}
