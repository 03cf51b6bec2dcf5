// Who of Asterisk's endpoints belongs to the house, and which lead outside.
import { compilePlan } from '../numbering/compile-plan.ts';
import { createReader } from '../numbering/reader.ts';
import type { Store } from '../store/open.ts';
import { loadPolicy } from '../store/policy.ts';

export interface House {
  /** A named trunk, or, where none is named, an endpoint that is no known extension. */
  readonly isTrunk: (endpoint: string) => boolean;
  readonly internationalPrefixes: readonly string[];
  /** Sound names, several joined by `&`, in every language. */
  readonly announcements: readonly string[];
}

/** @throws AppError as `loadPolicy`. */
export function readHouse(store: Store): House {
  const { barring, pickup } = loadPolicy(store);
  const members = pickup.groups.flatMap((group) => group.members.map(({ extension }) => extension));
  const known = new Set([...barring.extensions.map(({ extension }) => extension), ...members]);
  const read = createReader(compilePlan(barring.plan));
  const { trunks } = barring.settings;
  return {
    isTrunk: (endpoint) => {
      if (trunks.length > 0) return trunks.includes(endpoint);
      return !known.has(endpoint) && read(endpoint).kind !== 'internal';
    },
    internationalPrefixes: barring.plan.internationalPrefixes,
    announcements: [
      ...Object.values(barring.settings.announcements),
      ...barring.announcements.map(({ sound }) => sound),
    ],
  };
}
