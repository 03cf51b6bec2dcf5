// What the records know of earlier calls, for commands that judge or count without the daemon.
import { KEPT_MS } from '../barring/ledger-log.ts';
import { createLedger } from '../barring/ledger.ts';
import { pinLockLeftMs } from '../barring/pin-lockout.ts';
import type { Usage } from '../barring/usage.ts';
import { readLimits } from '../store/limits.ts';
import type { Store } from '../store/open.ts';
import { readPinFailures } from '../store/pin-uses.ts';
import { readQuarantines } from '../store/quarantines.ts';
import { countChargeableCalls, readChargeableCalls } from '../store/usage.ts';

/** A call without an end on record is taken for one that is up as long as this: the daemon asks Asterisk instead. */
const UP_MAX_MS = 24 * 3_600_000;

/** Calls that are read in a tenth of a second. */
const SOON_READ_MAX = 10_000;

export interface RecordedPast {
  readonly usage: Usage;
  /** The extensions that made calls which limits count. */
  readonly callers: ReadonlySet<string>;
}

/**
 * The past at `atMs`: what was recorded before then, and who is in quarantine or locked out now. The calls are read only
 * where there are limits that count them (`limited`).
 */
export function readPast(
  store: Store,
  { atMs, nowMs }: { readonly atMs: number; readonly nowMs: number },
  limited: boolean,
): RecordedPast {
  const ledger = createLedger();
  const callers = new Set<string>();
  ledger.setQuarantines(readQuarantines(store));
  for (const call of limited ? readChargeableCalls(store, atMs - KEPT_MS) : []) {
    if (call.atMs > atMs) continue;
    const isUp = call.endedMs === null ? call.atMs > nowMs - UP_MAX_MS : call.endedMs > atMs;
    ledger.restored({ ...call, callId: call.id, number: call.dialled }, isUp);
    if (call.extension !== null) callers.add(call.extension);
  }
  const failures = readPinFailures(store);
  const usage: Usage = {
    ...ledger.usage({ atMs, channelId: '', number: '' }),
    pinLockedUntilMs: (who) => {
      const known = failures.get(who);
      const leftMs = known === undefined ? 0 : pinLockLeftMs(known, nowMs);
      return leftMs === 0 ? null : nowMs + leftMs;
    },
  };
  return { usage, callers };
}

/** Whether a verdict waits for the calls on record for longer than others should wait for it. */
export function isLongPast(store: Store): boolean {
  return readLimits(store).length > 0 && countChargeableCalls(store, SOON_READ_MAX + 1) > SOON_READ_MAX;
}
