// A channel of the model: its place in the dialplan, its variables, and what it waits for.
import type { Happening } from '../world/timer-queue.ts';
import type { Place } from './dialplan.ts';

export type State = 'Down' | 'Ring' | 'Ringing' | 'Up';

/** What ends a wait: the hangup of the channel, its absolute timeout, or what it waited for. */
export type Wake = 'hangup' | 'timeout' | 'done';

export interface Frame extends Place {
  readonly args: readonly string[];
}

/** Commands of ARI for a channel in `Stasis()`: its own thread does them, one after the other. */
export interface Control {
  /** Another one after `move`. */
  application: string;
  readonly tasks: Task[];
  busy: boolean;
  /** Set by `continue`: where the call goes on; null for the next priority. */
  leaving: Place | null | undefined;
  /** What plays now, and how to stop it. */
  playing: { readonly id: string; readonly stop: () => void } | null;
}

export interface Task {
  readonly lastsMs: number;
  /** Ends a task of unknown length sooner. */
  readonly onStart?: (finish: () => void) => void;
  readonly done: () => void;
}

/** Somebody at the other end: a phone, or the carrier behind the trunk. */
export interface Party {
  /** Told once, with the Q.850 cause. */
  onGone(cause: number): void;
  /** Its channel was answered. */
  onUp?(): void;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly createdMs: number;
  readonly linkedId: string;
  readonly callerNumber: string;
  state: State;
  place: Place;
  application: string;
  applicationData: string;
  readonly variables: Map<string, string>;
  readonly stack: Frame[];
  /** Null while nothing ends it. */
  cause: number | null;
  timeout: { readonly happening: Happening; readonly atMs: number } | null;
  /** The timeout has passed, and nobody has looked yet. */
  timedOut: boolean;
  /** What it waits for; null while it runs through the dialplan. */
  wait: ((why: Wake) => void) | null;
  control: Control | null;
  /** The legs that it dialled. */
  readonly legs: Set<Channel>;
  /** Who dialled it. */
  readonly dialledBy: Channel | null;
  /** Whom it talks to. */
  partner: Channel | null;
  gone: boolean;
  party: Party | null;
  /** Names of the sounds that were played to it. */
  readonly heard: string[];
  /** A pickup of it is under way. */
  pickupActive: boolean;
}

export interface ChannelFacts {
  readonly id: string;
  readonly name: string;
  readonly createdMs: number;
  readonly place: Place;
  readonly callerNumber: string;
  readonly dialledBy: Channel | null;
  /** One that comes in begins with `Ring`, a leg that goes out with `Down`. */
  readonly state: State;
}

/** Two underscores make a variable go on to every later leg, one to the next (main/channel.c, ast_channel_inherit_variables). */
export function inherited(from: Channel): Map<string, string> {
  const variables = new Map<string, string>();
  for (const [name, value] of from.variables) {
    if (name.startsWith('__')) variables.set(name, value);
    else if (name.startsWith('_')) variables.set(name.slice(1), value);
  }
  return variables;
}

export function createChannel(facts: ChannelFacts): Channel {
  const { dialledBy } = facts;
  return {
    ...facts,
    linkedId: dialledBy?.linkedId ?? facts.id,
    application: '',
    applicationData: '',
    variables: dialledBy ? inherited(dialledBy) : new Map(),
    stack: [],
    cause: null,
    timeout: null,
    timedOut: false,
    wait: null,
    control: null,
    legs: new Set(),
    partner: null,
    gone: false,
    party: null,
    heard: [],
    pickupActive: false,
  };
}

/** By any of its spellings. */
export function variableOf(channel: Channel, name: string): string {
  const { variables } = channel;
  return variables.get(name) ?? variables.get(`_${name}`) ?? variables.get(`__${name}`) ?? '';
}

export function setVariableOf(channel: Channel, spelled: string, value: string): void {
  const name = spelled.replace(/^_{1,2}/, '');
  for (const spelling of [name, `_${name}`, `__${name}`]) channel.variables.delete(spelling);
  if (value !== '') channel.variables.set(spelled, value);
}
