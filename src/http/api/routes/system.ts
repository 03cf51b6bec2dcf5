// `/status`, `/notices`, `/backup`: how the daemon is, what it gave notice of, and a copy of its database.
import { z } from '@hono/zod-openapi';
import { BACKUP_BYTES_MAX, noteBackup } from '../../../admin/backup.ts';
import { listNotices, noticeKinds } from '../../../admin/record-pages.ts';
import { AppError } from '../../../errors.ts';
import { STILL_STARTING } from '../../refusal.ts';
import { noticeWays } from '../../telling-ports.ts';
import { downloadOnce } from '../download.ts';
import { momentForm, pageOf, pageQuery } from '../forms.ts';
import { route, type Route } from '../route.ts';
import { periodQuery, within } from './record-forms.ts';
import { statusForm } from './status-form.ts';

const noticeForm = z
  .strictObject({
    seq: z.int(),
    atMs: momentForm,
    pbx: z.string(),
    kind: z.enum(noticeKinds),
    extension: z.string().nullable(),
    text: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Notice' });

export const systemRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/status',
    tag: 'System',
    summary: 'The running daemon: links, policy, counts, problems and what to do',
    needs: ['live.read'],
    answer: statusForm,
    handle: async ({ ports }) => {
      const status = await ports.daemon.status();
      if (status) return status;
      throw new AppError('unavailable', STILL_STARTING);
    },
  }),
  route({
    method: 'get',
    path: '/notices',
    tag: 'System',
    summary: 'Limits reached, quarantines, signs of fraud and locked PINs, newest first',
    needs: ['calls.read'],
    query: z.strictObject({
      ...periodQuery,
      kind: z.enum(noticeKinds).optional(),
      extension: z.string().min(1).max(120).optional(),
      ...pageQuery,
    }),
    answer: pageOf(noticeForm),
    handle: ({ store, query }) => listNotices(store, within(query)),
  }),
  route({
    method: 'post',
    path: '/notices/test',
    tag: 'System',
    summary: 'Send a test notice by webhook, mail or message',
    needs: ['system.write'],
    body: z.strictObject({
      way: z.enum(noticeWays),
      to: z
        .string()
        .max(250)
        .default('')
        .meta({ description: 'A mail address or an extension; nothing for webhooks.' }),
    }),
    answer: z.strictObject({
      results: z
        .array(z.strictObject({ to: z.string(), sent: z.boolean(), problem: z.string() }))
        .readonly()
        .meta({ description: 'Empty where no such way is configured.' }),
    }),
    handle: async ({ ports, body: { way, to } }) => {
      if (way !== 'webhook' && to.trim() === '') {
        throw new AppError(
          'invalid',
          `Name ${way === 'mail' ? 'a mail address' : 'an extension'} in \`to\`.`,
        );
      }
      const results = await ports.daemon.testNotice(way, to.trim());
      if (results) return { results };
      throw new AppError('unavailable', STILL_STARTING);
    },
  }),
  route({
    method: 'post',
    path: '/backup',
    tag: 'System',
    summary: 'The whole database as one file, checked page by page',
    description:
      `Up to ${BACKUP_BYTES_MAX / 1024 ** 3} GB. The key file and callwarden.toml are not in it. It is put back by ` +
      '`callwarden restore` on the machine itself, as a restore replaces every account and session, this one among them.',
    needs: ['backup'],
    answer: z.string(),
    produces: 'application/vnd.sqlite3',
    handle: async ({ ports, change, context, nowMs }) => {
      noteBackup(change);
      const { file } = await ports.heavy.read('backup', { bytesMax: BACKUP_BYTES_MAX });
      const day = new Date(nowMs).toISOString().slice(0, '2026-11-21'.length);
      const kind = { name: `callwarden-${day}.db`, type: 'application/vnd.sqlite3' };
      return downloadOnce(context, kind, file);
    },
  }),
];
