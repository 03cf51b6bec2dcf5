// Changing pickup groups: who may take whose calls.
import { describe, expect, it } from 'vitest';
import {
  addPickupGroup,
  addPickupMembers,
  removePickupGroup,
  removePickupMembers,
  requireGroup,
} from '../../src/admin/pickup-groups.ts';
import { readAudit } from '../../src/store/audit.ts';
import { readPickupGroups } from '../../src/store/pickup-groups.ts';
import { tempContext } from '../store/temp-store.ts';

describe('pickup groups', () => {
  it('hold members with their roles, and tell each change', () => {
    const context = tempContext();
    addPickupGroup(context, 'sales');
    addPickupMembers(context, 'sales', ['1001-1002'], 'both');
    const outcome = addPickupMembers(context, 'sales', ['1002', '1003'], 'target');
    expect(outcome.changes.map(({ action }) => action)).toEqual([
      'pickup-member-changed',
      'pickup-member-added',
    ]);
    expect(readPickupGroups(context.store)).toEqual([
      {
        name: 'sales',
        members: [
          { extension: '1001', interceptor: true, target: true },
          { extension: '1002', interceptor: false, target: true },
          { extension: '1003', interceptor: false, target: true },
        ],
      },
    ]);
    expect(addPickupMembers(context, 'sales', ['1003'], 'target').changes).toEqual([]);
    expect(readAudit(context.store, { subject: 'pickup group sales', limit: 10 })).toHaveLength(5);
  });

  it('take members out, and say who was none', () => {
    const context = tempContext();
    addPickupGroup(context, 'sales');
    addPickupMembers(context, 'sales', ['1001-1002'], 'both');
    const outcome = removePickupMembers(context, 'sales', ['1002', '1009']);
    expect(outcome.changes).toMatchObject([{ before: { extension: '1002' }, after: null }]);
    expect(outcome.notices.join()).toContain('1009');
    expect(removePickupMembers(context, 'sales', ['1009']).changes).toEqual([]);
  });

  it('are made once, and go with their members', () => {
    const context = tempContext();
    expect(addPickupGroup(context, 'sales').changes).toHaveLength(1);
    expect(addPickupGroup(context, 'sales').changes).toEqual([]);
    addPickupMembers(context, 'sales', ['1001'], 'both');
    expect(removePickupGroup(context, 'sales').changes).toMatchObject([
      { before: { members: [{ extension: '1001' }] }, after: null },
    ]);
    expect(readPickupGroups(context.store)).toEqual([]);
    expect(context.store.db.prepare('SELECT count(*) FROM pickup_group_members').pluck().get()).toBe(0);
  });

  it('are named plainly, and a slip of the finger is recognised', () => {
    const context = tempContext();
    for (const name of ['', 'a b', '-x', 'a\n', 'x'.repeat(41)]) {
      expect(() => addPickupGroup(context, name)).toThrow(expect.objectContaining({ code: 'invalid' }));
    }
    addPickupGroup(context, 'sales');
    expect(() => requireGroup(context.store, 'sale')).toThrow(/Did you mean sales/);
    expect(() => addPickupMembers(context, 'nobody', ['1001'], 'both')).toThrow(/pickup group list/);
    expect(readAudit(context.store, { limit: 10 })).toHaveLength(1);
  });
});
