// What must hold in every world at every moment, and what must have come of each call.
import type { Channel } from '../asterisk/channel.ts';
import type { Asterisk } from '../asterisk/asterisk.ts';
import type { Network } from '../stand-ins/network.ts';
import type { Clock } from '../world/clock.ts';
import type { Call, People } from './calls.ts';
import type { Daemons, Said } from './daemons.ts';
import { inForce, mayGoOut, type Policy } from './oracle.ts';
import type { Story } from './story.ts';

export interface Bars {
  /** The routine's own deadline. */
  readonly decisionMs: number;
}

/** A change of the policy is seen within this time by a daemon that runs. */
const SEEN_WITHIN_MS = 400;
/** A call that waits, before the link is up or after, gets its verdict within this time. */
const SERVED_WITHIN_MS = 1000;
/** Steps of the dialplan before and behind a wait. */
const STEPS_MS = 60;
/** Behind the deadline: the timer of the channel, and its thread. */
const SLACK_MS = 100;

export interface Ask {
  readonly nonce: string;
  readonly atMs: number;
}

export interface Observed {
  readonly clock: Clock;
  readonly story: Story;
  readonly people: People;
  readonly daemons: Daemons;
  readonly policies: readonly Policy[];
  readonly bars: Bars;
  readonly network: Network;
  readonly asterisk: () => Asterisk;
}

export class Watch {
  readonly #seen: Observed;
  /** By channel: the question that is open. */
  readonly #asks = new Map<string, Ask>();
  /** Since when a channel waits in Stasis. */
  readonly #inStasis = new Map<string, number>();

  constructor(seen: Observed) {
    this.#seen = seen;
  }

  onStep(channel: Channel): void {
    const [, nonce] = /(?:^|,)nonce=([^,]*)/.exec(channel.applicationData) ?? [];
    if (channel.application !== 'Stasis' || nonce === undefined) return;
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
    const said = ask === undefined ? [] : (this.#seen.daemons.said.get(ask.nonce) ?? []);
    const allowed = said.find((one) => one.kind !== 'deny' && one.number === number);
    if (!ask || !allowed) {
      story.violate(`I2: ${number} goes out without a verdict of the daemon`);
      return;
    }
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
    for (const channel of asterisk().machine.channels.values()) {
      if (!channel.control) {
        this.#inStasis.delete(channel.id);
        continue;
      }
      const sinceMs = this.#inStasis.get(channel.id) ?? clock.nowMs;
      this.#inStasis.set(channel.id, sinceMs);
      if (clock.nowMs - sinceMs > bars.decisionMs + SLACK_MS) {
        story.violate(`a channel waits in Stasis behind the deadline: ${channel.id}`);
      }
      if (clock.nowMs - Math.max(sinceMs, this.#servedSinceMs()) > SERVED_WITHIN_MS) {
        story.violate(`a daemon that is well leaves a channel waiting: ${channel.id}`);
      }
    }
  }

  /** Since when a daemon that is well has had a link that is well; never, where one of them is not. */
  #servedSinceMs(): number {
    const { daemons, network, asterisk } = this.#seen;
    const { life } = daemons;
    const { clearSinceMs } = network;
    if (!life?.connected || life.process.frozen || clearSinceMs === null || asterisk().door.isDeaf()) {
      return Number.POSITIVE_INFINITY;
    }
    return Math.max(clearSinceMs, life.connectedMs, ...life.frozenMs.map(({ untilMs }) => untilMs));
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
