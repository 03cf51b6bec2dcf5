// The records of calls and of changes, as the API shows them, and how they are chosen.
import { z } from '@hono/zod-openapi';
import { recordKinds, recordReasons, recordVerdicts } from '../../../admin/record-words.ts';
import { ringOutcomes } from '../../../pickup/ring-record.ts';
import { momentForm, momentWord } from '../forms.ts';

const word = (description: string) => z.string().min(1).max(120).optional().meta({ description });

/** Of a query: when it happened. */
export const periodQuery = {
  since: momentWord.meta({ description: 'Milliseconds since the epoch.' }),
  until: momentWord.meta({ description: 'The same; exclusive.' }),
};

export const callQuery = {
  ...periodQuery,
  kind: z.enum(recordKinds).optional(),
  from: word('The payer of a call, or the picker.'),
  verdict: z.enum(recordVerdicts).optional().meta({ description: 'Of a pickup what was chosen.' }),
  reason: z.enum(recordReasons).optional(),
  region: z.string().max(4).optional().meta({ description: 'Of the destination, such as `FR`.' }),
  number: word('Digits that the number or what was dialled contains.'),
  text: word('What the numbers, the extension, the reason or the rule contains.'),
  observed: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Only those that something which merely observes would have refused.' }),
};

/** As the readers of records take them. */
export function callChoice(query: z.output<z.ZodObject<typeof callQuery>>) {
  const { since, until, from, observed, ...same } = query;
  return { ...same, party: from, observed: observed === 'true', sinceMs: since, untilMs: until };
}

export const callForm = z
  .strictObject({
    seq: z.int(),
    id: z.string(),
    atMs: momentForm,
    pbx: z.string(),
    kind: z.enum(recordKinds),
    channelId: z.string(),
    callId: z.string(),
    party: z
      .string()
      .nullable()
      .meta({ description: 'Who pays or picks up; null where nobody could be named.' }),
    via: z.string().nullable(),
    dialled: z.string(),
    number: z.string(),
    destinationKind: z.string().nullable(),
    e164: z.string().nullable(),
    regions: z.array(z.string()).readonly(),
    classes: z.array(z.string()).readonly(),
    verdict: z.string(),
    reason: z.string(),
    rule: z.string(),
    policyVersion: z.int().nullable(),
    latencyUs: z.number().nullable(),
    outcome: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    endedMs: momentForm.nullable(),
  })
  .meta({ id: 'Call' });

export const rangQuery = {
  ...periodQuery,
  extension: word('It rang there, or the one there got it or called.'),
  group: word('The name of a pickup group.'),
  outcome: z.enum(ringOutcomes).optional(),
  text: word("What the caller's number or name, or the dialled number contains."),
};

export const rangForm = z
  .strictObject({
    seq: z.int(),
    id: z.string(),
    pbx: z.string(),
    callId: z.string(),
    startedAtMs: momentForm,
    endedAtMs: momentForm,
    ringMs: z.int(),
    outcome: z.enum(ringOutcomes),
    answeredBy: z.string().nullable(),
    takenFrom: z.string().nullable(),
    callerNumber: z.string(),
    callerName: z.string(),
    callerExtension: z.string().nullable(),
    dialled: z.string(),
    extensions: z
      .array(
        z.strictObject({
          extension: z.string(),
          sinceMs: momentForm,
          ringMs: z.int(),
          outcome: z.enum(['answered', 'taken', 'elsewhere', 'refused', 'forwarded', 'stopped']),
        }),
      )
      .readonly(),
    pickupGroups: z.array(z.string()).readonly(),
  })
  .meta({ id: 'RungCall' });

export const auditQuery = {
  ...periodQuery,
  actor: word('Such as `cli:maria` or `user:maria`.'),
  action: word('Such as `setting-changed`.'),
  subject: word('Such as `extension 1001`.'),
  text: word('What any of it contains, in either case.'),
};

export const auditForm = z
  .strictObject({
    seq: z.int(),
    atMs: momentForm,
    pbx: z.string(),
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    policyVersion: z.int(),
    hash: z.string(),
  })
  .meta({ id: 'AuditRecord' });

/** `since` and `until` as the readers of records take them. */
export function within<Query extends { since?: number | undefined; until?: number | undefined }>({
  since,
  until,
  ...same
}: Query) {
  return { ...same, sinceMs: since, untilMs: until };
}
