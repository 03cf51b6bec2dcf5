// Requests that we send: repeated until they are answered, refusals acknowledged (RFC 3261, section 17.1).
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
/** Timers B and F. */
const giveUpAfterMs = 64 * t1Ms;
const transactionsMax = 5000;

type OnResponse = (response: SipResponse, atMs: number) => void;

interface Transaction {
  readonly request: SipRequest;
  readonly to: Peer;
  readonly onResponse: OnResponse;
  final: boolean;
  /** It is repeated no more. */
  heard: boolean;
  timer: NodeJS.Timeout | undefined;
}

export class ClientTransactions implements Disposable {
  readonly #socket: SipSocket;
  readonly #transactions = new Map<string, Transaction>();

  constructor(socket: SipSocket) {
    this.#socket = socket;
  }

  /**
   * Sends a request and repeats it until it is answered; returns the time of the first sending. `onResponse`
   * gets each provisional response and the final one once, except that 2xx to INVITE come again each time
   * they are repeated: the call must acknowledge them (section 13.2.2.4).
   */
  start(request: SipRequest, to: Peer, onResponse: OnResponse): number {
    const transaction: Transaction = {
      request,
      to,
      onResponse,
      final: false,
      heard: false,
      timer: undefined,
    };
    this.#transactions.set(keyOf(request, request.method), transaction);
    if (this.#transactions.size > transactionsMax) this.#forgetOldest();
    this.#repeat(transaction, t1Ms, giveUpAfterMs);
    return this.#socket.send(request, to);
  }

  /** Takes a response; one that matches no request of ours is ignored. */
  receive(response: SipResponse, atMs: number): void {
    const transaction = this.#transactions.get(keyOf(response, sequenceOf(response).method));
    if (transaction === undefined) return;
    const isInvite = transaction.request.method === 'INVITE';
    if (isInvite || response.status >= 200) stop(transaction);
    const repeated = transaction.final;
    transaction.final ||= response.status >= 200;
    if (isInvite && response.status >= 300)
      this.#socket.send(acknowledgement(transaction, response), transaction.to);
    if (!repeated || (isInvite && response.status >= 200 && response.status < 300)) {
      transaction.onResponse(response, atMs);
    }
  }

  [Symbol.dispose](): void {
    for (const transaction of this.#transactions.values()) stop(transaction);
    this.#transactions.clear();
  }

  #repeat(transaction: Transaction, intervalMs: number, remainingMs: number): void {
    if (remainingMs <= 0) return;
    const again = () => {
      if (transaction.heard) return;
      this.#socket.send(transaction.request, transaction.to);
      const next = transaction.request.method === 'INVITE' ? intervalMs * 2 : Math.min(intervalMs * 2, t2Ms);
      this.#repeat(transaction, next, remainingMs - intervalMs);
    };
    // A loop that stood still runs its timers before it reads what has come meanwhile, and Asterisk takes an INVITE that comes
    // again behind its 200 for another call.
    transaction.timer = setTimeout(() => setImmediate(() => setImmediate(again)), intervalMs);
    transaction.timer.unref();
  }

  #forgetOldest(): void {
    const [oldest] = this.#transactions;
    if (oldest === undefined) return;
    stop(oldest[1]);
    this.#transactions.delete(oldest[0]);
  }
}

function stop(transaction: Transaction): void {
  transaction.heard = true;
  clearTimeout(transaction.timer);
}

function keyOf(message: SipRequest | SipResponse, method: string): string {
  return `${parameter(headerValues(message, 'Via')[0] ?? '', 'branch')} ${method}`;
}

/** ACK of a refusal: in the branch of the INVITE, with the To of the response (section 17.1.1.3). */
function acknowledgement({ request }: Transaction, response: SipResponse): SipRequest {
  const kept = request.headers.filter(([name]) =>
    ['Via', 'From', 'Call-ID', 'Route', 'Max-Forwards'].includes(name),
  );
  const sequence = sequenceOf(request).number;
  return {
    kind: 'request',
    method: 'ACK',
    uri: request.uri,
    headers: [...kept, ['To', headerText(response, 'To')], ['CSeq', `${sequence} ACK`]],
    body: '',
  };
}
