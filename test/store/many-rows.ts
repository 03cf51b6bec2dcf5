// A policy of several pages in every table that can be long, written as rows.
import { changePolicy, type AdminContext } from '../../src/admin/change.ts';
import { newcomer } from '../../src/admin/extension-record.ts';
import { writeExtension } from '../../src/store/extensions.ts';
import { writeGroup, writeGroupMember } from '../../src/store/groups.ts';
import { ruleWriter } from '../../src/store/rules.ts';

const layer = { level: null, schedule: null, pin: null, pinEntry: null } as const;

/** Extensions from 1000 on, all in one group, and so many rules for numbers in Argentina. */
export function addManyRows(context: AdminContext, rules: number, extensions = 300): void {
  const { store } = context;
  changePolicy(context, () => {
    writeGroup(store, { name: 'all', right: 'on', premium: null, ...layer });
    for (let index = 0; index < extensions; index += 1) {
      const extension = String(1000 + index);
      writeExtension(store, newcomer(extension));
      writeGroupMember(store, 'all', extension);
    }
    const addRule = ruleWriter(store);
    for (let index = 0; index < rules; index += 1) {
      addRule({
        group: index % 2 === 0 ? 'all' : null,
        action: 'deny',
        pattern: `+54${1_000_000 + index}`,
        exact: true,
        premium: false,
        observe: false,
        reason: `number ${index}`,
        fromMs: null,
        untilMs: null,
      });
    }
    return { changes: [{ action: 'rows-added', subject: 'test', before: null, after: rules }] };
  });
}
