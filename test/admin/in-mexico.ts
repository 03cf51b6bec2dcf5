// An administrator of a PBX in Mexico whose international prefix is 00, on a fresh database.
import type { AdminContext } from '../../src/admin/change.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { tempContext } from '../store/temp-store.ts';

export function inMexico(): AdminContext {
  const context = tempContext();
  setSettings(
    context,
    new Map([
      ['home-region', ['MX']],
      ['international-prefixes', ['00']],
    ]),
  );
  return context;
}
