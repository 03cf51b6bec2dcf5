// `/check`, `/who-may` and `/extensions/{extension}/policy`: what a call would meet, by the function that judges calls.
import { z } from '@hono/zod-openapi';
import { checkedCall, outboundCall, ways } from '../../../admin/checked-call.ts';
import { judgedCall, policyOf, whoMayCall } from '../../../admin/policy-questions.ts';
import { isLongPast } from '../../../admin/recorded-past.ts';
import { limitClasses } from '../../../barring/policy.ts';
import {
  destinationForm,
  extensionName,
  observationForm,
  ruleForm,
  ruleTargetForm,
  told,
  verdictForm,
} from '../extension-forms.ts';
import { momentWord } from '../forms.ts';
import { route, type Route } from '../route.ts';
import { extensionPolicyForm } from '../policy-forms.ts';

/** As long as a dialled string may be that is judged at all, and a little more, so that people see it refused. */
const dialled = z.string().min(1).max(200);
const moment = momentWord.meta({
  description: 'Milliseconds since the epoch; now without it.',
});

export const checkForm = z
  .strictObject({
    verdict: verdictForm,
    reason: z.string(),
    sentence: z.string().meta({ description: 'The reason, for a person.' }),
    dialled: z.string(),
    destination: destinationForm,
    rule: ruleForm,
    decidedBy: ruleTargetForm.nullable(),
    announcement: z
      .string()
      .nullable()
      .meta({ description: 'What the phone hears: Asterisk sound names, several joined by `&`.' }),
    heard: z.string().meta({ description: 'The words of these sounds; empty for your own recordings.' }),
    cause: z.int().nullable().meta({ description: 'Q.850 cause of the hangup.' }),
    sip: z.string().nullable().meta({ description: 'What the phone is answered: `403 Forbidden`.' }),
    classes: z.array(z.enum(limitClasses)).readonly(),
    maxDurationMs: z.int().nullable(),
    pins: z.array(z.string()).readonly(),
    triesOf: z.string().nullable(),
    instead: z.string().nullable(),
    observed: z.array(observationForm).readonly(),
    notices: z
      .array(
        z.strictObject({
          kind: z.enum(['limit-near', 'limit-reached']),
          limit: z.string(),
          text: z.string(),
          quarantineMs: z.int().nullable(),
        }),
      )
      .readonly(),
    policyVersion: z.int(),
    trace: z.array(z.strictObject({ step: z.string(), result: z.string() })).readonly(),
  })
  .meta({ id: 'Check' });

const heapForm = z.strictObject({
  verdict: verdictForm,
  reason: z.string(),
  count: z.int(),
  extensions: z.array(z.string()).readonly(),
});

export const checkRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/check',
    tag: 'Check',
    summary: 'What would happen to a call, and why',
    description: 'The same as `callwarden check --json`.',
    needs: ['policy.read'],
    query: z.strictObject({
      number: dialled,
      from: z.string().max(40).optional().meta({ description: 'Who is charged; none: an unknown caller.' }),
      via: z.enum(ways).default('direct'),
      at: moment,
      pin: z.string().max(40).optional().meta({ description: 'As if this PIN had been entered, by its id.' }),
      outsideCaller: z.string().max(40).optional().meta({ description: 'Who calls in to call out.' }),
      language: z.string().max(20).optional().meta({ description: 'Of the caller, for the announcement.' }),
    }),
    answer: checkForm,
    handle: async ({ store, nowMs, ports, query: { number, at, ...how } }) => {
      const call = outboundCall({ dialled: number, atMs: at ?? nowMs, ...how });
      const judged = isLongPast(store)
        ? ports.heavy.read('judged-call', { call, nowMs })
        : judgedCall(store, ports.snapshots, call, nowMs);
      return checkedCall(await judged);
    },
  }),
  route({
    method: 'get',
    path: '/who-may',
    tag: 'Check',
    summary: 'Which extensions may call a number, and why the others may not',
    needs: ['policy.read'],
    query: z.strictObject({ number: dialled, at: moment }),
    answer: z.strictObject({
      destination: destinationForm,
      allowed: z.int(),
      withPin: z.int(),
      refused: z.int(),
      reasons: z.array(heapForm).readonly(),
      others: z.strictObject(told).meta({ description: 'Every extension that the policy does not name.' }),
    }),
    handle: ({ store, nowMs, ports, query: { number, at = nowMs } }) => {
      const moments = { atMs: at, nowMs };
      return isLongPast(store)
        ? ports.heavy.read('who-may', { dialled: number, moments })
        : whoMayCall(store, ports.snapshots, number, moments);
    },
  }),
  route({
    method: 'get',
    path: '/extensions/{extension}/policy',
    tag: 'Extensions',
    summary: 'What one extension may dial at a time, and which layer says so',
    needs: ['policy.read'],
    params: z.strictObject({ extension: extensionName }),
    query: z.strictObject({ at: moment }),
    answer: extensionPolicyForm,
    handle: ({ store, nowMs, ports, params: { extension }, query: { at = nowMs } }) =>
      policyOf(store, ports.snapshots, extension, { atMs: at, nowMs }),
  }),
];
