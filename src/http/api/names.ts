// The names beside an answer: of the extensions that it shows, and of no others.
import { z } from '@hono/zod-openapi';
import { namesOf, type ExtensionNames } from '../../admin/extension-names.ts';
import { pageOf } from './forms.ts';
import type { Store } from './ports.ts';

export const namesField = {
  names: z
    .record(z.string(), z.string())
    .meta({ description: 'Whose the extensions are that stand here, of those that have a name.' }),
};

/** A page of rows, with the names of the extensions in them. */
export const namedPageOf = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ ...pageOf(row).shape, ...namesField });

type Extensions = readonly (string | null | undefined)[];

/** `extensions`: those that the answer shows, as they stand there. */
export function withNames<Answer extends object>(
  store: Store,
  answer: Answer,
  extensions: Extensions,
): Answer & { readonly names: ExtensionNames } {
  return { ...answer, names: namesOf(store, extensions) };
}

/** Of a page: `of` says which ones a row shows. */
export function pageWithNames<Row, Page extends { readonly rows: readonly Row[] }>(
  store: Store,
  page: Page & { readonly rows: readonly Row[] },
  of: (row: Row) => Extensions,
) {
  return withNames(store, page, page.rows.flatMap(of));
}
