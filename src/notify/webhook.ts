// Webhooks: events as signed JSON to the programs of others, in order, bounded, tried again.
import { createHmac } from 'node:crypto';
import type { FindAddresses } from './addresses.ts';
import { Outbox, type OutboxBounds, type OutboxState, type SendResult } from './outbox.ts';
import { post } from './post.ts';

const EVENT_BYTES_MAX = 64 * 1024;
/** Of one hook. */
const BOUNDS: OutboxBounds = {
  queueMax: 500,
  triesMax: 8,
  firstPauseMs: 1000,
  pauseMaxMs: 60_000,
  ageMaxMs: 600_000,
};

export interface WebhookOptions {
  readonly url: string;
  /** Kinds of events, or `*`. */
  readonly events: readonly string[];
  readonly secret: string;
  readonly privateAddresses: boolean;
}

/** What a receiver gets, version 1; more fields may come, none of these goes. */
export interface WebhookEvent {
  readonly version: 1;
  /** The same for each try and each hook: whoever has seen it has seen the event. */
  readonly id: string;
  readonly kind: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly pbx: string;
  readonly data: object;
}

export interface WebhookPorts {
  /** Of this program, for the user agent. */
  readonly version: string;
  readonly nowMs: () => number;
  /** Once per change of state, '' when all is well again; `name` shows which hook, and no secret. */
  readonly onProblem: (name: string, problem: string) => void;
  readonly find?: FindAddresses;
  readonly bounds?: Partial<OutboxBounds>;
}

export interface Webhook extends AsyncDisposable {
  /** Scheme, host and port: paths may be secrets. */
  readonly name: string;
  wants(kind: string): boolean;
  /** Never throws and never waits. */
  put(event: WebhookEvent): void;
  /** One try now. Never rejects. */
  tryOnce(event: WebhookEvent): Promise<SendResult>;
  state(): OutboxState;
}

interface Parcel {
  readonly id: string;
  readonly kind: string;
  readonly body: string;
}

export function createWebhook(options: WebhookOptions, ports: WebhookPorts): Webhook {
  const name = new URL(options.url).origin;
  const target = { ...options, ...(ports.find ? { find: ports.find } : {}) };
  const outbox = new Outbox<Parcel>(
    { ...BOUNDS, ...ports.bounds },
    {
      send: ({ id, kind, body }, ended) => {
        // Said at each try, so that a receiver can refuse what is old.
        const timestampS = Math.floor(ports.nowMs() / 1000);
        const headers = {
          'content-type': 'application/json',
          'user-agent': `callwarden/${ports.version}`,
          'x-callwarden-event': kind,
          'x-callwarden-id': id,
          'x-callwarden-signature': signatureOf(options.secret, timestampS, body),
        };
        return post(target, body, headers, ended);
      },
      onProblem: (problem) => ports.onProblem(name, problem),
      nowMs: ports.nowMs,
    },
  );
  return {
    name,
    wants: (kind) => options.events.includes('*') || options.events.includes(kind),
    put: (event) => {
      const body = JSON.stringify(event);
      if (Buffer.byteLength(body) > EVENT_BYTES_MAX) outbox.drop('an event was too large');
      else outbox.put({ id: event.id, kind: event.kind, body });
    },
    tryOnce: (event) => outbox.tryOnce({ id: event.id, kind: event.kind, body: JSON.stringify(event) }),
    state: () => outbox.state(),
    [Symbol.asyncDispose]: () => outbox[Symbol.asyncDispose](),
  };
}

/** `t=<seconds>,v1=<hexadecimal HMAC-SHA256 of "<seconds>.<body>">`. */
function signatureOf(secret: string, timestampS: number, body: string): string {
  const mac = createHmac('sha256', secret).update(`${timestampS}.${body}`).digest('hex');
  return `t=${timestampS},v1=${mac}`;
}
