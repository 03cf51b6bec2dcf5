// The routes that the daemon answers on its local socket.
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { serveLive } from './live-stream.ts';
import type { DaemonView } from './ports.ts';
import { refuse, STILL_STARTING } from './refusal.ts';
import { limitTake, serveTake } from './take.ts';
import { noticeWays } from './telling-ports.ts';

export function createApp(view: DaemonView): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/status', (context) => {
    const status = view.status();
    return status ? context.json(status) : refuse(context, 'unavailable', STILL_STARTING);
  });
  app.get('/ringing', (context) => context.json(view.ringing()));
  app.get('/events', serveLive(view.live));
  app.post('/notices/test/:way', async (context) => {
    const way = noticeWays.find((known) => known === context.req.param('way'));
    if (way === undefined) return context.notFound();
    const results = await view.testNotice(way, context.req.query('to') ?? '');
    return results ? context.json(results) : refuse(context, 'unavailable', STILL_STARTING);
  });
  app.post('/pickup/take', limitTake, serveTake(view.take));
  app.notFound((context) =>
    refuse(context, 'not-found', `There is no ${context.req.method} ${context.req.path}.`),
  );
  app.onError((_error, context) =>
    refuse(context, 'internal', 'The daemon failed to answer; its log says why.'),
  );
  return app;
}
