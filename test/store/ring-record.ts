// The record of a call that rang, to be varied by the tests.
import type { RingRecord, RungExtension } from '../../src/pickup/ring-record.ts';

export const RANG_AT_MS = Date.UTC(2026, 10, 21, 12);

/** Answered by 1002, on whose phone alone it rang. */
export function ringRecord(callId: string, changes: Partial<RingRecord> = {}): RingRecord {
  const startedAtMs = changes.startedAtMs ?? RANG_AT_MS;
  const ringMs = changes.ringMs ?? 4_000;
  return {
    callId,
    startedAtMs,
    endedAtMs: startedAtMs + ringMs,
    ringMs,
    outcome: 'answered',
    answeredBy: '1002',
    takenFrom: null,
    callerNumber: '5550100',
    callerName: 'Ana',
    callerExtension: null,
    dialled: '1002',
    extensions: [rung('1002', 'answered', startedAtMs, ringMs)],
    ...changes,
  };
}

export const rung = (
  extension: string,
  outcome: RungExtension['outcome'],
  sinceMs = RANG_AT_MS,
  ringMs = 4_000,
): RungExtension => ({ extension, sinceMs, ringMs, outcome });
