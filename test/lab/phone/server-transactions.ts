// Requests that we receive: repeated ones get the same answer, final answers to INVITE are repeated until
// acknowledged.
import {
  headerText,
  headerValues,
  parameter,
  sequenceOf,
  type SipRequest,
  type SipResponse,
} from './message.ts';
import type { Peer, SipSocket } from './socket.ts';

const t1Ms = 500;
const t2Ms = 4000;
const giveUpAfterMs = 64 * t1Ms;
const transactionsMax = 5000;

interface Transaction {
  readonly request: SipRequest;
  readonly from: Peer;
  /** What its ACK is known by. */
  readonly acknowledgedBy: string;
  response: SipResponse | null;
  timer: NodeJS.Timeout | undefined;
}

export class ServerTransactions implements Disposable {
  readonly #socket: SipSocket;
  readonly #transactions = new Map<string, Transaction>();

  constructor(socket: SipSocket) {
    this.#socket = socket;
  }

  /**
   * True for a request that is new and wants an answer; false for a repeated one and for ACK, which are dealt
   * with here.
   */
  receive(request: SipRequest, from: Peer): boolean {
    if (request.method === 'ACK') {
      this.#stopRepeating(request);
      return false;
    }
    const known = this.#transactions.get(keyOf(request));
    if (known !== undefined) {
      if (known.response !== null) this.#socket.send(known.response, from);
      return false;
    }
    this.#transactions.set(keyOf(request), {
      request,
      from,
      acknowledgedBy: inviteKey(request),
      response: null,
      timer: undefined,
    });
    if (this.#transactions.size > transactionsMax) this.#forgetOldest();
    return true;
  }

  /** Sends a response to the source of its request (RFC 3581). */
  respond(request: SipRequest, response: SipResponse): void {
    const transaction = this.#transactions.get(keyOf(request));
    if (transaction === undefined) return;
    transaction.response = response;
    this.#socket.send(response, transaction.from);
    if (request.method === 'INVITE' && response.status >= 200) this.#repeat(transaction, t1Ms, giveUpAfterMs);
  }

  [Symbol.dispose](): void {
    for (const { timer } of this.#transactions.values()) clearTimeout(timer);
    this.#transactions.clear();
  }

  #repeat(transaction: Transaction, intervalMs: number, remainingMs: number): void {
    if (remainingMs <= 0) return;
    transaction.timer = setTimeout(() => {
      if (transaction.response !== null) this.#socket.send(transaction.response, transaction.from);
      this.#repeat(transaction, Math.min(intervalMs * 2, t2Ms), remainingMs - intervalMs);
    }, intervalMs);
    transaction.timer.unref();
  }

  /** ACK of a 2xx has a branch of its own: it is matched by call and number (RFC 3261, section 13.3.1.4). */
  #stopRepeating(ack: SipRequest): void {
    const key = inviteKey(ack);
    for (const { request, acknowledgedBy, timer } of this.#transactions.values()) {
      if (request.method === 'INVITE' && acknowledgedBy === key) clearTimeout(timer);
    }
  }

  #forgetOldest(): void {
    const [oldest] = this.#transactions;
    if (oldest === undefined) return;
    clearTimeout(oldest[1].timer);
    this.#transactions.delete(oldest[0]);
  }
}

function keyOf(request: SipRequest): string {
  return `${parameter(headerValues(request, 'Via')[0] ?? '', 'branch')} ${request.method}`;
}

function inviteKey(request: SipRequest): string {
  return `${headerText(request, 'Call-ID')} ${sequenceOf(request).number}`;
}
