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
  /** What the caller dialled, then what each `Local` channel between him and the phones was called for; '' is left out. */
  readonly dialled: readonly string[];
  readonly ringingSinceMs: number;
  readonly legs: readonly RingingLeg[];
}

/** `other-group`: a group named by its number. */
export type PickupKind = 'directed' | 'group' | 'other-group' | 'any' | 'exact';

/** Those that can be asked about without a call that rings. */
export const pickupQuestionKinds = [
  'directed',
  'group',
  'other-group',
  'any',
] as const satisfies PickupKind[];

/** How somebody is told of a call: by SIP MESSAGE to his phone, or by mail. */
export const pickupWays = ['message', 'mail'] as const;
export type PickupWay = (typeof pickupWays)[number];

export interface PickupRequest {
  readonly kind: PickupKind;
  /** The picker's extension by its authenticated endpoint; null: unknown, no rights. */
  readonly picker: string | null;
  readonly pickerChannelId: string;
  /** directed: the extension; other-group: the group's number; exact: the call id; group and any: null. */
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
      readonly candidates: readonly [Candidate, ...Candidate[]];
      readonly rule: string;
    }
  /** `pinHelps`: a PIN would open what was asked for; it depends on the rights alone, not on what rings. */
  | { readonly kind: 'no-right'; readonly rule: string; readonly pinHelps: boolean }
  | { readonly kind: 'nothing-ringing' }
  | { readonly kind: 'already-taken'; readonly by: string | null }
  | { readonly kind: 'own-call' };

const allChoices: Readonly<Record<Choice['kind'], true>> = {
  take: true,
  'no-right': true,
  'nothing-ringing': true,
  'already-taken': true,
  'own-call': true,
};

export const pickupChoices: readonly string[] = Object.keys(allChoices);

interface Role {
  /** May take. */
  readonly interceptor: boolean;
  /** May be taken from. */
  readonly target: boolean;
}

/** A pickup group as stored: its interceptors may take the ringing calls of its targets; a plain member is both. */
export interface PickupGroupRow {
  readonly name: string;
  /** What is dialled behind the group code to reach it; null: it cannot be dialled. */
  readonly number: string | null;
  /** After so many seconds of ringing its interceptors are told; 0 never; null: as the setting says. */
  readonly alertAfterS: number | null;
  readonly members: readonly (Role & { readonly extension: string })[];
  /** Groups whose members (those with the same role there) are members here; of their groups too, to any depth. */
  readonly memberGroups: readonly (Role & { readonly group: string })[];
}

/** An extension, or everybody who is a member of a pickup group. */
export interface PickupParty {
  readonly kind: 'extension' | 'group';
  readonly name: string;
}

/** A right beside the groups: a deputy for the holidays, the reception for everybody. */
export interface PickupRightRow {
  readonly id: number;
  /** A group: its interceptors. */
  readonly picker: PickupParty;
  /** A group: its targets. */
  readonly target: PickupParty | { readonly kind: 'any' };
  readonly fromMs: number | null;
  /** Exclusive. */
  readonly untilMs: number | null;
  /** The schedule inside which it holds; '' for always. One that is not known is never open. */
  readonly schedule: string;
  readonly reason: string;
}

/** Calls that nobody but the named ones may take, whatever his groups and rights. */
export interface PickupProtectionRow {
  /** `extension`: what rings there; `caller`: calls from that number; `dialled`: calls to that number. */
  readonly kind: 'extension' | 'caller' | 'dialled';
  readonly value: string;
  /** A group: its interceptors. Empty: nobody. */
  readonly allowed: readonly PickupParty[];
  readonly reason: string;
}

export interface PickupPolicyData {
  readonly groups: readonly PickupGroupRow[];
  readonly rights: readonly PickupRightRow[];
  readonly protections: readonly PickupProtectionRow[];
  /** Extensions that hold the any-call right. */
  readonly anyRight: readonly string[];
  readonly settings: PickupSettings;
  /** How the owners of phones want to be told, where they said so, and where mail reaches them. */
  readonly people: readonly PickupPerson[];
  /** Announcements by outcome (`no-right`, `nothing-ringing`, `already-taken`, `own-call`), Asterisk sound names. */
  readonly announcements: Readonly<Record<string, string>>;
}

export interface PickupSettings {
  readonly pin: 'never' | 'when-denied';
  readonly sayTaker: boolean;
  readonly connectedLine: 'show' | 'keep';
  readonly notice: readonly PickupWay[];
  /** 0: nobody is alerted. */
  readonly alertAfterS: number;
  readonly alertBy: readonly PickupWay[];
  /** '' for none. */
  readonly quietHours: string;
  /** What is dialled before an extension to take its call. */
  readonly directedCode: string;
}

export interface PickupPerson {
  readonly extension: string;
  /** As shown to others; '' where he has none. */
  readonly name: string;
  /** '' for none. */
  readonly mail: string;
  /** Null: as the setting says. */
  readonly notice: readonly PickupWay[] | null;
}
