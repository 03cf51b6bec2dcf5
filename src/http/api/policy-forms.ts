// The form of an effective policy: what one extension may dial, and which layer says so.
import { z } from '@hono/zod-openapi';
import { limitClasses, limitMeasures, pinEntries, pinUses, premiumClasses } from '../../barring/policy.ts';
import {
  entryActions,
  premiumForm,
  quarantineForm,
  ruleForm,
  ruleTargetForm,
  told,
  verdictForm,
} from './extension-forms.ts';
import { momentForm, validityStates } from './forms.ts';

const kindForm = z.strictObject({ what: z.string(), ...told }).meta({ id: 'ToldKind' });

const regionGroup = z
  .strictObject({
    verdict: verdictForm,
    reason: z.string(),
    instead: z.string().nullable(),
    by: z.string().meta({ description: 'The layer that says so.' }),
    origin: ruleForm.shape.origin,
    decidedBy: ruleTargetForm.nullable(),
    regions: z.array(z.string()).readonly(),
  })
  .meta({
    id: 'RegionGroup',
    description: 'Countries and regions of which the same is said, by the same layer.',
  });
const regionGroups = z.array(regionGroup).readonly();

const numbers = {
  id: z.int(),
  exact: z.boolean(),
  premium: z.boolean(),
  reason: z.string(),
  fromMs: momentForm.nullable(),
  untilMs: momentForm.nullable(),
  state: validityStates,
};

const exceptions = z.strictObject({
  ...numbers,
  extension: z.string(),
  action: entryActions,
  region: z.string().nullable(),
  pattern: z.string().nullable(),
  owner: z.string(),
  target: z.string(),
});

const rules = z.strictObject({
  ...numbers,
  group: z.string().nullable(),
  action: z.enum([...entryActions.options, 'block']),
  pattern: z.string(),
  observe: z.boolean(),
});

const limit = z.strictObject({
  id: z.int(),
  layer: z.enum(['organisation', 'group', 'extension']),
  name: z.string(),
  counted: z.enum(['each', 'together']),
  measure: z.enum(limitMeasures),
  class: z.enum(limitClasses),
  max: z.int(),
  windowMs: z.int().nullable(),
  warnPercent: z.int(),
  action: z.enum(['deny', 'quarantine']),
  quarantineMs: z.int(),
  observe: z.boolean(),
});

const schedule = z.strictObject({
  name: z.string(),
  origin: ruleForm.shape.origin,
  timeZone: z.string(),
  open: z.array(z.string()).readonly(),
  holidays: z.array(z.string()).readonly(),
  isOpen: z.boolean(),
  nextChangeMs: momentForm.nullable(),
});

const names = z.array(z.string()).readonly();
const ids = z.array(z.int()).readonly();

export const extensionPolicyForm = z
  .strictObject({
    extension: z.string(),
    policyVersion: z.int(),
    protection: z.boolean(),
    mode: z.enum(['enforce', 'observe']),
    right: z.strictObject({ on: z.boolean(), rule: ruleForm }),
    groups: names.meta({ description: 'Whose terms count.' }),
    home: z.array(kindForm).readonly(),
    premium: z.array(z.strictObject({ ...kindForm.shape, class: z.enum(premiumClasses) })).readonly(),
    abroad: regionGroups,
    abroadWhenOpen: regionGroups.nullable(),
    premiumAbroad: regionGroups,
    schedules: z.array(schedule).readonly(),
    pin: z.strictObject({ use: z.enum(pinUses), entry: z.enum(pinEntries), pins: names }),
    limits: z.array(limit).readonly(),
    quarantine: quarantineForm.nullable(),
    exceptions: z.array(exceptions).readonly(),
    rules: z.array(rules).readonly(),
    ruleCount: z.int(),
    blockCount: z.int(),
    lists: z
      .array(z.strictObject({ name: z.string(), countries: names, premium: premiumForm, people: z.int() }))
      .readonly(),
    pickupGroups: z
      .array(z.strictObject({ group: z.string(), interceptor: z.boolean(), target: z.boolean() }))
      .readonly(),
    ties: z.strictObject({
      groups: names,
      lists: names,
      exceptions: ids,
      pins: names,
      limits: ids,
      pickupRights: ids,
      pickupProtections: names,
    }),
  })
  .meta({ id: 'ExtensionPolicy' });
