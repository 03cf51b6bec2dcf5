// What is known of earlier calls from the records, for commands that judge without the daemon.
import { pinLockLeftMs } from '../barring/pin-lockout.ts';
import { KEPT_MS } from '../barring/ledger-log.ts';
import { createLedger } from '../barring/ledger.ts';
import type { Usage } from '../barring/usage.ts';
import type { Store } from '../store/open.ts';
import { readPinFailures } from '../store/pin-uses.ts';
import { readQuarantines } from '../store/quarantines.ts';
import { readChargeableCalls } from '../store/usage.ts';

/** A call without an end on record is taken for one that is up as long as this: the daemon asks Asterisk instead. */
const UP_MAX_MS = 24 * 3_600_000;

/**
 * The past of a call at `atMs`: what was recorded before then, and who is in quarantine or locked out now. The records are
 * read only where there are limits that count them.
 */
export function recordedUsage(store: Store, times: { atMs: number; nowMs: number }, limited: boolean): Usage {
  const { atMs, nowMs } = times;
  const ledger = createLedger();
  ledger.setQuarantines(readQuarantines(store));
  for (const call of limited ? readChargeableCalls(store, atMs - KEPT_MS) : []) {
    if (call.atMs > atMs) continue;
    const isUp = call.endedMs === null ? call.atMs > nowMs - UP_MAX_MS : call.endedMs > atMs;
    ledger.restored({ ...call, callId: call.id, number: call.dialled }, isUp);
  }
  const failures = readPinFailures(store);
  return {
    ...ledger.usage({ atMs, channelId: '', number: '' }),
    pinLockedUntilMs: (who) => {
      const known = failures.get(who);
      const leftMs = known === undefined ? 0 : pinLockLeftMs(known, nowMs);
      return leftMs === 0 ? null : nowMs + leftMs;
    },
  };
}
