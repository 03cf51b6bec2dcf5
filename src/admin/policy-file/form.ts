// The form of a policy file: the whole policy as TOML, every section with its keys. Anything else in it is an error.
import { z } from 'zod';
import {
  levelNames,
  limitClasses,
  limitMeasures,
  pinEntries,
  pinUses,
  premiumClasses,
} from '../../barring/policy.ts';
import { pickupWays } from '../../pickup/call.ts';
import { MAIL_ADDRESS, MAIL_LENGTH_MAX } from '../pickup-person.ts';
import { ALERT_AFTER_S_MAX, GROUP_NUMBER, PICKUP_ALLOWED_MAX, PROTECTED_NUMBER } from '../pickup-words.ts';

/** Of one kind; more of them is no policy that anybody wrote. */
const ENTRIES_MAX = 200_000;
const TEXT_LENGTH_MAX = 500;

const text = z.string().max(TEXT_LENGTH_MAX);
const region = z
  .string()
  .regex(/^(?:[A-Z]{2}|\+\d{1,4})$/, 'must be an ISO code such as FR, or a code such as +870');
const number = z.string().regex(/^\+?[0-9*#]{1,20}$/, 'must be digits, with + in front where they are E.164');
const extension = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}$/, 'must be the name of an endpoint');
const name = z
  .string()
  .regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,39}$/u, 'must be a name of up to 40 letters and digits');

const moment = z
  .union([z.string(), z.date()])
  .transform((value) => (typeof value === 'string' ? Date.parse(value) : value.getTime()))
  .refine((ms) => Number.isFinite(ms), 'must be a time such as "2026-12-31T23:00:00Z"');

const validity = { from: moment.optional(), until: moment.optional() };
const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(ENTRIES_MAX).default([]);
const record = <Key extends z.core.$ZodRecordKey, Value extends z.ZodType>(key: Key, value: Value) =>
  z
    .record(key, value)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every record may be empty
    .prefault(() => ({}) as z.input<z.ZodRecord<Key, Value>>);

const layer = {
  international: z.enum(['on', 'off', 'inherit']).default('inherit'),
  level: z.enum(levelNames).optional(),
  schedule: z.union([name, z.literal('')]).optional(),
  pin: z.enum(pinUses).optional(),
  'pin-entry': z.enum(pinEntries).optional(),
};

const countries = { allow: list(region), deny: list(region) };

const numbers = {
  prefix: number.optional(),
  number: number.optional(),
  premium: z.boolean().optional(),
  reason: text.default(''),
  ...validity,
};

const oneOfThem = (keys: readonly string[]) => ({
  check: (value: Readonly<Record<string, unknown>>) =>
    keys.filter((key) => value[key] !== undefined).length === 1,
  message: `needs one of ${keys.join(', ')}, and only one`,
});
const ruleTarget = oneOfThem(['prefix', 'number']);
const exceptionTarget = oneOfThem(['country', 'prefix', 'number']);

const rule = z
  .strictObject({
    action: z.enum(['allow', 'deny', 'pin', 'block']),
    group: name.optional(),
    observe: z.boolean().default(false),
    ...numbers,
  })
  .refine(ruleTarget.check, ruleTarget.message)
  .refine(
    (row) => row.action !== 'block' || row.group === undefined,
    'of the block-list belongs to no group',
  );

const exception = z
  .strictObject({
    extension,
    action: z.enum(['allow', 'deny', 'pin']).default('allow'),
    country: region.optional(),
    owner: text.default(''),
    ...numbers,
  })
  .refine(exceptionTarget.check, exceptionTarget.message);

const limit = z.strictObject({
  group: name.optional(),
  extension: extension.optional(),
  counted: z.enum(['each', 'together']).default('each'),
  measure: z.enum(limitMeasures),
  class: z.enum(limitClasses).default('chargeable'),
  max: z.int().min(0).max(1_000_000_000),
  'window-seconds': z
    .int()
    .min(1)
    .max(31 * 86_400)
    .optional(),
  'warn-percent': z.int().min(1).max(100).default(80),
  action: z.enum(['deny', 'quarantine']).default('deny'),
  'quarantine-seconds': z
    .int()
    .min(1)
    .max(366 * 86_400)
    .default(3600),
  observe: z.boolean().default(false),
});

const person = z.strictObject({
  'first-name': text.default(''),
  'last-name': text.default(''),
  number,
  enabled: z.boolean().default(true),
  ...validity,
});

const settingValue = z.union([
  z.string().max(2000),
  z.boolean(),
  z.int(),
  z.array(z.string().max(200)).max(200),
]);

const party = z
  .string()
  .regex(
    /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}|group:[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,39})$/u,
    'must be an extension, or a pickup group such as group:sales',
  );

const pickupGroup = z.strictObject({
  number: z.string().regex(GROUP_NUMBER, 'must have 1 to 8 digits').optional(),
  'alert-after': z.int().min(0).max(ALERT_AFTER_S_MAX).optional(),
  members: list(extension),
  interceptors: list(extension),
  targets: list(extension),
  'member-groups': list(name),
  'interceptor-groups': list(name),
  'target-groups': list(name),
});

const pickupRight = z.strictObject({
  picker: party,
  /** `any`: whatever rings. */
  target: party,
  schedule: name.optional(),
  reason: text.default(''),
  ...validity,
});

const protectedThing = oneOfThem(['extension', 'caller', 'dialled']);
const protectedNumber = z.string().regex(PROTECTED_NUMBER, 'must be digits, with + in front or not');
const pickupProtection = z
  .strictObject({
    extension: extension.optional(),
    caller: protectedNumber.optional(),
    dialled: protectedNumber.optional(),
    allow: z.array(party).max(PICKUP_ALLOWED_MAX).default([]),
    reason: text.default(''),
  })
  .refine(protectedThing.check, protectedThing.message);

/** The whole file. PINs are secrets of the database, and stand in no file. */
export const policyForm = z.strictObject({
  format: z.literal(1),
  settings: record(z.string(), settingValue),
  countries: z.strictObject(countries).prefault({}),
  levels: z
    .strictObject({
      low: record(region, text),
      medium: record(region, text),
      high: record(region, text),
    })
    .prefault({}),
  neighbours: record(region, z.array(region).max(300)),
  schedules: record(
    name,
    z.strictObject({
      'time-zone': z.string().max(60),
      /** As in the command: `mon-fri 08:00-18:30`. */
      open: z.array(text).max(50),
      holidays: list(
        z.string().regex(/^(?:\d{4}-)?\d{2}-\d{2}$/, 'must be a date such as 2026-12-25 or 12-25'),
      ),
    }),
  ),
  groups: record(
    name,
    z.strictObject({
      ...layer,
      premium: z.array(z.enum(premiumClasses)).optional(),
      members: list(extension),
      ...countries,
    }),
  ),
  extensions: record(
    extension,
    z.strictObject({
      name: text.default(''),
      'any-pickup': z.boolean().default(false),
      mail: z.string().max(MAIL_LENGTH_MAX).regex(MAIL_ADDRESS, 'must be a mail address').optional(),
      'pickup-notice': z.array(z.enum(pickupWays)).max(pickupWays.length).optional(),
      ...layer,
    }),
  ),
  rules: list(rule),
  exceptions: list(exception),
  lists: record(
    name,
    z.strictObject({
      enabled: z.boolean().default(true),
      admits: z.boolean().default(false),
      premium: list(z.enum(premiumClasses)),
      countries: list(region),
      extensions: list(extension),
      groups: list(name),
      people: list(person),
    }),
  ),
  limits: list(limit),
  announcements: record(z.string().max(20), record(z.string(), z.string().max(200))),
  'pickup-groups': record(name, pickupGroup),
  'pickup-rights': list(pickupRight),
  'pickup-protections': list(pickupProtection),
});

export type PolicyFile = z.infer<typeof policyForm>;
