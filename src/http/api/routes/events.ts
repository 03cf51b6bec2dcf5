// `GET /events`: what happens now, as server-sent events, each account seeing what it may.
import { z } from '@hono/zod-openapi';
import { noteBoardSeen } from '../../../admin/sessions.ts';
import { AppError } from '../../../errors.ts';
import { createMarks } from '../../auth/identify.ts';
import { sightOf } from '../../live-sight.ts';
import { streamLive } from '../../live-stream.ts';
import { problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { createShares } from '../shares.ts';
import type { Who } from '../who.ts';

/** Of one account; all together have the bound of the live events. */
const ACCOUNT_STREAMS_MAX = 32;
/** Whether the session and its rights still hold is asked so often. */
const RECHECK_MS = 1_000;
const EVENT_ID_LENGTH_MAX = 64;

const join = createShares(ACCOUNT_STREAMS_MAX);
/** Of all boards together: where the database is locked, one of them waits for it, not each of them every second. */
const mark = createMarks(() => performance.now());

const events = route({
  method: 'get',
  path: '/events',
  tag: 'Live',
  summary: 'Follow what happens now',
  description:
    'Server-sent events: `board` first (all that rings), then `ringing`, `rung`, `pickup`, `alert`, `decision` and `notice` ' +
    '(with the right `calls.read`), and `status`. Who does not see every call is told of those that his extension may take, ' +
    'and of those on its own phone. `Last-Event-ID`, or `lastEventId` in the query, continues a stream that broke off. It ends ' +
    'with the session, and when the right is withdrawn.',
  needs: ['live.read'],
  query: z.strictObject({ lastEventId: z.string().max(EVENT_ID_LENGTH_MAX).optional() }),
  answer: z.string(),
  produces: 'text/event-stream',
  handle: async ({ who, query, ports, context }) => {
    const { account } = who;
    const leave = join(account);
    if (leave === null) {
      return problem(
        context,
        'too-many',
        `${account} follows ${ACCOUNT_STREAMS_MAX} times already; close a page.`,
      );
    }
    try {
      const live = await ports.live();
      let now: Who = who;
      const listener = live.listen({
        lastEventId: context.req.header('last-event-id') ?? query.lastEventId ?? null,
        sees: sightOf(() => now),
      });
      if (listener === null) throw new AppError('unavailable', 'Too many follow already; try again later.');
      const recheck = setInterval(() => {
        try {
          const then = ports.whoNow(now);
          if (then?.rights.has('live.read') === true) now = then;
          else listener.close();
          const { via, credential } = now;
          if (via === 'board') mark(() => noteBoardSeen(ports.store(), credential, ports.nowMs()));
        } catch (error) {
          // The database is away for the moment: nobody loses a right by that, and nobody gets one.
          if (!(error instanceof AppError)) throw error;
        }
      }, RECHECK_MS).unref();
      return streamLive(context, listener, () => {
        clearInterval(recheck);
        leave();
      });
    } catch (error) {
      leave();
      throw error;
    }
  },
});

export const eventRoutes: readonly Route[] = [events];
