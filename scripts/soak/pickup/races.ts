// What happens in a round while a call rings: who reaches for it, who answers, who hangs up, and what must come of each.
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLeg } from '../../../test/lab/phone/call-leg.ts';
import type { SipMessage } from '../../../test/lab/phone/message.ts';
import type { OutgoingCall } from '../../../test/lab/phone/outgoing-call.ts';
import type { Phone } from '../../../test/lab/phone/phone.ts';
import { eventually } from '../../../test/lab/processes.ts';
import { codeFor } from './house.ts';
import { SETTLE_MS, type Scene } from './round.ts';

interface Picker {
  readonly phone: Phone;
  readonly call: OutgoingCall;
}

/** Whoever has had the caller for so long has spoken with him. */
const CONVERSATION_MS = 100;
const STATUS_TAKEN = 603;
const STATUS_NOTHING = 480;
const STATUS_NO_RIGHT = 403;
const ANSWERED_ELSEWHERE = 26;

export function playRace(scene: Scene): Promise<void> {
  switch (scene.plan.race) {
    case 'clean':
    case 'crowd':
      return crowd(scene);
    case 'answer':
      return targetAnswers(scene);
    case 'caller-gone':
      return callerGone(scene);
    case 'picker-gone':
      return pickerGone(scene);
    case 'no-right':
      return stranger(scene);
    case 'talking':
      return talking(scene);
  }
}

/** However many reach for it, one has the call and all others are told that it is taken. */
async function crowd(scene: Scene): Promise<void> {
  const pickers = await Promise.all(scene.plan.pickers.map((_, at) => dial(scene, at)));
  await Promise.all(pickers.map(({ call }) => call.waitFinal(SETTLE_MS)));
  const holding = () => pickers.filter(({ call }) => call.ending === null);
  await eventually(() => holding().length <= 1, SETTLE_MS);
  const [winner, ...others] = holding();
  if (others.length > 0) scene.wrong.push(`${others.length + 1} pickers stay on the line`);
  for (const picker of pickers) if (picker !== winner) countLoser(scene, picker, [STATUS_TAKEN]);
  if (!winner) {
    scene.wrong.push('nobody has the call');
    return;
  }
  countWinner(scene, winner);
  await expectTalk(scene, winner.call, winner.phone);
  await expectAnsweredElsewhere(scene);
  await hangUp(scene, winner.call);
}

/** Either of them has the call, the caller has one of them, and who has spoken with the caller keeps him. */
async function targetAnswers(scene: Scene): Promise<void> {
  const { target, call, plan } = scene;
  const answering = async () => {
    await sleep(Math.max(0, plan.offsetMs));
    return target.call.answer().catch(() => true);
  };
  const [picker] = await Promise.all([
    sleep(Math.max(0, -plan.offsetMs)).then(() => dial(scene, 0)),
    answering(),
  ]);
  await picker.call.waitFinal(SETTLE_MS);
  const holding = (): (readonly [CallLeg, Phone])[] =>
    [[target.call, target.phone] as const, [picker.call, picker.phone] as const].filter(
      ([leg]) => leg.answered && leg.ending === null,
    );
  await eventually(() => holding().length <= 1, SETTLE_MS);
  const [owner, other] = holding();
  if (other) scene.wrong.push('both the target and the picker stay on the line');
  if (!owner) {
    scene.callerLost = true;
    return;
  }
  if (owner[1] === picker.phone) {
    countWinner(scene, picker);
    if (target.call.answered) judgeTorn(scene);
  } else countLoser(scene, picker, [STATUS_TAKEN]);
  await expectTalk(scene, ...owner);
  if (call.ending !== null) scene.callerLost = true;
  await hangUp(scene, owner[0]);
}

/** The target answered and has not got the call: the two crossed, and nobody was in a conversation yet. */
function judgeTorn({ target, tally, wrong, crossedAfterMs }: Scene): void {
  tally.crossed += 1;
  const at = (wanted: (message: SipMessage) => boolean) =>
    target.call.messages.find(({ message }) => wanted(message))?.atMs ?? 0;
  const answeredAtMs = at((message) => message.kind === 'response' && message.status === 200);
  const endedAtMs = at((message) => message.kind === 'request' && message.method === 'BYE');
  const heldMs = Math.max(0, endedAtMs - answeredAtMs);
  crossedAfterMs.push(heldMs);
  if (heldMs > CONVERSATION_MS) {
    wrong.push(`TORN: ${target.phone.extension} had the caller for ${heldMs.toFixed(0)} ms`);
  }
}

/** Who reached for it is told, or hung up; nobody stays on a line without a caller. */
async function callerGone(scene: Scene): Promise<void> {
  const [picker] = await Promise.all([dial(scene, 0), giveUpAfter(scene.call, scene.plan.offsetMs)]);
  await picker.call.waitFinal(SETTLE_MS);
  await picker.call.waitEnded(SETTLE_MS);
  // He has had the call for a moment, was told that nothing rings any more, or came too late.
  if (scene.ringing.some(({ call }) => wasTaken(call))) countWinner(scene, picker);
  else countLoser(scene, picker, [STATUS_NOTHING, STATUS_TAKEN]);
}

/** He had the call, and it ends; or he had not, and it rings on for whoever answers it. */
async function pickerGone(scene: Scene): Promise<void> {
  const { target, call, ringing, tally, wrong } = scene;
  const picker = await dial(scene, 0);
  await giveUpAfter(picker.call, scene.plan.offsetMs);
  const ringsOn = () => ringing.every((one) => one.call.ending === null);
  // A pickup that was under way silences the phones within milliseconds; a lost one never does.
  await eventually(() => !ringsOn() || call.ending !== null, 300);
  if (ringsOn() && call.ending === null) {
    tally.abandoned += 1;
    await target.call.answer();
    await expectTalk(scene, target.call, target.phone);
    await hangUp(scene, target.call);
    return;
  }
  countWinner(scene, picker);
  const silenced = await eventually(() => ringing.every((one) => one.call.ending !== null), SETTLE_MS);
  if (!silenced) wrong.push('the call was taken, and a phone rings on');
  if (!(await eventually(() => call.ending !== null, SETTLE_MS))) wrong.push('the caller is left in silence');
}

/** Who has no right is told so, and the phone rings on. */
async function stranger(scene: Scene): Promise<void> {
  const { lane, target, plan, tally, wrong } = scene;
  const code = codeFor(plan.pickers[0]?.code ?? 'group', lane, target.phone);
  const call = await lane.stranger.call(code);
  const { status } = await call.waitFinal(SETTLE_MS);
  if (status === STATUS_NO_RIGHT) tally.refused += 1;
  else wrong.push(`a stranger got ${status} for ${code}`);
  if (scene.ringing.some((one) => one.call.ending !== null)) wrong.push('a refused code silenced a phone');
  await target.call.answer();
  await expectTalk(scene, target.call, target.phone);
  await hangUp(scene, target.call);
}

/** An answered call is never touched. */
async function talking(scene: Scene): Promise<void> {
  const { target, call, wrong } = scene;
  await target.call.answer();
  await expectTalk(scene, target.call, target.phone);
  const picker = await dial(scene, 0);
  await picker.call.waitFinal(SETTLE_MS);
  await picker.call.waitEnded(SETTLE_MS).catch(() => undefined);
  if (picker.call.ending === null) wrong.push('a picker has an answered call');
  countLoser(scene, picker, [STATUS_TAKEN, STATUS_NOTHING]);
  if (target.call.ending !== null || call.ending !== null) wrong.push('TORN: an answered call was ended');
  call.hearing.forgetVoices();
  await expectTalk(scene, target.call, target.phone);
  await hangUp(scene, target.call);
}

async function dial({ plan, lane, target }: Scene, at: number): Promise<Picker> {
  const { code, delayMs } = plan.pickers[at] ?? { code: 'group', delayMs: 0 };
  const phone = lane.pickers[at];
  if (!phone) throw new Error(`There is no picker ${at}.`);
  if (delayMs > 0) await sleep(delayMs);
  return { phone, call: await phone.call(codeFor(code, lane, target.phone)) };
}

async function giveUpAfter(call: OutgoingCall, afterMs: number): Promise<void> {
  await sleep(afterMs);
  await call.giveUp();
}

function countWinner({ tally, answeredAfterMs }: Scene, { call }: Picker): void {
  tally.won += 1;
  if (call.final?.status === 200) answeredAfterMs.push(call.final.afterMs);
}

/** Refused with one of these, or answered in vain and told why before the end. */
function countLoser(scene: Scene, { phone, call }: Picker, statuses: readonly number[]): void {
  const { plan, tally, wrong } = scene;
  if (call.final?.status === 200) {
    tally.lost += 1;
    const isOneOfSeveral = plan.race === 'answer' && plan.kind !== 'direct';
    if (call.heard.length > 0) return;
    // Asterisk itself has ended what the picker had for an instant: there is no dialplan left to say a word.
    if (isOneOfSeveral || plan.race === 'caller-gone') tally.untold += 1;
    else wrong.push(`${phone.extension} was answered in vain, and told nothing`);
  } else {
    tally.refused += 1;
    const status = call.final?.status ?? 0;
    if (!statuses.includes(status)) wrong.push(`${phone.extension} was refused with ${status}`);
  }
}

/** Caller and owner hear each other. */
async function expectTalk(scene: Scene, owner: CallLeg, phone: Phone): Promise<void> {
  const { call, lane, wrong, house, tally } = scene;
  const hears = () => owner.hearing.voices.has(lane.caller.extension);
  const isHeard = () => call.hearing.voices.has(phone.extension);
  if (await eventually(() => hears() && isHeard(), SETTLE_MS)) return;
  if (tally.crossed > 0 && isHeard()) {
    tally.oneWay += 1;
    return;
  }
  const word = (yes: boolean) => (yes ? 'hears' : 'does not hear');
  wrong.push(
    `SILENT: ${phone.extension} ${word(hears())} the caller, who ${word(isHeard())} him\n` +
      (await house.pbx.lab.console('bridge show all')) +
      (await house.pbx.lab.console('core show channels verbose')),
  );
}

/** The phones that rang are silent, and show no missed call. */
async function expectAnsweredElsewhere({ ringing, wrong }: Scene): Promise<void> {
  for (const { phone, call } of ringing) {
    const reasons = await call.waitCancelled(SETTLE_MS).catch(() => null);
    if (reasons === null) wrong.push(`${phone.extension} rings on behind the pickup`);
    else if (!wasTaken(call))
      wrong.push(`${phone.extension} is not told that the call was answered elsewhere`);
  }
}

function wasTaken({ ending }: Pick<CallLeg, 'ending'>): boolean {
  const reasons = ending?.reasons ?? [];
  return reasons.some(({ protocol, cause }) => protocol === 'Q.850' && cause === ANSWERED_ELSEWHERE);
}

/** Either side, by turns; the other is hung up, too. */
async function hangUp(scene: Scene, owner: CallLeg): Promise<void> {
  const { call, plan, wrong } = scene;
  const [first, second] = plan.index % 2 === 0 ? [owner, call] : [call, owner];
  await first.hangup();
  if (!(await eventually(() => second.ending !== null, SETTLE_MS)))
    wrong.push('the other side is not hung up');
}
