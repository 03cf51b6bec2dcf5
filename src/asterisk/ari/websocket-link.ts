// The default link: events and REST requests on one WebSocket (Asterisk >= 20.14, 21.9, 22.4, 23).

import assert from 'node:assert';
import { WebSocket, type RawData } from 'ws';
import { AppError } from '../../errors.ts';
import { setUpRequests } from './applications.ts';
import { readAddress, readDoorError, readDoorStatus, silentDoor, type AriAddress } from './address.ts';
import { infoRequest } from './application-requests.ts';
import { readBody, type AriAnswer, type AriRequest } from './commands.ts';
import { EventDoor, parseJson } from './event-door.ts';
import { isRecord } from './events.ts';
import type { AriLink, AriOptions } from './link.ts';
import { LinkSocket, MESSAGE_BYTES_MAX } from './link-socket.ts';
import { lostLink, PendingRequests } from './pending.ts';
import { startLink } from './start-link.ts';
import { readVersion } from './version.ts';

/**
 * Connects, proves that REST works over the socket and filters the events at Asterisk.
 * @throws AppError `unauthorized` for a wrong user or password, `unavailable` for all that may mend itself or that a
 * different Asterisk would mend, `invalid` for a bad URL.
 */
export async function connectWebsocketLink(options: AriOptions, signal: AbortSignal): Promise<AriLink> {
  const address = readAddress(options);
  const connection = await openSocket(address, options, signal);
  const abort = (): void => connection.end('the connection attempt was given up');
  signal.addEventListener('abort', abort, { once: true });
  try {
    const setUp = setUpRequests(options.application);
    const info = infoRequest();
    const answers = Promise.all([...setUp, info].map((request) => connection.call(request)));
    const given = await answers.catch((error: unknown) => {
      throw connection.ended ? error : tooOld(address, error);
    });
    for (const [index, request] of setUp.entries()) readBody(request, answerAt(given, index));
    return connection.start(readVersion(readBody(info, answerAt(given, setUp.length))));
  } catch (error) {
    connection.end('the connection attempt failed');
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function answerAt(answers: readonly AriAnswer[], index: number): AriAnswer {
  const answer = answers[index];
  assert(answer);
  return answer;
}

/** Older versions read what comes over the socket and drop it (res/ari/ari_websockets.c). */
function tooOld(address: AriAddress, cause: unknown): AppError {
  return new AppError(
    'unavailable',
    `Asterisk at ${address.shown} took the WebSocket but answers no REST request on it: it needs Asterisk 20.14, ` +
      '21.9, 22.4 or later; for an older one set ari.transport to "auto" or "ari-client".',
    { cause },
  );
}

function openSocket(address: AriAddress, options: AriOptions, signal: AbortSignal): Promise<RestSocket> {
  return new Promise((resolve, reject) => {
    // ws switches Nagle's algorithm off; compression would only add latency on loopback.
    const socket = new WebSocket(address.websocketUrl, {
      headers: { authorization: address.authorization },
      handshakeTimeout: options.connectDeadlineMs,
      maxPayload: MESSAGE_BYTES_MAX,
      perMessageDeflate: false,
    });
    const fail = (error: AppError): void => {
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners();
      // An abandoned socket still emits an error, which would end the process if nobody listened.
      socket.on('error', () => {});
      socket.terminate();
      reject(error);
    };
    const abort = (): void => fail(new AppError('unavailable', 'The connection attempt was given up.'));
    socket.once('open', () => {
      signal.removeEventListener('abort', abort);
      socket.removeAllListeners();
      // In the same turn, so that no error of the socket finds nobody listening.
      resolve(new RestSocket(socket, options));
    });
    socket.once('unexpected-response', (_request, response) => {
      fail(readDoorStatus(response.statusCode ?? 0, address.shown, options.username));
    });
    socket.once('error', (error) => {
      const silent = error.message.includes('handshake has timed out');
      fail(
        silent ? silentDoor(address.shown, options.connectDeadlineMs) : readDoorError(error, address.shown),
      );
    });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** Owns the open connection: requests that wait for their answer, the heartbeat, and the end. */
class RestSocket {
  readonly door: EventDoor;
  readonly #socket: LinkSocket;
  readonly #options: AriOptions;
  readonly #pending: PendingRequests;

  constructor(socket: WebSocket, options: AriOptions) {
    this.#options = options;
    this.door = new EventDoor(options);
    this.#pending = new PendingRequests(options.commandDeadlineMs);
    this.#socket = new LinkSocket(socket, (reason) => {
      this.#pending.failAll(reason);
    });
    socket.on('message', (data) => this.#read(data));
  }

  get ended(): boolean {
    return this.#socket.endReason !== null;
  }

  end(reason: string): void {
    this.#socket.end(reason);
  }

  /** The link over this connection, with its heartbeat running. */
  start(asteriskVersion: string): AriLink {
    return startLink({
      kind: 'websocket',
      asteriskVersion,
      options: this.#options,
      door: this.door,
      socket: this.#socket,
      call: (request) => this.call(request),
    });
  }

  /** Writes the request before it returns. */
  call(request: AriRequest): Promise<AriAnswer> {
    const { endReason } = this.#socket;
    if (endReason !== null) return Promise.reject(lostLink(request, endReason));
    return this.#pending.add(request, (id) => this.#socket.send(encode(id, request)));
  }

  #read(data: RawData): void {
    const message = parseJson(data);
    if (isRecord(message) && message['type'] === 'RESTResponse') this.#settle(message);
    else this.door.enter(message);
  }

  #settle(message: Record<string, unknown>): void {
    const id = message['request_id'];
    const status = message['status_code'];
    // Without its request, a body of megabytes need not be parsed.
    if (typeof id !== 'string' || !this.#pending.has(id)) return;
    const body = parseJson(message['message_body']);
    this.#pending.settle(id, { status: typeof status === 'number' ? status : 0, body });
  }
}

function encode(id: string, request: AriRequest): string {
  const { method, uri, body } = request;
  const head = { type: 'RESTRequest', request_id: id, method, uri };
  if (body === undefined) return JSON.stringify(head);
  return JSON.stringify({ ...head, content_type: 'application/json', message_body: JSON.stringify(body) });
}
