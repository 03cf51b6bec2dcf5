// docs/api.md: every route with its rights, and the roles that hold them, as the router has them.
import { rights, rightsOfRoles, roles } from '../../src/admin/account-rights.ts';
import { apiRoutes } from '../../src/http/api/app.ts';
import { rightsText } from '../../src/http/api/describe.ts';
import { rightsNeeded, type Route } from '../../src/http/api/route.ts';
import { table } from './markdown.ts';

const HEAD = `# API

Everything that the console shows and does is a call of this API, at \`/api/v1\`. \`GET /api/v1/openapi.json\` describes it whole,
with what each call takes and answers. Programs send \`Authorization: Bearer <token>\`; tokens are made on the page *My account*, or with
\`callwarden user token add\`. Browsers sign in with \`POST /session\` and send its \`csrfToken\` as \`x-csrf-token\` with each change;
both are refused without the \`Origin\` or \`Sec-Fetch-Site\` that a browser adds to what a page of the console sends.
What went wrong is told as a problem (RFC 9457) with a stable \`code\` and a sentence, in English.
What is changed with \`If-Match\` is refused with 412 where somebody else has changed it since it was read.
`;

export function apiDocument(): string {
  const tags = Map.groupBy(apiRoutes, ({ tag }) => tag);
  const parts = [...tags].map(([tag, routes]) => `## ${tag}\n\n${routeTable(routes)}\n`);
  return [HEAD, `## Roles\n\n${roleTable()}\n`, ...parts].join('\n');
}

/** An account holds all rights of its roles; a token holds some of those of its account. */
function roleTable(): string {
  return table(
    ['right', ...roles],
    rights.map((right) => {
      const held = roles.map((role) => (rightsOfRoles([role]).includes(right) ? 'yes' : ''));
      return [`\`${right}\``].concat(held);
    }),
  );
}

function routeTable(routes: readonly Route[]): string {
  return table(
    ['call', 'what it does', 'rights', 'roles'],
    routes.map((route) => [
      `\`${route.method.toUpperCase()} ${route.path}\``,
      route.summary + (route.guards ? ' (If-Match)' : ''),
      rightsText(route),
      rolesText(route),
    ]),
  );
}

function rolesText(route: Route): string {
  if (route.needs === 'anybody') return '';
  const needed = rightsNeeded(route);
  const held = roles.filter((role) => needed.every((right) => rightsOfRoles([role]).includes(right)));
  return held.length === roles.length ? 'all' : held.join(', ');
}
