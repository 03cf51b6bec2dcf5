// Applying policy files to a database: it becomes what the file says, whatever it was, and what goes beside is told.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  AuthorisedEntry,
  ExceptionRow,
  GroupRow,
  LimitRow,
  RuleRow,
} from '../../../src/barring/policy.ts';
import type { AdminContext } from '../../../src/admin/change.ts';
import { setCountries } from '../../../src/admin/countries.ts';
import { newcomer } from '../../../src/admin/extension-record.ts';
import { applyPolicy, planPolicy, policyText, rollBack } from '../../../src/admin/policy-file/apply.ts';
import type { PolicyRows } from '../../../src/admin/policy-file/rows.ts';
import { policyFileText } from '../../../src/admin/policy-file/write-file.ts';
import { readAuthorisedRecords } from '../../../src/store/authorised-entries.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { readCountries } from '../../../src/store/countries.ts';
import { rememberPolicy } from '../../../src/store/policy-history.ts';
import { insertPin } from '../../../src/store/pin-secrets.ts';
import { readPins } from '../../../src/store/pins.ts';
import { policyVersion, sealPolicy } from '../../../src/store/policy.ts';
import { contextOf, tempContext, tempStore } from '../../store/temp-store.ts';
import { soundPickup } from './pickup-rows.ts';
import { emptyRows } from './rows.ts';

const extensions = ['1001', '1002', '1003'];
const groups = ['night', 'sales'];
const silent = { right: 'inherit', level: null, schedule: null, pin: null, pinEntry: null } as const;
const ever = { fromMs: null, untilMs: null };
const numbers = { pattern: '+5411', exact: false, premium: false, reason: '', ...ever };
const some = (names: readonly string[]) => fc.subarray([...names]);

const groupRow = (name: string, members: readonly string[]): GroupRow =>
  Object.assign({ name, members, premium: null, countries: [] }, silent);
const extensionRow = (extension: string) => newcomer(extension);
const ruleOf = (group: string): RuleRow =>
  Object.assign({ id: 0, group, action: 'deny' as const, observe: false }, numbers);
const exceptionOf = (extension: string): ExceptionRow =>
  Object.assign({ id: 0, extension, action: 'allow' as const, region: null, owner: '' }, numbers);
const limitOf = (name: string): LimitRow => ({
  id: 0,
  layer: groups.includes(name) ? 'group' : 'extension',
  name,
  counted: 'each',
  measure: 'concurrent',
  class: 'hot',
  max: 2,
  windowMs: null,
  warnPercent: 80,
  action: 'deny',
  quarantineMs: 3_600_000,
  observe: false,
});
const personOf = (number: string): AuthorisedEntry =>
  Object.assign({ id: 0, firstName: '', lastName: 'Roux', number, enabled: true }, ever);

/** Policies in which the same few names come and go, in each place where an extension, a group or a person can stand. */
const soundRows: fc.Arbitrary<PolicyRows> = fc
  .record({
    groups: some(groups),
    members: some(extensions),
    extensions: some(extensions),
    exceptions: some(extensions),
    limited: some([...extensions, ...groups]),
    ruled: some(groups),
    attached: some([...extensions, ...groups]),
    people: some(['+541143211234', '+33140205050']),
    pickup: soundPickup,
  })
  .map((drawn): PolicyRows => {
    // An extension may be named where it has no row of its own; a group may not.
    const within = (names: readonly string[]) =>
      names.filter((name) => extensions.includes(name) || drawn.groups.includes(name));
    const partners = {
      name: 'partners',
      enabled: true,
      admits: true,
      premium: [],
      countries: [],
      entries: drawn.people.map(personOf),
      extensions: drawn.attached.filter((name) => extensions.includes(name)),
      groups: drawn.attached.filter((name) => drawn.groups.includes(name)),
    };
    return Object.assign({}, emptyRows, {
      groups: drawn.groups.map((name) => groupRow(name, drawn.members)),
      extensions: drawn.extensions.map(extensionRow),
      rules: within(drawn.ruled).map(ruleOf),
      exceptions: drawn.exceptions.map(exceptionOf),
      limits: within(drawn.limited).map(limitOf),
      lists: [partners],
      ...drawn.pickup,
    });
  });

const partners = (people: readonly string[]) => `format = 1
[settings]
home-region = "MX"
[lists.partners]
admits = true
${people.map((number) => `[[lists.partners.people]]\nlast-name = "Roux"\nnumber = "${number}"`).join('\n')}
`;

interface Holder {
  readonly extensions?: readonly string[];
  readonly groups?: readonly string[];
  readonly entryId?: number;
}

/** A PIN of nobody's digits. */
function give({ store }: AdminContext, id: string, holder: Holder): void {
  const pin = { id, name: 'Ana', enabled: true, fromMs: null, untilMs: null, maxUses: null, hash: 'x' };
  insertPin(store, { ...pin, madeMs: 0, extensions: [], groups: [], entryId: null, ...holder });
  sealPolicy(store);
}

describe('a policy file that is applied', () => {
  it('makes the policy what it says, whatever was there before, and back again', () => {
    fc.assert(
      fc.property(soundRows, soundRows, (first, second) => {
        const context = contextOf(tempStore());
        const [one, other] = [policyFileText(first), policyFileText(second)];
        applyPolicy(context, one, 'one.toml');
        const version = policyVersion(context.store);
        applyPolicy(context, other, 'other.toml');
        expect(planPolicy(context.store, other, 'other.toml').changes).toEqual([]);
        rollBack(context, version);
        expect(planPolicy(context.store, one, 'one.toml').changes).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('goes back to a version that an earlier program has remembered as text', () => {
    const context = tempContext();
    const { store } = context;
    applyPolicy(context, policyFileText(emptyRows), 'one.toml');
    setCountries(context, ['FR'], 'allow');
    rememberPolicy(store, 1, 'cli:old', 1, policyFileText(emptyRows));
    expect(policyText(store, 1)).toBe(policyFileText(emptyRows));
    rollBack(context, 1);
    expect(readCountries(store)).toEqual([]);
  });

  it('tells beforehand and afterwards which PINs go with their people, and keeps those of the others', () => {
    const context = tempContext();
    applyPolicy(context, partners(['+541143211234', '+33140205050']), 'one.toml');
    for (const { id, number } of readAuthorisedRecords(context.store, 'partners')) {
      give(context, `p-${number.slice(1, 3)}`, { entryId: id });
    }
    const without = partners(['+33140205050']);
    const planned = planPolicy(context.store, without, 'two.toml');
    const gone = { action: 'pin-removed', subject: 'pin p-54 (Ana)', after: null };
    const told = 'The PIN p-54 (Ana) goes with its person, and no file brings it back.';
    expect(planned.changes).toMatchObject([{ action: 'person-removed' }, gone]);
    expect(planned.notices).toEqual([told]);
    expect(readPins(context.store)).toHaveLength(2);

    const applied = applyPolicy(context, without, 'two.toml');
    expect(applied).toMatchObject({ changes: planned.changes, notices: [told] });
    expect(readPins(context.store).map(({ id }) => id)).toEqual(['p-33']);
    expect(readAudit(context.store, { limit: 1 })).toMatchObject([
      { ...gone, before: { entry: 'partners/+541143211234' } },
    ]);
    rollBack(context, null);
    expect(readPins(context.store).map(({ id }) => id)).toEqual(['p-33']);
  });

  it('tells which PINs count nowhere without the extension or the group that goes', () => {
    const context = tempContext();
    const all = policyFileText({
      ...emptyRows,
      groups: [groupRow('night', [])],
      extensions: [extensionRow('1001')],
    });
    applyPolicy(context, all, 'one.toml');
    give(context, 'p-both', { extensions: ['1001'], groups: ['night'] });
    give(context, 'p-more', { extensions: ['1001', '1002'] });
    expect(applyPolicy(context, policyFileText(emptyRows), 'none.toml').notices).toEqual([
      'The PIN p-both (Ana) counts nowhere any more: remove it, and add another where one is needed.',
    ]);
    expect(readPins(context.store)).toMatchObject([
      { id: 'p-both', extensions: [], groups: [] },
      { id: 'p-more', extensions: ['1002'] },
    ]);
  });

  it.each([
    ['[[pickup-rights]]\npicker = "group:night"\ntarget = "any"', /no pickup group night in the file/],
    ['[[pickup-protections]]\ncaller = "5512345678"\nallow = ["group:night"]', /no pickup group night/],
    ['[[pickup-rights]]\npicker = "1001"\ntarget = "1002"\nschedule = "office"', /no schedule office/],
    ['[[pickup-rights]]\npicker = "1001"\ntarget = "1001"', /its own calls/],
    [
      '[[pickup-rights]]\npicker = "1001"\ntarget = "any"\nfrom = "2027-01-01"\nuntil = "2026-01-01"',
      /pickup right of 1001 ends before/,
    ],
    [
      '[pickup-groups.a]\nnumber = "1"\n[pickup-groups.b]\nnumber = "1"',
      /a and b cannot both have the number 1/,
    ],
    [
      '[pickup-groups.a]\nmember-groups = ["b"]\n[pickup-groups.b]\ntarget-groups = ["a"]',
      /a holds b holds a/,
    ],
    ['[pickup-groups.a]\nmember-groups = ["b"]', /no pickup group b/],
  ])('is refused where its pickup cannot be: %j', (text, problem) => {
    const context = tempContext();
    const file = `format = 1\nsettings.home-region = "MX"\n${text}\n`;
    expect(() => applyPolicy(context, file, 'a.toml')).toThrow(
      expect.objectContaining({ details: [expect.stringMatching(problem)] }),
    );
    expect(policyVersion(context.store)).toBe(0);
  });

  it('is refused where its quiet hours name no schedule of the file', () => {
    const file = 'format = 1\n[settings]\nhome-region = "MX"\npickup-quiet-hours = "siesta"\n';
    expect(() => applyPolicy(tempContext(), file, 'a.toml')).toThrow(
      expect.objectContaining({ details: ['settings: there is no schedule siesta in the file.'] }),
    );
  });
});
