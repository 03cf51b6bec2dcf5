// `/ringing`: what rings now, as far as the account may see it, and taking one of these calls.
import { z } from '@hono/zod-openapi';
import { AppError } from '../../../errors.ts';
import { sightOf } from '../../live-sight.ts';
import type { HeardEvent } from '../../live-ports.ts';
import { namesField } from '../names.ts';
import type { ApiPorts } from '../ports.ts';
import { route, type Route } from '../route.ts';
import type { Who } from '../who.ts';
import { ringingForm, takenForm } from './live-forms.ts';

type Board = Extract<HeardEvent, { type: 'board' }>;

const CALL_ID_LENGTH_MAX = 200;

const shownBoard = z.strictObject({
  ringing: z.array(ringingForm).readonly(),
  ...namesField,
  connected: z.boolean().meta({ description: 'False: Asterisk is not connected, and nothing is known.' }),
});

export const ringingRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/ringing',
    tag: 'Live',
    summary: 'What rings now, longest first',
    description:
      'Who does not see every call is shown those that his extension may take, and those on its own phone.',
    needs: ['live.read'],
    answer: shownBoard,
    handle: async ({ ports, who }) => {
      const { data, names = {} } = await boardFor(ports, who);
      return { ringing: data.ringing, names, connected: data.status?.ari === 'up' };
    },
  }),
  route({
    method: 'post',
    path: '/ringing/{callId}/pickup',
    tag: 'Live',
    summary: 'Take a ringing call',
    description:
      'Rings the phone of the account for 20 s at most; whoever answers it there has the call. Its right is asked before and ' +
      'after. Answers when the outcome is known, within 45 s.',
    needs: ['live.read', 'pickup'],
    params: z.strictObject({
      callId: z
        .string()
        .min(1)
        .max(CALL_ID_LENGTH_MAX)
        .regex(/^\P{C}+$/u),
    }),
    answer: takenForm,
    handle: async ({ ports, who, params }) => {
      if (who.extension === null) {
        throw new AppError(
          'conflict',
          `The account ${who.name} has no extension, so there is no phone to ring. Give it one under Accounts.`,
        );
      }
      const outcome = await ports.daemon.take({
        target: params.callId,
        picker: who.extension,
        by: who.actor,
      });
      if (outcome) return outcome;
      throw new AppError(
        'unavailable',
        'Asterisk is not connected, or no policy is loaded; the page System says what is wrong.',
      );
    },
  }),
];

/** As the first thing that a listener is told. */
async function boardFor(ports: ApiPorts, who: Who): Promise<Board> {
  const live = await ports.live();
  const listener = live.listen({ lastEventId: null, sees: sightOf(() => who) });
  if (listener === null) throw new AppError('unavailable', 'Too many follow already; try again later.');
  try {
    const first = await listener.next();
    if (first?.type === 'board') return first;
    throw new AppError('unavailable', 'What rings is not known just now; try again.');
  } finally {
    listener.close();
  }
}
