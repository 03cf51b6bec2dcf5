// The console's files: read once into memory, so that no path of a request ever becomes a path of the machine.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { Context } from 'hono';
import { AppError } from '../../errors.ts';
import { matches } from '../api/etag.ts';
import { notThere, otherMethod, READ_METHODS } from '../api/methods.ts';

/** A console is a tenth of it; more is another folder. */
const FILES_MAX = 1000;
const BYTES_MAX = 32 * 1024 * 1024;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface StaticFile {
  readonly type: string;
  readonly etag: string;
  /** Its name changes with what is in it. */
  readonly isHashed: boolean;
  readonly plain: Uint8Array<ArrayBuffer>;
  /** As the build has compressed it; undefined where that saves nothing. */
  readonly br: Uint8Array<ArrayBuffer> | undefined;
  readonly gzip: Uint8Array<ArrayBuffer> | undefined;
}

/** Answers every request that is for no part of the API. */
export type ServeConsole = (context: Context) => Response;

const NOT_BUILT =
  '<!doctype html><html lang="en"><title>Callwarden</title><h1>The console is not built</h1>' +
  '<p>Callwarden itself works, and so do its API and its commands. ' +
  'Run <code>npm run build:console</code> in its folder, then restart the daemon.</p></html>';

/** Of `dist/console`. Throws `AppError('internal')` where the folder holds what no console has. */
export function createConsole(folder: string): ServeConsole {
  const files = readFiles(folder);
  const index = files.get('/index.html');
  return (context) => {
    const { method, path } = context.req;
    const file = files.get(path);
    if (method !== 'GET' && method !== 'HEAD') {
      return path === '/' || file ? otherMethod(context, READ_METHODS) : notThere(context);
    }
    if (file !== undefined) return answer(context, file);
    if (index === undefined) return context.html(NOT_BUILT, 503, { 'cache-control': 'no-store' });
    // An address of a page, which the console itself finds; what is asked for by a page is no page. The first one is there for
    // programs, too: who looks whether anything answers asks for that.
    const isPage =
      path === '/' ||
      (!/^\/(?:api|assets)\//.test(path) && (context.req.header('accept') ?? '').includes('text/html'));
    return isPage ? answer(context, index) : notThere(context);
  };
}

function answer(context: Context, file: StaticFile): Response {
  const headers = {
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  const known = context.req.header('if-none-match') ?? '';
  if (matches(known, file.etag)) return context.body(null, 304, headers);
  const accepted = context.req.header('accept-encoding') ?? '';
  const encoding = (['br', 'gzip'] as const).find((one) => file[one] !== undefined && accepts(accepted, one));
  return context.body((encoding && file[encoding]) ?? file.plain, 200, {
    ...headers,
    'content-type': file.type,
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  });
}

/** `gzip, br;q=0`: named, and not with the weight that forbids it. */
function accepts(header: string, encoding: string): boolean {
  const named = header.split(',').map((part) => part.trim().toLowerCase().split(';'));
  const [, weight = ''] = named.find(([name]) => name === encoding) ?? ['', 'q=0'];
  return !/^\s*q=0(\.0*)?$/.test(weight);
}

/** By path, beginning with a slash; empty where there is no such folder. */
function readFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const read = new Map<string, Uint8Array<ArrayBuffer>>();
  let bytes = 0;
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = new Uint8Array(readFileSync(path));
    bytes += content.length;
    if (read.size >= FILES_MAX || bytes > BYTES_MAX) {
      throw new AppError('internal', `${folder} holds more than a console: build it again.`);
    }
    read.set(`/${relative(folder, path).split(sep).join('/')}`, content);
  }
  const found = [...read].filter(([path]) => extname(path) in types);
  return new Map(
    found.map(([path, plain]) => [
      path,
      {
        type: types[extname(path)] ?? 'application/octet-stream',
        etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
        isHashed: path.startsWith('/assets/'),
        plain,
        br: read.get(`${path}.br`),
        gzip: read.get(`${path}.gz`),
      },
    ]),
  );
}
