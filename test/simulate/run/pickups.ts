// I8, told without the daemon's own code: who took which call, and whether he might.
import type { Channel } from '../asterisk/channel.ts';
import type { People } from './calls.ts';
import { mayTake } from './oracle.ts';
import type { Story } from './story.ts';

interface Taken {
  readonly picker: string;
  readonly from: string;
}

/** What a record says of a pickup. */
export interface PickupRow {
  readonly channelId: string;
  readonly callId: string;
  readonly outcome: string | null;
}

export class PickupWatch {
  readonly #story: Story;
  readonly #people: () => People;
  /** By the channel of the phone that rings: what was dialled to reach it. */
  readonly #endpoints = new Map<string, string>();
  /** By the channel of a caller: who has his call. */
  readonly #answered = new Map<string, string>();
  /** By the picker's channel. */
  readonly #taken = new Map<string, Taken>();

  constructor(story: Story, people: () => People) {
    this.#story = story;
    this.#people = people;
  }

  onInvite(leg: Channel, endpoint: string): void {
    this.#endpoints.set(leg.id, endpoint);
  }

  /** Somebody has lifted his own phone. */
  onAnswer(leg: Channel, caller: Channel): void {
    this.#answered.set(caller.id, leg.name);
  }

  onPickup(picker: Channel, leg: Channel, caller: Channel): void {
    const who = this.#people().callOf(picker);
    const rung = this.#people().callOf(caller);
    const from = this.#endpoints.get(leg.id) ?? '';
    const dialled = who?.dialled.dialled ?? '';
    const name = `${who?.caller} with ${dialled} takes the call of ${rung?.caller} from ${from}`;
    this.#story.tell(name);
    const has = this.#answered.get(caller.id);
    if (has !== undefined) this.#story.violate(`I8: ${name}, and ${has} has it`);
    if (from === '' || from.includes('@')) this.#story.violate(`I8: ${name}, which is no phone of the house`);
    if (!who || !mayTake(who.caller, from, dialled)) this.#story.violate(`I8: ${name} without right`);
    if (who?.caller === rung?.caller) this.#story.violate(`I8: ${name}, his own`);
    this.#answered.set(caller.id, picker.name);
    this.#taken.set(picker.id, { picker: who?.caller ?? '', from });
  }

  hasTaken(picker: Channel | null): boolean {
    return picker !== null && this.#taken.has(picker.id);
  }

  /** Who is on record as the winner is one, and the only one of his call. */
  judgeRecords(rows: readonly PickupRow[]): void {
    const winners = new Map<string, string>();
    for (const { channelId, callId, outcome } of rows) {
      if (outcome === 'told' && this.#taken.has(channelId)) {
        this.#story.violate(`I9: ${channelId} has taken a call, and the record says that he was refused`);
      }
      if (outcome !== 'won') continue;
      if (!this.#taken.has(channelId)) this.#story.violate(`I9: ${channelId} has won nothing but a record`);
      if (winners.has(callId)) this.#story.violate(`I9: two have won the call ${callId}, by their records`);
      winners.set(callId, channelId);
    }
  }
}
