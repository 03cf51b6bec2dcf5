// A lamp key of a phone: a subscription to the dialogs of an extension (RFC 4235), as BLF keys make it.
import { AppError } from '../../../src/errors.ts';
import { Changes } from './changes.ts';
import { callerDialog, type Dialog } from './dialog.ts';
import { headerText, type SipRequest } from './message.ts';
import type { UserAgent } from './user-agent.ts';

const expiresS = 300;
const waitDeadlineMs = 20_000;
const notificationsMax = 1000;

/** What the lamp shows: `early` blinks (it rings), `confirmed` is lit (in a call), `terminated` is dark. */
export type LampState = 'early' | 'confirmed' | 'terminated';

export class Subscription implements AsyncDisposable {
  /** The bodies of all notifications, in order. */
  readonly bodies: string[] = [];
  readonly #agent: UserAgent;
  readonly #target: string;
  readonly #changes = new Changes();
  #dialog: Dialog | null = null;

  private constructor(agent: UserAgent, target: string) {
    this.#agent = agent;
    this.#target = target;
  }

  /** Rejects with `AppError('not-found')` where Asterisk has no hint for it. */
  static async open(agent: UserAgent, target: string): Promise<Subscription> {
    const subscription = new Subscription(agent, target);
    await subscription.#open();
    return subscription;
  }

  get state(): LampState | null {
    const [, state] = /<state>(\w+)<\/state>/.exec(this.bodies.at(-1) ?? '') ?? [];
    return state === 'early' || state === 'confirmed' || state === 'terminated' ? state : null;
  }

  async waitState(state: LampState): Promise<void> {
    const describe = () => `The lamp of ${this.#target} shows ${this.state}, not ${state}.`;
    await this.#changes.until(() => this.state === state || undefined, waitDeadlineMs, describe);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#dialog) return;
    const bye = this.#dialog.request('SUBSCRIBE', [
      ['Event', 'dialog'],
      ['Expires', '0'],
    ]);
    await this.#agent.request(bye, this.#dialog.nextHop).catch(() => undefined);
    this.#agent.notified.delete(this.#dialog.callId);
  }

  async #open(): Promise<void> {
    const { server, user } = this.#agent.options;
    const at = `${server.address}:${server.port}`;
    const uri = `sip:${encodeURIComponent(this.#target)}@${at}`;
    const request = this.#agent.newRequest(
      'SUBSCRIBE',
      uri,
      { from: `<sip:${user}@${at}>`, to: `<${uri}>` },
      [
        ['Event', 'dialog'],
        ['Accept', 'application/dialog-info+xml'],
        ['Expires', String(expiresS)],
      ],
    );
    this.#agent.notified.set(headerText(request, 'Call-ID'), (notify) => this.#hear(notify));
    const response = await this.#agent.request(request, server);
    if (response.status !== 200) {
      throw new AppError('not-found', `${this.#target} cannot be watched: ${response.status}.`);
    }
    this.#dialog = callerDialog(request, response, this.#agent.local, this.#agent.contact);
  }

  #hear(notify: SipRequest): void {
    if (notify.body === '') return;
    this.bodies.push(notify.body);
    if (this.bodies.length > notificationsMax) this.bodies.shift();
    this.#changes.notify();
  }
}
