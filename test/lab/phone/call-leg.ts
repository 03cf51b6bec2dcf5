// One side of a call as a phone has it: its dialog, its sound, and what may happen while it is up.
import { AppError } from '../../../src/errors.ts';
import { Changes } from './changes.ts';
import type { Dialog } from './dialog.ts';
import { Hearing } from './hearing.ts';
import type { Media } from './media.ts';
import { escapeUser, headerText, sequenceOf, type SipRequest } from './message.ts';
import { type Reason, reasonsOf } from './reason.ts';
import { audioAddress, formatSdp } from './sdp.ts';
import type { RecordedMessage } from './socket.ts';
import { tellStory } from './story.ts';
import type { UserAgent } from './user-agent.ts';

export const waitDeadlineMs = 20_000;

/** How a call ended. `closed`: the phone was switched off without a word. */
export interface CallEnding {
  readonly how: 'hangup' | 'cancelled' | 'refused' | 'redirected' | 'closed';
  readonly by: 'us' | 'them';
  /** The final response to INVITE, where one ended the call. */
  readonly status: number | null;
  readonly reasons: readonly Reason[];
}

export abstract class CallLeg {
  readonly callId: string;
  readonly hearing: Hearing;
  /** The status of the other side's last report on our REFER; null before the first. */
  transferStatus: number | null = null;
  protected readonly agent: UserAgent;
  protected readonly media: Media;
  protected readonly changes: Changes = new Changes();
  protected dialog: Dialog | null = null;
  #answered = false;
  #ending: CallEnding | null = null;
  #sessionVersion = 1;

  constructor(agent: UserAgent, media: Media, callId: string) {
    this.agent = agent;
    this.media = media;
    this.callId = callId;
    this.hearing = new Hearing(agent.book);
    media.onAudio = (payload) => {
      if (this.hearing.take(payload, !this.#answered)) this.changes.notify();
    };
  }

  /** What a person would call it, for messages. */
  abstract get title(): string;

  get answered(): boolean {
    return this.#answered;
  }

  get ending(): CallEnding | null {
    return this.#ending;
  }

  /** Names of the announcements heard, in order. */
  get heard(): string[] {
    return this.hearing.announcements.map(({ name }) => name);
  }

  /** All messages of this call, in order. */
  get messages(): RecordedMessage[] {
    return this.agent.messages.filter(({ message }) => headerText(message, 'Call-ID') === this.callId);
  }

  /** The call's messages as text, one a line, with milliseconds since the first. */
  story(): string {
    return tellStory(this.messages);
  }

  async waitEnded(deadlineMs: number = waitDeadlineMs): Promise<CallEnding> {
    return this.until(() => this.#ending ?? undefined, deadlineMs, 'to end');
  }

  /** Waits for an announcement: the first, or one of this name. */
  async waitHeard(name?: string, deadlineMs: number = waitDeadlineMs): Promise<string> {
    const look = (): string | undefined =>
      name === undefined ? this.heard[0] : this.heard.find((one) => one === name);
    return this.until(look, deadlineMs, `to hear ${name ?? 'an announcement'}`);
  }

  /** Waits until the voice of another phone comes through. */
  async waitVoice(of: string, deadlineMs: number = waitDeadlineMs): Promise<void> {
    await this.until(
      () => this.hearing.voices.has(of) || undefined,
      deadlineMs,
      `to hear the voice of ${of}`,
    );
  }

  /** Ends an answered call; resolves when the other side has confirmed it. */
  async hangup(): Promise<void> {
    const dialog = this.dialog;
    if (this.#ending !== null || dialog === null) return;
    this.end({ how: 'hangup', by: 'us', status: null, reasons: [] });
    await this.agent.request(dialog.request('BYE'), dialog.nextHop);
  }

  /**
   * Asks Asterisk to connect the other side with `target` instead of us (RFC 3515), as whoever `referredBy` says, ourselves
   * unless told otherwise; resolves with its answer's status.
   */
  async refer(target: string, referredBy: string = this.agent.contact): Promise<number> {
    const { address, port } = this.agent.options.server;
    return this.#refer(`<sip:${escapeUser(target)}@${address}:${port}>`, referredBy);
  }

  /** The same with a call of ours that is already up, which ours is to be replaced in (RFC 3891). */
  async referTo(other: CallLeg): Promise<number> {
    const { address, port } = this.agent.options.server;
    const dialog = other.openDialog();
    const replaces = `${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`;
    return this.#refer(`<sip:${address}:${port}?Replaces=${encodeURIComponent(replaces)}>`);
  }

  /** Waits for the final report on a REFER: 200 when the target answered. */
  async waitTransferred(deadlineMs: number = waitDeadlineMs): Promise<number> {
    const look = (): number | undefined =>
      this.transferStatus !== null && this.transferStatus >= 200 ? this.transferStatus : undefined;
    return this.until(look, deadlineMs, 'to be transferred');
  }

  /** Dials digits by RFC 4733; about 160 ms each. */
  async dial(digits: string): Promise<void> {
    await this.media.dial(digits);
  }

  /** A request of the other side inside this call. */
  handle(request: SipRequest): void {
    switch (request.method) {
      case 'BYE':
        this.agent.respond(request, 200);
        this.end({ how: 'hangup', by: 'them', status: null, reasons: reasonsOf(request) });
        return;
      case 'INVITE':
      case 'UPDATE':
        this.#renegotiate(request);
        return;
      case 'NOTIFY':
        this.agent.respond(request, 200);
        this.transferStatus = Number(/^SIP\/2\.0 (\d{3})/.exec(request.body)?.[1] ?? this.transferStatus);
        this.changes.notify();
        return;
      default:
        this.agent.respond(request, request.method === 'INFO' || request.method === 'OPTIONS' ? 200 : 405);
    }
  }

  /** The other side acknowledged our final response. */
  acknowledged(): void {
    this.changes.notify();
  }

  /** Switches off, without a word to the other side. */
  async close(): Promise<void> {
    this.end({ how: 'closed', by: 'us', status: null, reasons: [] });
    await this.media[Symbol.asyncDispose]();
  }

  /** Ends the call in whatever state it is, politely. */
  abstract giveUp(): Promise<void>;

  protected openDialog(): Dialog {
    if (this.dialog === null || this.#ending !== null) {
      throw new AppError('conflict', `${this.title} is not up.\n${this.story()}`);
    }
    return this.dialog;
  }

  protected becomeAnswered(): void {
    this.#answered = true;
    this.media.speak();
    this.changes.notify();
  }

  protected sdp(): string {
    return formatSdp(this.media.local, this.#sessionVersion);
  }

  protected listenTo(sdp: string): void {
    const remote = audioAddress(sdp);
    if (remote !== null) this.media.setRemote(remote);
  }

  protected end(ending: CallEnding): void {
    if (this.#ending !== null) return;
    this.#ending = ending;
    this.changes.notify();
    // The last packets of an announcement may still lie in the socket; two more turns read them.
    setImmediate(() => setImmediate(() => void this.media[Symbol.asyncDispose]()));
  }

  protected async until<T>(look: () => T | undefined, deadlineMs: number, what: string): Promise<T> {
    return this.changes.until(look, deadlineMs, () => `${this.title} was expected ${what}.\n${this.story()}`);
  }

  async #refer(target: string, referredBy = this.agent.contact): Promise<number> {
    const dialog = this.openDialog();
    const referred = ['Referred-By', referredBy] as const;
    const request = dialog.request('REFER', [['Refer-To', target], referred]);
    return (await this.agent.request(request, dialog.nextHop)).status;
  }

  #renegotiate(request: SipRequest): void {
    this.dialog?.refreshTarget(request);
    this.listenTo(request.body);
    if (request.method === 'UPDATE' && request.body === '') {
      this.agent.respond(request, 200);
      return;
    }
    this.#sessionVersion += 1;
    this.agent.respond(request, 200, { sdp: this.sdp() });
  }
}

/** The number in CSeq of a request, for the ACK of its answer. */
export function inviteSequence(invite: SipRequest): number {
  return sequenceOf(invite).number;
}
