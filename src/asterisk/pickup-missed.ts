// The second question of a pickup: the call was chosen and Asterisk could not take it. Why not, and is there another one?
import type { AriLink } from './ari/link.ts';
import type { Attempt, PickupAttempts } from './pickup-attempts.ts';
import { pickedCall, type LostCall, type PickupRecord } from './pickup-record.ts';
import { refusalSounds, sayRefusal, sayTake, type Refusal, type Said } from './pickup-words.ts';
import type { RingingBoard } from '../pickup/board.ts';
import type { PickupKind } from '../pickup/call.ts';
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

/** Behind these codes any of several calls will do; who has named a phone or a call wants that one. */
const TRIES_ANOTHER: ReadonlySet<PickupKind> = new Set(['group', 'other-group', 'any']);

interface Loss {
  readonly told: Refusal;
  readonly by: string | null;
}

/** Has the picker try the next call, or tells him what became of his. Never rejects. */
export async function answerMissed(
  desk: MissedDesk,
  link: AriLink,
  pickerChannelId: string,
  nonce: string,
): Promise<Said> {
  const loss = await whyMissed(desk, link, pickerChannelId);
  const next = tryAnother(desk, link, pickerChannelId, nonce, loss);
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

/** Chooses once more, without the calls lost already; null where there is none. From the choice to the claim nothing waits. */
function tryAnother(
  { ports, board, attempts }: MissedDesk,
  link: AriLink,
  pickerChannelId: string,
  nonce: string,
  loss: Loss,
): Promise<Said> | null {
  const attempt = attempts.get(pickerChannelId);
  const rights = ports.rights();
  if (!attempt || !rights || !TRIES_ANOTHER.has(attempt.request.kind)) return null;
  const lost = [...attempt.record.lost, ...lostCall(attempt, loss)];
  if (lost.length >= TRIES_MAX) return null;
  const except = new Set([...lost.map(({ callId }) => callId), attempt.callId]);
  const nowMs = ports.nowMs();
  const ringing = board.ringing();
  const situation = { ringing, answered: board.answered(nowMs), claims: attempts.claims(), nowMs };
  const choice = choose(situation, rights, attempt.request, { except, grant: attempt.grant });
  const call = ringing.find(({ callId }) => choice.kind === 'take' && callId === choice.callId);
  if (choice.kind !== 'take' || !call) return null;
  const { callId, candidates, rule } = choice;
  const picked = pickedCall(call, candidates, nowMs);
  const record = { ...attempt.record, rule, call: picked, lost };
  const said = sayTake(link, pickerChannelId, nonce, {
    candidates,
    connectedLine: rights.settings.connectedLine,
    chosenBy: ports.chosenBy ?? null,
  });
  attempts.tryNext(pickerChannelId, { callId, candidates, record });
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
  const { callId, candidates } = attempt;
  const stillRings = desk.board.ringing().some((call) => call.callId === callId);
  const leg = stillRings && candidates[0] ? await look(link, candidates[0].channelId) : 'gone';
  const answered = desk.board.answered(desk.ports.nowMs()).find((one) => one.callId === callId);
  if (leg === 'Up') return { told: 'already-taken', by: candidates[0]?.extension ?? null };
  if (answered) return { told: 'already-taken', by: answered.by };
  return leg === 'gone' ? { told: 'nothing-ringing', by: null } : { told: 'already-taken', by: null };
}

async function look(link: AriLink, channelId: string): Promise<string> {
  const channel = await link.getChannel(channelId).catch(() => null);
  return channel?.state ?? 'gone';
}
