// Pickup policies for tests: what is not said is as in a new database.
import type { PickupGroupRow, PickupPolicyData } from '../../src/pickup/call.ts';

type RoleName = 'both' | 'interceptor' | 'target';

/** A group whose members are extensions with a role each. */
export function pickupGroup(
  name: string,
  members: Readonly<Record<string, RoleName>>,
  rest: Partial<PickupGroupRow> = {},
): PickupGroupRow {
  return {
    name,
    number: null,
    alertAfterS: null,
    members: Object.entries(members).map(([extension, role]) => ({
      extension,
      interceptor: role !== 'target',
      target: role !== 'interceptor',
    })),
    memberGroups: [],
    ...rest,
  };
}

export function pickupPolicy(rest: Partial<PickupPolicyData>): PickupPolicyData {
  return {
    groups: [],
    rights: [],
    protections: [],
    anyRight: [],
    settings: {
      pin: 'never',
      sayTaker: true,
      connectedLine: 'show',
      notice: [],
      alertAfterS: 0,
      alertBy: [],
      quietHours: '',
      directedCode: '**',
    },
    people: [],
    announcements: {},
    ...rest,
  };
}
