// Forms that several routes share: what a change answers, pages of long lists, points in time.
import { z } from '@hono/zod-openapi';

const changeForm = z
  .strictObject({
    action: z.string(),
    subject: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'Change' });

/** What a changing command did; no changes: everything was so already. */
export const outcomeForm = z
  .strictObject({
    changes: z.array(changeForm).readonly(),
    policyVersion: z.int(),
    notices: z.array(z.string()).readonly(),
  })
  .meta({ id: 'ChangeOutcome' });

/** Milliseconds since the epoch. */
export const momentForm = z.int().min(0).meta({ description: 'Milliseconds since the epoch.' });

/** Of something new: since and until when it counts; `untilMs` is the first moment that no longer does. */
export const validityFields = {
  fromMs: momentForm.nullable().default(null).meta({ description: 'Null: at once.' }),
  untilMs: momentForm.nullable().default(null).meta({ description: 'Null: without end.' }),
};

/** In a query. */
export const yesOrNo = z.enum(['true', 'false']).transform((word) => word === 'true');

export const PAGE_ROWS_MAX = 500;

/** Query of a list that is read page by page, newest or first rows first. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
  cursor: z.string().max(200).optional().meta({ description: 'The `next` of the page before.' }),
};

/** `next`: the cursor of the page behind; null on the last one. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ rows: z.array(row).readonly(), next: z.string().nullable() });
