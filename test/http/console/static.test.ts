// The console's files as they are served: compressed, cached by their names, and nothing beside them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, describe, expect, it } from 'vitest';
import { createConsole } from '../../../src/http/console/static.ts';

const folder = mkdtempSync(join(tmpdir(), 'callwarden-console-'));
const built = join(folder, 'console');
mkdirSync(join(built, 'assets'), { recursive: true });
const script = 'export const hello = 1;\n';
writeFileSync(join(built, 'index.html'), '<!doctype html><title>console</title>');
writeFileSync(join(built, 'assets/main-abc.js'), script);
writeFileSync(join(built, 'assets/main-abc.js.gz'), gzipSync(script));
writeFileSync(join(folder, 'secret.html'), 'secret');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const serving = (path: string) => new Hono().all('*', createConsole(path));
const app = serving(built);
const page = { accept: 'text/html,application/xhtml+xml' };

describe('the files of the console', () => {
  it('are kept for ever by a name that changes with them, and asked for again by one that does not', async () => {
    const asset = await app.request('/assets/main-abc.js');
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const index = await app.request('/', { headers: page });
    expect(index.headers.get('cache-control')).toBe('no-cache');
    const etag = index.headers.get('etag') ?? '';
    expect((await app.request('/', { headers: { ...page, 'if-none-match': etag } })).status).toBe(304);
  });

  it('are served compressed to whoever takes that', async () => {
    const zipped = await app.request('/assets/main-abc.js', { headers: { 'accept-encoding': 'br, gzip' } });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString()).toBe(script);
    const headers = { 'accept-encoding': 'gzip;q=0, identity' };
    const plain = await app.request('/assets/main-abc.js', { headers });
    expect(plain.headers.get('content-encoding')).toBe(null);
    expect(await plain.text()).toBe(script);
  });

  it('stand behind every address of a page, but not behind what a page asks for', async () => {
    const deep = await app.request('/users/1001', { headers: page });
    expect([deep.status, await deep.text()]).toEqual([200, '<!doctype html><title>console</title>']);
    const gone = await app.request('/assets/gone-123.js', { headers: page });
    expect(gone.status).toBe(404);
    expect((await app.request('/users/1001', { headers: { accept: 'application/json' } })).status).toBe(404);
    expect((await app.request('/', { method: 'POST', headers: page })).status).toBe(405);
    // What a program asks for that looks whether anything answers.
    expect((await app.request('/', { headers: { accept: '*/*' } })).status).toBe(200);
  });

  it.each([
    '/../secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '/assets/..%5c..%5csecret.html',
    '/assets/../../secret.html',
    '//secret.html',
    '/index.html%00.js',
    '/assets/main-abc.js.gz',
  ])('are all that there is: %s leads nowhere', async (path) => {
    const answer = await app.request(`http://localhost${path}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('secret\n');
  });

  it('are told to be missing where they were never built', async () => {
    const answer = await serving(join(folder, 'nothing')).request('/');
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build:console');
  });
});
