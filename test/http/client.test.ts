// What a command hears of the daemon over the local socket: answers, refusals in its own words, and other programs.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { askRinging, askStatus, askTake, askTestNotice } from '../../src/http/client.ts';
import { followLive } from '../../src/http/live-client.ts';
import { listenOnSocket } from '../../src/http/local-server.ts';
import type { DaemonView } from '../../src/http/ports.ts';

const starting: DaemonView = {
  status: () => null,
  ringing: () => [],
  take: () => Promise.resolve(null),
  live: () => null,
  testNotice: () => null,
  metrics: () => null,
};

function socketPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'callwarden-client-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'callwarden.sock');
}

const follow = (path: string) =>
  followLive({
    socketPath: path,
    extension: null,
    signal: AbortSignal.timeout(10_000),
    onEvent: () => undefined,
    onUp: () => undefined,
    onAway: () => undefined,
  });

describe('a command that asks the daemon', () => {
  it('is told in the words of the daemon why it is not served', async () => {
    const path = socketPath();
    await using resources = new AsyncDisposableStack();
    resources.use(await listenOnSocket(path, createApp(starting)));
    const notYet = { code: 'unavailable', message: expect.stringContaining('still starting') as string };
    await expect(askStatus(path)).rejects.toMatchObject(notYet);
    await expect(askTestNotice(path, 'mail', 'a@example.com')).rejects.toMatchObject(notYet);
    await expect(follow(path)).rejects.toMatchObject(notYet);
    await expect(askTake(path, { target: '1002', picker: '1003' })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Asterisk is not connected') as string,
    });
    await expect(askTake(path, { target: '\n', picker: '1003' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(askTake(path, { target: 'x'.repeat(5000), picker: '1' })).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(await askRinging(path)).toEqual([]);
  });

  it.each([
    [404, '{"code":"not-found","message":"There is no GET /status."}', 'unavailable', /older than this/],
    [500, '{"code":"internal","message":"x"}', 'internal', /makes no sense/],
    [503, 'Service Unavailable', 'internal', /makes no sense/],
    [418, '{"code":"teapot","message":7}', 'internal', /makes no sense/],
    [200, '{"health":', 'internal', /makes no sense/],
  ])('makes of %s %s an error that is %s', async (status, body, code, message) => {
    const path = socketPath();
    const server = createServer((_request, response) => response.writeHead(status).end(body));
    server.listen(path);
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    await expect(askStatus(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('is told how to start the daemon where nobody answers', async () => {
    const path = socketPath();
    const nobody = { code: 'unavailable', message: expect.stringContaining('callwarden run') as string };
    await expect(askStatus(path)).rejects.toMatchObject(nobody);
    await expect(follow(path)).rejects.toMatchObject(nobody);
  });
});
