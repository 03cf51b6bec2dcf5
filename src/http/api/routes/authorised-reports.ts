// `/authorised-numbers/unused` and `/expiring`: whom an administrator looks at again, on the page and as a file.
import { z } from '@hono/zod-openapi';
import { formatReport } from '../../../admin/authorised-csv.ts';
import { expiringPeople, unusedPeople } from '../../../admin/authorised-reports.ts';
import { personWithState } from '../../../admin/authorised-view.ts';
import { csvFile } from '../files.ts';
import { DAY_MS, pageQuery, wholeWord } from '../forms.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';
import { personForm } from './authorised-people.ts';

const tag = 'Authorised numbers';
const DAYS_MAX = 3_660;

const reportForm = z.strictObject({
  rows: z.array(personForm).readonly(),
  count: z.int().meta({ description: 'With those that are not shown.' }),
});

interface Report {
  readonly name: 'unused' | 'expiring';
  readonly summary: string;
  readonly days: number;
  readonly find: (store: Store, spanMs: number, nowMs: number) => ReturnType<typeof unusedPeople>;
}

const reports: readonly Report[] = [
  {
    name: 'unused',
    summary: 'People whose number was not called through their list for so many days, the longest first',
    days: 90,
    find: (store, spanMs, nowMs) => unusedPeople(store, nowMs - spanMs),
  },
  {
    name: 'expiring',
    summary: 'People whose time runs out within so many days, the first to end first',
    days: 30,
    find: (store, spanMs, nowMs) => expiringPeople(store, nowMs, nowMs + spanMs),
  },
];

export const authorisedReportRoutes: readonly Route[] = reports.flatMap(({ name, summary, days, find }) => [
  route({
    method: 'get',
    path: `/authorised-numbers/${name}`,
    tag,
    summary,
    needs: ['policy.read'],
    query: z.strictObject({ days: wholeWord(1, DAYS_MAX).default(days), limit: pageQuery.limit }),
    answer: reportForm,
    handle: ({ store, query, nowMs }) => {
      const found = find(store, query.days * DAY_MS, nowMs);
      return {
        rows: found.slice(0, query.limit).map((entry) => personWithState(entry, nowMs)),
        count: found.length,
      };
    },
  }),
  route({
    method: 'get',
    path: `/authorised-numbers/${name}.csv`,
    tag,
    summary: 'The same as a file',
    needs: ['policy.read'],
    query: z.strictObject({ days: wholeWord(1, DAYS_MAX).default(days) }),
    produces: 'text/csv',
    answer: z.string(),
    handle: ({ store, query, nowMs, context }) =>
      csvFile(context, `authorised-${name}.csv`, formatReport(find(store, query.days * DAY_MS, nowMs))),
  }),
]);
