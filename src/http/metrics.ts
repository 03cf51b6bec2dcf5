// `/metrics`: figures for Prometheus, for whoever asks from this machine itself, and for tokens that may read figures.
import type { Context, Handler } from 'hono';
import type { Identity } from './api/who.ts';
import { AppError } from '../errors.ts';
import { peerOf } from './peer.ts';

/** Version 0.0.4 of the text form. */
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
/** Says that the request was passed on, whoever did it: its sender is not the one who asks. */
const PASSED_ON = [
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-real-ip',
  'forwarded',
  'via',
];

export interface MetricsPorts {
  /** Of the thread that decides; rejects with `AppError('unavailable')` where it does not answer. */
  readonly metrics: () => Promise<string>;
  /** Of this thread. */
  readonly ownMetrics: () => Promise<string>;
  readonly identify: (context: Context) => Promise<Identity>;
  /** A proxy stands before the listener: that a request comes from this machine says nothing then. */
  readonly behindProxy: boolean;
}

export function serveMetrics({ metrics, ownMetrics, identify, behindProxy }: MetricsPorts): Handler {
  return async (context) => {
    if (behindProxy || !isFromThisMachine(context)) {
      const identity = await identify(context);
      if (identity.kind === 'refused') return context.text(`${identity.message}\n`, identity.status);
      if (identity.kind === 'unknown') {
        const how = 'Send a token that may read figures: Authorization: Bearer …\n';
        return context.text(how, 401, { 'www-authenticate': 'Bearer' });
      }
      if (!identity.who.rights.has('figures.read')) {
        return context.text(`${identity.who.name} has no right to read figures.\n`, 403);
      }
    }
    try {
      const texts = await Promise.all([metrics(), ownMetrics()]);
      return context.body(texts.join(''), 200, { 'content-type': CONTENT_TYPE, 'cache-control': 'no-store' });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // Prometheus takes it for down, and that is what it is.
      return context.text(`${error.message}\n`, 503);
    }
  };
}

/** The other end of the socket is on this machine, and does not speak for somebody else. */
function isFromThisMachine(context: Context): boolean {
  if (PASSED_ON.some((name) => context.req.header(name) !== undefined)) return false;
  const { address } = peerOf(context);
  return address === '::1' || address.startsWith('127.');
}
