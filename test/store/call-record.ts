// A call record with everything in it, to be varied by the tests.
import type { CallRecord } from '../../src/store/calls.ts';

export function callRecord(id: string, changes: Partial<CallRecord> = {}): CallRecord {
  return {
    id,
    atMs: Date.UTC(2026, 10, 21, 12),
    pbx: 'head-office',
    kind: 'decision',
    channelId: '1795300000.1',
    callId: '1795300000.1',
    party: '1002',
    via: 'direct',
    dialled: '00541938384',
    number: '00541938384',
    destinationKind: 'international',
    e164: '+541938384',
    regions: ['AR'],
    classes: [],
    verdict: 'deny',
    reason: 'no-international-right',
    rule: 'extension:1002:international',
    policyVersion: 7,
    latencyUs: 212,
    outcome: null,
    detail: { trace: [{ step: 'alphabet', result: 'ok' }] },
    ...changes,
  };
}
