// Who gets which call, and what everybody else is told.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnsweredCall } from '../../src/pickup/answers.ts';
import type { PickupKind, PickupRequest, RingingCall } from '../../src/pickup/call.ts';
import { choose, type Situation } from '../../src/pickup/choose.ts';
import { CLAIM_MS, type Claim } from '../../src/pickup/claims.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { pickupGroup, pickupPolicy } from './policy.ts';
import { NOW_MS, pickupRequest as request, ringingCall, situationOf as situation } from './situations.ts';

/** `sales`: 1001 to 1003 take from each other. `desk`: 1003 may take from 1009, not the other way. 1005 has the any-call right. */
const POLICY = pickupPolicy({
  groups: [
    pickupGroup('sales', { '1001': 'both', '1002': 'both', '1003': 'both' }),
    pickupGroup('desk', { '1003': 'interceptor', '1009': 'target' }),
    pickupGroup('sale', { '1007': 'both' }),
  ],
  anyRight: ['1005'],
});
const RIGHTS = compileRights(POLICY);

/** As in `ringingCall`, from an extension where one is named. */
const call = (
  callId: string,
  seconds: number,
  extensions: readonly string[],
  callerExtension: string | null = null,
): RingingCall =>
  ringingCall(
    callId,
    seconds,
    extensions,
    callerExtension === null ? {} : { callerExtension, callerNumber: callerExtension },
  );

function claim(callId: string, picker: string, ageMs = 100): Claim {
  return { callId, picker, pickerChannelId: `channel-of-${picker}`, sinceMs: NOW_MS - ageMs };
}

function answered(
  callId: string,
  extensions: readonly string[],
  by: string | null,
  ageMs = 100,
): AnsweredCall {
  return { callId, extensions, by, atMs: NOW_MS - ageMs };
}

const noRight = (rule: string, pinHelps = true) => ({ kind: 'no-right', rule, pinHelps });

const on = (calls: readonly RingingCall[], req: PickupRequest, rest: Partial<Situation> = {}) =>
  choose(situation(calls, rest), RIGHTS, req);

describe('the choice of a call', () => {
  it('takes the longest ringing call of the own groups, and only the legs of their targets', () => {
    const calls = [
      call('young', 2, ['1002']),
      call('old', 9, ['1002', '1007', '1003']),
      call('foreign', 20, ['1007']),
    ];
    expect(on(calls, request('1001', 'group'))).toEqual({
      kind: 'take',
      callId: 'old',
      rule: 'group:sales',
      candidates: [
        { callId: 'old', channelId: 'old-1002', extension: '1002' },
        { callId: 'old', channelId: 'old-1003', extension: '1003' },
      ],
    });
  });

  it('keeps groups apart whose names begin alike', () => {
    expect(on([call('a', 5, ['1001'])], request('1007', 'group'))).toEqual({ kind: 'nothing-ringing' });
    expect(on([call('a', 5, ['1001'])], request('1007', 'directed', '1001')).kind).toBe('no-right');
  });

  it('takes a directed call only from a target of a group in which the picker is an interceptor', () => {
    const calls = [call('a', 5, ['1009']), call('b', 6, ['1003'])];
    expect(on(calls, request('1003', 'directed', '1009'))).toMatchObject({
      kind: 'take',
      callId: 'a',
      rule: 'group:desk',
    });
    expect(on(calls, request('1009', 'directed', '1003'))).toEqual(noRight('no-shared-group'));
    expect(on(calls, request('1001', 'directed', '1009'))).toEqual(noRight('no-shared-group'));
  });

  it('takes by the directed code the named phone of a ring group and no other', () => {
    const choice = on([call('a', 5, ['1002', '1003'])], request('1001', 'directed', '1003'));
    expect(choice).toMatchObject({ kind: 'take', candidates: [{ channelId: 'a-1003' }] });
  });

  it('lets the any-call right take from everybody, by every code but that of a group it is not in', () => {
    const calls = [call('a', 5, ['1009'])];
    expect(on(calls, request('1005', 'directed', '1009'))).toMatchObject({ kind: 'take', rule: 'any-right' });
    expect(on(calls, request('1005', 'any'))).toMatchObject({ kind: 'take', rule: 'any-right' });
    expect(on(calls, request('1005', 'exact', 'a'))).toMatchObject({ kind: 'take', rule: 'any-right' });
    expect(on(calls, request('1005', 'group'))).toEqual(noRight('no-group', false));
  });

  it('takes by "any" and by call id only what the groups allow to one without the any-call right', () => {
    const calls = [call('theirs', 9, ['1007']), call('ours', 3, ['1002'])];
    expect(on(calls, request('1001', 'any'))).toMatchObject({ kind: 'take', callId: 'ours' });
    expect(on(calls, request('1001', 'exact', 'ours'))).toMatchObject({ kind: 'take', callId: 'ours' });
    expect(on(calls, request('1001', 'exact', 'theirs'))).toEqual(noRight('no-shared-group'));
    expect(on(calls, request('1001', 'exact', 'unheard-of'))).toEqual({ kind: 'nothing-ringing' });
  });

  it.each<PickupKind>(['directed', 'group', 'any', 'exact'])(
    'gives an unknown or groupless picker no right by %s',
    (kind) => {
      const calls = [call('a', 5, ['1002'])];
      const target = kind === 'exact' ? 'a' : kind === 'directed' ? '1002' : null;
      expect(on(calls, request(null, kind, target))).toEqual(noRight('unknown-picker', false));
      expect(on(calls, request('1042', kind, target)).kind).toBe('no-right');
    },
  );

  it('tells who has no right the same whether something rings or not', () => {
    const silent = on([], request('1007', 'directed', '1002'));
    expect(on([call('a', 5, ['1002'])], request('1007', 'directed', '1002'))).toEqual(silent);
    expect(on([], request('1007', 'directed', '1002'), { claims: [claim('a', '1001')] })).toEqual(silent);
  });

  it('tells who has the right that nothing rings', () => {
    expect(on([], request('1001', 'directed', '1002'))).toEqual({ kind: 'nothing-ringing' });
    expect(on([], request('1001', 'group'))).toEqual({ kind: 'nothing-ringing' });
  });

  it('never takes the call that the picker himself is making', () => {
    const own = call('mine', 9, ['1002'], '1001');
    expect(on([own], request('1001', 'group'))).toEqual({ kind: 'own-call' });
    expect(on([own], request('1001', 'exact', 'mine'))).toEqual({ kind: 'own-call' });
    expect(on([own, call('other', 2, ['1003'])], request('1001', 'group'))).toMatchObject({
      kind: 'take',
      callId: 'other',
    });
  });

  it('passes over a call that somebody else is taking, and names him when there is no other', () => {
    const calls = [call('old', 9, ['1002']), call('young', 2, ['1002'])];
    const claims = [claim('old', '1003')];
    expect(on(calls, request('1001', 'group'), { claims })).toMatchObject({ kind: 'take', callId: 'young' });
    expect(on(calls.slice(0, 1), request('1001', 'group'), { claims })).toEqual({
      kind: 'already-taken',
      by: '1003',
    });
  });

  it('frees a call whose claim was never ended', () => {
    const claims = [claim('a', '1003', CLAIM_MS + 1)];
    expect(on([call('a', 9, ['1002'])], request('1001', 'group'), { claims }).kind).toBe('take');
  });

  it('does not hold a call for hours because the clock was set back', () => {
    const claims = [claim('a', '1003', -3_600_000)];
    expect(on([call('a', 9, ['1002'])], request('1001', 'group'), { claims }).kind).toBe('take');
  });

  it('keeps holding a call over a clock that is put right by a moment', () => {
    const claims = [claim('a', '1003', -40)];
    const choice = on([call('a', 9, ['1002'])], request('1001', 'group'), { claims });
    expect(choice).toEqual({ kind: 'already-taken', by: '1003' });
  });

  it('tells who comes a moment too late by whom the call was taken', () => {
    const rest = { answered: [answered('a', ['1002'], '1003')] };
    expect(on([], request('1001', 'directed', '1002'), rest)).toEqual({ kind: 'already-taken', by: '1003' });
    expect(on([], request('1001', 'group'), rest)).toEqual({ kind: 'already-taken', by: '1003' });
    expect(on([], request('1001', 'exact', 'a'), rest)).toEqual({ kind: 'already-taken', by: '1003' });
    expect(on([], request('1001', 'directed', '1003'), rest)).toEqual({ kind: 'nothing-ringing' });
    const longAgo = { answered: [answered('a', ['1002'], '1003', 60_000)] };
    expect(on([], request('1001', 'group'), longAgo)).toEqual({ kind: 'nothing-ringing' });
  });
});

describe('the choice in any situation', () => {
  const extension = fc.constantFrom('1001', '1002', '1003', '1005', '1007', '1009', '1042');
  const calls = fc.array(
    fc.record({
      seconds: fc.integer({ min: 0, max: 60 }),
      on: fc.uniqueArray(extension, { minLength: 1, maxLength: 4 }),
      from: fc.option(extension),
    }),
    { maxLength: 6 },
  );
  const requests = fc.record({
    picker: fc.option(extension),
    kind: fc.constantFrom<PickupKind>('directed', 'group', 'any', 'exact'),
    target: fc.option(fc.oneof(extension, fc.constantFrom('c0', 'c1', 'c2'))),
  });

  it('takes nothing without a right, nothing of one’s own, nothing that is claimed, and one call at most', () => {
    fc.assert(
      fc.property(
        calls,
        requests,
        fc.option(fc.constantFrom('c0', 'c1')),
        (specs, { picker, kind, target }, held) => {
          const ringing = specs.map((spec, index) => call(`c${index}`, spec.seconds, spec.on, spec.from));
          const claims = held === null ? [] : [claim(held, '1666')];
          const choice = choose(situation(ringing, { claims }), RIGHTS, request(picker, kind, target));
          if (choice.kind !== 'take') return;
          const chosen = ringing.find(({ callId }) => callId === choice.callId);
          expect(choice.callId).not.toBe(held);
          expect(chosen?.callerExtension).not.toBe(picker);
          expect(choice.candidates.length).toBeGreaterThan(0);
          for (const candidate of choice.candidates) {
            expect(candidate.callId).toBe(choice.callId);
            expect(chosen?.legs.map(({ channelId }) => channelId)).toContain(candidate.channelId);
            const shared = POLICY.groups.some(
              ({ members }) =>
                members.some((m) => m.extension === picker && m.interceptor) &&
                members.some((m) => m.extension === candidate.extension && m.target),
            );
            expect(shared || picker === '1005' || picker === candidate.extension).toBe(true);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('lets one of many pickers of one call have it, when each choice is claimed before the next', () => {
    const ringing = [call('a', 5, ['1002', '1003'])];
    const pickers = ['1001', '1003', '1005', '1001', '1003'];
    const taken: Claim[] = [];
    const outcomes = pickers.map((picker, index) => {
      const req = { ...request(picker, 'any'), pickerChannelId: `channel-${index}` };
      const choice = choose(situation(ringing, { claims: taken }), RIGHTS, req);
      if (choice.kind === 'take') {
        taken.push({ callId: choice.callId, picker, pickerChannelId: req.pickerChannelId, sinceMs: NOW_MS });
      }
      return choice.kind === 'already-taken' ? choice.by : choice.kind;
    });
    expect(outcomes).toEqual(['take', '1001', '1001', '1001', '1001']);
  });
});
