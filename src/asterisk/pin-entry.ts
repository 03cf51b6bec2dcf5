// The digits of one try, as they come by DTMF: kept as short as possible, and forgotten as soon as they are taken.

/** Longer than any PIN; what comes beyond makes the entry wrong, and is not kept. */
export const PIN_DIGITS_MAX = 16;

export interface PinEntry {
  /** One of `0-9*#A-D`; `#` ends the entry. */
  press(digit: string): void;
  /** True from the first digit on, `#` included. */
  readonly begun: boolean;
  /** True once `#` came; what comes behind it is not taken. */
  readonly ended: boolean;
  /** Grows with each digit that is taken. */
  readonly presses: number;
  /** What was entered, without `#`; the entry forgets it. */
  take(): string;
}

export function createPinEntry(): PinEntry {
  let digits = '';
  let presses = 0;
  let ended = false;
  return {
    press(digit) {
      if (ended) return;
      presses += 1;
      if (digit === '#') ended = true;
      // One more than the longest is kept, so that a long entry is never taken for its beginning.
      else if (digits.length <= PIN_DIGITS_MAX) digits += digit;
    },
    get begun() {
      return presses > 0;
    },
    get ended() {
      return ended;
    },
    get presses() {
      return presses;
    },
    take() {
      const taken = digits;
      digits = '';
      return taken;
    },
  };
}
