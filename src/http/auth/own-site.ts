// Whether a page of ours sent a request that changes something, or a page of others had the browser send it.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { peerOf } from '../peer.ts';

const HARMLESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const CSRF_HEADER = 'x-csrf-token';

/** Of no harm without a guard: it changes nothing. */
export const isHarmless = (context: Context): boolean => HARMLESS.has(context.req.method);

/**
 * By `Sec-Fetch-Site`, which no page can set, or where a browser does not send it (plain HTTP to another host than itself) by
 * `Origin`. Who sends neither is no browser of today, and takes a token.
 */
export function isFromOwnSite(context: Context): boolean {
  const site = context.req.header('sec-fetch-site');
  const origin = context.req.header('origin');
  if (site !== undefined) return site === 'same-origin';
  const { isSecure, host } = peerOf(context);
  return origin !== undefined && host !== '' && origin === `${isSecure ? 'https' : 'http'}://${host}`;
}

/** What a page of ours learns from `GET /session` and sends with each change; it says nothing about the cookie's secret. */
export function csrfToken(sessionSecret: string): string {
  return createHash('sha256').update('callwarden csrf\n').update(sessionSecret).digest('base64url');
}

export function hasCsrfToken(context: Context, sessionSecret: string): boolean {
  const given = Buffer.from(context.req.header(CSRF_HEADER) ?? '');
  const wanted = Buffer.from(csrfToken(sessionSecret));
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
