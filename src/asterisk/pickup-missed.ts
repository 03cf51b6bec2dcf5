// The second question of a pickup: the call was chosen and Asterisk could not take it. Why not, and is there another one?
import type { AriLink } from './ari/link.ts';
import { situationOf } from './pickup-answer.ts';
import { legTried, type Attempt, type PickupAttempts } from './pickup-attempts.ts';
import { pickedCall, type LostCall, type PickupRecord } from './pickup-record.ts';
import { refusalSounds, sayRefusal, sayTake, type Refusal, type Said } from './pickup-words.ts';
import type { RingingBoard } from '../pickup/board.ts';
import type { Candidate, PickupKind } from '../pickup/call.ts';
import { choose } from '../pickup/choose.ts';
import type { PickupRights } from '../pickup/rights.ts';

export interface MissedDesk {
  readonly board: RingingBoard;
  readonly attempts: PickupAttempts;
  readonly ports: {
    readonly rights: () => PickupRights | null;
    readonly chosenBy?: string | null;
    readonly nowMs: () => number;
    readonly record: (record: PickupRecord) => void;
  };
}

/** Calls that one picker tries at most behind one code. */
const TRIES_MAX = 3;

/** Legs of one call that are tried at most: he is up already, and hears nothing meanwhile. */
const LEGS_MAX = 5;

/** Behind these codes any of several calls will do; who has named a phone or a call wants that one. */
const TRIES_ANOTHER: ReadonlySet<PickupKind> = new Set(['group', 'other-group', 'any']);

interface Loss {
  readonly told: Refusal;
  readonly by: string | null;
}

/** Has the picker try the next leg or the next call, or tells him what became of his. Never rejects. */
export async function answerMissed(
  desk: MissedDesk,
  link: AriLink,
  pickerChannelId: string,
  nonce: string,
): Promise<Said> {
  const loss = await whyMissed(desk, link, pickerChannelId);
  const next =
    tryLeg(desk, link, pickerChannelId, nonce, loss) ?? tryAnother(desk, link, pickerChannelId, nonce, loss);
  if (next) {
    const said = await next;
    if (said !== 'said') desk.attempts.end(pickerChannelId, said === 'gone' ? 'abandoned' : 'unknown');
    return said;
  }
  const { told, by } = loss;
  const rights = desk.ports.rights();
  const sounds = rights ? refusalSounds(rights.announcements, rights.settings, told, by) : '';
  const said = await sayRefusal(link, pickerChannelId, nonce, told, sounds);
  desk.attempts.end(pickerChannelId, said === 'unsaid' ? 'unknown' : 'lost', { told, takenBy: by });
  return said;
}

/** The next leg of the same call, where the one that was tried has only stopped ringing; null where there is none. */
function tryLeg(
  desk: MissedDesk,
  link: AriLink,
  pickerChannelId: string,
  nonce: string,
  loss: Loss,
): Promise<Said> | null {
  const attempt = desk.attempts.get(pickerChannelId);
  const rights = desk.ports.rights();
  if (!attempt || !rights || loss.told !== 'nothing-ringing') return null;
  const { callId, candidates, record } = attempt;
  if (candidates.length - attempt.rest.length >= LEGS_MAX) return null;
  const call = desk.board.ringing().find((one) => one.callId === callId);
  const ringing = new Set(call?.legs.map(({ channelId }) => channelId));
  const at = attempt.rest.findIndex(({ channelId }) => ringing.has(channelId));
  const leg = attempt.rest[at];
  if (!leg) return null;
  const next = { ...record, call: record.call && { ...record.call, from: leg.extension } };
  const said = takeLeg(desk, link, pickerChannelId, nonce, rights, leg);
  desk.attempts.tryNext(pickerChannelId, {
    callId,
    candidates,
    rest: attempt.rest.slice(at + 1),
    call,
    record: next,
  });
  return said;
}

function takeLeg(
  { ports }: MissedDesk,
  link: AriLink,
  pickerChannelId: string,
  nonce: string,
  { settings }: PickupRights,
  leg: Candidate,
): Promise<Said> {
  const { connectedLine } = settings;
  return sayTake(link, pickerChannelId, nonce, { leg, connectedLine, chosenBy: ports.chosenBy ?? null });
}

/** Chooses once more, without the calls lost already; null where there is none. From the choice to the claim nothing waits. */
function tryAnother(
  desk: MissedDesk,
  link: AriLink,
  pickerChannelId: string,
  nonce: string,
  loss: Loss,
): Promise<Said> | null {
  const { ports, attempts } = desk;
  const attempt = attempts.get(pickerChannelId);
  const rights = ports.rights();
  if (!attempt || !rights || !TRIES_ANOTHER.has(attempt.request.kind)) return null;
  const lost = [...attempt.record.lost, ...lostCall(attempt, loss)];
  if (lost.length >= TRIES_MAX) return null;
  const except = new Set([...lost.map(({ callId }) => callId), attempt.callId]);
  const situation = situationOf(desk);
  const { ringing, nowMs } = situation;
  const choice = choose(situation, rights, attempt.request, { except, grant: attempt.grant });
  const call = ringing.find(({ callId }) => choice.kind === 'take' && callId === choice.callId);
  if (choice.kind !== 'take' || !call) return null;
  const { callId, candidates, rule } = choice;
  const picked = pickedCall(call, candidates, nowMs);
  const record = { ...attempt.record, rule, call: picked, lost };
  const [leg, ...rest] = candidates;
  const said = takeLeg(desk, link, pickerChannelId, nonce, rights, leg);
  attempts.tryNext(pickerChannelId, { callId, candidates, rest, call, record });
  ports.record(record);
  return said;
}

function lostCall({ record }: Attempt, { told, by }: Loss): readonly LostCall[] {
  return record.call ? [{ ...record.call, why: told, takenBy: by }] : [];
}

/**
 * Whoever has the call, the board may hear of it a moment after the picker comes back: a leg that still seems to ring
 * is asked for once. If it does ring, somebody else's pickup of it is under way (main/pickup.c, `pickup-active`).
 */
async function whyMissed(desk: MissedDesk, link: AriLink, pickerChannelId: string): Promise<Loss> {
  const attempt = desk.attempts.get(pickerChannelId);
  if (!attempt) return { told: 'nothing-ringing', by: null };
  const { callId } = attempt;
  const tried = legTried(attempt);
  const stillRings = desk.board.ringing().some((call) => call.callId === callId);
  const leg = stillRings ? await look(link, tried.channelId) : 'gone';
  const answered = desk.board.answered(desk.ports.nowMs()).find((one) => one.callId === callId);
  if (leg === 'Up') return { told: 'already-taken', by: tried.extension };
  if (answered) return { told: 'already-taken', by: answered.by };
  return leg === 'gone' ? { told: 'nothing-ringing', by: null } : { told: 'already-taken', by: null };
}

async function look(link: AriLink, channelId: string): Promise<string> {
  const channel = await link.getChannel(channelId).catch(() => null);
  return channel?.state ?? 'gone';
}
