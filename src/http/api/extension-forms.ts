// The forms of extensions, groups and exceptions: what the terms of a layer may be, and how a verdict is told.
import { z } from '@hono/zod-openapi';
import { ruleTargets } from '../../admin/rule-target.ts';
import { levelNames, pinEntries, pinUses, premiumClasses } from '../../barring/policy.ts';
import { pickupWays } from '../../pickup/call.ts';
import { momentForm } from './forms.ts';

export const extensionName = z.string().min(1).max(40);
export const groupName = z.string().min(1).max(100);
/** Numbers and ranges, as on the command line. */
export const extensionWords = z.array(z.string().min(1).max(80)).min(1).max(10_000).meta({
  description: 'Extensions and ranges of them: `["1001-1020", "1105"]`.',
});
/** For bodies that hold as many. */
export const EXTENSIONS_BODY_MAX = 512 * 1024;

export const levelForm = z.enum(levelNames);

/** What extensions and groups can both say; null leaves it to the next layer. */
export const layerTerms = {
  right: z
    .enum(['on', 'off', 'inherit'])
    .meta({ description: 'Its own word on international calls; `inherit` leaves it to its groups.' }),
  level: levelForm.nullable(),
  schedule: z
    .string()
    .max(100)
    .nullable()
    .meta({ description: 'The name of a schedule; "" is always open.' }),
  pin: z.enum(pinUses).nullable(),
  pinEntry: z.enum(pinEntries).nullable(),
};

const extensionTerms = {
  ...layerTerms,
  anyPickup: z.boolean().meta({ description: 'May pick up any ringing call.' }),
  mail: z.string().max(254).meta({ description: 'Where mail reaches its owner; "" for none.' }),
  pickupNotice: z
    .array(z.enum(pickupWays))
    .readonly()
    .nullable()
    .meta({ description: 'How its owner is told that a call was taken; null: as the setting says.' }),
};

const own = {
  name: z.string().max(100),
  groups: z.array(groupName).max(50).readonly().meta({ description: 'All groups that it is in.' }),
};

export const extensionFields = {
  extension: z.string(),
  ...extensionTerms,
  ...own,
  international: z.boolean(),
};

export const extensionForm = z
  .strictObject(extensionFields)
  .meta({ id: 'Extension', description: '`international`: whether it may call abroad in the end.' });

/** Attributes of many; what is absent stays as it is. */
export const manyAttributes = z.strictObject(extensionTerms).partial();
export const extensionAttributes = z.strictObject({ ...extensionTerms, ...own }).partial();

export const premiumForm = z.array(z.enum(premiumClasses)).readonly();
export const groupTerms = z
  .strictObject({
    ...layerTerms,
    premium: premiumForm.nullable().meta({ description: 'Classes that are on for its members.' }),
  })
  .partial();

export const entryActions = z.enum(['allow', 'deny', 'pin']);

export const quarantineForm = z
  .strictObject({
    extension: z.string(),
    sinceMs: momentForm,
    untilMs: momentForm.nullable(),
    reason: z.string(),
    by: z.string(),
  })
  .meta({ id: 'ExtensionQuarantine' });

export const ruleForm = z
  .strictObject({
    id: z.string(),
    origin: z.enum(['system', 'organisation', 'level', 'group', 'extension', 'list']),
    text: z.string(),
  })
  .meta({ id: 'DecidingRule' });

export const ruleTargetForm = z
  .strictObject({ kind: z.enum(ruleTargets), name: z.string() })
  .meta({ id: 'RuleTarget', description: 'Where the rule can be changed.' });

export const verdictForm = z.enum(['continue', 'deny', 'challenge']);

export const observationForm = z
  .strictObject({ would: verdictForm, reason: z.string(), rule: ruleForm })
  .meta({ id: 'Observation' });

/** A verdict without its trace. */
export const told = {
  verdict: verdictForm,
  reason: z.string(),
  rule: ruleForm,
  instead: z.string().nullable().meta({ description: 'Why it would be refused without a PIN.' }),
  observed: z.array(observationForm).readonly(),
};

export const destinationForm = z
  .strictObject({
    kind: z.enum(['emergency', 'internal', 'service', 'national', 'international', 'unreadable']),
    e164: z.string().nullable(),
    regions: z.array(z.string()).readonly(),
    type: z.string().nullable(),
    number: z.string(),
  })
  .meta({ id: 'Destination' });
