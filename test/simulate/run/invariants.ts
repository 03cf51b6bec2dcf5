// What must hold in every world at every moment, and what must have come of each call.
import type { Channel } from '../asterisk/channel.ts';
import type { Asterisk } from '../asterisk/asterisk.ts';
import type { Network } from '../stand-ins/network.ts';
import type { Clock } from '../world/clock.ts';
import type { Call, People } from './calls.ts';
import type { Daemons } from './daemons.ts';
import { inForce, mayGoOut, type Policy } from './oracle.ts';
import type { Story } from './story.ts';
import type { Said, Verdicts } from './verdicts.ts';

export interface Bars {
  /** The routine's own deadline. */
  readonly decisionMs: number;
}

/** A change of the policy is seen within this time by a daemon that runs. */
const SEEN_WITHIN_MS = 400;
/** A call that waits, before the link is up or after, gets its verdict within this time. */
const SERVED_WITHIN_MS = 1000;
/** And is claimed within this time where it is offered to several daemons. */
const CLAIMED_WITHIN_MS = 500;
/** A silent daemon is found out, its calls are listed, moved and judged: well within the deadline. */
const TAKEN_WITHIN_MS = 1300;
/** Steps of the dialplan before and behind a wait. */
const STEPS_MS = 60;
/** Behind the deadline: the timer of the channel, and its thread. */
const SLACK_MS = 100;

/** One wait of a channel for an application; '' where it is offered to several. */
interface Wait {
  readonly place: string;
  readonly sinceMs: number;
  /** Since when it waits for any of them. */
  readonly totalMs: number;
}

interface Ask {
  readonly nonce: string;
  readonly atMs: number;
}

export interface Observed {
  readonly clock: Clock;
  readonly story: Story;
  readonly people: People;
  readonly seats: readonly Daemons[];
  readonly verdicts: Verdicts;
  readonly policies: readonly Policy[];
  readonly bars: Bars;
  readonly network: Network;
  readonly asterisk: () => Asterisk;
}

export class Watch {
  readonly #seen: Observed;
  /** By channel: the question that is open. */
  readonly #asks = new Map<string, Ask>();
  readonly #waits = new Map<string, Wait>();
  /** By application. */
  readonly #lastWellMs = new Map<string, number>();
  /** By nonce: the numbers that went out. */
  readonly #letOut = new Map<string, string>();

  constructor(seen: Observed) {
    this.#seen = seen;
  }

  onStep(channel: Channel): void {
    const [, nonce] = /[,:]nonce=([^,:]*)/.exec(channel.applicationData) ?? [];
    if (!channel.application.startsWith('Stasis') || nonce === undefined) return;
    this.#asks.set(channel.id, { nonce, atMs: this.#seen.clock.nowMs });
  }

  /** F18: what has gone out is not cut by the deadline of its question. */
  onTimeout(channel: Channel): void {
    const call = this.#seen.people.callOf(channel);
    if (call?.invited)
      this.#seen.story.violate(`${call.dialled.dialled} went out, and is cut by the deadline`);
  }

  /** I2, I3, I5: what leaves for the carrier. */
  onInvite(endpoint: string, caller: Channel): void {
    const [number = '', trunk] = endpoint.split('@');
    const { people, story } = this.#seen;
    const call = people.callOf(caller);
    if (trunk === undefined || !call) return;
    const { dialled } = call.dialled;
    if (number !== dialled.replace(/#$/, '') && number !== dialled) {
      story.violate(`I5: ${dialled} was dialled and ${number} goes out`);
    }
    const { kind } = call.dialled;
    if (kind === 'emergency' || kind === 'national') return;
    const ask = this.#asks.get(caller.id);
    const said = ask === undefined ? [] : (this.#seen.verdicts.said.get(ask.nonce) ?? []);
    const allowed = said.find((one) => one.kind !== 'deny' && one.number === number);
    if (!ask || !allowed) {
      story.violate(`I2: ${number} goes out without a verdict of the daemon`);
      return;
    }
    this.#letOut.set(ask.nonce, number);
    this.#judge(call, ask, allowed);
  }

  #judge(call: Call, ask: Ask, { atMs, life }: Said): void {
    const { clock, story, policies, bars } = this.#seen;
    if (clock.nowMs - ask.atMs > bars.decisionMs + SLACK_MS + STEPS_MS) {
      story.violate(`I2: ${call.dialled.dialled} goes out behind the deadline`);
    }
    const frozen = life.frozenMs.filter(
      ({ fromMs, untilMs }) => fromMs <= atMs && untilMs + SEEN_WITHIN_MS >= atMs,
    );
    const fromMs = Math.min(atMs, ...frozen.map((span) => span.fromMs)) - SEEN_WITHIN_MS;
    const candidates = inForce(policies, fromMs, atMs);
    if (!candidates.some((policy) => mayGoOut(policy, call.caller, call.dialled))) {
      story.violate(`I2: ${call.caller} may not call ${call.dialled.dialled}, and it goes out`);
    }
  }

  /** After every event of the world. */
  check(): void {
    const { clock, story, bars, asterisk } = this.#seen;
    const { machine, door } = asterisk();
    const wellMs = new Map<string, number>();
    for (const seat of this.#seen.seats) {
      const sinceMs = seat.wellSinceMs(this.#seen.network, door);
      wellMs.set(seat.application, sinceMs);
      if (sinceMs !== Number.POSITIVE_INFINITY) this.#lastWellMs.set(seat.application, clock.nowMs);
    }
    for (const channel of machine.channels.values()) {
      const { control } = channel;
      const isOffered = machine.offers.get(channel.id)?.claimedBy === null;
      if (!control && !isOffered) {
        this.#waits.delete(channel.id);
        continue;
      }
      const place = control?.application ?? '';
      const known = this.#waits.get(channel.id);
      const wait =
        known?.place === place
          ? known
          : { place, sinceMs: clock.nowMs, totalMs: known?.totalMs ?? clock.nowMs };
      this.#waits.set(channel.id, wait);
      if (clock.nowMs - wait.totalMs > bars.decisionMs + SLACK_MS) {
        story.violate(`a channel waits behind the deadline: ${channel.id}`);
      }
      if (control) this.#checkServed(channel, wait, wellMs);
      else if (clock.nowMs - Math.max(wait.sinceMs, Math.min(...wellMs.values())) > CLAIMED_WITHIN_MS) {
        story.violate(`a daemon that is well leaves a channel unclaimed: ${channel.id}`);
      }
    }
  }

  /** By the daemon that it waits for, or by another one where that one is silent. */
  #checkServed(channel: Channel, { place, sinceMs }: Wait, wellMs: ReadonlyMap<string, number>): void {
    const { clock, story, asterisk } = this.#seen;
    const ownMs = wellMs.get(place) ?? Number.POSITIVE_INFINITY;
    if (clock.nowMs - Math.max(sinceMs, ownMs) > SERVED_WITHIN_MS) {
      story.violate(`a daemon that is well leaves a channel waiting: ${channel.id}`);
    }
    // Who is deaf alone is heard by the others.
    if (ownMs !== Number.POSITIVE_INFINITY || asterisk().door.isDeaf(place)) return;
    const silentMs = this.#lastWellMs.get(place) ?? 0;
    for (const [application, otherMs] of wellMs) {
      if (application === place || clock.nowMs - Math.max(sinceMs, otherMs, silentMs) <= TAKEN_WITHIN_MS)
        continue;
      story.violate(`${application} leaves a channel waiting for a silent daemon: ${channel.id}`);
    }
  }

  /** I9: what went out is on record as allowed, where there is a record. */
  judgeRecords(verdicts: ReadonlyMap<string, string>): void {
    for (const [nonce, number] of this.#letOut) {
      if (verdicts.get(`decision:${nonce}`) === 'deny') {
        this.#seen.story.violate(`I9: ${number} went out, and the record of ${nonce} denies it`);
      }
    }
  }

  /** I1, I3, I7: what has come of a call, once it must have. */
  settle(call: Call): void {
    const { story, bars } = this.#seen;
    const { kind, dialled } = call.dialled;
    const limitMs = kind === 'emergency' ? STEPS_MS : bars.decisionMs + SLACK_MS + STEPS_MS;
    const left = call.hungUpMs ?? Number.POSITIVE_INFINITY;
    if (call.ended?.cause === 0 || left < call.startedMs + limitMs) return;
    const name = `${call.caller} -> ${dialled}`;
    if (kind === 'emergency' || kind === 'national') {
      const invariant = kind === 'emergency' ? 'I1' : 'I3';
      if (!call.invited) story.violate(`${invariant}: ${name} did not go out`);
      else if (call.invited.atMs > call.startedMs + limitMs)
        story.violate(`${invariant}: ${name} went out late`);
      return;
    }
    if (call.invited || !call.ended) return;
    if (call.ended.cause <= 0 || (call.channel?.heard.length ?? 0) === 0) {
      story.violate(`I7: ${name} was refused without a word (cause ${call.ended.cause})`);
    }
  }
}
