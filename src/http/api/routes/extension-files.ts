// `/extensions.csv`: all extensions as a table, out and in.
import { z } from '@hono/zod-openapi';
import { csvBounds } from '../../../admin/csv.ts';
import { importExtensions } from '../../../admin/extension-table.ts';
import { csvFile } from '../files.ts';
import { outcomeForm } from '../forms.ts';
import { route, type Route } from '../route.ts';

export const extensionFileRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/extensions.csv',
    tag: 'Extensions',
    summary: 'All extensions as the table that can be imported',
    needs: ['policy.read'],
    answer: z.string(),
    produces: 'text/csv',
    handle: async ({ ports, context }) =>
      csvFile(context, 'extensions.csv', await ports.heavy.read('extension-table', null)),
  }),
  route({
    method: 'post',
    path: '/extensions.csv',
    tag: 'Extensions',
    summary: 'Add and change the extensions of a table, all or none',
    description:
      'Columns: extension, name, international, level, schedule, pin, pin-entry, groups, any-pickup, mail, pickup-notice.',
    needs: ['users.write'],
    file: 'text/csv',
    bodyMax: csvBounds.bytesMax,
    body: z.instanceof(Uint8Array),
    answer: outcomeForm,
    handle: ({ change, body }) => importExtensions(change, body),
  }),
];
