// The compatibility link, for an Asterisk that cannot serve REST on its WebSocket: the ari-client package, contained.

import assert from 'node:assert';
import { EventEmitter } from 'node:events';
import ariClient, { type Client } from 'ari-client';
import type { WebSocket } from 'ws';
import { AppError } from '../../errors.ts';
import { readAddress, readDoorError, silentDoor } from './address.ts';
import { ALLOWED_TYPES, applicationNames, setUpRequests } from './applications.ts';
import { containSocket } from './ari-client-socket.ts';
import { readBody, type AriAnswer, type AriRequest } from './commands.ts';
import { EventDoor } from './event-door.ts';
import { isRecord } from './events.ts';
import { LinkSocket } from './link-socket.ts';
import type { AriLink, AriOptions } from './link.ts';
import { lostLink, PendingRequests } from './pending.ts';
import { hangupByName } from './hangup-name.ts';
import { askVersion } from './preflight.ts';
import { startLink } from './start-link.ts';
import { canHangUpByNumber } from './version.ts';

/**
 * Connects by ari-client, after a request of our own has shown that URL and password are right: the package itself
 * tells neither in a way that can be understood.
 * @throws AppError as `askVersion`; `invalid` also for a URL whose path is not `/ari`, which ari-client takes for granted.
 */
export async function connectAriClientLink(options: AriOptions, signal: AbortSignal): Promise<AriLink> {
  const address = readAddress(options);
  if (address.path !== '/ari') {
    const message = `ari-client cannot reach ${address.shown}: it only knows the path /ari. `;
    throw new AppError(
      'invalid',
      `${message}Remove the prefix in http.conf, or use the websocket transport.`,
    );
  }
  const asteriskVersion = await askVersion(options, signal);
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(options.connectDeadlineMs)]);
  const giveUp = (): AppError =>
    signal.aborted
      ? new AppError('unavailable', 'The connection attempt was given up.')
      : silentDoor(address.shown, options.connectDeadlineMs);
  const client = await before(deadline, giveUp, loadClient(address.origin, options)).catch(
    (error: unknown) => {
      throw error instanceof AppError ? error : readDoorError(error, address.shown);
    },
  );
  const door = new EventDoor(options);
  const contained = containSocket(client, door, options);
  // Nobody waits for this promise: it follows the package's own reconnecting, which is switched off.
  client.start([...applicationNames(options.application)], false).catch(() => undefined);
  const socket = await before(deadline, giveUp, contained.opened).catch((error: unknown) => {
    contained.abandon();
    throw error instanceof AppError ? error : readDoorError(error, address.shown);
  });
  const connection = new ClientConnection(client, socket, door, options);
  try {
    for (const request of setUpRequests(options.application)) {
      readBody(request, await before(deadline, giveUp, connection.call(request)));
    }
    return connection.start(asteriskVersion);
  } catch (error) {
    connection.end('the connection attempt failed');
    throw error;
  }
}

/** The package keeps credentials in one place for the whole process, so clients are made one after the other. */
let loading: Promise<unknown> = Promise.resolve();

function loadClient(origin: string, { username, password }: AriOptions): Promise<Client> {
  const loaded = loading.then(() => ariClient.connect(origin, username, password));
  loading = loaded.catch(() => undefined);
  return loaded;
}

function before<T>(deadline: AbortSignal, giveUp: () => AppError, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(giveUp());
    if (deadline.aborted) abort();
    deadline.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => deadline.removeEventListener('abort', abort));
  });
}

/** Owns one client and its socket; both are thrown away together. */
class ClientConnection {
  readonly #client: Client;
  readonly #socket: LinkSocket;
  readonly #door: EventDoor;
  readonly #options: AriOptions;
  readonly #pending: PendingRequests;
  /** The last request under way for each channel: HTTP requests on several sockets would overtake each other. */
  readonly #tails = new Map<string, Promise<void>>();

  constructor(client: Client, socket: WebSocket, door: EventDoor, options: AriOptions) {
    this.#client = client;
    this.#door = door;
    this.#options = options;
    this.#pending = new PendingRequests(options.commandDeadlineMs);
    // Its types list the events by name; in truth it is an ordinary emitter.
    const emitter: unknown = client;
    assert(emitter instanceof EventEmitter);
    this.#socket = new LinkSocket(socket, (reason) => {
      this.#pending.failAll(reason);
      emitter.removeAllListeners();
    });
    // Listeners by type only: those that ari-client puts on its objects are never removed and slow every event down.
    for (const type of ALLOWED_TYPES) emitter.on(type, (event: unknown) => door.enter(event));
  }

  end(reason: string): void {
    this.#socket.end(reason);
  }

  /** The link over this connection, with its heartbeat running. */
  start(asteriskVersion: string): AriLink {
    const byNumber = canHangUpByNumber(asteriskVersion);
    return startLink({
      kind: 'ari-client',
      asteriskVersion,
      options: this.#options,
      door: this.#door,
      socket: this.#socket,
      call: (request) => this.call(byNumber ? request : hangupByName(request)),
    });
  }

  call(request: AriRequest): Promise<AriAnswer> {
    const { endReason } = this.#socket;
    if (endReason !== null) return Promise.reject(lostLink(request, endReason));
    return this.#pending.add(request, (id) => this.#enqueue(id, request));
  }

  #enqueue(id: string, request: AriRequest): void {
    const key = request.orderKey;
    const previous = key === '' ? undefined : this.#tails.get(key);
    const done =
      previous === undefined ? this.#invoke(id, request) : previous.then(() => this.#invoke(id, request));
    if (key === '') return;
    this.#tails.set(key, done);
    void done.finally(() => {
      if (this.#tails.get(key) === done) this.#tails.delete(key);
    });
  }

  /** Never rejects: the outcome goes to the pending request. */
  async #invoke(id: string, request: AriRequest): Promise<void> {
    // Its deadline passed while it waited for its turn: it must not be carried out late.
    if (!this.#pending.has(id)) return;
    try {
      const resource: unknown = Reflect.get(this.#client, request.resource);
      const operation: unknown = isRecord(resource) ? resource[request.operation] : undefined;
      if (typeof operation !== 'function') {
        const message = `This Asterisk does not know ${request.resource}.${request.operation}; it is too old.`;
        this.#pending.fail(id, new AppError('unavailable', message));
        return;
      }
      const body: unknown = await Reflect.apply(operation, undefined, [{ ...request.parameters }]);
      this.#pending.settle(id, { status: 200, body });
    } catch (error) {
      const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
      if (typeof status === 'number' && error instanceof Error) {
        this.#pending.settle(id, { status, body: { message: error.message } });
      } else {
        const message = `Asterisk could not be asked for ${request.operation}.`;
        this.#pending.fail(id, new AppError('unavailable', message, { cause: error }));
      }
    }
  }
}
