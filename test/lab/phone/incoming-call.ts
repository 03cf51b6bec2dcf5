// A call that reaches a phone: it may ring, be answered, refused or sent elsewhere, and be cancelled by the
// caller.
import type { Behaviour } from './behaviour.ts';
import { CallLeg, waitDeadlineMs } from './call-leg.ts';
import { calleeDialog, newTag } from './dialog.ts';
import type { Media } from './media.ts';
import { type Header, headerText, type SipRequest, uriIn, userOf } from './message.ts';
import { formatReason, type Reason, reasonsOf } from './reason.ts';
import type { UserAgent } from './user-agent.ts';

export class IncomingCall extends CallLeg {
  readonly invite: SipRequest;
  /** The user part of the request URI, byte for byte: what was dialled, as it arrived here. */
  readonly number: string;
  /** The caller as shown: user part of From, and its display name. */
  readonly from: { readonly number: string; readonly name: string };
  readonly arrivedAtMs: number;
  readonly #tag = newTag();
  #acknowledged = false;

  constructor(agent: UserAgent, media: Media, invite: SipRequest) {
    super(agent, media, headerText(invite, 'Call-ID'));
    const from = headerText(invite, 'From');
    this.invite = invite;
    this.number = userOf(invite.uri);
    this.from = { number: userOf(uriIn(from)), name: /^\s*"((?:\\.|[^"\\])*)"/.exec(from)?.[1] ?? '' };
    this.arrivedAtMs = performance.now();
    this.listenTo(invite.body);
    agent.addCall(this);
  }

  override get title(): string {
    return `The call from ${this.from.number} at ${this.agent.options.user}`;
  }

  /** Says 180. */
  ring(): void {
    if (this.#isOpen()) this.#respond(180);
  }

  /** Says 183 with audio, and speaks: the caller hears this phone's voice before any answer. */
  progress(): void {
    if (!this.#isOpen()) return;
    this.#respond(183, { sdp: this.sdp() });
    this.media.speak();
  }

  /**
   * Answers; resolves when the other side has acknowledged it, and to false when the call was cancelled
   * before. Speaks at once, as Asterisk waits for the first packet.
   */
  async answer(): Promise<boolean> {
    if (!this.#isOpen()) return false;
    this.dialog = calleeDialog(this.invite, this.#tag, this.agent.local, this.agent.contact);
    this.#respond(200, { sdp: this.sdp() });
    this.becomeAnswered();
    await this.until(
      () => this.#acknowledged || undefined,
      waitDeadlineMs,
      'to have its answer acknowledged',
    );
    return true;
  }

  /** Refuses with a status such as 486, and reasons if wanted. */
  reject(status: number, reasons: readonly Reason[] = []): void {
    if (!this.#isOpen()) return;
    this.#respond(status, { headers: reasons.map((reason): Header => ['Reason', formatReason(reason)]) });
    this.end({ how: 'refused', by: 'us', status, reasons });
  }

  /** Sends the caller to another number of the PBX (302). */
  redirect(target: string): void {
    if (!this.#isOpen()) return;
    const { address, port } = this.agent.options.server;
    this.#respond(302, { headers: [['Contact', `<sip:${target}@${address}:${port}>`]] });
    this.end({ how: 'redirected', by: 'us', status: 302, reasons: [] });
  }

  /** Waits for the caller's CANCEL and resolves with its reasons, such as "Call completed elsewhere". */
  async waitCancelled(deadlineMs: number = waitDeadlineMs): Promise<readonly Reason[]> {
    const look = (): readonly Reason[] | undefined =>
      this.ending?.how === 'cancelled' ? this.ending.reasons : undefined;
    return this.until(look, deadlineMs, 'to be cancelled');
  }

  override handle(request: SipRequest): void {
    if (request.method !== 'CANCEL') {
      super.handle(request);
      return;
    }
    this.agent.respond(request, 200, { tag: this.#tag });
    if (!this.#isOpen()) return;
    this.#respond(487);
    this.end({ how: 'cancelled', by: 'them', status: 487, reasons: reasonsOf(request) });
  }

  /** Runs a behaviour; where it fails, whoever waits for this call hears of it. */
  async follow(behaviour: Behaviour): Promise<void> {
    try {
      await behaviour(this);
    } catch (error) {
      this.changes.fail(error);
    }
  }

  override acknowledged(): void {
    this.#acknowledged = true;
    super.acknowledged();
  }

  override async giveUp(): Promise<void> {
    if (this.#isOpen()) this.reject(480);
    else await this.hangup();
  }

  #isOpen(): boolean {
    return this.ending === null && !this.answered;
  }

  #respond(status: number, options: { sdp?: string; headers?: readonly Header[] } = {}): void {
    this.agent.respond(this.invite, status, { tag: this.#tag, ...options });
  }
}
