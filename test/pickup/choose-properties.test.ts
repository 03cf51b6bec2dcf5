// The choice under random policies, held against a simple and slow account of who may take what.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whoMayTake } from '../../src/pickup/access.ts';
import type { PickupPolicyData, PickupRequest, RingingCall } from '../../src/pickup/call.ts';
import { choose } from '../../src/pickup/choose.ts';
import { explainPickup } from '../../src/pickup/explain.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { flattened, mayTake } from './oracle.ts';
import {
  anyCalls,
  anyExtension,
  anyPolicy,
  anyRequest,
  isOpenInTests,
  NOW_MS,
  ringingCall,
  situationOf,
} from './situations.ts';

const compile = (policy: PickupPolicyData) => compileRights(policy, isOpenInTests);
const ask = (policy: PickupPolicyData, calls: readonly RingingCall[], request: PickupRequest) =>
  choose(situationOf(calls), compile(policy), request);

/** A flat policy no longer tells which group is a part of which; the number of a part opens to those of the whole. */
const withoutNested = (policy: PickupPolicyData, request: PickupRequest) =>
  request.kind !== 'other-group' || policy.groups.every(({ memberGroups }) => memberGroups.length === 0);

const RUNS = { numRuns: 1_500 };

describe('the choice under any policy', () => {
  it('takes the longest ringing call that the picker may take, from exactly the phones from which he may', () => {
    let taken = 0;
    fc.assert(
      fc.property(anyPolicy, anyCalls, anyRequest, (policy, calls, request) => {
        fc.pre(withoutNested(policy, request));
        const flat = flattened(policy);
        const { ringing } = situationOf(calls);
        const expected = ringing.find((call) => mayTake(flat, request, call).length > 0);
        const choice = ask(policy, calls, request);
        const channels = choice.kind === 'take' ? choice.candidates.map(({ channelId }) => channelId) : [];
        expect(choice.kind === 'take' ? choice.callId : null).toBe(expected?.callId ?? null);
        expect(channels).toEqual(expected ? mayTake(flat, request, expected) : []);
        if (expected) taken += 1;
      }),
      RUNS,
    );
    expect(taken).toBeGreaterThan(RUNS.numRuns / 10);
  });

  it('takes by a group’s number only from its targets, and never beyond what the picker may take one by one', () => {
    fc.assert(
      fc.property(anyPolicy, anyCalls, anyRequest, (policy, calls, request) => {
        const choice = ask(policy, calls, { ...request, kind: 'other-group' });
        if (choice.kind !== 'take') return;
        const group = flattened(policy).groups.find(({ number }) => number === request.target);
        for (const { extension, callId } of choice.candidates) {
          expect(group?.members.find((member) => member.extension === extension)?.target).toBe(true);
          const call = calls.filter((one) => one.callId === callId);
          expect(ask(policy, call, { ...request, kind: 'directed', target: extension }).kind).toBe('take');
        }
      }),
      RUNS,
    );
  });

  it('decides for groups in groups as for the same groups with their members written out', () => {
    fc.assert(
      fc.property(anyPolicy, anyCalls, anyRequest, (policy, calls, request) => {
        fc.pre(request.kind !== 'other-group');
        const { kind, ...rest } = ask(policy, calls, request);
        const { kind: flatKind, ...flatRest } = ask(flattened(policy), calls, request);
        expect(kind).toBe(flatKind);
        // The rule may name another group: the flat ones hold the same extensions under more names.
        expect({ ...rest, rule: '' }).toEqual({ ...flatRest, rule: '' });
      }),
      RUNS,
    );
  });

  it('does not depend on the order of groups, members, rights and protections', () => {
    fc.assert(
      fc.property(anyPolicy, anyCalls, anyRequest, (policy, calls, request) => {
        const turned: PickupPolicyData = {
          ...policy,
          groups: policy.groups
            .map((group) => ({
              ...group,
              members: group.members.toReversed(),
              memberGroups: group.memberGroups.toReversed(),
            }))
            .toReversed(),
          rights: policy.rights.toReversed(),
        };
        expect(ask(turned, calls, request)).toEqual(ask(policy, calls, request));
        const guards = { ...policy, protections: policy.protections.toReversed() };
        expect(ask(guards, calls, request).kind).toBe(ask(policy, calls, request).kind);
      }),
      RUNS,
    );
  });

  it('answers who may not take a call as if it did not ring, unless he named it or has a right to its phone', () => {
    fc.assert(
      fc.property(anyPolicy, anyCalls, anyRequest, (policy, calls, request) => {
        fc.pre(request.kind !== 'exact');
        const silent = ask(policy, [], request);
        const choice = ask(policy, calls, request);
        const flat = flattened(policy);
        const his = calls.some(
          (call) => mayTake(flat, request, { ...call, callerExtension: null }).length > 0,
        );
        if (his || request.kind === 'other-group') return;
        // Who has a right to the phone that he named hears that this call is not for him.
        fc.pre(silent.kind === 'no-right' || request.kind !== 'directed');
        expect(choice).toEqual(silent);
      }),
      RUNS,
    );
  });

  it('opens with a PIN what the any-call right opens, and nothing that is protected', () => {
    fc.assert(
      fc.property(anyPolicy, anyCalls, anyRequest, (policy, calls, request) => {
        const { picker } = request;
        const rights = compile(policy);
        const granted = choose(situationOf(calls), rights, request, { grant: { pin: 'p-7k3m' } });
        const holder = { ...policy, anyRight: [...policy.anyRight, picker ?? ''] };
        const asHolder = choose(situationOf(calls), compile(holder), request);
        const bare = ({ kind, ...rest }: typeof granted) => ({ kind, ...rest, rule: '', pinHelps: false });
        expect(bare(granted)).toEqual(bare(asHolder));
      }),
      RUNS,
    );
  });

  it('names as able to take a call exactly those who could pick up one of its phones that is not their own', () => {
    fc.assert(
      fc.property(anyPolicy, anyCalls, anyExtension, (policy, calls, picker) => {
        for (const call of calls) {
          const named = whoMayTake(compile(policy), call, NOW_MS);
          expect(named).toEqual(named.toSorted());
          const flat = flattened(policy);
          const foreign = { ...call, legs: call.legs.filter(({ extension }) => extension !== picker) };
          const request: PickupRequest = { kind: 'any', picker, pickerChannelId: 'x', target: null };
          expect(named.includes(picker)).toBe(mayTake(flat, request, foreign).length > 0);
        }
      }),
      RUNS,
    );
  });

  it('explains a call as it decides about it', () => {
    fc.assert(
      fc.property(anyPolicy, anyRequest, anyExtension, (policy, request, target) => {
        const { kind, picker } = request;
        if (kind === 'exact' || kind === 'other-group' || picker === null) return;
        const rights = compile(policy);
        const facts = { callerNumber: '5552221234', dialled: ['600'] };
        const call = ringingCall('x', 5, [target], facts);
        const choice = choose(situationOf([call]), rights, { ...request, target });
        const question = { picker, kind, target, callerNumber: '5552221234', dialled: '600', atMs: NOW_MS };
        const explained = explainPickup(rights, question);
        expect(explained.verdict).toBe(choice.kind === 'take' ? 'take' : 'no-right');
        // Who is refused in any case is refused for that; the explanation tells of the protection, too.
        const sameRule =
          choice.kind === 'take' ||
          (choice.kind === 'no-right' && kind === 'directed' && explained.protectedBy === null);
        if (!sameRule) return;
        expect(explained.rule).toBe(choice.rule);
      }),
      RUNS,
    );
  });
});
