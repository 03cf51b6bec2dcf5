// AMI sent by somebody who means harm: no line of it ends, freezes or fills the daemon, and none is believed for more than it is.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectAmi, type AmiConnection } from '../../../src/asterisk/ami/connection.ts';
import type { AmiPickup } from '../../../src/asterisk/ami/message.ts';

const DEADLINE_MS = 20_000;
const COMMAND_DEADLINE_MS = 20_000;
const RUNS = 60;
/** More than any line may hold, without an end. */
const ENDLESS = Buffer.alloc(10 * 1024 * 1024, 0x61);

interface Hostile {
  readonly ami: AmiConnection;
  readonly pickups: readonly AmiPickup[];
  /** Sends bytes as Asterisk would; resolves when they are on their way. */
  readonly say: (bytes: string | Uint8Array) => void;
}

/** The daemon's own connection to a server that answers each action with Success, and says what it is told to. */
async function hostile(): Promise<Hostile> {
  let peer: Socket | undefined;
  const server = createServer((socket) => {
    peer = socket;
    socket.on('error', () => undefined);
    socket.write('Asterisk Call Manager/9.0.0\r\n');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      const blocks = heard.split('\r\n\r\n');
      heard = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, id = ''] = /^ActionID: (.*)$/m.exec(block) ?? [];
        socket.write(`Response: Success\r\nActionID: ${id}\r\nPing: Pong\r\n\r\n`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const pickups: AmiPickup[] = [];
  const ami = await connectAmi(
    {
      host: '127.0.0.1',
      port,
      username: 'callwarden',
      password: 'secret',
      commandDeadlineMs: COMMAND_DEADLINE_MS,
      connectDeadlineMs: COMMAND_DEADLINE_MS,
      heartbeatIntervalMs: DEADLINE_MS,
      onPickup: (pickup) => void pickups.push(pickup),
      onProblem: () => undefined,
    },
    new AbortController().signal,
  );
  onTestFinished(async () => {
    await ami[Symbol.asyncDispose]();
    server.close();
  });
  return { ami, pickups, say: (bytes) => void peer?.write(bytes) };
}

/** Names of events that the package, or Node, gives a meaning to. */
const RESERVED = [
  'rawevent',
  'managerevent',
  'close',
  'error',
  'end',
  'connect',
  'data',
  'response',
  'asterisk',
  'newListener',
  'removeListener',
  '__proto__',
  'constructor',
  'toString',
];

describe('AMI from a hostile peer', { timeout: 60_000 }, () => {
  it.each(RESERVED)('goes on when an event or an answer is called %s', async (name) => {
    const { ami, pickups, say } = await hostile();
    say(`Event: ${name}\r\nUserEvent: ${name}\r\n${name}: ${name}\r\nVariable: ${name}=1\r\n\r\n`);
    say(`Response: Success\r\nActionID: ${name}\r\n\r\nResponse: Error\r\nActionID: ${name}\r\n\r\n`);
    say(`Event: Pickup\r\nEvent: ${name}\r\n\r\n`);
    expect(await ami.action('Ping')).toMatchObject({ ping: 'Pong' });
    expect(pickups).toEqual([]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('answers on through blocks of any bytes, and believes no pickup that is incomplete', async () => {
    const { ami, pickups, say } = await hostile();
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom(
        'Event: Pickup',
        'Channel: x',
        'Response: Follows',
        '--END COMMAND--',
        ': ',
        'Variable: a',
      ),
    );
    const block = fc.array(line, { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(block, async (lines) => {
        // A block that is open would take the answer in, as it may: it is closed in every way there is.
        say(`${lines.join('\r\n')}\r\n\r\n--END COMMAND--\r\n\r\n\r\n\r\n`);
        expect(await ami.action('Ping')).toMatchObject({ ping: 'Pong' });
      }),
      { numRuns: RUNS },
    );
    expect(pickups).toEqual([]);
  });

  it.each([
    ['a line without end', ENDLESS],
    ['a block without end', Buffer.from('a: b\r\n'.repeat(20_000))],
    ['a block of long lines', Buffer.from(`${'a'.repeat(60_000)}\r\n`.repeat(100))],
  ])('ends the connection at %s, and says so', async (_what, bytes) => {
    const { ami, say } = await hostile();
    say(bytes);
    expect(await ami.closed).toMatch(/^it sent a (?:line|block) of more than/);
  });

  it('takes many short blocks, however many bytes they are together', async () => {
    const { ami, say } = await hostile();
    const event = 'Event: Newexten\r\nExten: 1\r\n\r\n';
    say(event.repeat(100_000));
    expect(await ami.action('Ping')).toMatchObject({ ping: 'Pong' });
  });
});
