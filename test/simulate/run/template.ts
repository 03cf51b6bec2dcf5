// The database that each world begins with: a small PBX in Mexico, made once by the daemon's own commands.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setCountries } from '../../../src/admin/countries.ts';
import type { AdminContext } from '../../../src/admin/change.ts';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { setUpPolicy } from '../../../src/admin/first-policy.ts';
import { addPickupGroup, addPickupMembers } from '../../../src/admin/pickup-groups.ts';
import { makeKeyFile } from '../../../src/config/key-file.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { PICKUP_GROUP } from './oracle.ts';

/** Memory, where there is some: the disk of the simulation is simulated. */
const MEMORY = '/dev/shm';

export interface Template extends Disposable {
  readonly directory: string;
  readonly database: string;
  readonly keyFile: string;
}

export function makeTemplate(): Template {
  const directory = makeDirectory();
  const database = join(directory, 'template.db');
  const keyFile = join(directory, 'callwarden.key');
  makeKeyFile(keyFile, null);
  using store = openStore(database, { create: true });
  const context = administrator(store);
  const words = new Map([
    ['home-region', ['MX']],
    ['international-prefixes', ['00']],
    ['internal-patterns', ['10XX', '60X']],
  ]);
  setUpPolicy(context, words, 'closed');
  setCountries(context, ['AR'], 'allow');
  setExtensions(context, ['1001', '1003'], { right: 'on' });
  setExtensions(context, ['1002'], {});
  addPickupGroup(context, 'sales');
  addPickupMembers(context, 'sales', PICKUP_GROUP, 'both');
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  return {
    directory,
    database,
    keyFile,
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export function administrator(store: Store): AdminContext {
  return { store, actor: 'cli:maria', pbx: 'simulated', nowMs: Date.now() };
}

function makeDirectory(): string {
  try {
    return mkdtempSync(join(MEMORY, 'callwarden-simulate-'));
  } catch {
    return mkdtempSync(join(tmpdir(), 'callwarden-simulate-'));
  }
}
