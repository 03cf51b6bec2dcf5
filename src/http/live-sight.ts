// What an account sees of live events: its rights, its extension, and nothing of a call that is closed to it.
import type { LiveConcern, LiveEvent } from './live-ports.ts';
import type { Who } from './api/who.ts';

/** Of everybody who follows: links, health, and what is told to this listener alone. */
const general: ReadonlySet<LiveEvent['type']> = new Set(['board', 'status', 'dropped']);

/** Takers of one call may be thousands, and are asked for once for each browser. */
const takers = new WeakMap<LiveConcern, ReadonlySet<string>>();

/** Asked anew for each event, as rights may change while somebody listens. */
export function sightOf(who: () => Who): (event: LiveEvent) => boolean {
  return ({ type, concern }) => {
    const { rights, seesAll, extension } = who();
    if (!rights.has('live.read')) return false;
    if (general.has(type)) return true;
    // Who called whom, and why it was refused.
    if (concern === null) return rights.has('calls.read');
    return seesAll || (extension !== null && isConcerned(concern, extension));
  };
}

function isConcerned(concern: LiveConcern, extension: string): boolean {
  if (concern.extensions.includes(extension)) return true;
  const known = takers.get(concern) ?? new Set(concern.takers);
  takers.set(concern, known);
  return known.has(extension);
}
