// Changing PINs: who gets one, until when, and new digits. No digits and no hash ever go into the audit.
import { randomInt } from 'node:crypto';
import type { PinRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import type { Store } from '../store/open.ts';
import type { PinHasher } from '../store/pin-hash.ts';
import { deletePin, insertPin, writePinEnabled, writePinHash } from '../store/pin-secrets.ts';
import { deletePinUses, resetPinFailures } from '../store/pin-uses.ts';
import { readPins } from '../store/pins.ts';
import { inReadTransaction } from '../store/transaction.ts';
import { readListedNumber } from './authorised-number.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { isLine } from './line-text.ts';
import { readPlan } from './stored-plan.ts';
import { chooseDigits, type DigitChoice } from './pin-choice.ts';
import { entryOf, readHolders, refuseTooManyPins, rivalsOf, type HolderWords } from './pin-holders.ts';
import { pinSubject, spokenPin } from './pin-words.ts';

const PINS_MAX = 10_000;
const NAME_LENGTH_MAX = 100;
const USES_MAX = 1_000_000;
/** Letters and digits that nobody takes for one another. */
const ID_LETTERS = 'abcdefghjkmnpqrstvwxyz23456789';
const ID_LENGTH = 4;
const OUTSIDE_NUMBER = /^\+?\d{7,}$/;

export type { PinHasher };

export interface NewPinWords extends HolderWords, Pick<PinRow, 'fromMs' | 'untilMs' | 'maxUses'> {
  readonly name: string;
}

export interface PinOutcome extends ChangeOutcome {
  readonly id: string;
  /** To be shown once; null where a person chose them. */
  readonly digits: string | null;
}

/** Adds a PIN. Throws `AppError`, in words that never hold digits. */
export async function addPin(
  context: AdminContext,
  words: NewPinWords,
  choice: DigitChoice,
  hasher: PinHasher,
): Promise<PinOutcome> {
  const { store } = context;
  const name = readHolderName(words.name);
  refuseUses(words.maxUses);
  const holders = inReadTransaction(store, () => readHolders(store, words));
  const ownNumbers = [...holders.extensions, ...(holders.entry ? [holders.entry.number] : [])];
  const secret = await chooseDigits(store, holders, ownNumbers, choice, hasher);
  let id = '';
  const outcome = changePolicy(context, () => {
    const pins = readPins(store);
    const { notices } = readHolders(store, words);
    if (pins.length >= PINS_MAX)
      throw new AppError('invalid', `There are ${PINS_MAX} PINs, which is the limit.`);
    refuseTooManyPins(store, holders, pins);
    secret.refuseNewcomers(rivalsOf(store, holders, pins));
    id = newId(pins);
    const { extensions, groups, entryId } = holders;
    const { fromMs, untilMs, maxUses } = words;
    const pin: PinRow = { id, name, enabled: true, fromMs, untilMs, maxUses, extensions, groups, entryId };
    // One who had this id, and went with a list, may have left uses behind.
    deletePinUses(store, id);
    insertPin(store, { ...pin, hash: secret.hash, madeMs: context.nowMs });
    const change: Change = {
      action: 'pin-added',
      subject: pinSubject(pin),
      before: null,
      after: spokenPin(pin, holders.entry),
    };
    return { changes: [change], notices: [...notices, ...secret.notices] };
  });
  return { ...outcome, id, digits: 'draw' in choice ? secret.digits : null };
}

/** New digits for a PIN, and with them new uses; the old ones are wrong from then on. */
export async function renewPin(
  context: AdminContext,
  id: string,
  validity: Partial<Pick<PinRow, 'fromMs' | 'untilMs'>>,
  choice: DigitChoice,
  hasher: PinHasher,
): Promise<PinOutcome> {
  const { store } = context;
  const before = requirePin(store, id);
  const entry = entryOf(store, before);
  const ownNumbers = [...before.extensions, ...(entry ? [entry.number] : [])];
  const secret = await chooseDigits(store, before, ownNumbers, choice, hasher);
  const outcome = changePolicy(context, () => {
    const pin = requirePin(store, id);
    secret.refuseNewcomers(rivalsOf(store, pin, readPins(store)));
    const after = { ...pin, ...validity };
    writePinHash(store, { ...after, hash: secret.hash, madeMs: context.nowMs });
    deletePinUses(store, id);
    const change: Change = {
      action: 'pin-renewed',
      subject: pinSubject(pin),
      before: { digits: 'old', ...spokenPin(pin, entry) },
      after: { digits: 'new', ...spokenPin(after, entry) },
    };
    const expired = after.untilMs !== null && after.untilMs <= context.nowMs;
    const notices = [
      ...(expired ? ['It has expired all the same: give it a new end with --until or --for.'] : []),
      ...(pin.enabled ? [] : [`It is still disabled: \`callwarden pin enable ${id}\`.`]),
      ...secret.notices,
    ];
    return { changes: [change], notices };
  });
  return { ...outcome, id, digits: 'draw' in choice ? secret.digits : null };
}

export function setPinsEnabled(
  context: AdminContext,
  ids: readonly string[],
  enabled: boolean,
): ChangeOutcome {
  return changePolicy(context, () => {
    const pins = [...new Set(ids)].map((id) => requirePin(context.store, id));
    const changes = pins
      .filter((pin) => pin.enabled !== enabled)
      .map((pin): Change => {
        writePinEnabled(context.store, pin.id, enabled);
        const action = enabled ? 'pin-enabled' : 'pin-disabled';
        return { action, subject: pinSubject(pin), before: { enabled: pin.enabled }, after: { enabled } };
      });
    return { changes };
  });
}

export function removePins(context: AdminContext, ids: readonly string[]): ChangeOutcome {
  return changePolicy(context, () => {
    const pins = [...new Set(ids)].map((id) => requirePin(context.store, id));
    const changes = pins.map((pin): Change => {
      const entry = entryOf(context.store, pin);
      deletePin(context.store, pin.id);
      deletePinUses(context.store, pin.id);
      const before = spokenPin(pin, entry);
      return { action: 'pin-removed', subject: pinSubject(pin), before, after: null };
    });
    return { changes };
  });
}

/** Lets callers who gave too many wrong PINs try again: extensions, or numbers of outside callers. */
export function unlockPins(context: AdminContext, callers: readonly string[]): ChangeOutcome {
  return changePolicy(context, () => {
    const changes: Change[] = [];
    for (const who of new Set(callers.map((word) => callerOf(context.store, word)))) {
      const before = resetPinFailures(context.store, who, context.nowMs);
      if (before === null) continue;
      changes.push({
        action: 'pins-unlocked',
        subject: `wrong PINs at ${who}`,
        before: before.failures,
        after: 0,
      });
    }
    return { changes };
  });
}

/** An outside number however it is written is the one of its list; whatever else is an extension as it stands. */
function callerOf(store: Store, word: string): string {
  if (!OUTSIDE_NUMBER.test(word)) return word;
  const reading = readListedNumber(word, readPlan(store));
  return reading.ok ? reading.e164 : word;
}

/** Throws `AppError('not-found')` with the nearest id. */
export function requirePin(store: Store, id: string): PinRow {
  const pins = readPins(store);
  const found = pins.find((pin) => pin.id === id);
  if (found) return found;
  const near = nearestWord(
    id,
    pins.map((pin) => pin.id),
  );
  // Whoever typed digits here by mistake must not find them in the terminal and the journal again.
  const named = /^p-\w{1,8}$/.test(id) ? JSON.stringify(id) : 'of that id';
  const next = near === null ? '`callwarden pin list` shows them.' : `Did you mean ${near}?`;
  throw new AppError('not-found', `There is no PIN ${named}. ${next}`);
}

function newId(pins: readonly PinRow[]): string {
  const taken = new Set(pins.map(({ id }) => id));
  for (;;) {
    const letters = Array.from({ length: ID_LENGTH }, () => ID_LETTERS[randomInt(ID_LETTERS.length)] ?? '');
    const id = `p-${letters.join('')}`;
    if (!taken.has(id)) return id;
  }
}

function readHolderName(name: string): string {
  const trimmed = name.trim().normalize('NFC');
  if (trimmed !== '' && isLine(trimmed, NAME_LENGTH_MAX) && !/\p{Cf}/u.test(trimmed)) return trimmed;
  throw new AppError(
    'invalid',
    `Say whose it is with --name: 1 to ${NAME_LENGTH_MAX} characters that stand on one line.`,
  );
}

function refuseUses(maxUses: number | null): void {
  if (maxUses === null || (Number.isInteger(maxUses) && maxUses >= 1 && maxUses <= USES_MAX)) return;
  throw new AppError(
    'invalid',
    `--max-uses takes a whole number from 1 to ${USES_MAX.toLocaleString('en')}.`,
  );
}
