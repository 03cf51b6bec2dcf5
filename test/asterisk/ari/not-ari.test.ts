// What answers at the URL is not always ARI: each link says so, in time, and the process lives on.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';

import { connectAriClientLink } from '../../../src/asterisk/ari/ari-client-link.ts';
import { connectAri } from '../../../src/asterisk/ari/connect.ts';
import { connectWebsocketLink } from '../../../src/asterisk/ari/websocket-link.ts';
import { failureOf } from './ari-lab.ts';

const signal = new AbortController().signal;
const info = JSON.stringify({ system: { version: '22.10.1', entity_id: 'x' } });
const list = (path: string) => JSON.stringify({ apis: [{ path }] });

/** Serves `documents` by path; `null` resets the connection, an unknown path waits for ever. */
async function failWith(
  documents: Readonly<Record<string, string | null>>,
  connect: typeof connectWebsocketLink,
): Promise<{ code: unknown; message: string }> {
  const serve: RequestListener = (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const document = documents[path];
    if (document === null) request.socket.destroy();
    else if (document !== undefined) response.end(document);
  };
  const server = createServer(serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const failed = await failureOf(
    connect(
      {
        url: `http://127.0.0.1:${port}/ari`,
        username: 'callwarden',
        password: 'secret-of-the-test',
        application: 'callwarden',
        commandDeadlineMs: 500,
        connectDeadlineMs: 1000,
        onEvent: () => {},
        onProblem: () => {},
      },
      signal,
    ),
  );
  server.closeAllConnections();
  server.close();
  expect(failed.message).not.toContain('secret-of-the-test');
  return failed;
}

describe('what is not ARI', () => {
  it.each([
    ['text that is no JSON', { '/ari/asterisk/info': 'welcome' }, /not ARI/],
    ['JSON of something else', { '/ari/asterisk/info': '{"name":"router"}' }, /not ARI/],
    ['an answer without end', { '/ari/asterisk/info': `"${'x'.repeat(100_000)}"` }, /not ARI/],
    ['a reset', { '/ari/asterisk/info': null }, /ECONNRESET/],
    ['silence', {}, /1000 ms/],
  ])('is told by the first request: %s', async (_what, documents, message) => {
    const failed = await failWith(documents, (options, given) =>
      connectAri({ ...options, transport: 'auto' }, given),
    );
    expect(failed.code).toBe('unavailable');
    expect(failed.message).toMatch(message);
  });

  it.each([
    ['no JSON', 'welcome'],
    ['no list', '{}'],
    ['a reset', null],
    ['an unknown document', list('/api-docs/none.{format}')],
    ['a path that is none', list('17')],
  ])('does not end the process when ari-client gets %s for the API documents', async (_what, document) => {
    const documents = { '/ari/asterisk/info': info, '/ari/api-docs/resources.json': document };
    const failed = await failWith(documents, connectAriClientLink);
    expect(failed.code).toBe('unavailable');
  });

  it('is told by the WebSocket when there is only a web server', async () => {
    const failed = await failWith({ '/ari/events': 'welcome' }, connectWebsocketLink);
    expect(failed.code).toBe('unavailable');
    expect(failed.message).toMatch(/not ARI|1000 ms|ECONN/);
  });
});
