// What becomes of PINs when those whose they are go. No policy file holds a PIN, so neither it nor a rollback brings one back.
import { readPins } from '../store/pins.ts';
import type { PinRow } from '../barring/policy.ts';
import type { Store } from '../store/open.ts';
import type { Change } from './change.ts';
import { pinSubject, spokenPin } from './pin-words.ts';
import { someNames } from './some-of.ts';

/** PINs that one notice names. */
const NAMED_MAX = 5;

export interface Gone {
  readonly extensions: readonly string[];
  readonly groups: readonly string[];
  /** People of lists, by the ids of their entries. */
  readonly people: ReadonlyMap<number, { readonly list: string; readonly number: string }>;
}

export interface PinLosses {
  readonly changes: readonly Change[];
  readonly notices: readonly string[];
}

/** To be asked before they go; the rows go with them. */
export function pinLosses(store: Store, gone: Gone): PinLosses {
  const extensions = new Set(gone.extensions);
  const groups = new Set(gone.groups);
  if (extensions.size + groups.size + gone.people.size === 0) return { changes: [], notices: [] };
  const removed: PinRow[] = [];
  const useless: PinRow[] = [];
  const changes = readPins(store).flatMap((pin): Change[] => {
    const person = pin.entryId === null ? undefined : gone.people.get(pin.entryId);
    if (person) {
      removed.push(pin);
      const before = spokenPin(pin, person);
      return [{ action: 'pin-removed', subject: pinSubject(pin), before, after: null }];
    }
    const before = { extensions: pin.extensions, groups: pin.groups };
    const after = {
      extensions: pin.extensions.filter((extension) => !extensions.has(extension)),
      groups: pin.groups.filter((group) => !groups.has(group)),
    };
    const left = after.extensions.length + after.groups.length;
    if (left === pin.extensions.length + pin.groups.length) return [];
    if (left === 0) useless.push(pin);
    return [{ action: 'pin-changed', subject: pinSubject(pin), before, after }];
  });
  return {
    changes,
    notices: [
      ...told(
        removed,
        'goes with its person, and no file brings it back',
        'go with their people, and no file brings them back',
      ),
      ...told(
        useless,
        'counts nowhere any more: remove it, and add another where one is needed',
        'count nowhere any more: remove them, and add others where they are needed',
      ),
    ],
  };
}

function told(pins: readonly PinRow[], one: string, many: string): readonly string[] {
  if (pins.length === 0) return [];
  const named = pins.map(({ id, name }) => `${id} (${name})`);
  const which = someNames(named, NAMED_MAX);
  return [pins.length === 1 ? `The PIN ${which} ${one}.` : `The PINs ${which} ${many}.`];
}
