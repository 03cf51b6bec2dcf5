// Changing extensions: which are meant, what they get, what the audit says.
import type { Statement } from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { changeExtension } from '../../src/admin/extension-edit.ts';
import { newcomer } from '../../src/admin/extension-record.ts';
import { readExtensionWords } from '../../src/admin/extension-words.ts';
import { removeExtensions, setExtensions } from '../../src/admin/extensions.ts';
import { addPickupGroup } from '../../src/admin/pickup-groups.ts';
import { addPickupMembers } from '../../src/admin/pickup-members.ts';
import { readAudit } from '../../src/store/audit.ts';
import { readExtensions } from '../../src/store/extensions.ts';
import type { Store } from '../../src/store/open.ts';
import { readPickupGroups } from '../../src/store/pickup-groups.ts';
import { readPickupProtections, writePickupProtection } from '../../src/store/pickup-protections.ts';
import { addPickupRight, readPickupRights, type NewPickupRight } from '../../src/store/pickup-rights.ts';
import { sealPolicy, verifyPolicy } from '../../src/store/policy.ts';
import { tempContext } from '../store/temp-store.ts';

const neighbours = (picker: string, target: string): NewPickupRight => ({
  picker: { kind: 'extension', name: picker },
  target: { kind: 'extension', name: target },
  fromMs: null,
  untilMs: null,
  schedule: '',
  reason: '',
});

/** How many statements the work runs. */
function statementsOf(store: Store, work: () => unknown): number {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what all statements have their methods from
  const statement = Object.getPrototypeOf(store.db.prepare('SELECT 1')) as Statement;
  const spies = (['get', 'all', 'run'] as const).map((name) => vi.spyOn(statement, name));
  try {
    work();
    return spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

describe('extensions', () => {
  it.each([
    [['1001'], ['1001']],
    [
      ['1001-1003', '1105'],
      ['1001', '1002', '1003', '1105'],
    ],
    [['0098-0101'], ['0098', '0099', '0100', '0101']],
    [
      ['1001,1002 1003', '1002'],
      ['1001', '1002', '1003'],
    ],
    [
      ['reception', '201-home', 'front_desk.2'],
      ['reception', '201-home', 'front_desk.2'],
    ],
  ])('named by %j are %j', (words, expected) => {
    expect(readExtensionWords(words)).toEqual(expected);
  });

  it.each([
    [['99-101'], /as many digits/],
    [['1005-1001'], /backwards.*1001-1005/],
    [['000000-999999'], /10,000 extensions at most/],
    [['10000-19999', '5'], /10,000 extensions at most/],
    [['100*'], /no extension/],
    [['10;1'], /no extension/],
    [['-1001'], /no extension/],
    [['a'.repeat(41)], /no extension/],
    [['', ' , '], /at least one/],
  ])('named by %j are refused', (words, problem) => {
    expect(() => readExtensionWords(words)).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringMatching(problem) }),
    );
  });

  it('may be as many as a command takes', () => {
    expect(readExtensionWords(['10000-19999'])).toHaveLength(10_000);
  });

  it('come without rights, get the attributes given and keep the others', () => {
    const context = tempContext();
    setExtensions(context, ['1001-1002'], {});
    setExtensions(context, ['1001'], { right: 'on', name: ' Ana ' });
    setExtensions(context, ['1001'], { anyPickup: true });
    expect(readExtensions(context.store)).toEqual([
      { ...newcomer('1001'), name: 'Ana', right: 'on', anyPickup: true },
      newcomer('1002'),
    ]);
  });

  it('leave one audit record for each that is different now, and none where all is so already', () => {
    const context = tempContext();
    setExtensions(context, ['1001'], { right: 'on' });
    const outcome = setExtensions(context, ['1001-1003'], { right: 'on' });
    expect(outcome.changes.map(({ subject }) => subject)).toEqual(['extension 1002', 'extension 1003']);
    const again = setExtensions(context, ['1001-1003'], { right: 'on' });
    expect(again).toEqual({ changes: [], policyVersion: 2, notices: [] });
    setExtensions(context, ['1003'], { right: 'off' });
    expect(readAudit(context.store, { limit: 10 })).toMatchObject([
      {
        seq: 4,
        actor: 'cli:maria',
        pbx: 'head-office',
        action: 'extension-changed',
        subject: 'extension 1003',
        before: { international: 'on' },
        after: { international: 'off' },
        policyVersion: 3,
      },
      { seq: 3, action: 'extension-added', subject: 'extension 1003', policyVersion: 2 },
      { seq: 2, action: 'extension-added', subject: 'extension 1002', policyVersion: 2 },
      { seq: 1, action: 'extension-added', subject: 'extension 1001', before: null, policyVersion: 1 },
    ]);
  });

  it('have one name each, on one line', () => {
    const context = tempContext();
    expect(() => setExtensions(context, ['1001-1002'], { name: 'Ana' })).toThrow(/one extension/);
    expect(() => setExtensions(context, ['1001'], { name: 'Ana\nroot' })).toThrow(/one line/);
    expect(() => setExtensions(context, ['1001'], { name: 'a'.repeat(101) })).toThrow(/100 characters/);
  });

  it('go with their places in pickup groups, so that a successor inherits nothing', () => {
    const context = tempContext();
    setExtensions(context, ['1001'], { right: 'on' });
    addPickupGroup(context, 'sales');
    addPickupMembers(context, 'sales', ['1001-1002'], 'both');
    const outcome = removeExtensions(context, ['1001', '1009']);
    expect(outcome.changes).toMatchObject([
      { action: 'extension-removed', before: { international: 'on', pickupGroups: ['sales'] }, after: null },
    ]);
    expect(outcome.notices.join()).toContain('1009');
    expect(readPickupGroups(context.store)[0]?.members.map(({ extension }) => extension)).toEqual(['1002']);
    expect(() => removeExtensions(context, ['1009'])).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('take their own pickup rights and protections along and no others, and each tells what stood under its name', () => {
    const context = tempContext();
    const { store } = context;
    setExtensions(context, ['1001-1004'], {});
    for (const [picker, target] of [
      ['1001', '1002'],
      ['1002', '1001'],
      ['1003', '1004'],
    ] as const)
      addPickupRight(store, neighbours(picker, target));
    const allowed = ['1001', '1003'].map((name) => ({ kind: 'extension', name }) as const);
    writePickupProtection(store, { kind: 'extension', value: '1002', allowed, reason: '' });
    writePickupProtection(store, { kind: 'caller', value: '+5255', allowed, reason: '' });
    sealPolicy(store);
    const { changes, notices } = removeExtensions(context, ['1001', '1002']);
    expect(changes.map(({ before }) => before)).toMatchObject([
      { pickupRights: [1, 2], pickupProtections: ['caller +5255', 'extension 1002'] },
      { pickupRights: [1, 2], pickupProtections: ['extension 1002'] },
    ]);
    expect(notices).toEqual(['With them went 4 pickup rights and 3 words in pickup protections.']);
    expect(readPickupRights(store).map(({ id }) => id)).toEqual([3]);
    expect(readPickupProtections(store)).toMatchObject([{ kind: 'caller', allowed: [{ name: '1003' }] }]);
    verifyPolicy(store);
  });

  it('cost as many statements when hundreds go as when one goes, but for the look at each and its record', () => {
    const counted = (count: number) => {
      const context = tempContext();
      const { store } = context;
      const names = Array.from({ length: count }, (_, index) => String(1000 + index));
      setExtensions(context, names, {});
      for (const name of names) addPickupRight(store, neighbours(name, String(Number(name) + 1)));
      sealPolicy(store);
      return statementsOf(store, () => removeExtensions(context, names));
    };
    // Three pages of 128 rows are read of two tables, to verify and to be remembered.
    expect(counted(301) - counted(1)).toBeLessThanOrEqual(2 * 300 + 30);
  });

  it('cost the same statements when one changes among hundreds as among few, but for the pages that are hashed', () => {
    const counted = (count: number) => {
      const context = tempContext();
      setExtensions(context, [`1000-${999 + count}`], {});
      return statementsOf(context.store, () => changeExtension(context, '1000', { level: 'low' }));
    };
    expect(counted(500) - counted(2)).toBeLessThanOrEqual(20);
  });
});
