// Tables as files: how an answer hands them over.
import type { Context } from 'hono';

/** To be saved under that name. */
export const csvFile = (context: Context, name: string, text: string): Response =>
  context.body(text, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'cache-control': 'no-store',
  });
