// A page has saved: wait until the daemon decides by it.
import { expect } from 'vitest';
import { eventually } from '../lab/processes.ts';
import { storedVersion, type Pbx } from '../pbx.ts';

const RELOAD_DEADLINE_MS = 20_000;

/** Until what is in the database now is in force. */
export async function decidesByNewest(pbx: Pbx): Promise<void> {
  const wanted = storedVersion(pbx.directory);
  const decides = async () => ((await pbx.status()).policy.version ?? 0) >= wanted;
  expect(await eventually(decides, RELOAD_DEADLINE_MS)).toBe(true);
}
