// The demo's last part: calls that ring, are taken, go out and are refused, again and again, for whoever watches the console.
import { setTimeout as sleep } from 'node:timers/promises';
import { answer, ring } from '../../test/lab/phone/behaviour.ts';
import type { IncomingCall } from '../../test/lab/phone/incoming-call.ts';
import type { OutgoingCall } from '../../test/lab/phone/outgoing-call.ts';
import type { Phone } from '../../test/lab/phone/phone.ts';
import { eventually } from '../../test/lab/processes.ts';
import { bad, event, good, line } from './say.ts';

/** The phone of who watches picks a call up at once, so that one click is enough. */
const PICKED_UP_AFTER_MS = 300;
const TALK_MS = 4000;

export type Household = Readonly<Record<'alice' | 'bob' | 'carol' | 'dave' | 'eve', Phone>>;

export interface LiveOptions {
  /** How long a call rings before somebody of the house does something; long enough to click. */
  readonly ringMs: number;
  /** Between two outbound calls. */
  readonly pauseMs: number;
  readonly isOver: () => boolean;
}

/** Who dials what beside the calls that ring, in turn. */
const outbound = [
  ['eve', '00621938384'],
  ['alice', '00541938384'],
  ['dave', '5512345678'],
  ['eve', '0018765550123'],
  ['alice', '00447700900123'],
  ['dave', '00541938384'],
  ['eve', '5512345679'],
] as const satisfies readonly (readonly [keyof Household, string])[];

/** Ends soon after `isOver`; what fails in one round is said, and the next goes on. */
export async function placeLiveCalls(household: Household, options: LiveOptions): Promise<void> {
  household.bob.whenCalled = ring();
  household.carol.whenCalled = answer(PICKED_UP_AFTER_MS);
  for (let round = 0; !options.isOver(); round += 1) {
    try {
      await Promise.all([ringOnce(household, round, options), dialAround(household, round, options)]);
    } catch (error) {
      line('problem', bad(String(error).split('\n')[0] ?? ''));
      await sleep(options.pauseMs);
    }
  }
}

/** Alice calls Bob, and somebody has the call in the end: who watches, Dave by a code, Bob himself, or nobody. */
async function ringOnce({ alice, bob, dave }: Household, round: number, options: LiveOptions): Promise<void> {
  const call = await alice.call('1002');
  const incoming = await bob.nextCall();
  event('1001 calls 1002, which rings');
  const isTaken = () => call.final !== null;
  if (await eventually(isTaken, options.ringMs, 50))
    line('taken', good('from the console: 1003 has the call'));
  else await endRinging(round, call, incoming, dave);
  if ((call.final?.status ?? 999) < 300) await sleep(Math.min(TALK_MS, options.ringMs));
  await call.giveUp();
}

async function endRinging(
  round: number,
  call: OutgoingCall,
  incoming: IncomingCall,
  dave: Phone,
): Promise<void> {
  switch (round % 3) {
    case 0: {
      const taking = await dave.call('**1002');
      await taking.waitFinal();
      await call.waitFinal();
      line('1004', good('dials **1002 and has the call'));
      break;
    }
    case 1:
      await incoming.answer();
      line('1002', good('answers'));
      break;
    default:
      await call.cancel();
      line('1001', 'gives up: the call is abandoned');
  }
}

async function dialAround(household: Household, round: number, { pauseMs }: LiveOptions): Promise<void> {
  for (let index = 0; index < 3; index += 1) {
    await sleep(pauseMs);
    const [who, number] = outbound[(round * 3 + index) % outbound.length] ?? outbound[0];
    const phone = household[who];
    const call = await phone.call(number);
    const { status } = await call.waitFinal();
    if (status < 300) await call.hangup();
    line(
      phone.extension,
      `dials ${number}: ${status < 300 ? good('goes out') : bad(`refused, SIP ${status}`)}`,
    );
  }
}
