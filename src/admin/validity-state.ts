// Whether something with a beginning and an end counts at a moment.

/** Milliseconds since the epoch, null for no end on that side; `untilMs` is the first moment that no longer counts. */
interface Validity {
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

export type ValidityState = 'active' | 'not-yet' | 'expired';

export function validityState({ fromMs, untilMs }: Validity, atMs: number): ValidityState {
  if (untilMs !== null && atMs >= untilMs) return 'expired';
  return fromMs !== null && atMs < fromMs ? 'not-yet' : 'active';
}
