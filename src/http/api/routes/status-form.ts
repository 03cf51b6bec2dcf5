// The status of the daemon, as the API shows it.
import { z } from '@hono/zod-openapi';
import { momentForm } from '../forms.ts';

const linkForm = z
  .strictObject({
    state: z.enum(['up', 'down', 'off']),
    kind: z.string(),
    asteriskVersion: z.string(),
    sinceMs: momentForm.nullable(),
    reconnects: z.int(),
    lastProblem: z.string(),
  })
  .meta({ id: 'Link' });

const way = {
  queued: z.int(),
  sent: z.int(),
  failed: z.int(),
  dropped: z.int(),
  lastSuccessMs: momentForm.nullable(),
  lastProblem: z.string(),
  working: z.boolean(),
};

export const statusForm = z
  .strictObject({
    health: z.enum(['green', 'red']),
    problems: z.array(z.string()).readonly(),
    version: z.string(),
    pbx: z.string(),
    pid: z.int(),
    startedAtMs: momentForm,
    timeZone: z.string().meta({ description: 'Of the daemon, by its IANA name: `Europe/Paris`.' }),
    ari: linkForm,
    ami: linkForm,
    agi: z.strictObject({
      state: z.enum(['listening', 'down', 'off']),
      address: z.string(),
      open: z.int(),
      questions: z.int(),
      refused: z.int(),
      lastProblem: z.string(),
    }),
    web: z.strictObject({
      state: z.enum(['up', 'down', 'off']),
      url: z.string(),
      problem: z.string(),
      restarts: z.int(),
      sessions: z.int(),
      listeners: z.int(),
    }),
    peers: z
      .array(z.strictObject({ application: z.string(), state: z.enum(['heard', 'silent']) }))
      .readonly(),
    policy: z.strictObject({
      version: z.int().nullable(),
      loadedAtMs: momentForm.nullable(),
      protection: z.boolean().nullable(),
    }),
    decisions: z.strictObject({ continued: z.int(), denied: z.int(), abandoned: z.int() }),
    pickups: z.strictObject({ taken: z.int(), refused: z.int() }),
    telling: z
      .strictObject({
        webhooks: z.array(z.strictObject({ to: z.string(), ...way })).readonly(),
        mail: z.strictObject(way).nullable(),
        messages: z.strictObject(way),
      })
      .nullable(),
    ringing: z.int(),
    records: z.strictObject({ queued: z.int(), written: z.int(), lost: z.int() }),
    notices: z.strictObject({ lastDay: z.int() }),
    guard: z.strictObject({ mode: z.enum(['off', 'watch', 'enforce']).nullable(), unscreened: z.int() }),
    quarantined: z.array(z.string()).readonly(),
    numberingData: z.record(z.string(), z.string()),
    numberingNotice: z.string(),
  })
  .meta({ id: 'Status' });
