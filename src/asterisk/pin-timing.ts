// How long each step of the dialogue for a PIN may take.

export interface PinTiming {
  /** A prompt that has not ended by then is stopped. */
  readonly promptMs: number;
  /** From the end of the prompt to the first digit. */
  readonly firstDigitMs: number;
  /** So much silence ends an entry that has no `#`. */
  readonly silenceMs: number;
  /** From the end of the prompt to the end of the entry, however the digits come. */
  readonly entryMs: number;
  readonly checkMs: number;
  /** For a sound to end that was stopped. */
  readonly stopMs: number;
  /** So long Asterisk keeps a caller, behind a prompt, for a daemon that is gone; one that is back by then asks him anew. */
  readonly leaseMs: number;
}

export const pinTiming: PinTiming = {
  promptMs: 12_000,
  firstDigitMs: 8_000,
  silenceMs: 4_000,
  entryMs: 25_000,
  checkMs: 5_000,
  stopMs: 1_000,
  leaseMs: 12_000,
};

/** What one try can take at most, in whole seconds: the deadline that Asterisk itself keeps over it where it cannot be put off. */
export function tryDeadlineSeconds(timing: PinTiming): number {
  const { promptMs, firstDigitMs, entryMs, checkMs, stopMs } = timing;
  return Math.ceil((promptMs + stopMs + firstDigitMs + entryMs + checkMs) / 1000) + 5;
}
