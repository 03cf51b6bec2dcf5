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

/** Changes that one answer lists: a page reads no megabytes. The audit log has all of them. */
export const CHANGES_SHOWN_MAX = 500;

/** What a changing command did; no changes: everything was so already. */
export const outcomeForm = z
  .strictObject({
    changes: z
      .array(changeForm)
      .readonly()
      .meta({ description: `The first ${CHANGES_SHOWN_MAX}; the audit log has all of them.` }),
    changeCount: z
      .int()
      .optional()
      .meta({ description: `How many there are in all, where there are more than ${CHANGES_SHOWN_MAX}.` }),
    policyVersion: z.int(),
    notices: z.array(z.string()).readonly(),
  })
  .meta({ id: 'ChangeOutcome' });

/** The answer as it is sent: where `form` counts changes, no more of them than a page shows. */
export function withFirstChanges(form: z.ZodType, answer: unknown): unknown {
  if (!(form instanceof z.ZodObject) || !('changeCount' in form.shape)) return answer;
  if (typeof answer !== 'object' || answer === null || !('changes' in answer)) return answer;
  const { changes } = answer;
  if (!Array.isArray(changes) || changes.length <= CHANGES_SHOWN_MAX) return answer;
  return { ...answer, changes: changes.slice(0, CHANGES_SHOWN_MAX), changeCount: changes.length };
}

/** The last one that a calendar has. */
const MOMENT_MAX_MS = 8.64e15;
/** Milliseconds since the epoch. */
export const momentForm = z
  .int()
  .min(0)
  .max(MOMENT_MAX_MS)
  .meta({ description: 'Milliseconds since the epoch.' });

const DIGITS = /^\d{1,16}$/;

/** A whole number in a path or a query: digits and nothing else, so that an empty word is no 0. */
export const wholeWord = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(DIGITS, 'Invalid input: expected a whole number')
    .transform(Number)
    .pipe(z.int().min(minimum).max(maximum))
    .meta({ type: 'integer', minimum, maximum });

/** An id in a path. */
export const idWord = wholeWord(1, Number.MAX_SAFE_INTEGER);

export const DAY_MS = 86_400_000;
/** Of days in a query; null where none are given. */
export const spanMs = (days: number | undefined): number | null =>
  days === undefined ? null : days * DAY_MS;

/** A moment in a query. */
export const momentWord = wholeWord(0, MOMENT_MAX_MS).optional();

/** Of something new: since and until when it counts; `untilMs` is the first moment that no longer does. */
export const validityFields = {
  fromMs: momentForm.nullable().default(null).meta({ description: 'Null: at once.' }),
  untilMs: momentForm.nullable().default(null).meta({ description: 'Null: without end.' }),
};

export const validityStates = z.enum(['active', 'not-yet', 'expired']);

/** In a query. */
export const yesOrNo = z.enum(['true', 'false']).transform((word) => word === 'true');

export const PAGE_ROWS_MAX = 500;

/** Query of a list that is read page by page, newest or first rows first. */
export const pageQuery = {
  limit: wholeWord(1, PAGE_ROWS_MAX).default(50),
  cursor: z.string().max(200).optional().meta({ description: 'The `next` of the page before.' }),
};

/** `next`: the cursor of the page behind; null on the last one. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ rows: z.array(row).readonly(), next: z.string().nullable() });
