// The routes that the daemon answers on its local socket.
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { serveLive } from './live-stream.ts';
import type { DaemonView } from './ports.ts';
import { limitTake, serveTake } from './take.ts';
import { noticeWays } from './telling-ports.ts';

export function createApp(view: DaemonView): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/status', (context) => {
    const status = view.status();
    if (status) return context.json(status);
    return context.json({ code: 'unavailable', message: 'The daemon is still starting.' }, 503);
  });
  app.get('/ringing', (context) => context.json(view.ringing()));
  app.get('/events', serveLive(view.live));
  app.post('/notices/test/:way', async (context) => {
    const way = noticeWays.find((known) => known === context.req.param('way'));
    const results = way && (await view.testNotice(way, context.req.query('to') ?? ''));
    if (results) return context.json(results);
    return context.json({ code: 'unavailable', message: 'No notice can be sent now.' }, 503);
  });
  app.post('/pickup/take', limitTake, serveTake(view.take));
  app.notFound((context) =>
    context.json(
      { code: 'not-found', message: `There is no ${context.req.method} ${context.req.path}.` },
      404,
    ),
  );
  app.onError((_error, context) =>
    context.json({ code: 'internal', message: 'The daemon failed to answer; its log says why.' }, 500),
  );
  return app;
}
