// A database with a policy of the size that Callwarden is built for: 100,000 rules, 10,000 extensions, groups.
import { changePolicy } from '../../src/admin/change.ts';
import { newcomer } from '../../src/admin/extension-record.ts';
import { setCountries } from '../../src/admin/countries.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { writeExtension } from '../../src/store/extensions.ts';
import { writeGroup, writeGroupMember } from '../../src/store/groups.ts';
import { openStore } from '../../src/store/open.ts';
import { addPickupRight } from '../../src/store/pickup-rights.ts';
import { ruleWriter } from '../../src/store/rules.ts';

export interface PolicySize {
  readonly rules: number;
  readonly extensions: number;
  readonly groups: number;
  /** Pickup rights, each on the calls of a neighbour. */
  readonly rights: number;
}

export const LARGE: PolicySize = { rules: 100_000, extensions: 10_000, groups: 20, rights: 0 };
export const WIDE: PolicySize = { rules: 10, extensions: 10_000, groups: 20, rights: 10_000 };
export const SMALL: PolicySize = { rules: 10, extensions: 10, groups: 1, rights: 0 };

export const extensionsOf = ({ extensions }: PolicySize): readonly string[] =>
  Array.from({ length: extensions }, (_, index) => String(10_000 + index));

const actions = ['allow', 'allow', 'deny', 'block'] as const;

/** Makes the database: one rule for a number each, every third of one of the groups. */
export function makePolicy(path: string, size: PolicySize): void {
  using store = openStore(path, { create: true });
  const context = { store, actor: 'cli:bench', pbx: 'bench', nowMs: Date.now() };
  setSettings(
    context,
    new Map([
      ['home-region', ['MX']],
      ['international-prefixes', ['00']],
    ]),
  );
  setCountries(context, ['AR'], 'allow');
  const layer = { level: null, schedule: null, pin: null, pinEntry: null };
  changePolicy(context, () => {
    const groupOf = (index: number) => `group-${index % size.groups}`;
    for (let index = 0; index < size.groups; index += 1) {
      writeGroup(store, { name: groupOf(index), right: 'on', premium: null, ...layer });
    }
    const extensions = extensionsOf(size);
    for (const [index, extension] of extensions.entries()) {
      const right = index % 2 === 0 ? 'on' : 'inherit';
      writeExtension(store, { ...newcomer(extension), name: `Person ${index}`, right });
      writeGroupMember(store, groupOf(index), extension);
    }
    for (const picker of extensions.slice(0, size.rights)) {
      addPickupRight(store, {
        picker: { kind: 'extension', name: picker },
        target: { kind: 'extension', name: extensions[Number(picker) - 9_999] ?? '10000' },
        fromMs: null,
        untilMs: null,
        schedule: '',
        reason: 'neighbour',
      });
    }
    const addRule = ruleWriter(store);
    for (let index = 0; index < size.rules; index += 1) {
      addRule({
        group: index % 3 === 0 ? groupOf(index) : null,
        action: actions[index % actions.length] ?? 'deny',
        pattern: `+54${11_000_000 + index * 7}`,
        exact: index % 2 === 0,
        premium: false,
        observe: false,
        reason: `ticket ${index}`,
        fromMs: null,
        untilMs: null,
      });
    }
    return { changes: [{ action: 'policy-filled', subject: 'bench', before: null, after: size }] };
  });
}
