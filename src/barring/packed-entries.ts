// Very many entries without an object for each: columns of numbers, found by hash. A hundred thousand rules as objects
// would cost twice the memory, and each collection of garbage the time to walk through all of them.
import type { Entry } from './entry.ts';

export interface PackedEntries {
  /** False where the pattern has no packed form, and nothing was added: letters, or too many digits. */
  readonly add: (pattern: string, entry: Entry) => boolean;
  /** Those of exactly this pattern, in the order in which they were added. */
  readonly at: (pattern: string) => readonly Entry[];
}

/** `1`, the digits, and whether there is a `+`, all in one number that a double holds exactly. */
const DIGITS_MAX = 15;
const PLUS = '+'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

const ENTRIES_FIRST = 512;
const TEXT_BYTES_FIRST = 4096;
/** UTF-8 of one UTF-16 code unit. */
const BYTES_A_CHARACTER = 3;

const actions = ['allow', 'deny', 'pin', 'block'] as const;
const kinds = ['rule', 'exception', 'country'] as const;
const EXACT = 0b1;
const PREMIUM = 0b10;
const OBSERVE = 0b100;
const ACTION_SHIFT = 3;
const KIND_SHIFT = 5;

/** Not negative, and never 0 but where the pattern cannot be packed. The 1 in front keeps zeros that lead. */
function keyOf(pattern: string): number {
  const plus = pattern.charCodeAt(0) === PLUS ? 1 : 0;
  if (pattern.length - plus > DIGITS_MAX) return 0;
  let digits = 1;
  for (let at = plus; at < pattern.length; at += 1) {
    const digit = pattern.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return 0;
    digits = digits * 10 + digit;
  }
  return digits * 2 + plus;
}

/** Neighbouring numbers fall far from each other. */
function hashOf(key: number): number {
  const mixed = Math.imul(key ^ Math.imul(Math.floor(key / 2 ** 32), 0x9e3779b1), 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 8;
}

interface Column {
  readonly buffer: ArrayBuffer;
}

/** The old memory is given back at once: what only waits for the garbage collector waits long. */
function doubled<C extends Column>(column: C, make: (buffer: ArrayBuffer) => C): C {
  return make(column.buffer.transfer(column.buffer.byteLength * 2));
}

const DOUBLE_BYTES = 8;
const INTEGER_BYTES = 4;
const doubles = (buffer: ArrayBuffer) => new Float64Array(buffer);
const integers = (buffer: ArrayBuffer) => new Int32Array(buffer);
const offsets = (buffer: ArrayBuffer) => new Uint32Array(buffer);
const bytes = (buffer: ArrayBuffer) => new Uint8Array(buffer);
const room = (byteLength: number) => new ArrayBuffer(byteLength);

export function createPackedEntries(): PackedEntries {
  let count = 0;
  let ids = doubles(room(ENTRIES_FIRST * DOUBLE_BYTES));
  let since = doubles(room(ENTRIES_FIRST * DOUBLE_BYTES));
  let until = doubles(room(ENTRIES_FIRST * DOUBLE_BYTES));
  let flags = bytes(room(ENTRIES_FIRST));
  let texts = offsets(room(ENTRIES_FIRST * 2 * INTEGER_BYTES));
  /** The entry before it of the same pattern, counted from 1; 0 for none. */
  let before = integers(room(ENTRIES_FIRST * INTEGER_BYTES));
  const reasons = createTexts();
  let table = createTable(ENTRIES_FIRST * 2);

  const grow = () => {
    ids = doubled(ids, doubles);
    since = doubled(since, doubles);
    until = doubled(until, doubles);
    flags = doubled(flags, bytes);
    texts = doubled(texts, offsets);
    before = doubled(before, integers);
    table = table.doubled();
  };
  const entryAt = (index: number): Entry => {
    const bits = flags[index] ?? 0;
    return {
      kind: kinds[bits >> KIND_SHIFT] ?? 'rule',
      id: ids[index] ?? 0,
      action: actions[(bits >> ACTION_SHIFT) & 0b11] ?? 'deny',
      exact: (bits & EXACT) !== 0,
      premium: (bits & PREMIUM) !== 0,
      observe: (bits & OBSERVE) !== 0,
      fromMs: nullFor(since[index]),
      untilMs: nullFor(until[index]),
      reason: reasons.read(texts[index * 2] ?? 0, texts[index * 2 + 1] ?? 0),
    };
  };
  return {
    add: (pattern, entry) => {
      const key = keyOf(pattern);
      if (key === 0) return false;
      if (count === ids.length) grow();
      const slot = table.slotOf(key);
      ids[count] = entry.id;
      since[count] = entry.fromMs ?? Number.NaN;
      until[count] = entry.untilMs ?? Number.NaN;
      flags[count] = bitsOf(entry);
      const start = reasons.add(entry.reason);
      texts.set([start, reasons.end()], count * 2);
      before[count] = table.lastAt(slot);
      count += 1;
      table.put(slot, key, count);
      return true;
    },
    at: (pattern) => {
      const key = keyOf(pattern);
      const entries: Entry[] = [];
      if (key === 0) return entries;
      for (let last = table.lastAt(table.slotOf(key)); last > 0; last = before[last - 1] ?? 0) {
        entries.push(entryAt(last - 1));
      }
      return entries.toReversed();
    },
  };
}

const nullFor = (ms: number | undefined) => (ms === undefined || Number.isNaN(ms) ? null : ms);

function bitsOf({ kind, action, exact, premium, observe }: Entry): number {
  const marks = (exact ? EXACT : 0) | (premium ? PREMIUM : 0) | (observe ? OBSERVE : 0);
  return marks | (actions.indexOf(action) << ACTION_SHIFT) | (kinds.indexOf(kind) << KIND_SHIFT);
}

interface Table {
  /** Where the key stands, or would: the table is never more than half full. */
  readonly slotOf: (key: number) => number;
  /** The last entry of the slot's key, counted from 1; 0 for none. */
  readonly lastAt: (slot: number) => number;
  readonly put: (slot: number, key: number, last: number) => void;
  /** Ends this one. */
  readonly doubled: () => Table;
}

/** Open addressing; the size is a power of two. */
function createTable(size: number): Table {
  const keys = doubles(room(size * DOUBLE_BYTES));
  const lasts = integers(room(size * INTEGER_BYTES));
  const slotOf = (key: number) => {
    let slot = hashOf(key) & (size - 1);
    while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & (size - 1);
    return slot;
  };
  const put = (slot: number, key: number, last: number) => {
    keys[slot] = key;
    lasts[slot] = last;
  };
  return {
    slotOf,
    put,
    lastAt: (slot) => lasts[slot] ?? 0,
    doubled: () => {
      const larger = createTable(size * 2);
      keys.forEach((key, slot) => {
        if (key !== 0) larger.put(larger.slotOf(key), key, lasts[slot] ?? 0);
      });
      for (const { buffer } of [keys, lasts]) buffer.transfer(0);
      return larger;
    },
  };
}

interface Texts {
  /** Where it begins; it ends at `end()`. The same text as the one before is kept once. */
  readonly add: (text: string) => number;
  readonly end: () => number;
  readonly read: (start: number, end: number) => string;
}

function createTexts(): Texts {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let stored = bytes(room(TEXT_BYTES_FIRST));
  let end = 0;
  let last = { text: '', start: 0 };
  return {
    add: (text) => {
      if (text === last.text) return last.start;
      while (end + text.length * BYTES_A_CHARACTER > stored.length) stored = doubled(stored, bytes);
      last = { text, start: end };
      end += encoder.encodeInto(text, stored.subarray(end)).written;
      return last.start;
    },
    end: () => end,
    read: (start, until) => (start === until ? '' : decoder.decode(stored.subarray(start, until))),
  };
}
