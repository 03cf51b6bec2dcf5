// The other end of a FastAGI connection, as a test leads it: Asterisk, or somebody who is not.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { eventually } from '../../lab/processes.ts';

/** The block as Asterisk sends it (res_agi.c, setup_env), without the empty line that ends it. */
export function header(
  more: Readonly<Record<string, string>> = {},
  args: readonly string[] = ['nonce=1790000000.7.123.456', 'dialled=00541938384', 'payer=', 'state=Ring'],
): string[] {
  const values: Record<string, string> = {
    agi_network: 'yes',
    agi_network_script: 'screen',
    agi_request: 'agi://127.0.0.1:4574/screen',
    agi_channel: 'PJSIP/1001-0000002a',
    agi_language: 'en',
    agi_type: 'PJSIP',
    agi_uniqueid: '1790000000.7',
    agi_version: '22.10.1',
    agi_callerid: '1001',
    agi_calleridname: 'Phone 1001',
    agi_callingpres: '0',
    agi_callingani2: '0',
    agi_callington: '0',
    agi_callingtns: '0',
    agi_dnid: '00541938384',
    agi_rdnis: 'unknown',
    agi_context: 'callwarden-number',
    agi_extension: '00541938384',
    agi_priority: '3',
    agi_enhanced: '0.0',
    agi_accountcode: '',
    agi_threadid: '140000000000000',
    ...more,
  };
  return [
    ...Object.entries(values).map(([key, value]) => `${key}: ${value}`),
    ...args.map((argument, index) => `agi_arg_${index + 1}: ${argument}`),
  ];
}

export const block = (...args: Parameters<typeof header>): string => `${header(...args).join('\n')}\n\n`;

export interface Client extends Disposable {
  readonly socket: Socket;
  /** What was heard and not taken yet. */
  heard: string;
  readonly isClosed: boolean;
  say(text: string): void;
  /** Takes the next line; it comes whole. */
  line(): Promise<string>;
  /** Waits until the other end has closed. */
  closed(deadlineMs?: number): Promise<void>;
}

const DEADLINE_MS = 20_000;

/** `address` as the server's state has it. */
export async function connectTo(address: string): Promise<Client> {
  const [host, port] = address.split(':');
  const socket = connect({ host: host ?? '', port: Number(port), allowHalfOpen: true });
  socket.on('error', () => undefined);
  const client: Client = {
    socket,
    heard: '',
    get isClosed() {
      return socket.destroyed || socket.readableEnded;
    },
    say: (text) => void socket.write(text),
    async line() {
      const isWhole = await eventually(() => client.heard.includes('\n'), DEADLINE_MS, 2);
      if (!isWhole) throw new Error(`no line came: ${JSON.stringify(client.heard)}`);
      const at = client.heard.indexOf('\n');
      const line = client.heard.slice(0, at);
      client.heard = client.heard.slice(at + 1);
      return line;
    },
    async closed(deadlineMs = DEADLINE_MS) {
      if (!(await eventually(() => client.isClosed, deadlineMs, 2))) throw new Error('it was not closed');
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
  socket.on('data', (bytes: Buffer) => (client.heard += bytes.toString('utf8')));
  await Promise.race([once(socket, 'connect'), sleep(DEADLINE_MS, undefined, { ref: false })]);
  return client;
}
