// What rings, as the API shows it.
import { z } from '@hono/zod-openapi';
import { momentForm } from '../forms.ts';

const legForm = z.strictObject({
  channelId: z.string(),
  channelName: z.string(),
  extension: z.string(),
  ringingSinceMs: momentForm,
});

export const ringingForm = z
  .strictObject({
    callId: z.string(),
    callerChannelId: z.string().nullable(),
    callerExtension: z.string().nullable(),
    callerNumber: z.string(),
    callerName: z.string(),
    dialled: z.array(z.string()).readonly(),
    ringingSinceMs: momentForm,
    legs: z.array(legForm).readonly().meta({ description: 'The phones on which it rings.' }),
    mayTake: z.array(z.string()).readonly().meta({ description: 'Who may take it; the first 50.' }),
  })
  .meta({ id: 'RingingCall' });

export const takenForm = z
  .discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.literal('taken'),
      callId: z.string(),
      from: z.string().meta({ description: 'Whose call it was.' }),
      callerNumber: z.string(),
      callerName: z.string(),
    }),
    z.strictObject({
      outcome: z.literal('refused'),
      reason: z.enum([
        'no-right',
        'nothing-ringing',
        'already-taken',
        'own-call',
        'not-answered',
        'unreachable',
        'busy',
      ]),
      by: z.string().nullable().meta({ description: 'Who has the call, where that is known.' }),
      rule: z.string().nullable().meta({ description: 'What refused it, where a rule did.' }),
    }),
    z.strictObject({ outcome: z.literal('unknown') }),
  ])
  .meta({ id: 'TakeOutcome' });
