// The model of Asterisk behind real sockets and in real time, so that the daemon's own links can be held to it.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Lab } from '../lab/lab.ts';
import { eventually } from '../lab/processes.ts';
import type { AsteriskEnd } from './asterisk/ari-door.ts';
import { Asterisk } from './asterisk/asterisk.ts';
import type { Channel } from './asterisk/channel.ts';
import { Dialplan } from './asterisk/dialplan.ts';
import { answerTo } from './asterisk/rest.ts';
import { Clock } from './world/clock.ts';
import { randomOf } from '../random.ts';

const TICK_MS = 1;
const IDLE_WITHIN_MS = 2000;

/** What of a lab is there, too. */
export type ModelLab = Pick<Lab, 'ari' | 'asteriskVersion' | 'console' | 'waitIdle'> & AsyncDisposable;

export async function startModelLab(dialplan: string): Promise<ModelLab> {
  const startedMs = performance.now();
  const clock = new Clock(Date.now());
  const nothing = () => undefined;
  const asterisk = new Asterisk({
    clock,
    random: randomOf(1),
    dialplan: new Dialplan([dialplan]),
    onInvite: nothing,
    onPickup: nothing,
    onStep: nothing,
    onTimeout: nothing,
  });
  const ticking = setInterval(() => clock.advance(performance.now() - startedMs), TICK_MS);
  const server = createServer((request, response) => serve(asterisk, request, response));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    const applications = new URL(request.url ?? '', 'http://model').searchParams.get('app') ?? '';
    asterisk.door.open(endOf(socket), applications.split(','));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { channels } = asterisk.machine;
  return {
    ari: { url: `http://127.0.0.1:${port}/ari`, username: 'callwarden', password: 'none' },
    asteriskVersion: '22.10.1',
    console: async () => {
      for (const channel of channels.values()) asterisk.machine.hangup(channel, 16);
      return '';
    },
    waitIdle: async () => void (await eventually(() => channels.size === 0, IDLE_WITHIN_MS)),
    [Symbol.asyncDispose]: () => close(server, sockets, ticking),
  };
}

async function close(server: Server, sockets: WebSocketServer, ticking: NodeJS.Timeout): Promise<void> {
  clearInterval(ticking);
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

function endOf(socket: WebSocket): AsteriskEnd {
  return {
    attach: (_side, { onMessage, onClose }) => {
      socket.on('message', (data: Buffer) => onMessage(data.toString('utf8')));
      socket.on('close', onClose);
    },
    send: (_from, text) => socket.send(text),
    close: () => socket.close(),
  };
}

function serve(asterisk: Asterisk, request: IncomingMessage, response: ServerResponse): void {
  const { machine, door } = asterisk;
  const uri = (request.url ?? '').replace(/^\/ari\//, '');
  const method = request.method ?? 'GET';
  if (method === 'POST' && uri.startsWith('channels?')) {
    originate(asterisk, new URLSearchParams(uri.slice(uri.indexOf('?'))));
    response.end('{}');
    return;
  }
  answerTo({ id: '', method, uri, body: '' }, { machine, door, random: randomOf(2) }, ({ status, body }) => {
    response.statusCode = status;
    response.end(body === undefined ? '' : JSON.stringify(body));
  });
}

/** A Local channel: its far end runs the extension at once, its near end what was asked for, once that has answered. */
function originate({ machine }: Asterisk, parameters: URLSearchParams): void {
  const given = (name: string) => parameters.get(name) ?? '';
  const [, exten = '', context = ''] = /^Local\/([^@]+)@([^/]+)/.exec(given('endpoint')) ?? [];
  const make = (half: number, id: string, place: Channel['place'], state: Channel['state']) =>
    machine.create(
      { place, callerNumber: '', dialledBy: null, state },
      `Local/${exten}@${context}-${id};${half}`,
      id,
    );
  const nearPlace = {
    context: given('context'),
    exten: given('extension'),
    priority: Number(given('priority')),
  };
  const near = make(1, given('channelId'), nearPlace, 'Down');
  const far = make(2, given('otherChannelId'), { context, exten, priority: 1 }, 'Ring');
  near.partner = far;
  far.partner = near;
  near.party = { onGone: (cause) => machine.hangup(far, cause) };
  far.party = {
    onGone: (cause) => endNear(machine, near, cause),
    onUp: () => {
      machine.setState(near, 'Up');
      machine.go(near);
    },
  };
  machine.ports.publish('board', 'Dial', { peer: machine.shown(near), dialstatus: '' });
  machine.go(far);
}

/** One that runs nothing yet has no thread that would notice. */
function endNear(machine: Asterisk['machine'], near: Channel, cause: number): void {
  machine.hangup(near, cause);
  if (near.state !== 'Up') machine.destroy(near);
}
