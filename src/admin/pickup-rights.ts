// Changing the pickup rights beside the groups: who may take whose calls, until when and at which hours.
import { AppError } from '../errors.ts';
import type { PickupParty, PickupRightRow } from '../pickup/call.ts';
import { readExtension } from '../store/extensions.ts';
import type { Store } from '../store/open.ts';
import {
  addPickupRight,
  deletePickupRight,
  readPickupRights,
  type NewPickupRight,
} from '../store/pickup-rights.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { KEPT_EXPIRED_MS } from './exceptions.ts';
import { readIds } from './id-words.ts';
import { readLine } from './line-text.ts';
import { isoMoment } from './moment-words.ts';
import { requireGroup } from './pickup-groups.ts';
import { partyWord, readParty, readTarget } from './pickup-words.ts';
import { isSame } from './same.ts';
import { requireSchedule } from './schedules.ts';
import { someNames } from './some-of.ts';
import { validityState, type ValidityState } from './validity-state.ts';

const RIGHTS_MAX = 10_000;
export const PICKUP_REASON_LENGTH_MAX = 200;
/** Extensions that a notice names one by one. */
const NAMED_MAX = 10;

/** What `pickup right add` is told; times in milliseconds since the epoch. */
export interface PickupRightWords {
  /** `1003` or `group:reception`. */
  readonly picker: string;
  /** The same, or `any`. */
  readonly target: string;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  /** '' for always. */
  readonly schedule: string;
  readonly reason: string;
}

/** What the audit shows of a right: what is empty is left out. */
function spokenRight(right: NewPickupRight): Readonly<Record<string, unknown>> {
  return {
    picker: partyWord(right.picker),
    target: partyWord(right.target),
    ...(right.fromMs === null ? {} : { from: isoMoment(right.fromMs) }),
    until: isoMoment(right.untilMs) ?? 'no end',
    ...(right.schedule === '' ? {} : { schedule: right.schedule }),
    ...(right.reason === '' ? {} : { reason: right.reason }),
  };
}

const subjectOf = (id: number) => `pickup right ${id}`;

/** Throws `AppError` for a group or schedule that is not there, and for a right that is there already. */
export function addRight(context: AdminContext, words: PickupRightWords): ChangeOutcome {
  const { fromMs, untilMs, schedule } = words;
  const picker = readParty(words.picker);
  const target = readTarget(words.target);
  const reason = readLine(words.reason, PICKUP_REASON_LENGTH_MAX, 'A reason');
  const right: NewPickupRight = { picker, target, fromMs, untilMs, schedule, reason };
  if (picker.kind === 'extension' && isSame(picker, target)) {
    throw new AppError('invalid', `${picker.name} may take its own calls without any right.`);
  }
  return changePolicy(context, () => {
    const { store, nowMs } = context;
    const parties = target.kind === 'any' ? [picker] : [picker, target];
    refuseUnknownGroups(store, parties);
    if (schedule !== '') requireSchedule(store, schedule);
    const there = readPickupRights(store);
    refuseDuplicate(there, right, nowMs);
    if (there.length >= RIGHTS_MAX) {
      throw new AppError(
        'invalid',
        `There are ${RIGHTS_MAX} pickup rights, which is the limit. Run \`callwarden pickup right prune\`.`,
      );
    }
    const id = addPickupRight(store, right);
    const change = {
      action: 'pickup-right-added',
      subject: subjectOf(id),
      before: null,
      after: { id, ...spokenRight(right) },
    };
    return {
      changes: [change],
      notices: [...strangerNotices(store, parties), ...endedNotices(there, nowMs)],
    };
  });
}

export function refuseUnknownGroups(store: Store, parties: readonly PickupParty[]): void {
  for (const { kind, name } of parties) if (kind === 'group') requireGroup(store, name);
}

/** Extensions that nothing else is known of: mistyped, perhaps. */
export function strangerNotices(store: Store, parties: readonly PickupParty[]): readonly string[] {
  const strangers = parties
    .filter(({ kind, name }) => kind === 'extension' && readExtension(store, name) === null)
    .map(({ name }) => name);
  if (strangers.length === 0) return [];
  return [`Not known as extensions yet: ${someNames(strangers, NAMED_MAX)}. Check how they are written.`];
}

/** Rights that have ended stay in the list until they are pruned. */
function endedNotices(rights: readonly PickupRightRow[], nowMs: number): readonly string[] {
  const ended = rights.filter((right) => validityState(right, nowMs) === 'expired').length;
  if (ended === 0) return [];
  const which = ended === 1 ? 'One pickup right has' : `${ended} pickup rights have`;
  return [`${which} ended: \`callwarden pickup right list --expired\`.`];
}

function refuseDuplicate(there: readonly PickupRightRow[], right: NewPickupRight, nowMs: number): void {
  const termsOf = ({ picker, target, fromMs, untilMs, schedule }: NewPickupRight) =>
    [partyWord(picker), partyWord(target), fromMs, untilMs, schedule] as const;
  const same = there.find(
    (row) => validityState(row, nowMs) !== 'expired' && isSame(termsOf(row), termsOf(right)),
  );
  if (same === undefined) return;
  throw new AppError('conflict', `That is pickup right ${same.id} already. Nothing was changed.`);
}

/** Throws `AppError('not-found')` that names all that are not there. */
export function removeRights(context: AdminContext, ids: readonly string[]): ChangeOutcome {
  const wanted = readIds(ids, 'pickup rights', 'pickup right list');
  return changePolicy(context, () => {
    const { store } = context;
    const rows = new Map(readPickupRights(store).map((row) => [row.id, row]));
    const missing = wanted.filter((id) => !rows.has(id));
    if (missing.length > 0) {
      throw new AppError(
        'not-found',
        `There is no pickup right ${missing.join(', ')}. Nothing was changed. ` +
          '`callwarden pickup right list --all` shows them.',
      );
    }
    return { changes: wanted.flatMap((id) => rows.get(id) ?? []).map((row) => remove(store, row)) };
  });
}

function remove(store: Store, row: PickupRightRow): Change {
  deletePickupRight(store, row.id);
  const subject = subjectOf(row.id);
  return { action: 'pickup-right-removed', subject, before: spokenRight(row), after: null };
}

/** Removes those that ended longer ago than they are kept. */
export function pruneRights(context: AdminContext, keptMs: number = KEPT_EXPIRED_MS): ChangeOutcome {
  return changePolicy(context, () => {
    const { store, nowMs } = context;
    const old = readPickupRights(store).filter(
      ({ untilMs }) => untilMs !== null && untilMs <= nowMs - keptMs,
    );
    return { changes: old.map((row) => remove(store, row)) };
  });
}

export interface ShownPickupRight extends Omit<PickupRightRow, 'picker' | 'target'> {
  /** As they are written: `1003`, `group:reception`, `any`. */
  readonly picker: string;
  readonly target: string;
  readonly state: ValidityState;
}

export interface PickupRightFilter {
  /** As picker or as target, by itself. */
  readonly extension: string | null;
  readonly show: 'current' | 'expired' | 'all';
}

const shownRight = (row: PickupRightRow, atMs: number): ShownPickupRight => ({
  ...row,
  picker: partyWord(row.picker),
  target: partyWord(row.target),
  state: validityState(row, atMs),
});

/** Throws `AppError('not-found')`. */
export function showRight(store: Store, id: number, atMs: number): ShownPickupRight {
  const row = readPickupRights(store).find((right) => right.id === id);
  if (row) return shownRight(row, atMs);
  throw new AppError(
    'not-found',
    `There is no pickup right ${id}. \`callwarden pickup right list\` shows them.`,
  );
}

/** In the order of their ids. */
export function listRights(
  store: Store,
  atMs: number,
  { extension, show }: PickupRightFilter,
): readonly ShownPickupRight[] {
  return readPickupRights(store)
    .map((row) => shownRight(row, atMs))
    .filter(({ picker, target }) => extension === null || picker === extension || target === extension)
    .filter(({ state }) => show === 'all' || (state === 'expired') === (show === 'expired'));
}
