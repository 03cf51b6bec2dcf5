// Any policy, call and past at all, from few enough values that they meet: for properties of the decision.
import * as fc from 'fast-check';
import {
  levelNames,
  limitClasses,
  limitMeasures,
  pinEntries,
  pinUses,
  premiumClasses,
  type PolicyData,
} from '../../src/barring/policy.ts';
import type { Usage } from '../../src/barring/usage.ts';
import type { OutboundCall } from '../../src/barring/verdict.ts';
import { planFor, settingsFor } from './policy.ts';
import { exception, group, limit, noonMs, pin, rule, schedule } from './rows.ts';

const one = fc.constantFrom;
const region = one('FR', 'DE', 'US', 'CA', 'CU', '+870', '+881');
const extension = one('1001', '1002', '1003');
const groupName = one('a', 'b');
const listName = one('partners', 'family');
export const prefix = one(
  '+',
  '+3',
  '+33',
  '+3314',
  '+49',
  '+1',
  '+1212',
  '+52',
  '+5255',
  '+52900',
  '+881',
  '0',
  '1',
  '04',
);
export const numbers = [
  '+33140205050',
  '+33899123456',
  '+4930123456',
  '+12125550123',
  '+525512345678',
  '+529001234567',
];
const number = one(...numbers);
const action = one('allow', 'deny', 'pin');
const atMs = one(noonMs - 1000, noonMs, noonMs + 1000, noonMs + 86_400_000);
const moment = fc.option(atMs, { nil: null });
const right = one('on', 'off', 'inherit');
const level = fc.option(one(...levelNames), { nil: null });
const scheduleName = fc.option(one('', 'office', 'night', 'gone'), { nil: null });
const classes = fc.subarray([...premiumClasses]);
const ids = <T>(row: (id: number) => fc.Arbitrary<T>, maxLength: number) =>
  fc
    .nat({ max: maxLength })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, id) => row(id + 1))));

const layer = {
  right,
  level,
  schedule: scheduleName,
  pin: fc.option(one(...pinUses), { nil: null }),
  pinEntry: fc.option(one(...pinEntries), { nil: null }),
};
const target = fc.oneof(
  fc.record({ pattern: prefix, exact: fc.constant(false) }),
  fc.record({ pattern: number, exact: fc.boolean() }),
);
const validity = { premium: fc.boolean(), fromMs: moment, untilMs: moment };
const countries = fc.uniqueArray(fc.record({ region, state: one('allow', 'deny') }), {
  selector: (row) => row.region,
  maxLength: 3,
});

const rules = ids(
  (id) =>
    fc
      .tuple(
        target,
        fc.record({
          ...validity,
          action: fc.oneof(action, one('block')),
          group: fc.option(groupName, { nil: null }),
          observe: fc.boolean(),
        }),
      )
      .map(([named, fields]) => rule(id, named.pattern, { ...named, ...fields })),
  6,
);
const exceptions = ids(
  (id) =>
    fc
      .tuple(
        fc.oneof(
          target.map((named) => Object.assign({ region: null }, named)),
          region.map((named) => ({ pattern: null, exact: false, region: named })),
        ),
        fc.record({ ...validity, action, extension }),
      )
      .map(([named, fields]) => exception(id, { ...named, ...fields })),
  4,
);
const groups = fc.uniqueArray(
  fc
    .tuple(
      groupName,
      fc.record({
        ...layer,
        premium: fc.option(classes, { nil: null }),
        members: fc.subarray(['1001', '1002', '1003']),
        countries,
      }),
    )
    .map(([name, fields]) => group(name, fields)),
  { selector: ({ name }) => name },
);
const entry = (id: number) =>
  fc.record({
    id: fc.constant(id),
    firstName: fc.constant('Ana'),
    lastName: fc.constant('López'),
    enabled: fc.boolean(),
    number,
    fromMs: moment,
    untilMs: moment,
  });
const lists = fc.uniqueArray(
  fc.record({
    name: listName,
    enabled: fc.boolean(),
    admits: fc.boolean(),
    premium: classes,
    countries: fc.subarray(['FR', 'CU']),
    entries: ids(entry, 3).map((rows) =>
      rows.filter((row, at) => rows.findIndex((other) => other.number === row.number) === at),
    ),
    extensions: fc.subarray(['1001', '1002']),
    groups: fc.subarray(['a', 'b']),
  }),
  { selector: ({ name }) => name },
);
const limits = ids(
  (id) =>
    fc
      .record({
        layer: one('organisation', 'group', 'extension'),
        name: one('a', 'b', '1001'),
        counted: one('each', 'together'),
        measure: one(...limitMeasures),
        class: one(...limitClasses),
        max: fc.nat({ max: 3 }),
        action: one('deny', 'quarantine'),
        observe: fc.boolean(),
      })
      .map((fields) => limit(id, fields)),
  4,
);
const pins = ids(
  (id) =>
    fc
      .record({
        enabled: fc.boolean(),
        fromMs: moment,
        untilMs: moment,
        extensions: fc.subarray(['1001', '1002']),
        groups: fc.subarray(['a', 'b']),
        entryId: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
      })
      .map((fields) => pin(`p-${id}`, fields)),
  3,
);
const settings = fc
  .record({
    protection: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
    mode: fc.oneof({ weight: 3, arbitrary: one('enforce') }, one('observe')),
    level: one(...levelNames),
    premium: classes,
    unmatched: one('continue', 'deny'),
    schedule: one('', 'office', 'gone'),
    pin: one(...pinUses),
  })
  .map((chosen) => settingsFor({ settings: chosen }));

const plan = one(
  planFor({ homeRegion: 'MX', internationalPrefixes: ['00'], internalPatterns: ['1XXX'] }),
  planFor({ homeRegion: 'MX', internationalPrefixes: ['00'], outsidePrefixes: ['9'], sharedCodes: 'code' }),
);

export const anyPolicy: fc.Arbitrary<PolicyData> = fc.record({
  version: fc.constant(1),
  plan,
  settings,
  extensions: fc.uniqueArray(fc.record({ extension, name: fc.constant(''), ...layer }), {
    selector: (row) => row.extension,
  }),
  countries,
  levels: fc.uniqueArray(
    fc.record({ region, level: one('low', 'medium', 'high'), reason: fc.constant('') }),
    { selector: (row) => row.region },
  ),
  neighbours: fc.subarray([
    { home: 'MX', region: 'US' },
    { home: 'MX', region: 'CU' },
  ]),
  groups,
  rules,
  exceptions,
  lists,
  schedules: fc.constant([
    schedule('office'),
    schedule('night', { weekly: [{ days: [6, 7], fromMinute: 0, toMinute: 1440 }] }),
  ]),
  limits,
  pins,
  announcements: fc.constant([]),
});

const dialled = fc.oneof(
  { weight: 6, arbitrary: one(...numbers, '0033140205050', '5512345678', '9001234567', '0012125550123') },
  {
    weight: 3,
    arbitrary: one('040', '1002', '911', '541938384', '00881631234567', '00870773111632', '0053712345'),
  },
  fc.string({ unit: fc.constantFrom(...'0123456789+*# '.split('')), maxLength: 18 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

export const anyCall: fc.Arbitrary<OutboundCall> = fc
  .record({
    dialled,
    payer: fc.oneof({ weight: 5, arbitrary: extension }, one('trunk', '', null)),
    via: one('direct', 'forward', 'transfer'),
    atMs: fc.oneof({ weight: 9, arbitrary: atMs }, fc.double()),
    outsideCaller: fc.oneof({ weight: 4, arbitrary: one('') }, number, fc.string()),
    language: one('', 'fr', 'fr_CA'),
    pin: fc.option(one('p-1', 'p-2', 'p-9'), { nil: undefined }),
  })
  .map(({ pin: id, ...call }) => Object.assign(call, id === undefined ? {} : { pin: { id } }));

export const anyUsage: fc.Arbitrary<Usage> = fc
  .record({
    calls: fc.nat({ max: 4 }),
    concurrent: fc.nat({ max: 4 }),
    regions: fc.subarray(['FR', 'DE', 'MX']),
    inQuarantine: fc.option(extension, { nil: null }),
    lockedUntilMs: moment,
  })
  .map(({ calls, concurrent, regions, inQuarantine, lockedUntilMs }) => ({
    calls: () => calls,
    concurrent: () => concurrent,
    regions: () => new Set(regions),
    quarantine: (asked) =>
      asked === inQuarantine
        ? { extension: asked, sinceMs: 0, untilMs: null, reason: 'fraud', by: 'sign' }
        : null,
    pinLockedUntilMs: () => lockedUntilMs,
  }));
