// Short lengths of time for people.

const SECOND_MS = 1000;

/** `12.3 s`; null for a length that there is not. */
export function secondsText(ms: number): string;
export function secondsText(ms: number | null): string | null;
export function secondsText(ms: number | null): string | null {
  return ms === null ? null : `${(ms / SECOND_MS).toFixed(1)} s`;
}
