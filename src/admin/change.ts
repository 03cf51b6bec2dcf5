// The frame of every change: decide, write, seal and audit in one transaction, or nothing at all.
import { AppError } from '../errors.ts';
import { appendAudit } from '../store/audit.ts';
import type { Store } from '../store/open.ts';
import { policyVersion, sealPolicy, verifyPolicy } from '../store/policy.ts';
import { inWriteTransaction } from '../store/transaction.ts';
import { refuseOthersParts, type AskerRights } from './asker-rights.ts';
import { remember, rememberFirst } from './policy-file/remember.ts';

/** Who changes which policy, and when. */
export interface AdminContext {
  readonly store: Store;
  /** Such as `cli:maria`: it stands in the audit record. */
  readonly actor: string;
  readonly pbx: string;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** Asked with the write lock held, before anything is written: throws `AppError('stale')` where others were faster. */
  readonly precondition?: () => void;
  readonly rights?: AskerRights;
}

/** One thing that is different now, as plain data; null for "was not there". */
export interface Change {
  /** A past fact: `setting-changed`. */
  readonly action: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a command did. No changes: everything was so already, and nothing was written. */
export interface ChangeOutcome {
  readonly changes: readonly Change[];
  /** The version that is in force now. */
  readonly policyVersion: number;
  /** Sentences that the administrator should read. */
  readonly notices: readonly string[];
}

export interface Changed {
  readonly changes: readonly Change[];
  readonly notices?: readonly string[];
}

const ACTOR = /^[\p{L}\p{N}_.:@/-]{1,100}$/u;

/** Throws `AppError('invalid')` for a name that the audit does not take. */
export function refuseActor(actor: string): void {
  if (!ACTOR.test(actor))
    throw new AppError('invalid', 'An actor is a name of letters, digits and ":@._/-".');
}

/**
 * Runs `work` with the write lock held; it reads, judges, writes the rows and says what it changed. The
 * damaged policy is refused first: sealing on top of it would make the damage look right.
 */
export function changePolicy(context: AdminContext, work: () => Changed): ChangeOutcome {
  const { store, actor, pbx, nowMs } = context;
  refuseActor(actor);
  return inWriteTransaction(store, () => {
    verifyPolicy(store);
    context.precondition?.();
    rememberFirst(store, nowMs);
    const { changes, notices = [] } = work();
    refuseOthersParts(context.rights, changes);
    if (changes.length === 0) return { changes, policyVersion: policyVersion(store), notices };
    const version = sealPolicy(store);
    remember(store, version, actor, nowMs);
    const entries = changes.map((change) => ({ ...change, atMs: nowMs, pbx, actor, policyVersion: version }));
    appendAudit(store, entries);
    return { changes, policyVersion: version, notices };
  });
}

/** For making what must be new: with the write lock held, throws `AppError('conflict')` where `what` is there already. */
export function whereFree(context: AdminContext, isTaken: () => boolean, what: string): AdminContext {
  const precondition = () => {
    context.precondition?.();
    if (!isTaken()) return;
    throw new AppError('conflict', `There is ${what} already. Change that one, or choose another name.`);
  };
  return { ...context, precondition };
}

/** As `changePolicy`, for what is no part of the policy: audited, but no new version. */
export function changeBeside(context: AdminContext, work: () => Changed): ChangeOutcome {
  const { store, actor, pbx, nowMs } = context;
  refuseActor(actor);
  return inWriteTransaction(store, () => {
    context.precondition?.();
    const { changes, notices = [] } = work();
    const version = policyVersion(store);
    const entries = changes.map((change) => ({ ...change, atMs: nowMs, pbx, actor, policyVersion: version }));
    appendAudit(store, entries);
    return { changes, policyVersion: version, notices };
  });
}
