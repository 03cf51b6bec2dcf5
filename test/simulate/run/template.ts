// The database that each world begins with: a small PBX in Mexico, made once by the daemon's own commands.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setCountries } from '../../../src/admin/countries.ts';
import type { AdminContext } from '../../../src/admin/change.ts';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { setUpPolicy } from '../../../src/admin/first-policy.ts';
import { addPickupGroup } from '../../../src/admin/pickup-groups.ts';
import { addPickupMembers } from '../../../src/admin/pickup-members.ts';
import { protect } from '../../../src/admin/pickup-protections.ts';
import { dialplanFactsOf } from '../../../src/admin/dialplan-facts.ts';
import { generateDialplan } from '../../../src/asterisk/dialplan/generate.ts';
import { DEFAULT_CONTRACT } from '../../../src/config/dialplan-contract.ts';
import { readSettings } from '../../../src/store/settings.ts';
import type { Dialplan } from '../asterisk/dialplan.ts';
import { dialplanOf } from './dialplan-text.ts';
import { makeKeyFile } from '../../../src/config/key-file.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { PICKUP_GROUP, PICKUP_GROUP_NUMBER, PROTECTED, TAKES_ANY } from './oracle.ts';

/** Memory, where there is some: the disk of the simulation is simulated. */
const MEMORY = '/dev/shm';

/** The deadline in the committed dialplan. */
export const DECISION_MS = 2000;
/** Of the first daemon, and of the second. */
export const APPLICATIONS: readonly string[] = ['callwarden', 'callwarden-2'];

export interface Template extends Disposable {
  readonly directory: string;
  readonly database: string;
  readonly keyFile: string;
  /** For the door `broadcast`, made by Callwarden's own generator. */
  readonly dialplanOfTwo: Dialplan;
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
  addPickupGroup(context, 'sales', { number: PICKUP_GROUP_NUMBER });
  addPickupMembers(context, 'sales', PICKUP_GROUP, 'both');
  addPickupMembers(context, 'sales', [PROTECTED.extension], 'target');
  setExtensions(context, [TAKES_ANY], { anyPickup: true });
  protect(context, { kind: 'extension', value: PROTECTED.extension, allowed: [PROTECTED.from] });
  const options = {
    ...dialplanFactsOf(readSettings(store)),
    ...DEFAULT_CONTRACT,
    door: 'broadcast',
    application: APPLICATIONS[0] ?? '',
    peers: APPLICATIONS.slice(1),
    deadlineMs: DECISION_MS,
  } as const;
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  return {
    directory,
    database,
    keyFile,
    dialplanOfTwo: dialplanOf(generateDialplan(options)),
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
