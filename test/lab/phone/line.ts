// What phones and the carrier have in common: they take calls, remember them, and place calls.
import { Changes } from './changes.ts';
import { type Behaviour, ring } from './behaviour.ts';
import { waitDeadlineMs } from './call-leg.ts';
import { IncomingCall } from './incoming-call.ts';
import { Media } from './media.ts';
import { escapeUser, type Header, type SipRequest } from './message.ts';
import { OutgoingCall } from './outgoing-call.ts';
import type { RecordedMessage } from './socket.ts';
import { tellStory } from './story.ts';
import type { UserAgent } from './user-agent.ts';

/** Calls that came in are remembered up to this number, the oldest forgotten first. */
const incomingMax = 10_000;
const giveUpDeadlineMs = 1000;

export interface CallOptions {
  /** User part of From; the own extension otherwise. Asterisk asks it for its password. */
  readonly from?: string;
  /** Display name in From. */
  readonly name?: string;
  readonly headers?: readonly Header[];
  /** The user part exactly as it shall stand in the request URI, with escapes as given. */
  readonly rawUser?: string;
  /** The whole request URI exactly as it shall be sent. */
  readonly rawUri?: string;
}

export abstract class Line implements AsyncDisposable {
  /** What happens when a call arrives; may be changed at any time. */
  whenCalled: Behaviour = ring();
  /** All calls that came in, in order. */
  readonly incoming: IncomingCall[] = [];
  readonly agent: UserAgent;
  readonly #changes = new Changes();
  #taken = 0;

  constructor(agent: UserAgent) {
    this.agent = agent;
    agent.onInvite = (invite) => this.#arrive(invite);
  }

  /** Each message sent and received, with its monotonic time. */
  get messages(): readonly RecordedMessage[] {
    return this.agent.messages;
  }

  story(): string {
    return tellStory(this.messages);
  }

  /** Places a call: resolves as soon as the INVITE is sent. */
  async call(number: string, options: CallOptions = {}): Promise<OutgoingCall> {
    const { address, port } = this.agent.options.server;
    const media = await Media.open(this.agent.local.address, this.agent.voice);
    const uri = options.rawUri ?? `sip:${options.rawUser ?? escapeUser(number)}@${address}:${port}`;
    const name = options.name === undefined ? '' : `"${options.name.replaceAll(/["\\]/g, '\\$&')}" `;
    const from = `${name}<sip:${options.from ?? this.agent.options.user}@${address}:${port}>`;
    const invite = this.agent.newRequest('INVITE', uri, { from, to: `<${uri}>` }, options.headers ?? []);
    return new OutgoingCall(this.agent, media, number, invite);
  }

  /** The next call that came in and was not given out yet; waits for it. */
  async nextCall(deadlineMs: number = waitDeadlineMs): Promise<IncomingCall> {
    const describe = (): string => `${this.agent.options.user} was expected to be called.\n${this.story()}`;
    const call = await this.#changes.until(() => this.incoming[this.#taken], deadlineMs, describe);
    this.#taken += 1;
    return call;
  }

  /** Waits until this many calls have come in, ever. */
  async waitCalls(count: number, deadlineMs: number = waitDeadlineMs): Promise<void> {
    const describe = (): string =>
      `${this.agent.options.user} was expected to be called ${count} times, not ${this.incoming.length}.`;
    await this.#changes.until(() => this.incoming.length >= count || undefined, deadlineMs, describe);
  }

  /** Ends all calls and goes; what Asterisk does not answer within a second is left to it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const goodbye = Promise.allSettled([...this.agent.calls.map((call) => call.giveUp()), this.leave()]);
    await Promise.race([goodbye, new Promise((late) => setTimeout(late, giveUpDeadlineMs).unref())]);
    await this.agent[Symbol.asyncDispose]();
  }

  /** Signs off from Asterisk. */
  protected abstract leave(): Promise<void>;

  protected behaviourFor(_call: IncomingCall): Behaviour {
    return this.whenCalled;
  }

  async #arrive(invite: SipRequest): Promise<void> {
    const media = await Media.open(this.agent.local.address, this.agent.voice);
    const call = new IncomingCall(this.agent, media, invite);
    this.incoming.push(call);
    if (this.incoming.length > incomingMax) {
      this.incoming.shift();
      this.#taken = Math.max(0, this.#taken - 1);
    }
    this.#changes.notify();
    // Not awaited: what the behaviour waits for (ACK) arrives only after this.
    void call.follow(this.behaviourFor(call));
  }
}
