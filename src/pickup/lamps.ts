// Which lamps of groups blink: those behind whose code a call rings now.
import type { RingingCall } from './call.ts';
import { groupsInRole } from './groups.ts';
import { protectionsOfCall } from './protections.ts';
import type { PickupRights } from './rights.ts';

export interface LitLamps {
  /** Numbers of pickup groups. */
  readonly groups: ReadonlySet<string>;
  /** Any call at all. */
  readonly any: boolean;
}

/**
 * A lamp is seen by everybody who may subscribe to it, so calls that only named ones may take light none: neither those
 * that are protected by their caller or number, nor those on protected phones alone.
 */
export function litLamps(rights: PickupRights, ringing: readonly RingingCall[]): LitLamps {
  const { protections } = rights;
  const groups = new Set<string>();
  let any = false;
  for (const call of ringing) {
    if (protectionsOfCall(protections, call).length > 0) continue;
    for (const { extension } of call.legs) {
      if (protections.extensions.has(extension)) continue;
      any = true;
      for (const { number } of groupsInRole(rights.groups, 'target', extension)) {
        if (number !== null) groups.add(number);
      }
    }
  }
  return { groups, any };
}
