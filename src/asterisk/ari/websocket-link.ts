// The default link: events and REST requests on one WebSocket (Asterisk >= 20.14, 21.9, 22.4, 23).

import WebSocket from 'ws';
import { AppError } from '../../errors.ts';
import { readAddress, readDoorError, readDoorStatus, silentDoor, type AriAddress } from './address.ts';
import {
  commandsOver,
  eventFilterRequest,
  infoRequest,
  readBody,
  userEventRequest,
  type AriAnswer,
  type AriRequest,
} from './commands.ts';
import { EventDoor } from './event-door.ts';
import { isRecord } from './events.ts';
import { startHeartbeat, type Heartbeat } from './heartbeat.ts';
import type { AriLink, AriOptions } from './link.ts';
import { readVersion } from './version.ts';

/** Requests without an answer; more means that Asterisk has stopped serving us. */
const PENDING_MAX = 2000;
/** A listing of 20,000 channels is the longest answer. */
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
const CLOSE_DEADLINE_MS = 500;

interface Pending {
  readonly request: AriRequest;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (answer: AriAnswer) => void;
  readonly reject: (error: AppError) => void;
}

/**
 * Connects, proves that REST works over the socket and filters the events at Asterisk.
 * @throws AppError `unauthorized` for a wrong user or password, `unavailable` for all that may mend itself or that a
 * different Asterisk would mend, `invalid` for a bad URL.
 */
export async function connectWebsocketLink(options: AriOptions, signal: AbortSignal): Promise<AriLink> {
  const address = readAddress(options);
  const socket = await openSocket(address, options, signal);
  const connection = new RestSocket(socket, options);
  const abort = (): void => connection.end('the connection attempt was given up');
  signal.addEventListener('abort', abort, { once: true });
  try {
    // The filter goes first: an application that lives on with a filter of somebody else's would not even let
    // RESTResponse through.
    const filter = eventFilterRequest(options.application, connection.door.allowedTypes);
    const info = infoRequest();
    const answers = Promise.all([connection.call(filter), connection.call(info)]);
    const [filtered, told] = await answers.catch((error: unknown) => {
      throw connection.ended ? error : tooOld(address, error);
    });
    readBody(filter, filtered);
    return connection.start(readVersion(readBody(info, told)));
  } catch (error) {
    connection.end('the connection attempt failed');
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
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

function openSocket(address: AriAddress, options: AriOptions, signal: AbortSignal): Promise<WebSocket> {
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
      resolve(socket);
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

/** Owns the open socket: requests that wait for their answer, the heartbeat, and the end. */
class RestSocket {
  readonly door: EventDoor;
  readonly closed: Promise<string>;
  readonly #socket: WebSocket;
  readonly #options: AriOptions;
  readonly #pending = new Map<string, Pending>();
  readonly #finish: (reason: string) => void;
  #heartbeat: Heartbeat | undefined;
  #lastId = 0;
  #closing = false;
  #endReason: string | undefined;

  constructor(socket: WebSocket, options: AriOptions) {
    this.#socket = socket;
    this.#options = options;
    this.door = new EventDoor(options);
    const { promise, resolve } = Promise.withResolvers<string>();
    this.closed = promise;
    this.#finish = resolve;
    socket.on('message', (data) => this.#read(data));
    socket.on('error', (error) => this.end(`socket error: ${error.message}`));
    socket.on('close', (code) => {
      this.end(this.#closing ? 'closed by us' : `Asterisk closed the connection (WebSocket code ${code})`);
    });
  }

  get ended(): boolean {
    return this.#endReason !== undefined;
  }

  /** The link over this socket, with its heartbeat running. */
  start(asteriskVersion: string): AriLink {
    const { application, heartbeatIntervalMs = 2000 } = this.#options;
    if (this.#endReason === undefined) {
      this.#heartbeat = startHeartbeat({
        intervalMs: heartbeatIntervalMs,
        beat: () => this.door.expectBeat((name) => this.call(userEventRequest(application, name))),
        onDead: (reason) => this.end(reason),
      });
    }
    const door = this.door;
    return {
      kind: 'websocket',
      asteriskVersion,
      ...commandsOver((request) => this.call(request), application),
      get droppedEvents() {
        return door.dropped;
      },
      closed: this.closed,
      [Symbol.asyncDispose]: () => this.#close(),
    };
  }

  /** Writes the request before it returns. */
  call(request: AriRequest): Promise<AriAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#endReason !== undefined) return reject(lost(request, this.#endReason));
      if (this.#pending.size >= PENDING_MAX) {
        return reject(
          new AppError('unavailable', `Asterisk has ${PENDING_MAX} requests waiting; one more was refused.`),
        );
      }
      const id = String(++this.#lastId);
      const { commandDeadlineMs } = this.#options;
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(
          new AppError(
            'unavailable',
            `Asterisk did not answer ${request.operation} in ${commandDeadlineMs} ms.`,
          ),
        );
      }, commandDeadlineMs);
      this.#pending.set(id, { request, timer, resolve, reject });
      this.#socket.send(encode(id, request));
    });
  }

  /** Ends everything at once; later calls do nothing. */
  end(reason: string): void {
    if (this.#endReason !== undefined) return;
    this.#endReason = reason;
    this.#heartbeat?.stop();
    for (const { request, timer, reject } of this.#pending.values()) {
      clearTimeout(timer);
      reject(lost(request, reason));
    }
    this.#pending.clear();
    this.#socket.removeAllListeners('message');
    this.#socket.terminate();
    this.#finish(reason);
  }

  async #close(): Promise<void> {
    this.#heartbeat?.stop();
    if (this.#endReason !== undefined) return;
    this.#closing = true;
    // A close frame spares Asterisk a warning; a peer that does not answer it is cut off.
    this.#socket.close(1000);
    const timer = setTimeout(() => this.end('closed by us'), CLOSE_DEADLINE_MS);
    await this.closed;
    clearTimeout(timer);
  }

  #read(data: WebSocket.RawData): void {
    let message: unknown;
    try {
      message = JSON.parse(String(data));
    } catch {
      this.door.drop();
      return;
    }
    if (isRecord(message) && message['type'] === 'RESTResponse') this.#settle(message);
    else this.door.enter(message);
  }

  #settle(message: Record<string, unknown>): void {
    const id = message['request_id'];
    const status = message['status_code'];
    const pending = typeof id === 'string' ? this.#pending.get(id) : undefined;
    // An answer that came after its deadline has nobody waiting.
    if (pending === undefined || typeof id !== 'string') return;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    pending.resolve({
      status: typeof status === 'number' ? status : 0,
      body: parseBody(message['message_body']),
    });
  }
}

function encode(id: string, request: AriRequest): string {
  const { method, uri, body } = request;
  const head = { type: 'RESTRequest', request_id: id, method, uri };
  if (body === undefined) return JSON.stringify(head);
  return JSON.stringify({ ...head, content_type: 'application/json', message_body: JSON.stringify(body) });
}

function parseBody(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lost(request: AriRequest, reason: string): AppError {
  return new AppError(
    'unavailable',
    `The link to Asterisk was lost before ${request.operation} was answered: ${reason}.`,
  );
}
