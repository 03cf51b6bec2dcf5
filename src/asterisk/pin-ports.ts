// What the dialogue for a PIN needs of whoever knows the PINs.

/** `locked`: PINs are refused there for a while; `unavailable`: none could be checked, and why. */
export type PinCheck =
  | { readonly kind: 'right'; readonly id: string }
  | { readonly kind: 'wrong'; readonly lockedUntilMs: number | null }
  | { readonly kind: 'locked'; readonly untilMs: number }
  | { readonly kind: 'unavailable'; readonly why: string };

export interface PinQuestion {
  /** Whose tries are counted: the extension, or the number of an outside caller as its list has it. */
  readonly who: string;
  /** The ids of the PINs to compare with: those that count for this call, and behind them those that no longer do. */
  readonly pins: readonly string[];
  /** What was entered, without the `#` at its end. Never logged, never in a message, never in a record. */
  readonly digits: string;
  readonly atMs: number;
}

export interface PinPorts {
  /** Counts the use or the failure before it answers. */
  check(question: PinQuestion): Promise<PinCheck>;
  /** The caller hung up with digits entered that were not checked: that counts as a try, too. */
  abandoned(who: string, atMs: number): void;
}
