// What the ringing board needs to hear from the PBX: past facts in the board's own words, made by the door to Asterisk.

export type ChannelState = 'down' | 'ring' | 'ringing' | 'up' | 'other';

export interface ChannelFacts {
  /** Asterisk's uniqueid. */
  readonly id: string;
  readonly name: string;
  readonly state: ChannelState;
  readonly callerNumber: string;
  readonly callerName: string;
  /** Its extension in the dialplan; absent where that is not known. */
  readonly exten?: string;
  /** The very line of the dialplan that it runs, in words of the PBX. */
  readonly place?: string;
  /** The application that it runs, such as `Dial`, `Queue` and, for a phone that one of them called, `AppDial`. */
  readonly application?: string;
}

/** A channel as a listing shows it, for the time after a gap in the events. */
export interface ListedChannel extends ChannelFacts {
  /** Asterisk's linkedid: the uniqueid of the oldest channel of the call; '' where it is not known. */
  readonly linkedId: string;
  /** Who is at the other end, as the channel was told: the caller of a phone that rings. */
  readonly connectedNumber: string;
  readonly connectedName: string;
  readonly createdAtMs: number;
  /** What was dialled on it; '' where it is not known, as it is of phones. */
  readonly dialled?: string;
}

export type PbxEvent =
  | { readonly type: 'channel-created'; readonly atMs: number; readonly channel: ChannelFacts }
  | { readonly type: 'channel-changed'; readonly atMs: number; readonly channel: ChannelFacts }
  | {
      readonly type: 'channel-destroyed';
      readonly atMs: number;
      readonly channelId: string;
      /** The line of the dialplan that it ran last; absent where that is not known. */
      readonly place?: string;
      /** Q.850; 26: the call was answered elsewhere. */
      readonly cause: number;
    }
  | {
      /** A dial began, moved on or ended: `status` is Asterisk's DialStatus in lower case, '' when it begins. */
      readonly type: 'dialled';
      readonly atMs: number;
      readonly caller: ChannelFacts | null;
      readonly peer: ChannelFacts;
      readonly status: string;
      /** The phone sent the call elsewhere, which ends its part of it. */
      readonly forwarded?: boolean;
    };
