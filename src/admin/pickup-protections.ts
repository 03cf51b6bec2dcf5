// Changing the pickup protections: calls that nobody but the named ones may take, whatever their groups and rights.
import { AppError } from '../errors.ts';
import type { PickupProtectionRow } from '../pickup/call.ts';
import type { Store } from '../store/open.ts';
import {
  deletePickupProtection,
  readPickupProtections,
  writePickupProtection,
} from '../store/pickup-protections.ts';
import { changePolicy, whereFree, type AdminContext, type ChangeOutcome } from './change.ts';
import { notKnown, readChoice } from './known-word.ts';
import { readLine } from './line-text.ts';
import { PICKUP_REASON_LENGTH_MAX, refuseUnknownGroups, strangerNotices } from './pickup-rights.ts';
import { PICKUP_ALLOWED_MAX, partyWord, protectionKinds, readParty, readProtected } from './pickup-words.ts';
import { isSame } from './same.ts';

const PROTECTIONS_MAX = 10_000;

/** What `pickup protect` is told; what is not given stays as it is, or is empty in a new one. */
export interface ProtectionWords {
  readonly kind: string;
  readonly value: string;
  /** `1003`, `group:board`. */
  readonly allowed?: readonly string[] | undefined;
  readonly reason?: string | undefined;
}

type Which = Pick<PickupProtectionRow, 'kind' | 'value'>;

const nameOf = ({ kind, value }: Which) => `${kind} ${value}`;
const subjectOf = (which: Which) => `pickup protection of ${nameOf(which)}`;

const spoken = ({ allowed, reason }: PickupProtectionRow) => ({
  allowed: allowed.length === 0 ? ['nobody'] : allowed.map(partyWord),
  reason,
});

export interface ShownProtection extends Omit<PickupProtectionRow, 'allowed'> {
  /** As they are written: `1003`, `group:board`. */
  readonly allowed: readonly string[];
}

const shownProtection = (row: PickupProtectionRow): ShownProtection => ({
  ...row,
  allowed: row.allowed.map(partyWord),
});

/** By kind, then by value. */
export function listProtections(store: Store): readonly ShownProtection[] {
  return readPickupProtections(store).map(shownProtection);
}

/** Throws `AppError('not-found')` where it is not protected. */
export function showProtection(
  store: Store,
  words: Pick<ProtectionWords, 'kind' | 'value'>,
): ShownProtection {
  return shownProtection(requireProtection(store, readWhich(words)));
}

/** The same as `protect`. Throws `AppError('conflict')` where it is protected already. */
export function createProtection(context: AdminContext, words: ProtectionWords): ChangeOutcome {
  const which = readWhich(words);
  const taken = () => readPickupProtections(context.store).some((row) => nameOf(row) === nameOf(which));
  return protect(whereFree(context, taken, `the pickup protection of ${nameOf(which)}`), words);
}

/** The same for one that must be there. Throws `AppError('not-found')`. */
export function setProtection(context: AdminContext, words: ProtectionWords): ChangeOutcome {
  const which = readWhich(words);
  const precondition = () => {
    requireProtection(context.store, which);
    context.precondition?.();
  };
  return protect({ ...context, precondition }, words);
}

function readWhich({ kind: word, value }: Pick<ProtectionWords, 'kind' | 'value'>): Which {
  const kind = readChoice(word, protectionKinds, 'What is protected');
  return { kind, value: readProtected(kind, value) };
}

/** Adds the protection, or changes the one of that value. Throws `AppError`, also for a group that is not there. */
export function protect(context: AdminContext, words: ProtectionWords): ChangeOutcome {
  const which = readWhich(words);
  const allowed = words.allowed && [...new Set(words.allowed)].map(readParty);
  if (allowed && allowed.length > PICKUP_ALLOWED_MAX) {
    throw new AppError(
      'invalid',
      `A protection names ${PICKUP_ALLOWED_MAX} at most. Put them into a pickup group, and name that.`,
    );
  }
  const reason = words.reason === undefined ? undefined : readReason(words.reason);
  return changePolicy(context, () => {
    const { store } = context;
    const all = readPickupProtections(store);
    const before = all.find((row) => nameOf(row) === nameOf(which)) ?? null;
    const after: PickupProtectionRow = {
      ...which,
      allowed: allowed ?? before?.allowed ?? [],
      reason: reason ?? before?.reason ?? '',
    };
    refuseUnknownGroups(store, allowed ?? []);
    if (isSame(before && spoken(before), spoken(after))) return { changes: [] };
    if (before === null && all.length >= PROTECTIONS_MAX) {
      throw new AppError('invalid', `There are ${PROTECTIONS_MAX} pickup protections, which is the limit.`);
    }
    writePickupProtection(store, after);
    const isExtension = which.kind === 'extension';
    const named = isExtension ? [{ kind: 'extension', name: which.value } as const] : [];
    return {
      changes: [
        {
          action: before === null ? 'pickup-protection-added' : 'pickup-protection-changed',
          subject: subjectOf(which),
          before: before && spoken(before),
          after: spoken(after),
        },
      ],
      notices: strangerNotices(store, [...named, ...(allowed ?? [])]),
    };
  });
}

const readReason = (text: string) => readLine(text, PICKUP_REASON_LENGTH_MAX, 'A reason');

/** Throws `AppError('not-found')` where it is not protected. */
export function unprotect(
  context: AdminContext,
  words: Pick<ProtectionWords, 'kind' | 'value'>,
): ChangeOutcome {
  const which = readWhich(words);
  return changePolicy(context, () => {
    const { store } = context;
    const before = requireProtection(store, which);
    deletePickupProtection(store, which.kind, which.value);
    const change = {
      action: 'pickup-protection-removed',
      subject: subjectOf(which),
      before: spoken(before),
      after: null,
    };
    return { changes: [change] };
  });
}

function requireProtection(store: Store, which: Which): PickupProtectionRow {
  const all = readPickupProtections(store);
  const found = all.find((row) => nameOf(row) === nameOf(which));
  if (found) return found;
  throw notKnown('pickup protection of', nameOf(which), all.map(nameOf), 'pickup protect list');
}
