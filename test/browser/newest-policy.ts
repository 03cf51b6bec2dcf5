// A page has saved: wait until the daemon decides by it.
import { join } from 'node:path';
import { expect } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { policyVersion } from '../../src/store/policy.ts';
import { eventually } from '../lab/processes.ts';
import type { Pbx } from '../pbx.ts';

const RELOAD_DEADLINE_MS = 5_000;

/** Until what is in the database now is in force. */
export async function decidesByNewest(pbx: Pbx): Promise<void> {
  using store = openStore(join(pbx.directory, 'callwarden.db'), { readonly: true });
  const wanted = policyVersion(store);
  const decides = async () => ((await pbx.status()).policy.version ?? 0) >= wanted;
  expect(await eventually(decides, RELOAD_DEADLINE_MS)).toBe(true);
}
