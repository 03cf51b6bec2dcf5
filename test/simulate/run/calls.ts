// The people of a world: who dials what, who answers, who hangs up, and when.
import type { Asterisk } from '../asterisk/asterisk.ts';
import type { Channel } from '../asterisk/channel.ts';
import { answerLeg, ring } from '../asterisk/dial.ts';
import type { Clock } from '../world/clock.ts';
import type { Random } from '../../random.ts';
import type { Dialled } from './oracle.ts';
import type { PickupWatch } from './pickups.ts';
import type { Story } from './story.ts';

/** One call of a phone, from its first digit to its end. */
export interface Call {
  readonly caller: string;
  readonly dialled: Dialled;
  readonly startedMs: number;
  channel: Channel | null;
  /** The number that the carrier was asked for, and when. */
  invited: { readonly number: string; readonly atMs: number } | null;
  /** By the caller himself. */
  hungUpMs: number | null;
  /** Q.850; 0 where Asterisk died under it. */
  ended: { readonly cause: number; readonly atMs: number } | null;
}

/** Nobody is ever there. */
export const LETS_IT_RING = '1009';

export interface Habits {
  /** Null for somebody who stays until it is over. */
  readonly hangUpAfterMs: number | null;
}

export class People {
  readonly calls: Call[] = [];
  readonly #byChannel = new Map<string, Call>();
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #story: Story;
  readonly #asterisk: () => Asterisk;
  readonly #pickups: PickupWatch;

  constructor(clock: Clock, random: Random, story: Story, asterisk: () => Asterisk, pickups: PickupWatch) {
    this.#clock = clock;
    this.#random = random;
    this.#story = story;
    this.#asterisk = asterisk;
    this.#pickups = pickups;
  }

  callOf(channel: Channel): Call | null {
    return this.#byChannel.get(channel.id) ?? null;
  }

  dial(caller: string, dialled: Dialled, { hangUpAfterMs }: Habits): Call {
    const startedMs = this.#clock.nowMs;
    const call: Call = {
      caller,
      dialled,
      startedMs,
      channel: null,
      invited: null,
      hungUpMs: null,
      ended: null,
    };
    this.calls.push(call);
    const onGone = (cause: number) => {
      call.ended ??= { cause, atMs: this.#clock.nowMs };
      this.#story.tell(`${caller} -> ${dialled.dialled} ends with ${cause}`);
    };
    const place = { context: 'phones', exten: dialled.dialled, priority: 1 };
    call.channel = this.#asterisk().call(caller, place, { onGone });
    this.#story.tell(
      `${caller} dials ${dialled.dialled}${call.channel ? ` on ${call.channel.id}` : ', and nothing is there'}`,
    );
    if (!call.channel) onGone(0);
    else this.#byChannel.set(call.channel.id, call);
    if (hangUpAfterMs !== null) this.#clock.after(hangUpAfterMs, () => this.hangUp(call), null);
    return call;
  }

  hangUp(call: Call): void {
    const { channel } = call;
    if (!channel || call.ended) return;
    if (call.hungUpMs === null) this.#story.tell(`${call.caller} hangs up`);
    call.hungUpMs ??= this.#clock.nowMs;
    this.#asterisk().machine.hangup(channel, 16);
  }

  /** The far end of a leg: the carrier, or a phone of the house. */
  onInvite(leg: Channel, endpoint: string, caller: Channel): void {
    const [number = '', trunk] = endpoint.split('@');
    const call = this.#byChannel.get(caller.id);
    this.#story.tell(`${trunk === undefined ? 'phone' : 'CARRIER'} ${number} is rung by ${caller.name}`);
    if (trunk !== undefined && call && call.invited === null) {
      call.invited = { number, atMs: this.#clock.nowMs };
    }
    const random = this.#random;
    const { machine } = this.#asterisk();
    const ringsMs = random.whole(5, 120);
    this.#clock.after(ringsMs, () => ring(machine, leg), null);
    if (number === LETS_IT_RING || !random.chance(0.6)) return;
    const answersMs = ringsMs + random.whole(20, trunk === undefined ? 6000 : 2000);
    this.#clock.after(answersMs, () => this.#answer(leg), null);
  }

  #answer(leg: Channel): void {
    const { machine } = this.#asterisk();
    const caller = leg.dialledBy;
    if (!caller || !answerLeg(machine, leg)) return;
    this.#pickups.onAnswer(leg, caller);
    this.#story.tell(`${leg.name} answers`);
    this.#clock.after(this.#random.whole(100, 5000), () => machine.hangup(leg, 16), null);
  }
}
