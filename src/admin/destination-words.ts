// How a dialled number was read, as commands and the API show it.
import type { Destination } from '../numbering/destination.ts';

/** What every kind of destination can say, with null and none where it has nothing to say. */
export function destinationOf(destination: Destination) {
  const numbered = 'e164' in destination ? destination : null;
  return {
    kind: destination.kind,
    e164: numbered?.e164 ?? null,
    regions: numbered?.regions ?? [],
    type: numbered?.numberType ?? null,
    number: destination.number,
  };
}

/** `international, +33140205050, FR, fixed`. */
export function destinationText(destination: Destination): string {
  const { kind, e164, regions, type } = destinationOf(destination);
  return [kind, e164, regions.join(' or '), type].filter(Boolean).join(', ');
}
