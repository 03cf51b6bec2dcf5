// Rows of rights and protections, and the question of one picker under a policy, for tests.
import type {
  PickupPolicyData,
  PickupProtectionRow,
  PickupRightRow,
  RingingCall,
} from '../../src/pickup/call.ts';
import { choose } from '../../src/pickup/choose.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { pickupGroup, pickupPolicy } from './policy.ts';
import { isOpenInTests, situationOf, type pickupRequest } from './situations.ts';

export const extension = (name: string) => ({ kind: 'extension' as const, name });
export const group = (name: string) => ({ kind: 'group' as const, name });

export function right(rest: Partial<PickupRightRow>): PickupRightRow {
  return {
    id: 7,
    picker: extension('1001'),
    target: extension('1009'),
    fromMs: null,
    untilMs: null,
    schedule: '',
    reason: '',
    ...rest,
  };
}

export function protection(
  kind: PickupProtectionRow['kind'],
  value: string,
  allowed: PickupProtectionRow['allowed'] = [],
): PickupProtectionRow {
  return { kind, value, allowed, reason: '' };
}

export const member = (name: string, role: 'both' | 'interceptor' | 'target' = 'both') => ({
  group: name,
  interceptor: role !== 'target',
  target: role !== 'interceptor',
});

export const SALES = pickupGroup('sales', { '1001': 'both', '1002': 'both' }, { number: '5' });

export function ask(
  policy: Partial<PickupPolicyData>,
  calls: readonly RingingCall[],
  request: ReturnType<typeof pickupRequest>,
  options: Parameters<typeof choose>[3] = {},
) {
  return choose(situationOf(calls), compileRights(pickupPolicy(policy), isOpenInTests), request, options);
}
