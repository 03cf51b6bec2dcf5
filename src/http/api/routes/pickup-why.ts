// `/pickup/why`: whether an extension may take a call, and by which right, as live pickups are decided.
import { z } from '@hono/zod-openapi';
import { toldPickup, whyPickup } from '../../../admin/pickup-why.ts';
import { protectionKinds } from '../../../admin/pickup-words.ts';
import { pickupQuestionKinds } from '../../../pickup/call.ts';
import { extensionName } from '../extension-forms.ts';
import { momentWord } from '../forms.ts';
import { route, type Route } from '../route.ts';

const number = z.string().max(40).default('');

export const explanation = z
  .strictObject({
    verdict: z.enum(['take', 'no-right']),
    picker: z.string(),
    target: z.string(),
    kind: z.enum(pickupQuestionKinds),
    at: z.string(),
    caller: z.string(),
    dialled: z.string(),
    rule: z.string(),
    until: z.string().nullable().meta({ description: 'When the right that opens it ends.' }),
    protectedBy: z
      .strictObject({ kind: z.enum(protectionKinds), value: z.string(), reason: z.string() })
      .nullable(),
    pinHelps: z.boolean().meta({ description: 'A PIN of the picker would open it.' }),
    closed: z
      .array(z.string())
      .readonly()
      .optional()
      .meta({ description: 'Of a group: those whose calls stay closed.' }),
    trace: z.array(z.strictObject({ step: z.string(), result: z.string() })).readonly(),
  })
  .meta({ id: 'PickupExplanation' });

export const pickupWhyRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/pickup/why',
    tag: 'Pickup',
    summary: 'Whether an extension may take a call, and why',
    needs: ['policy.read'],
    query: z.strictObject({
      picker: extensionName,
      target: extensionName.meta({ description: 'The extension that rings, or the number of a group.' }),
      kind: z.enum(pickupQuestionKinds).default('directed'),
      caller: number,
      dialled: number,
      atMs: momentWord,
    }),
    answer: explanation,
    handle: ({ store, query: { caller, atMs, ...query }, nowMs }) => {
      const question = { ...query, callerNumber: caller, atMs: atMs ?? nowMs };
      return toldPickup(question, whyPickup(store, question));
    },
  }),
];
