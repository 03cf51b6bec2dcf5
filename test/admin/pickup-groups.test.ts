// Changing pickup groups: who may take whose calls.
import { describe, expect, it } from 'vitest';
import { setExtensions, removeExtensions } from '../../src/admin/extensions.ts';
import {
  addPickupGroup,
  removePickupGroup,
  requireGroup,
  setPickupGroup,
} from '../../src/admin/pickup-groups.ts';
import { addPickupMembers, removePickupMembers, showPickupGroups } from '../../src/admin/pickup-members.ts';
import { protect } from '../../src/admin/pickup-protections.ts';
import { addRight } from '../../src/admin/pickup-rights.ts';
import { readAlertAfter, readGroupNumber } from '../../src/admin/pickup-words.ts';
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
        number: null,
        alertAfterS: null,
        memberGroups: [],
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

  it('have a number and a time of their own, and no two groups the same number', () => {
    const context = tempContext();
    addPickupGroup(context, 'sales', { number: '7', alertAfterS: 20 });
    const [change] = setPickupGroup(context, 'sales', { alertAfterS: 0 }).changes;
    expect(change).toMatchObject({ before: { alertAfterS: 20 }, after: { number: '7', alertAfterS: 0 } });
    expect(setPickupGroup(context, 'sales', { alertAfterS: 0 }).changes).toEqual([]);
    expect(() => addPickupGroup(context, 'night', { number: '7' })).toThrow(/sales and night.*number 7/);
    expect(() => setPickupGroup(context, 'sale', { number: null })).toThrow(/Did you mean sales/);
    setPickupGroup(context, 'sales', { number: null, alertAfterS: null });
    addPickupGroup(context, 'night', { number: '7' });
    expect(readPickupGroups(context.store)).toMatchObject([
      { name: 'night', number: '7', alertAfterS: null },
      { name: 'sales', number: null, alertAfterS: null },
    ]);
  });

  it.each(['', '123456789', '7a', '*7', '-1', ' 7'])('take no number such as %j', (word) => {
    expect(() => readGroupNumber(word)).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  it.each(['601', '-1', '1.5', 'never', ''])('take no time such as %j', (word) => {
    expect(() => readAlertAfter(word)).toThrow(/up to 600/);
  });

  it('hold whole groups, and show everybody who is in them in the end by the role that was given', () => {
    const context = tempContext();
    for (const name of ['all', 'sales', 'night']) addPickupGroup(context, name);
    addPickupMembers(context, 'night', ['1003'], 'both');
    addPickupMembers(context, 'sales', ['1001'], 'both', ['night']);
    addPickupMembers(context, 'all', [], 'target', ['sales']);
    const [all] = showPickupGroups(context.store);
    expect(all).toMatchObject({ name: 'all', members: [], interceptors: [], targets: ['1001', '1003'] });
    const outcome = addPickupMembers(context, 'all', [], 'both', ['sales']);
    expect(outcome.changes).toMatchObject([{ action: 'pickup-member-changed', after: { group: 'sales' } }]);
    expect(showPickupGroups(context.store)[0]).toMatchObject({ interceptors: ['1001', '1003'] });
    expect(() => addPickupMembers(context, 'all', [], 'both', ['nigth'])).toThrow(/Did you mean night/);
    expect(removePickupMembers(context, 'all', ['1001'], ['sales', 'night'])).toMatchObject({
      changes: [{ before: { group: 'sales' }, after: null }],
      notices: ['No members of all: 1001, group night.'],
    });
  });

  it('are never in themselves, whatever the way round', () => {
    const context = tempContext();
    for (const name of ['a', 'b', 'c']) addPickupGroup(context, name);
    addPickupMembers(context, 'a', [], 'both', ['b']);
    addPickupMembers(context, 'b', [], 'target', ['c']);
    const before = readPickupGroups(context.store);
    expect(() => addPickupMembers(context, 'c', ['1001'], 'both', ['a'])).toThrow(
      /a holds b holds c holds a/,
    );
    expect(() => addPickupMembers(context, 'a', [], 'both', ['a'])).toThrow(/a holds a/);
    expect(readPickupGroups(context.store)).toEqual(before);
  });

  it('are bounded', () => {
    const context = tempContext();
    addPickupGroup(context, 'sales');
    expect(() => addPickupMembers(context, 'sales', ['10000-11000'], 'both')).toThrow(/1000 members at most/);
    expect(readPickupGroups(context.store)).toMatchObject([{ members: [] }]);
  });

  it('say what goes with them and with an extension: places in groups, rights, words in protections', () => {
    const context = tempContext();
    setExtensions(context, ['1001-1002'], {});
    addPickupGroup(context, 'sales', { number: '7' });
    addPickupGroup(context, 'all');
    addPickupMembers(context, 'all', ['1001'], 'both', ['sales']);
    const always = { fromMs: null, untilMs: null, schedule: '', reason: '' };
    addRight(context, { picker: 'group:sales', target: '1002', ...always });
    addRight(context, { picker: '1001', target: 'group:sales', ...always });
    addRight(context, { picker: '1001', target: '1002', ...always });
    protect(context, { kind: 'extension', value: '1002', allowed: ['1001', 'group:sales'] });
    const gone = removePickupGroup(context, 'sales');
    expect(gone.notices).toEqual([
      'With it went 1 place in a pickup group, 2 pickup rights and 1 word in a pickup protection.',
    ]);
    expect(gone.changes).toMatchObject([
      { before: { number: '7', pickupGroups: ['all'], pickupRights: [1, 2] }, after: null },
    ]);
    const left = removeExtensions(context, ['1001']);
    expect(left.notices).toEqual([
      'With it went 1 place in a pickup group, 1 pickup right and 1 word in a pickup protection.',
    ]);
    expect(left.changes).toMatchObject([
      { before: { pickupRights: [3], pickupProtections: ['extension 1002'], pickupGroups: ['all'] } },
    ]);
  });
});
