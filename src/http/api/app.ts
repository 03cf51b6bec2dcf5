// The API as one application: every route, its description, and an answer for what is not there.
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { basePath } from 'hono/route';
import { etagOf, matches } from './etag.ts';
import { answerOtherMethods } from './methods.ts';
import type { ApiPorts } from './ports.ts';
import { problemOf } from './problem.ts';
import { addRoute, type Route } from './route.ts';
import { authorisedListRoutes } from './routes/authorised-lists.ts';
import { authorisedPeopleRoutes } from './routes/authorised-people.ts';
import { authorisedReportRoutes } from './routes/authorised-reports.ts';
import { barringRoutes } from './routes/barring.ts';
import { destinationRoutes } from './routes/countries.ts';
import { ruleRoutes } from './routes/rules.ts';
import { scheduleAndSoundRoutes } from './routes/schedules.ts';
import { eventRoutes } from './routes/events.ts';
import { checkRoutes } from './routes/check.ts';
import { exceptionRoutes } from './routes/exceptions.ts';
import { extensionFileRoutes } from './routes/extension-files.ts';
import { extensionRoutes } from './routes/extensions.ts';
import { groupRoutes } from './routes/groups.ts';
import { limitAndQuarantineRoutes } from './routes/limits.ts';
import { pickupGroupRoutes } from './routes/pickup-groups.ts';
import { pickupRightRoutes } from './routes/pickup-rights.ts';
import { pickupWhyRoutes } from './routes/pickup-why.ts';
import { pinRoutes } from './routes/pins.ts';
import { accountAccessRoutes } from './routes/account-access.ts';
import { accountRoutes } from './routes/accounts.ts';
import { ownAccessRoutes } from './routes/own-access.ts';
import { sessionRoutes } from './routes/session.ts';
import { auditRoutes } from './routes/audit.ts';
import { callRoutes } from './routes/calls.ts';
import { policyRoutes } from './routes/policy.ts';
import { ringingRoutes } from './routes/ringing.ts';
import { statisticsRoutes } from './routes/statistics.ts';
import { systemRoutes } from './routes/system.ts';
import { settingRoutes } from './routes/settings.ts';

const DESCRIPTION = '/openapi.json';

/** Every route, by resource. */
export const apiRoutes: readonly Route[] = [
  ...sessionRoutes,
  ...ownAccessRoutes,
  ...accountRoutes,
  ...accountAccessRoutes,
  ...eventRoutes,
  ...settingRoutes,
  ...extensionRoutes,
  ...extensionFileRoutes,
  ...groupRoutes,
  ...exceptionRoutes,
  ...checkRoutes,
  ...barringRoutes,
  ...destinationRoutes,
  ...ruleRoutes,
  ...scheduleAndSoundRoutes,
  ...authorisedListRoutes,
  ...authorisedPeopleRoutes,
  ...authorisedReportRoutes,
  ...pinRoutes,
  ...limitAndQuarantineRoutes,
  ...pickupGroupRoutes,
  ...pickupRightRoutes,
  ...pickupWhyRoutes,
  ...ringingRoutes,
  ...callRoutes,
  ...statisticsRoutes,
  ...auditRoutes,
  ...systemRoutes,
  ...policyRoutes,
];

/** To be mounted at `/api/v1`. */
export function createApi(ports: ApiPorts): OpenAPIHono {
  const app = new OpenAPIHono();
  for (const route of apiRoutes) addRoute(app, route, ports);
  app.get(DESCRIPTION, serveDescription(app));
  const answerOthers = answerOtherMethods([...apiRoutes, { method: 'get', path: DESCRIPTION }]);
  app.all('*', (context) => answerOthers(context, basePath(context).replace(/\/$/, '')));
  app.onError((error, context) => problemOf(context, error, ports.onError));
  return app;
}

/** Made once, when it is first asked for: it takes a tenth of a second, and whoever comes by may ask. */
function serveDescription(app: OpenAPIHono): (context: Context) => Response {
  let made: { readonly text: string; readonly etag: string } | null = null;
  return (context) => {
    if (made === null) {
      const description = describeApi(app);
      made = { text: JSON.stringify(description), etag: etagOf(description) };
    }
    const headers = { etag: made.etag, 'cache-control': 'no-cache' };
    if (matches(context.req.header('if-none-match') ?? '', made.etag))
      return context.body(null, 304, headers);
    return context.body(made.text, 200, { ...headers, 'content-type': 'application/json' });
  };
}

/** OpenAPI 3.1, made from the routes as they are served. */
export function describeApi(app: OpenAPIHono): object {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-callwarden',
    description:
      'Of `POST /session`; over plain HTTP it is called `callwarden`. Changes also carry `x-csrf-token`, the `csrfToken` of ' +
      '`GET /session`, and come from a page of the console, which the browser says by `Sec-Fetch-Site` or `Origin`.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'Of `POST /session/tokens` or `callwarden user token add`; it may do what it was made for.',
  });
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Callwarden',
      version: '1',
      description: 'Call barring and call pickup beside an Asterisk PBX.',
    },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(apiRoutes.map(({ tag }) => tag))].map((name) => ({ name })),
  });
}
