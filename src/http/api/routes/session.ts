// `/session`: signing in and out, who one is, and one's own password.
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { requireAccount } from '../../../admin/accounts.ts';
import { rights, roles } from '../../../admin/account-rights.ts';
import { PASSWORD_LENGTH_MAX } from '../../../admin/password-choice.ts';
import { changePassword } from '../../../admin/passwords.ts';
import {
  endMs,
  endSession,
  SESSION_IDLE_MS,
  sessionOf,
  turnIntoBoard,
  type Session,
} from '../../../admin/sessions.ts';
import { checkPassword, signIn, trierOf, type SignInOutcome } from '../../../admin/sign-in.ts';
import { forgiveTry } from '../../../admin/sign-in-tries.ts';
import { AppError } from '../../../errors.ts';
import { clearSession, readSecret, writeSecret } from '../../auth/cookies.ts';
import { whoOfSession } from '../../auth/identify.ts';
import { csrfToken, isFromOwnSite } from '../../auth/own-site.ts';
import { peerOf } from '../../peer.ts';
import { addressKey } from '../../rate-limit.ts';
import { momentForm } from '../forms.ts';
import type { ApiPorts, Store } from '../ports.ts';
import { problem } from '../problem.ts';
import { route, type Asked, type Route } from '../route.ts';
import type { Who } from '../who.ts';

/** Whoever reads the log by words must not find any that a stranger has typed. */
const NOT_OF_NAMES = /[^\w.@-]/g;
const NAME_LENGTH_MAX = 40;
/** Hashing cuts longer ones; the bound keeps bodies small. */
const PASSWORD_BODY_MAX = 2 * PASSWORD_LENGTH_MAX;

export const meForm = z
  .strictObject({
    name: z.string(),
    displayName: z.string(),
    roles: z.array(z.enum(roles)).readonly(),
    rights: z.array(z.enum(rights)).readonly().meta({ description: 'What may be asked for now.' }),
    extension: z.string().nullable(),
    seesAll: z.boolean().meta({ description: 'Sees every ringing call.' }),
    via: z
      .enum(['session', 'board', 'token'])
      .meta({ description: '`board`: looks on, and changes nothing.' }),
    mustChangePassword: z
      .boolean()
      .meta({ description: 'There are no rights until the password is changed.' }),
    csrfToken: z.string().nullable().meta({ description: 'For x-csrf-token; null with a token.' }),
    endsMs: momentForm
      .nullable()
      .meta({ description: 'When the session ends in any case; null with a token.' }),
    idleMs: z
      .int()
      .nullable()
      .meta({ description: 'The session ends after so long without a request; null with a board.' }),
  })
  .meta({ id: 'Me' });

const password = z.string().min(1).max(PASSWORD_BODY_MAX);

/** What the console learns of whoever is signed in. */
function meOf(store: Store, who: Who, held: { readonly secret: string; readonly session: Session } | null) {
  const account = requireAccount(store, who.account);
  return {
    name: account.name,
    displayName: account.displayName,
    roles: account.roles,
    rights: rights.filter((right) => who.rights.has(right)),
    extension: account.extension,
    seesAll: who.seesAll,
    via: who.via,
    mustChangePassword: account.mustChange,
    csrfToken: held && csrfToken(held.secret),
    endsMs: held && endMs(held.session),
    idleMs: held?.session.board === false ? SESSION_IDLE_MS : null,
  };
}

function meOfSession(store: Store, secret: string, nowMs: number) {
  const signedIn = sessionOf(store, secret, nowMs);
  if (!signedIn) throw new AppError('conflict', 'The session has ended in this moment. Sign in again.');
  return meOf(store, whoOfSession(signedIn), { secret, session: signedIn.session });
}

/** Signs in, and sets the cookies. */
async function begin(
  { store, ports, nowMs, context }: Asked<undefined, undefined, unknown>,
  words: { readonly name: string; readonly password: string },
) {
  const house = { store, pbx: ports.pbx, nowMs };
  const { address } = peerOf(context);
  const given = {
    ...words,
    address,
    network: addressKey(address),
    userAgent: context.req.header('user-agent') ?? '',
    browser: readSecret(context, 'browser'),
    session: readSecret(context, 'session'),
  };
  const outcome = await signIn(house, given, ports.passwords);
  if (outcome.kind !== 'signed-in') return refuse(context, ports, words.name, outcome);
  writeSecret(context, 'session', outcome.session);
  writeSecret(context, 'browser', outcome.browser);
  return meOfSession(store, outcome.session, nowMs);
}

/** The same words whether the name or the password was wrong, or the account is disabled. */
function refuse(
  context: Context,
  ports: ApiPorts,
  user: string,
  outcome: Exclude<SignInOutcome, { kind: 'signed-in' }>,
): Response {
  const typed = user.replaceAll(NOT_OF_NAMES, '_').slice(0, NAME_LENGTH_MAX);
  ports.onSignInRefused({ address: peerOf(context).address, user: typed, why: outcome.kind });
  if (outcome.kind === 'wrong') {
    return problem(context, 'wrong-password', 'The name or the password is wrong.');
  }
  const seconds = Math.ceil(outcome.waitMs / 1000);
  context.header('retry-after', String(seconds));
  const message = `There were too many wrong passwords. The next one is looked at in ${waitText(seconds)}.`;
  return problem(context, 'too-many', message);
}

function waitText(seconds: number): string {
  if (seconds < 100) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

const OTHER_SITE = 'This request does not come from a page of the console. Programs use a token.';

export const sessionRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/session',
    tag: 'Session',
    summary: 'Who one is, with which rights',
    needs: [],
    answer: meForm,
    handle: ({ store, who, context, nowMs }) => {
      const secret = who.via === 'token' ? null : readSecret(context, 'session');
      return secret === null ? meOf(store, who, null) : meOfSession(store, secret, nowMs);
    },
  }),
  route({
    method: 'post',
    path: '/session',
    tag: 'Session',
    summary: 'Sign in with a password',
    description: 'For browsers: sets the cookie of the session. Programs use tokens.',
    needs: 'anybody',
    body: z.strictObject({ name: z.string().min(1).max(100), password }),
    answer: meForm,
    handle: async (asked) => {
      if (!isFromOwnSite(asked.context)) return problem(asked.context, 'forbidden', OTHER_SITE);
      return begin(asked, asked.body);
    },
  }),
  route({
    method: 'delete',
    path: '/session',
    tag: 'Session',
    summary: 'Sign out',
    needs: [],
    answer: z.strictObject({}),
    handle: ({ change, who, context }) => {
      if (who.via === 'token')
        return problem(context, 'forbidden', 'A token has no session. Remove it instead.');
      endSession(change, who.account, who.credential);
      clearSession(context);
      return {};
    },
  }),
  route({
    method: 'post',
    path: '/session/board',
    tag: 'Session',
    summary: 'Turn the session into that of a wallboard',
    description:
      'It shows what rings and the figures, changes nothing, and lasts 30 days, however long nobody touches it. It is listed among ' +
      'the sessions of its account, and ends there, with the account, and with a new password.',
    needs: ['live.read'],
    answer: meForm,
    handle: ({ change, who, store, nowMs, context }) => {
      if (who.via !== 'session') {
        return problem(context, 'forbidden', 'A wallboard is made of a session. Sign in, and do it there.');
      }
      const secret = turnIntoBoard(change, who.account, who.credential);
      writeSecret(context, 'board', secret);
      return meOfSession(store, secret, nowMs);
    },
  }),
  route({
    method: 'post',
    path: '/session/password',
    tag: 'Session',
    summary: 'Change one’s own password; every other session of the account ends',
    needs: [],
    body: z.strictObject({ old: password, new: z.string().max(PASSWORD_BODY_MAX) }),
    answer: meForm,
    handle: async (asked) => {
      const { store, nowMs, who, context, ports, change, body } = asked;
      if (who.via !== 'session') {
        return problem(context, 'forbidden', 'A token changes no password. Sign in, and change it there.');
      }
      const house = { store, pbx: ports.pbx, nowMs };
      const network = addressKey(peerOf(context).address);
      const trier = trierOf(house, who.account, { network, browser: readSecret(context, 'browser') });
      const checked = await checkPassword(house, trier, body.old, ports.passwords);
      if (checked.kind !== 'right') return refuse(context, ports, who.account, checked);
      // Or who thinks of a few weak ones would have to wait as if he had guessed.
      forgiveTry(store, trier);
      await changePassword(change, who.account, { old: body.old, chosen: body.new }, ports.passwords);
      return begin(asked, { name: who.account, password: body.new });
    },
  }),
];
