// Who has a PIN, how it is used, and who is locked after wrong ones; never digits, never a hash.
import { pinLockLeftMs } from '../barring/pin-lockout.ts';
import type { PinRow } from '../barring/policy.ts';
import { readAuthorisedRecords, type AuthorisedRecord } from '../store/authorised-entries.ts';
import { readGroups } from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import { readPinFailures, readPinUses, type PinUse } from '../store/pin-uses.ts';
import { readPinDays } from '../store/pin-secrets.ts';
import { readPins } from '../store/pins.ts';
import { fullName } from './authorised-person.ts';
import { entryOf } from './pin-holders.ts';
import { pinStateWord, type PinStateWord } from './pin-words.ts';
import { requirePin } from './pins.ts';

export interface ShownPin {
  readonly pin: PinRow;
  /** `partners/+541143211234`; null where it is nobody's on a list. */
  readonly entry: string | null;
  /** The name of that person; '' for none. */
  readonly person: string;
  readonly state: PinStateWord;
  /** When it got its digits; null where that is not known, as an older callwarden has made it. */
  readonly madeMs: number | null;
  readonly uses: number;
  readonly lastUsedMs: number | null;
}

/** All PINs in the order of their ids, as they are at that moment. */
export function listPins(store: Store, atMs: number): readonly ShownPin[] {
  const uses = readPinUses(store);
  const days = readPinDays(store);
  const pins = readPins(store);
  const records = pins.some(({ entryId }) => entryId !== null) ? readAuthorisedRecords(store, null) : [];
  const entries = new Map(records.map((record) => [record.id, record]));
  return pins.map((pin) => {
    const past = { used: uses.get(pin.id), madeMs: days.get(pin.id) ?? null };
    return shownPin(pin, past, entries.get(pin.entryId ?? -1), atMs);
  });
}

/** Those that count at the extension: its own, and those of its groups. */
export function listPinsAt(store: Store, extension: string, atMs: number): readonly ShownPin[] {
  const groups = readGroups(store).filter(({ members }) => members.includes(extension));
  const names = new Set(groups.map(({ name }) => name));
  return listPins(store, atMs).filter(
    ({ pin }) => pin.extensions.includes(extension) || pin.groups.some((group) => names.has(group)),
  );
}

/** What a list of PINs leaves out. Those that are disabled, expired or used up are in no report. */
export interface PinReport {
  /** Only those that opened nothing for so long. */
  readonly unusedForMs: number | null;
  /** Only those that end within so long. */
  readonly endsWithinMs: number | null;
}

/**
 * Whether a PIN belongs into the report, at that moment. One that begins later is not unused yet; one that was never used is
 * since it got its digits, or where that is not known, at once.
 */
export function isReported(
  { pin, state, lastUsedMs, madeMs }: ShownPin,
  { unusedForMs, endsWithinMs }: PinReport,
  atMs: number,
): boolean {
  if (unusedForMs === null && endsWithinMs === null) return true;
  if (state !== 'active' && (state !== 'not-yet' || unusedForMs !== null)) return false;
  const idleSinceMs = lastUsedMs ?? Math.max(pin.fromMs ?? 0, madeMs ?? 0);
  if (unusedForMs !== null && idleSinceMs > atMs - unusedForMs) return false;
  return endsWithinMs === null || (pin.untilMs !== null && pin.untilMs <= atMs + endsWithinMs);
}

/** Throws `AppError('not-found')` with the nearest id. */
export function showPin(store: Store, id: string, atMs: number): ShownPin {
  const pin = requirePin(store, id);
  const past = { used: readPinUses(store).get(id), madeMs: readPinDays(store).get(id) ?? null };
  return shownPin(pin, past, entryOf(store, pin) ?? undefined, atMs);
}

function shownPin(
  pin: PinRow,
  { used, madeMs }: { readonly used: PinUse | undefined; readonly madeMs: number | null },
  entry: AuthorisedRecord | undefined,
  atMs: number,
): ShownPin {
  return {
    pin,
    entry: entry ? `${entry.list}/${entry.number}` : null,
    person: entry ? fullName(entry) : '',
    state: pinStateWord(pin, used, atMs),
    madeMs,
    uses: used?.uses ?? 0,
    lastUsedMs: used?.lastUsedMs ?? null,
  };
}

/** Somebody whose PINs are wrong for a while, whatever is entered. */
export interface LockedCaller {
  /** An extension, or the number of an outside caller. */
  readonly who: string;
  readonly failures: number;
  readonly untilMs: number;
}

export function lockedCallers(store: Store, nowMs: number): readonly LockedCaller[] {
  return [...readPinFailures(store)].flatMap(([who, failures]) => {
    const leftMs = pinLockLeftMs(failures, nowMs);
    return leftMs > 0 ? [{ who, failures: failures.failures, untilMs: nowMs + leftMs }] : [];
  });
}
