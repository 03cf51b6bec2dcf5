// Names of groups, lists and schedules: two that look the same are not made, and two that are there stay.
import { describe, expect, it } from 'vitest';
import { addList, createList } from '../../src/admin/authorised-lists.ts';
import { changePolicy, type AdminContext } from '../../src/admin/change.ts';
import { addGroup } from '../../src/admin/group-view.ts';
import { setGroup } from '../../src/admin/groups.ts';
import { readPickupTable } from '../../src/admin/pickup-csv.ts';
import { addPickupGroup, createPickupGroup, setPickupGroup } from '../../src/admin/pickup-groups.ts';
import { importPickupGroups } from '../../src/admin/pickup-import.ts';
import { setSchedule } from '../../src/admin/schedules.ts';
import { readPickupGroups, writePickupGroup } from '../../src/store/pickup-groups.ts';
import { tempContext } from '../store/temp-store.ts';

const make: Readonly<Record<string, (context: AdminContext, name: string) => unknown>> = {
  group: (context, name) => setGroup(context, name, { right: 'on' }),
  list: (context, name) => addList(context, name, {}),
  schedule: (context, name) => setSchedule(context, name, { open: ['mon-fri 08:00-18:00'] }),
  'pickup group': (context, name) => addPickupGroup(context, name),
};

describe('the name of', () => {
  it.each(Object.keys(make))('a new %s is not one that another could be taken for', (kind) => {
    const context = tempContext();
    const add = (name: string) => make[kind]?.(context, name);
    add('Vertrieb');
    add('Продажи');
    add('Café');
    for (const [other, there] of [
      ['vertrieb', 'Vertrieb'],
      ['VЕRTRIEB', 'Vertrieb'],
      ['\uff36ertrieb', 'Vertrieb'],
      ['ПРОДАЖИ', 'Продажи'],
      ['CAFE\u0301', 'Café'],
    ] as const) {
      expect(() => add(other)).toThrow(`can be taken for the ${kind} ${there}. Change that one`);
    }
    for (const other of ['Vertrieb2', 'Cafe', 'Vertrieb-Ost', 'Straße'])
      expect(() => add(other)).not.toThrow();
    expect(() => add('STRASSE')).toThrow(/taken for/);
  });

  it('an old pickup group stays, whatever looks the same, and is the composed one of what was typed', () => {
    const context = tempContext();
    changePolicy(context, () => {
      for (const name of ['Sales', 'sales']) {
        writePickupGroup(context.store, { name, number: null, alertAfterS: null });
      }
      return { changes: [{ action: 'pickup-group-created', subject: 'both', before: null, after: null }] };
    });
    addPickupGroup(context, 'Cafe\u0301');
    expect(setPickupGroup(context, 'sales', { number: '7' }).changes).toHaveLength(1);
    expect(addPickupGroup(context, 'Caf\u00e9', { number: '8' }).changes).toMatchObject([
      { action: 'pickup-group-changed' },
    ]);
    expect(readPickupGroups(context.store).map(({ name }) => name)).toEqual(['Café', 'Sales', 'sales']);
  });

  it('one that is typed in pieces is taken where the composed one is there', () => {
    const context = tempContext();
    createPickupGroup(context, 'Caf\u00e9', { number: '7' });
    createList(context, 'Caf\u00e9', {});
    addGroup(context, 'Caf\u00e9', { right: 'on' });
    expect(() => createPickupGroup(context, 'Cafe\u0301', { number: '8' })).toThrow(/already/);
    expect(() => addGroup(context, 'Cafe\u0301', { right: 'off' })).toThrow(/already/);
    expect(() => createList(context, 'Cafe\u0301', {})).toThrow(/already/);
    expect(readPickupGroups(context.store)).toMatchObject([{ name: 'Caf\u00e9', number: '7' }]);
  });

  it('groups of one file are held against each other', () => {
    const context = tempContext();
    const groups = readPickupTable(Buffer.from('group,extension\nVertrieb,1001\nvertrieb,1002\n'));
    const take = () => importPickupGroups(context, groups, { replace: false, dryRun: true });
    expect(take).toThrow('Vertrieb can be taken for the pickup group vertrieb.');
  });
});
