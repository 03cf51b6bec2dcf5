// A call that a phone places: from INVITE to its final answer, with everything heard on the way.
import { AppError } from '../../../src/errors.ts';
import { CallLeg, inviteSequence, waitDeadlineMs } from './call-leg.ts';
import { callerDialog } from './dialog.ts';
import type { Media } from './media.ts';
import { headerText, parameter, type SipRequest, type SipResponse } from './message.ts';
import { q850Cause, type Reason, reasonsOf } from './reason.ts';
import type { UserAgent } from './user-agent.ts';

/** The other side's last word on an INVITE. */
export interface FinalResponse {
  readonly status: number;
  readonly phrase: string;
  readonly reasons: readonly Reason[];
  /** The Q.850 cause among the reasons. */
  readonly cause: number | null;
  /** From the INVITE that was not challenged to this response. */
  readonly afterMs: number;
  readonly message: SipResponse;
}

/** A response on the way, such as 180 or 183. */
export interface Provisional {
  readonly status: number;
  readonly withAudio: boolean;
  readonly afterMs: number;
}

export class OutgoingCall extends CallLeg {
  readonly number: string;
  readonly provisional: Provisional[] = [];
  final: FinalResponse | null = null;
  #invite: SipRequest;
  #invitedAtMs: number;
  #cancelled = false;

  /** Sends the INVITE at once. */
  constructor(agent: UserAgent, media: Media, number: string, invite: SipRequest) {
    super(agent, media, headerText(invite, 'Call-ID'));
    this.number = number;
    this.#invite = {
      ...invite,
      headers: [...invite.headers, ['Content-Type', 'application/sdp']],
      body: this.sdp(),
    };
    agent.addCall(this);
    this.#invitedAtMs = this.#send();
  }

  override get title(): string {
    return `The call from ${this.agent.options.user} to ${this.number}`;
  }

  /** True when sound was offered before the answer (a provisional response with audio). */
  get earlyMedia(): boolean {
    return this.provisional.some(({ withAudio }) => withAudio);
  }

  /** Waits for 180; rejects when the call ends before. */
  async waitRinging(deadlineMs: number = waitDeadlineMs): Promise<void> {
    const rings = (): boolean => this.provisional.some(({ status }) => status === 180);
    await this.until(() => rings() || this.final !== null || undefined, deadlineMs, 'to ring');
    if (!rings()) throw new AppError('conflict', `${this.title} did not ring.\n${this.story()}`);
  }

  /** Waits for the final response, whatever it is. */
  async waitFinal(deadlineMs: number = waitDeadlineMs): Promise<FinalResponse> {
    return this.until(() => this.final ?? undefined, deadlineMs, 'to get a final response');
  }

  /** Waits for the answer; rejects when the call is refused. */
  async waitAnswered(deadlineMs: number = waitDeadlineMs): Promise<FinalResponse> {
    const final = await this.waitFinal(deadlineMs);
    if (final.status >= 300) throw new AppError('conflict', `${this.title} was refused.\n${this.story()}`);
    return final;
  }

  /**
   * Gives up before the answer; resolves with the final response. Where the answer crosses the CANCEL, the
   * call is up for a moment and is hung up.
   */
  async cancel(): Promise<FinalResponse> {
    await this.until(
      () => this.provisional.length > 0 || this.final !== null || undefined,
      waitDeadlineMs,
      'to get a first response',
    );
    if (this.final === null && !this.#cancelled) {
      this.#cancelled = true;
      this.agent.start(cancelOf(this.#invite), this.agent.options.server, () => {});
    }
    const final = await this.waitFinal();
    if (final.status < 300) await this.hangup();
    return final;
  }

  override async hangup(): Promise<void> {
    if (this.final === null) await this.cancel();
    else await super.hangup();
  }

  override async giveUp(): Promise<void> {
    if (this.ending === null) await this.hangup();
  }

  #send(): number {
    const invite = this.#invite;
    return this.agent.start(invite, this.agent.options.server, (response, atMs) => {
      this.#take(invite, response, atMs);
    });
  }

  #take(invite: SipRequest, response: SipResponse, atMs: number): void {
    if (response.status < 200) this.#takeProvisional(response, atMs);
    else if (response.status < 300) this.#takeAnswer(invite, response, atMs);
    else this.#takeRefusal(invite, response, atMs);
  }

  #takeProvisional(response: SipResponse, atMs: number): void {
    // An early dialog: what a transfer names while the other side still rings (RFC 3891, section 3).
    if (parameter(headerText(response, 'To'), 'tag') !== '') {
      this.dialog ??= callerDialog(this.#invite, response, this.agent.local, this.agent.contact);
    }
    const withAudio = response.body !== '';
    if (withAudio) this.listenTo(response.body);
    this.provisional.push({ status: response.status, withAudio, afterMs: atMs - this.#invitedAtMs });
    this.changes.notify();
  }

  #takeAnswer(invite: SipRequest, response: SipResponse, atMs: number): void {
    if (this.dialog === null || this.final === null) {
      this.dialog = callerDialog(invite, response, this.agent.local, this.agent.contact);
    }
    // Each 2xx is acknowledged, also a repeated one: it means that our ACK was lost (RFC 3261, section
    // 13.2.2.4).
    this.agent.sendAlone(this.dialog.request('ACK', [], '', inviteSequence(invite)), this.dialog.nextHop);
    if (this.final !== null) return;
    this.listenTo(response.body);
    this.final = this.#finalResponse(response, atMs);
    this.becomeAnswered();
  }

  #takeRefusal(invite: SipRequest, response: SipResponse, atMs: number): void {
    const authorized = this.agent.authorize(invite, response);
    if (authorized !== null) {
      this.#invite = authorized;
      this.provisional.length = 0;
      this.#invitedAtMs = this.#send();
      return;
    }
    this.final = this.#finalResponse(response, atMs);
    const how = this.#cancelled && response.status === 487 ? 'cancelled' : 'refused';
    const by = how === 'cancelled' ? 'us' : 'them';
    this.end({ how, by, status: response.status, reasons: this.final.reasons });
  }

  #finalResponse(message: SipResponse, atMs: number): FinalResponse {
    const reasons = reasonsOf(message);
    const { status, phrase } = message;
    return { status, phrase, reasons, cause: q850Cause(reasons), afterMs: atMs - this.#invitedAtMs, message };
  }
}

/** CANCEL has the branch and the number of the INVITE that it takes back (RFC 3261, section 9.1). */
function cancelOf(invite: SipRequest): SipRequest {
  const kept = new Set(['Via', 'Max-Forwards', 'Route', 'From', 'To', 'Call-ID']);
  return {
    kind: 'request',
    method: 'CANCEL',
    uri: invite.uri,
    headers: [
      ...invite.headers.filter(([name]) => kept.has(name)),
      ['CSeq', `${inviteSequence(invite)} CANCEL`],
    ],
    body: '',
  };
}
