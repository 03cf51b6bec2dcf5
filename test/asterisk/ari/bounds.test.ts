// Both ARI links: a message beyond all bounds ends the connection and nothing else, and the password goes in no URL.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAriClientLink } from '../../../src/asterisk/ari/ari-client-link.ts';
import { connectWebsocketLink } from '../../../src/asterisk/ari/websocket-link.ts';
import type { Lab } from '../../lab/lab.ts';
import { startProxy } from '../../lab/proxy.ts';
import { record, startAriLab } from './ari-lab.ts';

/** More than a message may have; less than the 100 MiB that ws takes by itself. */
const ENORMOUS = 'x'.repeat(17 * 1024 * 1024);

/** What a client says to Asterisk, beside what `Proxy` does with it. */
async function startListener(targetPort: number) {
  let heard = '';
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.on('data', (chunk) => void (heard += chunk.toString('latin1')));
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, heard: () => heard, [Symbol.dispose]: () => void server.close() };
}

describe('the ARI links', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startAriLab(22);
  }, 900_000);
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
  });
  const links = [
    ['websocket', connectWebsocketLink],
    ['ari-client', connectAriClientLink],
  ] as const;
  const signal = new AbortController().signal;
  const portOf = () => Number(new URL(lab.ari.url).port);

  it.each(links)('end by %s at a message that has no bounds, and say so', async (_kind, connectLink) => {
    await using proxy = await startProxy(portOf());
    const heard = record(lab);
    const url = `http://127.0.0.1:${proxy.port}/ari`;
    await using link = await connectLink(heard.options({ url }), signal);
    await link.ping();
    proxy.inject(ENORMOUS);
    expect(await link.closed).toMatch(/payload/i);
    await using next = await connectLink(heard.options({ url }), signal);
    await next.ping();
  });

  it.each(links)(
    'log in by %s with a header, and no URL holds user or password',
    async (_kind, connectLink) => {
      using listener = await startListener(portOf());
      const { username, password } = lab.ari;
      const url = `http://127.0.0.1:${listener.port}/ari`;
      await using link = await connectLink(record(lab).options({ url }), signal);
      await link.ping();
      const requestLines = listener.heard().match(/^(?:GET|POST|PUT|DELETE) .*$/gm) ?? [];
      expect(requestLines.some((line) => line.includes('/events?'))).toBe(true);
      expect(requestLines.filter((line) => line.includes(password))).toEqual([]);
      const login = Buffer.from(`${username}:${password}`).toString('base64');
      expect(listener.heard()).toContain(`Basic ${login}`);
    },
  );
});
