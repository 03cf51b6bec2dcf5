// The nouns of pickup: what rings, who asks for it, what is said.

/** One phone that rings. */
export interface RingingLeg {
  /** Asterisk's uniqueid of the ringing channel, compared whole. */
  readonly channelId: string;
  readonly channelName: string;
  /** The extension that rings, from the channel's endpoint. */
  readonly extension: string;
  readonly ringingSinceMs: number;
}

/** One call that rings on one or more phones (a ring group is one call). */
export interface RingingCall {
  /** The same for all legs of one call. */
  readonly callId: string;
  readonly callerChannelId: string | null;
  readonly callerExtension: string | null;
  readonly callerNumber: string;
  readonly callerName: string;
  readonly ringingSinceMs: number;
  readonly legs: readonly RingingLeg[];
}

export type PickupKind = 'directed' | 'group' | 'any' | 'exact';

export interface PickupRequest {
  readonly kind: PickupKind;
  /** The picker's extension by its authenticated endpoint; null: unknown, no rights. */
  readonly picker: string | null;
  readonly pickerChannelId: string;
  /** directed: the extension; group: null (own groups); exact: the call id; any: null. */
  readonly target: string | null;
}

export interface Candidate {
  readonly callId: string;
  readonly channelId: string;
  readonly extension: string;
}

export type Choice =
  | {
      readonly kind: 'take';
      readonly callId: string;
      readonly candidates: readonly Candidate[];
      readonly rule: string;
    }
  | { readonly kind: 'no-right'; readonly rule: string }
  | { readonly kind: 'nothing-ringing' }
  | { readonly kind: 'already-taken'; readonly by: string | null }
  | { readonly kind: 'own-call' };

/** A pickup group as stored: its members may take each other's ringing calls. */
export interface PickupGroupRow {
  readonly name: string;
  /** `interceptor` may take, `target` may be taken from; a plain member is both. */
  readonly members: readonly {
    readonly extension: string;
    readonly interceptor: boolean;
    readonly target: boolean;
  }[];
}

export interface PickupPolicyData {
  readonly groups: readonly PickupGroupRow[];
  /** Extensions that hold the any-call right. */
  readonly anyRight: readonly string[];
  /** Announcements by outcome (`no-right`, `nothing-ringing`, `already-taken`, `own-call`), Asterisk sound names. */
  readonly announcements: Readonly<Record<string, string>>;
}
