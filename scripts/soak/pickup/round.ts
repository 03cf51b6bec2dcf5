// Plays one round of a pickup soak on real phones, and says what came of it and what must not have been.
import type { IncomingCall } from '../../../test/lab/phone/incoming-call.ts';
import type { OutgoingCall } from '../../../test/lab/phone/outgoing-call.ts';
import type { Phone } from '../../../test/lab/phone/phone.ts';
import { eventually } from '../../../test/lab/processes.ts';
import { dialledFor, type Lane, type PickupHouse } from './house.ts';
import type { PlannedRound } from './plan.ts';
import { playRace } from './races.ts';

/** What a picker saw: he has the call; he was answered in vain; he was refused before; he hung up himself. */
export interface Tally {
  won: number;
  lost: number;
  refused: number;
  abandoned: number;
  /** The target's answer and the pickup crossed on the wire: answered, and taken from him before anybody could speak. */
  crossed: number;
  /**
   * Of these, calls in which the picker does not hear the caller until one of them holds: a bridge of bridge_native_rtp goes
   * on to send to the phone that was in it before (main/bridge.c, smart_bridge_operation: "already using the new technology").
   */
  oneWay: number;
  /**
   * Had for an instant a call that another of its phones was just answering, or whose caller was just hanging up: Asterisk ends
   * it, and no dialplan is left to say why.
   */
  untold: number;
}

export interface RoundResult extends Tally {
  readonly plan: PlannedRound;
  /** From the code to the answer, by the picker's own clock. */
  readonly answeredAfterMs: readonly number[];
  /** How long the target had the call that was taken from him, where the two crossed. */
  readonly crossedAfterMs: readonly number[];
  /** Sentences, one for each thing that must not be. */
  readonly wrong: readonly string[];
  /** Channels left behind, phones that went on ringing, and whether the caller lost his call. */
  readonly stuck: readonly string[];
  readonly leftRinging: readonly string[];
  readonly callerLost: boolean;
}

/** A phone that rings, and its call. */
export interface RingingPhone {
  readonly phone: Phone;
  readonly call: IncomingCall;
}

export interface Scene {
  readonly plan: PlannedRound;
  readonly lane: Lane;
  readonly house: PickupHouse;
  readonly call: OutgoingCall;
  readonly ringing: readonly RingingPhone[];
  /** The one that the round is about. */
  readonly target: RingingPhone;
  readonly tally: Tally;
  readonly wrong: string[];
  readonly answeredAfterMs: number[];
  readonly crossedAfterMs: number[];
  callerLost: boolean;
}

/** Everything that a round leads to has come within this time. */
export const SETTLE_MS = 4000;
/** A channel or a ringing phone is left behind if it is there so long after its call. */
const LEFT_BEHIND_MS = 2000;
const RING_DEADLINE_MS = 5000;

/** Never rejects: what goes wrong is in the result. */
export async function playRound(house: PickupHouse, lane: Lane, plan: PlannedRound): Promise<RoundResult> {
  const tally: Tally = { won: 0, lost: 0, refused: 0, abandoned: 0, crossed: 0, oneWay: 0, untold: 0 };
  const wrong: string[] = [];
  let scene: Scene | null = null;
  try {
    scene = await letRing(house, lane, plan, tally, wrong);
    await playRace(scene);
    await scene.call.giveUp();
  } catch (error) {
    wrong.push(error instanceof Error ? error.message : String(error));
  }
  const left = await leftBehind(house, lane);
  await Promise.allSettled(phonesOf(lane).flatMap(({ agent }) => openCalls(agent.calls)));
  return {
    plan,
    ...tally,
    wrong,
    answeredAfterMs: scene?.answeredAfterMs ?? [],
    crossedAfterMs: scene?.crossedAfterMs ?? [],
    callerLost: scene?.callerLost ?? false,
    ...left,
  };
}

async function letRing(
  house: PickupHouse,
  lane: Lane,
  plan: PlannedRound,
  tally: Tally,
  wrong: string[],
): Promise<Scene> {
  const { number, rings } = dialledFor(lane, plan.kind);
  const phones = lane.targets.slice(0, rings);
  const before = phones.map(({ incoming }) => incoming.length);
  const call = await lane.caller.call(number);
  await Promise.all(phones.map((phone, at) => phone.waitCalls((before[at] ?? 0) + 1, RING_DEADLINE_MS)));
  const shown = async () => (await house.ringingFor(lane.caller.extension)).length === rings;
  if (!(await eventually(shown, RING_DEADLINE_MS, 10))) {
    throw new Error(`the board does not show ${rings} phones ringing for ${number}`);
  }
  const ringing = phones.flatMap((phone) => {
    const incoming = phone.incoming.at(-1);
    return incoming ? [{ phone, call: incoming }] : [];
  });
  const target = ringing[plan.target % ringing.length];
  if (!target) throw new Error(`nothing rings for ${number}`);
  return {
    plan,
    lane,
    house,
    call,
    ringing,
    target,
    tally,
    wrong,
    answeredAfterMs: [],
    crossedAfterMs: [],
    callerLost: false,
  };
}

/** Two seconds after the call nothing of it may be there: no channel, and no phone that rings. */
async function leftBehind(
  house: PickupHouse,
  lane: Lane,
): Promise<Pick<RoundResult, 'stuck' | 'leftRinging'>> {
  const rings = () => lane.targets.filter(({ agent }) => agent.calls.some(({ ending }) => ending === null));
  let channels = await house.channelsOf(lane);
  const isGone = async () => {
    channels = await house.channelsOf(lane);
    return channels.length === 0 && rings().length === 0;
  };
  await eventually(isGone, LEFT_BEHIND_MS, 20);
  const leftRinging = rings().map(({ extension }) => extension);
  const stuck = channels.map(
    ({ name, state, dialplan }) => `${name} ${state} in ${dialplan.app_name}(${dialplan.app_data})`,
  );
  for (const { id } of channels) await house.clear(id).catch(() => undefined);
  return { stuck, leftRinging };
}

function phonesOf(lane: Lane): readonly Phone[] {
  return [lane.caller, ...lane.targets, ...lane.pickers, lane.stranger];
}

function openCalls(calls: readonly { readonly ending: unknown; giveUp(): Promise<void> }[]): Promise<void>[] {
  return calls.filter(({ ending }) => ending === null).map((call) => call.giveUp());
}

/** The story of all phones that took part, for a failure that is to be understood. */
export function storyOf(lane: Lane, sinceMs: number): string {
  const messages = phonesOf(lane).flatMap(({ extension, messages: all }) =>
    all
      .filter(({ atMs }) => atMs >= sinceMs)
      .map(({ atMs, direction, message }) => ({
        atMs,
        text: `${extension} ${direction === 'sent' ? '->' : '<-'} ${
          message.kind === 'request' ? `${message.method} ${message.uri}` : `${message.status}`
        }`,
      })),
  );
  return messages
    .toSorted((one, other) => one.atMs - other.atMs)
    .map(({ atMs, text }) => `${(atMs - sinceMs).toFixed(1).padStart(9)} ${text}`)
    .join('\n');
}
