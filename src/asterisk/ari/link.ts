// One small interface to ARI, with two links behind it: events in, commands out. Both pass the same contract suite.

/** A channel as ARI lists it (rest-api/api-docs/channels.json, only what we use). */
export interface AriChannel {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly caller: { readonly name: string; readonly number: string };
  readonly connected: { readonly name: string; readonly number: string };
  readonly dialplan: {
    readonly context: string;
    readonly exten: string;
    readonly priority: number;
    /** The running application and its arguments; '' before Asterisk 16.3, which does not say. */
    readonly appName: string;
    readonly appData: string;
  };
  readonly creationTimeMs: number;
}

/** An event after the guard: a known type, and nothing but plain data. */
export type AriEvent =
  | {
      readonly type: 'StasisStart';
      readonly atMs: number;
      readonly args: readonly string[];
      readonly channel: AriChannel;
    }
  | { readonly type: 'StasisEnd'; readonly atMs: number; readonly channel: AriChannel }
  | { readonly type: 'ChannelCreated'; readonly atMs: number; readonly channel: AriChannel }
  | { readonly type: 'ChannelStateChange'; readonly atMs: number; readonly channel: AriChannel }
  | {
      readonly type: 'ChannelDestroyed';
      readonly atMs: number;
      readonly channel: AriChannel;
      readonly cause: number;
    }
  | {
      readonly type: 'Dial';
      readonly atMs: number;
      readonly caller: AriChannel | null;
      readonly peer: AriChannel;
      readonly dialstatus: string;
      /** What was dialled, without the technology (`00541938384@trunk`); '' in all but the first event of a dial. */
      readonly dialstring: string;
      /** Set where the dialled channel sends the call elsewhere: the one dialled instead, and what for (`0054…`, `PJSIP/…`). */
      readonly forwarded?: { readonly channel: AriChannel; readonly target: string };
    }
  | {
      readonly type: 'ChannelDtmfReceived';
      readonly atMs: number;
      readonly channel: AriChannel;
      /** One of `0-9*#A-D`. It may belong to a PIN: never logged, never in a message. */
      readonly digit: string;
    }
  | {
      readonly type: 'PlaybackFinished';
      readonly atMs: number;
      readonly playbackId: string;
      readonly channelId: string;
    }
  /** A call is offered to several applications; the first that claims it gets its StasisStart. */
  | { readonly type: 'CallBroadcast'; readonly atMs: number; readonly channel: AriChannel }
  /** Another daemon says that it is alive; `application` is its own. */
  | { readonly type: 'PeerBeat'; readonly atMs: number; readonly application: string }
  | { readonly type: 'ApplicationReplaced'; readonly atMs: number };

export type AriEventType = AriEvent['type'];

/** `gone`: the channel no longer exists or is no longer ours (404, 409, 412), a normal outcome and no error. */
export type Done = 'done' | 'gone';

/** What can be asked of Asterisk; the same over both links. */
export interface AriCommands {
  setVariable(channelId: string, name: string, value: string): Promise<Done>;
  /** '' when the variable or the channel does not exist. */
  getVariable(channelId: string, name: string): Promise<string>;
  /** Without target: the next priority of the dialplan. */
  continueInDialplan(
    channelId: string,
    target?: { context: string; extension: string; priority: number },
  ): Promise<Done>;
  answer(channelId: string): Promise<Done>;
  hangup(channelId: string, cause: number): Promise<Done>;
  /**
   * Plays sounds, one after the other, and says `PlaybackFinished` behind the last; an unanswered channel is offered early
   * media first (res_stasis_playback.c, play_on_channel). While they play, the channel's thread takes no other command:
   * `setVariable` and `answer` would wait for it, and Asterisk serves nothing else on the link meanwhile (res/stasis/control.c,
   * stasis_app_send_command). Stop it first. Without `language` the channel's own counts.
   */
  play(channelId: string, sounds: readonly string[], playbackId: string, language?: string): Promise<Done>;
  stopPlayback(playbackId: string): Promise<Done>;
  listChannels(): Promise<readonly AriChannel[]>;
  getChannel(channelId: string): Promise<AriChannel | null>;
  /** The channels that wait in our application now; some may already be on the way out of it. */
  waitingChannelIds(): Promise<readonly string[]>;
  /** Takes a call that is offered to several applications for ours; `gone`: another one has it, or it is offered no more. */
  claim(channelId: string): Promise<Done>;
  /** Has a channel that waits in another application enter ours, as its StasisStart then says. */
  moveHere(channelId: string, args: readonly string[]): Promise<Done>;
  /** The channels that wait in an application, whether it is connected or not. */
  waitingIn(application: string): Promise<readonly string[]>;
  /** Lets another daemon know that we are alive; `gone`: Asterisk does not know its application. */
  tellPeer(application: string): Promise<Done>;
  ping(): Promise<void>;
  /** Calls an endpoint and has it enter the dialplan once it answers; `gone`: there is no such endpoint. */
  originate(call: Origination): Promise<Done>;
  /** A SIP MESSAGE to the phones of an endpoint; `gone`: there is no such endpoint. Delivery is not confirmed. */
  sendMessage(endpoint: string, from: string, text: string): Promise<Done>;
  /** The state of the device `Stasis:<name>`, for hints; it lasts until Asterisk is told otherwise. */
  setDeviceState(name: string, state: DeviceState): Promise<Done>;
}

/** A call that we make. */
export interface Origination {
  /** Chosen by us, so that its events are known from the first one on. */
  readonly channelId: string;
  /** Such as `PJSIP/1003`. */
  readonly endpoint: string;
  readonly context: string;
  readonly extension: string;
  /** What the phone shows: `Name <number>`. */
  readonly callerId: string;
  readonly timeoutS: number;
  readonly variables: Readonly<Record<string, string>>;
}

/** As Asterisk spells them (main/devicestate.c), only what we use. */
export type DeviceState = 'NOT_INUSE' | 'INUSE' | 'RINGING';

/**
 * A live connection to one Asterisk. Every command has a deadline and rejects with `AppError('unavailable')` when it
 * passes or the link closes. Commands for one channel that are sent without awaiting are carried out in that order.
 */
export interface AriLink extends AriCommands, AsyncDisposable {
  readonly kind: 'websocket' | 'ari-client';
  readonly asteriskVersion: string;
  /** Messages that were no event we know, or broken; they are dropped. */
  readonly droppedEvents: number;
  /** Resolves once, with the reason, when the link is lost or closed; never rejects. */
  readonly closed: Promise<string>;
}

export interface AriOptions {
  /** Such as `http://127.0.0.1:8088/ari`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly application: string;
  readonly commandDeadlineMs: number;
  readonly connectDeadlineMs: number;
  /** How often the link proves to itself that it is alive; 2,000 when absent. */
  readonly heartbeatIntervalMs?: number;
  /** Called for each event, in order; a throwing handler is reported by the link and never kills the process. */
  readonly onEvent: (event: AriEvent) => void;
  readonly onProblem: (message: string) => void;
}
