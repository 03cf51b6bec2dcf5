// A SIP user agent: one socket, its transactions, its calls. Phones and the carrier are built on it.
import { AppError } from '../../../src/errors.ts';
import type { SoundBook } from '../sounds.ts';
import { soundFrames } from '../sounds.ts';
import type { CallLeg } from './call-leg.ts';
import { ClientTransactions } from './client-transactions.ts';
import { newTag, newVia } from './dialog.ts';
import { answerChallenge, type Credentials } from './digest.ts';
import {
  type Header,
  headerText,
  parameter,
  sequenceOf,
  type SipMessage,
  type SipRequest,
} from './message.ts';
import type { SipResponse } from './message.ts';
import { formatResponse, type ResponseOptions } from './response.ts';
import { ServerTransactions } from './server-transactions.ts';
import { type Peer, type RecordedMessage, SipSocket } from './socket.ts';

const callsMax = 5000;
const textsMax = 1000;

export interface UserAgentOptions {
  /** A loopback address; the port is any free one. */
  readonly address: string;
  /** The user part of its own contact, and the name of its voice. */
  readonly user: string;
  /** Null for a peer that Asterisk knows by its address. */
  readonly credentials: Credentials | null;
  /** Where Asterisk listens. */
  readonly server: Peer;
}

/** A text that was sent to this phone, and whom it names as its sender. */
export interface SipText {
  readonly from: string;
  /** The request URI: the contact that was used. */
  readonly uri: string;
  readonly text: string;
}

/**
 * Called for each INVITE that opens a call; what else comes for that call waits until the promise settles.
 */
export type OnInvite = (invite: SipRequest) => Promise<void>;

export class UserAgent implements AsyncDisposable {
  readonly options: UserAgentOptions;
  /** `<sip:user@address:port>` */
  readonly contact: string;
  onInvite: OnInvite = async () => {};
  /** Who hears the notifications of a subscription, by its Call-ID. */
  readonly notified = new Map<string, (notify: SipRequest) => void>();
  /** What came by MESSAGE (RFC 3428), the oldest first. */
  readonly texts: SipText[] = [];
  /** Set once the lab has its sounds. */
  book: SoundBook = new Map();
  readonly voice: readonly Buffer[];
  readonly #socket: SipSocket;
  readonly #outgoing: ClientTransactions;
  readonly #incoming: ServerTransactions;
  readonly #calls = new Map<string, CallLeg>();
  /** Calls whose INVITE is being dealt with, by Call-ID. */
  readonly #arriving = new Map<string, Promise<void>>();

  private constructor(options: UserAgentOptions, socket: SipSocket) {
    this.options = options;
    this.contact = `<sip:${options.user}@${socket.local.address}:${socket.local.port}>`;
    this.voice = soundFrames('voice', options.user);
    this.#socket = socket;
    this.#outgoing = new ClientTransactions(socket);
    this.#incoming = new ServerTransactions(socket);
    socket.onMessage = (message, peer, atMs) => this.#receive(message, peer, atMs);
  }

  static async open(options: UserAgentOptions): Promise<UserAgent> {
    return new UserAgent(options, await SipSocket.open(options.address));
  }

  get local(): Peer {
    return this.#socket.local;
  }

  get messages(): readonly RecordedMessage[] {
    return this.#socket.messages;
  }

  get calls(): readonly CallLeg[] {
    return [...this.#calls.values()];
  }

  addCall(call: CallLeg): void {
    this.#calls.set(call.callId, call);
    if (this.#calls.size <= callsMax) return;
    const ended = this.calls.find(({ ending }) => ending !== null);
    if (ended === undefined)
      throw new AppError('unavailable', `A phone holds at most ${callsMax} calls at once.`);
    this.#calls.delete(ended.callId);
  }

  /** A request outside any dialog. */
  newRequest(
    method: string,
    uri: string,
    parties: { from: string; to: string },
    extra: readonly Header[],
  ): SipRequest {
    const headers: Header[] = [
      newVia(this.local),
      ['Max-Forwards', '70'],
      ['From', `${parties.from};tag=${newTag()}`],
      ['To', parties.to],
      ['Call-ID', newTag() + newTag()],
      ['CSeq', `1 ${method}`],
      ['Contact', this.contact],
      ...extra,
    ];
    return { kind: 'request', method, uri, headers, body: '' };
  }

  /** Sends a request and repeats it until it is answered; returns the time of its first sending. */
  start(request: SipRequest, to: Peer, onResponse: (response: SipResponse, atMs: number) => void): number {
    return this.#outgoing.start(request, to, onResponse);
  }

  /** Sends a request, answers a challenge, and resolves with the final response. */
  async request(request: SipRequest, to: Peer, deadlineMs = 20_000): Promise<SipResponse> {
    const first = await this.#final(request, to, deadlineMs);
    const authorized = this.authorize(request, first);
    return authorized === null ? first : this.#final(authorized, to, deadlineMs);
  }

  /** The request again with an answer to the challenge; null when there is none to give. */
  authorize(request: SipRequest, response: SipResponse): SipRequest | null {
    const { credentials } = this.options;
    if ((response.status !== 401 && response.status !== 407) || credentials === null) return null;
    if (request.headers.some(([name]) => name.endsWith('uthorization'))) return null;
    const answer = answerChallenge(request, response, credentials);
    if (answer === null) return null;
    const { number, method } = sequenceOf(request);
    const headers = request.headers.map((header): Header => {
      if (header[0] === 'Via') return newVia(this.local);
      return header[0] === 'CSeq' ? ['CSeq', `${number + 1} ${method}`] : header;
    });
    return { ...request, headers: [...headers, answer] };
  }

  /** Sends a message that has no transaction of its own: ACK of a 2xx. */
  sendAlone(message: SipMessage, to: Peer): void {
    this.#socket.send(message, to);
  }

  respond(request: SipRequest, status: number, options: ResponseOptions = {}): void {
    this.#incoming.respond(request, formatResponse(request, status, { contact: this.contact, ...options }));
  }

  /** Closes sockets and timers at once, without a word to Asterisk. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#outgoing[Symbol.dispose]();
    this.#incoming[Symbol.dispose]();
    await this.#socket[Symbol.asyncDispose]();
    await Promise.all(this.calls.map((call) => call.close()));
  }

  async #final(request: SipRequest, to: Peer, deadlineMs: number): Promise<SipResponse> {
    const { promise, resolve, reject } = Promise.withResolvers<SipResponse>();
    const what = `${request.method} ${request.uri}`;
    const message = `${this.options.user}: no answer to ${what} in ${deadlineMs} ms.`;
    const deadline = setTimeout(() => reject(new AppError('unavailable', message)), deadlineMs);
    this.start(request, to, (response) => {
      if (response.status >= 200) resolve(response);
    });
    try {
      return await promise;
    } finally {
      clearTimeout(deadline);
    }
  }

  #receive(message: SipMessage, peer: Peer, atMs: number): void {
    if (message.kind === 'response') {
      this.#outgoing.receive(message, atMs);
      return;
    }
    const isNew = this.#incoming.receive(message, peer);
    const arriving = this.#arriving.get(headerText(message, 'Call-ID'));
    if (arriving === undefined) this.#dispatch(message, isNew);
    else void arriving.then(() => this.#dispatch(message, isNew));
  }

  #dispatch(request: SipRequest, isNew: boolean): void {
    const callId = headerText(request, 'Call-ID');
    const call = this.#calls.get(callId);
    if (request.method === 'ACK') call?.acknowledged();
    if (!isNew) return;
    const hear = request.method === 'NOTIFY' ? this.notified.get(callId) : undefined;
    if (hear) {
      this.respond(request, 200);
      hear(request);
      return;
    }
    const inDialog = parameter(headerText(request, 'To'), 'tag') !== '' || request.method === 'CANCEL';
    if (inDialog && call !== undefined) call.handle(request);
    else if (inDialog) this.respond(request, 481);
    else if (request.method === 'INVITE') {
      this.#arriving.set(
        callId,
        this.onInvite(request).finally(() => this.#arriving.delete(callId)),
      );
    } else if (request.method === 'MESSAGE') {
      this.texts.push({ from: headerText(request, 'From'), uri: request.uri, text: request.body });
      if (this.texts.length > textsMax) this.texts.shift();
      this.respond(request, 200);
    } else this.respond(request, request.method === 'OPTIONS' || request.method === 'NOTIFY' ? 200 : 405);
  }
}
