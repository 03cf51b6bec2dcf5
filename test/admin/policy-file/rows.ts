// Policies for the tests of policy files: one with everything in it, and a source of many.
import * as fc from 'fast-check';
import type { PolicyRows } from '../../../src/admin/policy-file/rows.ts';
import { levelNames, pinEntries, pinUses, premiumClasses } from '../../../src/barring/policy.ts';
import { pickupWays } from '../../../src/pickup/call.ts';
import { defaultSettings } from '../../../src/store/settings.ts';

export const emptyRows: PolicyRows = {
  settings: { ...defaultSettings, 'home-region': 'MX' },
  countries: [],
  levels: [],
  neighbours: [],
  schedules: [],
  groups: [],
  extensions: [],
  rules: [],
  exceptions: [],
  lists: [],
  limits: [],
  announcements: [],
  pickupGroups: [],
  pickupRights: [],
  pickupProtections: [],
};

const regions = fc.constantFrom('AR', 'US', 'CA', 'FR', '+870');
const names = fc.stringMatching(/^[a-zé][a-z0-9_.-]{0,12}$/);
const extensions = fc.stringMatching(/^[1-9][0-9]{2,4}$/);
const text = fc.string({ maxLength: 40 });
const moments = fc.option(fc.integer({ min: 0, max: 4_102_444_800_000 }), { nil: null });
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const unique = <T>(of: fc.Arbitrary<T>, key: (item: T) => unknown, maxLength = 4) =>
  fc.uniqueArray(of, { maxLength, selector: key });

const countries = unique(
  fc.record({ region: regions, state: fc.constantFrom('allow' as const, 'deny' as const) }),
  ({ region }) => region,
);
const layer = {
  right: fc.constantFrom('on' as const, 'off' as const, 'inherit' as const),
  level: orNull(fc.constantFrom(...levelNames)),
  schedule: orNull(fc.oneof(names, fc.constant(''))),
  pin: orNull(fc.constantFrom(...pinUses)),
  pinEntry: orNull(fc.constantFrom(...pinEntries)),
};
const patterns = fc.oneof(fc.stringMatching(/^\+[1-9][0-9]{0,13}$/), fc.stringMatching(/^[0-9]{3,6}$/));
const validity = { fromMs: moments, untilMs: moments };
const flags = { exact: fc.boolean(), premium: fc.boolean() };

const sides = fc.constantFrom(
  { interceptor: true, target: true },
  { interceptor: true, target: false },
  { interceptor: false, target: true },
);
const party = fc.record({ kind: fc.constantFrom('extension' as const, 'group' as const), name: extensions });
const guarded = {
  allowed: fc.uniqueArray(party, { maxLength: 3, selector: ({ kind, name }) => `${kind} ${name}` }),
  reason: text,
};

const minutes = fc.integer({ min: 0, max: 1439 });
const schedule = fc.record({
  name: names,
  timeZone: fc.constantFrom('UTC', 'Europe/Paris'),
  weekly: fc.array(
    fc
      .tuple(minutes, minutes)
      .map(([a, b]) => ({ days: [1, 5], fromMinute: Math.min(a, b), toMinute: Math.max(a, b) + 1 })),
    { minLength: 1, maxLength: 3 },
  ),
  holidays: fc.constantFrom([], ['01-01', '2026-12-25']),
});

const entry = fc.record({
  firstName: text,
  lastName: text,
  number: fc.stringMatching(/^\+[1-9][0-9]{5,12}$/),
  enabled: fc.boolean(),
  ...validity,
});

/** Without ids, which no file holds. */
export const anyRows: fc.Arbitrary<PolicyRows> = fc
  .record({
    settings: fc.record({
      level: fc.constantFrom(...levelNames),
      premium: fc.boolean(),
      codes: fc.constantFrom([], ['00'], ['00', '011']),
      trunk: fc.constantFrom(null, '', '0'),
    }),
    countries,
    levels: unique(
      fc.record({
        region: regions,
        level: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
        reason: text,
      }),
      ({ region }) => region,
    ),
    neighbours: unique(
      fc.record({ home: regions, region: regions }),
      ({ home, region }) => `${home} ${region}`,
    ),
    schedules: unique(schedule, ({ name }) => name),
    groups: unique(
      fc.record({
        name: names,
        ...layer,
        premium: orNull(fc.subarray([...premiumClasses])),
        members: unique(extensions, (name) => name),
        countries,
      }),
      ({ name }) => name,
    ),
    extensions: unique(
      fc.record({
        extension: extensions,
        name: text,
        anyPickup: fc.boolean(),
        mail: fc.constantFrom('', 'ana@example.org', "o'neil+pbx@mail.example.org"),
        pickupNotice: orNull(fc.subarray([...pickupWays])),
        ...layer,
      }),
      ({ extension }) => extension,
    ),
    rules: unique(
      fc.record({
        group: orNull(names),
        action: fc.constantFrom('allow' as const, 'deny' as const, 'pin' as const),
        pattern: patterns,
        observe: fc.boolean(),
        reason: text,
        ...flags,
        ...validity,
      }),
      (row) => [row.group, row.action, row.pattern, row.exact].join(),
    ),
    exceptions: unique(
      fc.record({
        extension: extensions,
        action: fc.constantFrom('allow' as const, 'deny' as const, 'pin' as const),
        pattern: patterns,
        reason: text,
        owner: text,
        ...flags,
        ...validity,
      }),
      (row) => [row.extension, row.action, row.pattern, row.exact, row.fromMs].join(),
    ),
    lists: unique(
      fc.record({
        name: names,
        enabled: fc.boolean(),
        admits: fc.boolean(),
        premium: fc.subarray([...premiumClasses]),
        countries: unique(regions, (region) => region),
        extensions: unique(extensions, (name) => name),
        groups: unique(names, (name) => name),
        entries: unique(entry, ({ number }) => number),
      }),
      ({ name }) => name,
    ),
    pickupGroups: unique(
      fc.record({
        name: names,
        number: orNull(fc.stringMatching(/^[0-9]{1,8}$/)),
        alertAfterS: orNull(fc.integer({ min: 0, max: 600 })),
        members: unique(
          fc.tuple(extensions, sides).map(([extension, role]) => Object.assign({ extension }, role)),
          ({ extension }) => extension,
        ),
      }),
      ({ name }) => name,
    ),
    roles: fc.array(sides, { minLength: 6, maxLength: 6 }),
    pickupRights: unique(
      fc.record({
        picker: party,
        target: fc.oneof(party, fc.constant({ kind: 'any' as const })),
        schedule: fc.oneof(names, fc.constant('')),
        reason: text,
        ...validity,
      }),
      (row) => JSON.stringify([row.picker, row.target, row.schedule, row.fromMs, row.untilMs]),
    ),
    pickupProtections: unique(
      fc.oneof(
        fc.record({ kind: fc.constant('extension' as const), value: extensions, ...guarded }),
        fc.record({
          kind: fc.constantFrom('caller' as const, 'dialled' as const),
          value: fc.stringMatching(/^\+?[0-9]{1,20}$/),
          ...guarded,
        }),
      ),
      ({ kind, value }) => `${kind} ${value}`,
    ),
  })
  .map(({ settings, rules, exceptions, lists, pickupGroups, roles, pickupRights, ...rows }) =>
    Object.assign({}, emptyRows, rows, {
      settings: {
        ...emptyRows.settings,
        level: settings.level,
        premium: settings.premium,
        'international-prefixes': settings.codes,
        'national-prefix': settings.trunk,
      },
      // Each may hold those behind it: no group is ever in itself.
      pickupGroups: pickupGroups.map((group, index) =>
        Object.assign({}, group, {
          number:
            pickupGroups.findIndex(({ number }) => number === group.number) === index ? group.number : null,
          memberGroups: pickupGroups
            .slice(index + 1)
            .map(({ name }, at) =>
              Object.assign({ group: name, interceptor: true, target: true }, roles[index + at]),
            ),
        }),
      ),
      pickupRights: pickupRights.map((row, index) => ({ id: index + 1, ...row })),
      rules: rules.map((row, index) => ({ id: index + 1, ...row })),
      exceptions: exceptions.map((row, index) => ({ id: index + 1, region: null, ...row })),
      lists: lists.map((list) =>
        Object.assign({}, list, { entries: list.entries.map((row, index) => ({ id: index + 1, ...row })) }),
      ),
    }),
  );
