// Calls, requests and situations for tests of the choice, and policies drawn at random.
import * as fc from 'fast-check';
import type { PickupKind, PickupPolicyData, PickupRequest, RingingCall } from '../../src/pickup/call.ts';
import type { Situation } from '../../src/pickup/choose.ts';
import { pickupPolicy } from './policy.ts';

export const NOW_MS = 100_000;

/** A call from outside that has rung for so many seconds on these extensions. */
export function ringingCall(
  callId: string,
  seconds: number,
  extensions: readonly string[],
  rest: Partial<RingingCall> = {},
): RingingCall {
  const ringingSinceMs = NOW_MS - seconds * 1000;
  return {
    callId,
    callerChannelId: `caller-of-${callId}`,
    callerExtension: null,
    callerNumber: '5551234',
    callerName: '',
    dialled: [],
    ringingSinceMs,
    legs: extensions.map((extension) => ({
      channelId: `${callId}-${extension}`,
      channelName: `PJSIP/${extension}-00000001`,
      extension,
      ringingSinceMs,
    })),
    ...rest,
  };
}

export function situationOf(ringing: readonly RingingCall[], rest: Partial<Situation> = {}): Situation {
  const longestFirst = ringing.toSorted((a, b) => a.ringingSinceMs - b.ringingSinceMs);
  return { ringing: longestFirst, answered: [], claims: [], nowMs: NOW_MS, ...rest };
}

export function pickupRequest(
  picker: string | null,
  kind: PickupKind,
  target: string | null = null,
): PickupRequest {
  return { kind, picker, pickerChannelId: `channel-of-${picker}`, target };
}

/** Schedules of random policies: `always` is open, `never` is not. */
export const isOpenInTests = (schedule: string) => schedule === 'always';

const EXTENSIONS = ['1001', '1002', '1003', '1004', '1005', '1006'];
const GROUPS = ['a', 'b', 'c', 'd'];
const CALLERS = ['5552221234', '5558887777', '1004'];
const DIALLED = ['5559990000', '600'];

export const anyExtension = fc.constantFrom(...EXTENSIONS);
const anyGroup = fc.constantFrom(...GROUPS);
const role = fc.record({ interceptor: fc.boolean(), target: fc.boolean() });
const party = fc.oneof(
  anyExtension.map((name) => ({ kind: 'extension' as const, name })),
  fc.constantFrom(...GROUPS, 'unknown').map((name) => ({ kind: 'group' as const, name })),
);

const groups = fc.tuple(
  ...GROUPS.map((name, index) =>
    fc.record({
      name: fc.constant(name),
      number: fc.constantFrom(null, String(index + 1)),
      alertAfterS: fc.constant(null),
      members: fc.uniqueArray(
        fc
          .tuple(anyExtension, role)
          .map(([extension, roles]) => ({ extension, interceptor: roles.interceptor, target: roles.target })),
        { maxLength: 2, selector: ({ extension }) => extension },
      ),
      memberGroups: fc.array(
        fc
          .tuple(anyGroup, role)
          .map(([group, roles]) => ({ group, interceptor: roles.interceptor, target: roles.target })),
        { maxLength: 1 },
      ),
    }),
  ),
);

const moment = fc.constantFrom(null, NOW_MS - 1, NOW_MS, NOW_MS + 1);

const rights = fc.array(
  fc.record({
    id: fc.constant(0),
    picker: party,
    target: fc.oneof(party, fc.constant({ kind: 'any' as const })),
    fromMs: moment,
    untilMs: moment,
    schedule: fc.constantFrom('', 'always', 'never'),
    reason: fc.constant(''),
  }),
  { maxLength: 2 },
);

const allowed = fc.array(party, { maxLength: 2 });
const protections = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('extension' as const),
      value: anyExtension,
      allowed,
      reason: fc.constant(''),
    }),
    fc.record({
      kind: fc.constant('caller' as const),
      value: fc.constantFrom('+52 555 222 1234', '1004'),
      allowed,
      reason: fc.constant(''),
    }),
    fc.record({
      kind: fc.constant('dialled' as const),
      value: fc.constantFrom('005255 5999 0000', '600'),
      allowed,
      reason: fc.constant(''),
    }),
  ),
  { maxLength: 2 },
);

/** Small enough that groups, rights and protections meet; member groups go in circles, too. */
export const anyPolicy: fc.Arbitrary<PickupPolicyData> = fc
  .record({ groups, rights, protections, anyRight: fc.uniqueArray(anyExtension, { maxLength: 1 }) })
  .map((drawn) =>
    pickupPolicy({
      ...drawn,
      rights: drawn.rights.map((right, index) => Object.assign(right, { id: index + 1 })),
    }),
  );

export const anyCalls: fc.Arbitrary<readonly RingingCall[]> = fc
  .array(
    fc.record({
      seconds: fc.integer({ min: 0, max: 60 }),
      on: fc.uniqueArray(anyExtension, { minLength: 1, maxLength: 3 }),
      from: fc.option(anyExtension),
      number: fc.constantFrom(...CALLERS),
      dialled: fc.subarray(DIALLED),
    }),
    { maxLength: 4 },
  )
  .map((drawn) =>
    drawn.map(({ seconds, on, from, number, dialled }, index) =>
      ringingCall(`c${index}`, seconds, on, { callerExtension: from, callerNumber: from ?? number, dialled }),
    ),
  );

export const anyRequest: fc.Arbitrary<PickupRequest> = fc
  .record({
    picker: anyExtension,
    kind: fc.constantFrom<PickupKind>('directed', 'group', 'other-group', 'any', 'exact'),
    target: fc.oneof(anyExtension, fc.constantFrom('1', '2', '3', 'c0', 'c1')),
  })
  .map(({ picker, kind, target }) => pickupRequest(picker, kind, target));
