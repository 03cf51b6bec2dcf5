// The first question of a pickup, answered: who asks, what he may take, and what is said to his channel.
import type { AriChannel, AriLink } from './ari/link.ts';
import type { Attempt, PickupAttempts } from './pickup-attempts.ts';
import { askForPickupPin, pickupChallenge, type PickupChallenge, type PickupPins } from './pickup-pin.ts';
import { openRecord, type PickupRecord } from './pickup-record.ts';
import { readPickupQuestion, type PickupQuestion } from './pickup-request.ts';
import type { PickupTakes } from './pickup-take.ts';
import { sayChoice, sayNothing, type Said } from './pickup-words.ts';
import type { RingingBoard } from '../pickup/board.ts';
import type { Choice } from '../pickup/call.ts';
import { choose, type Situation } from '../pickup/choose.ts';
import type { PickupGrant, PickupRights } from '../pickup/rights.ts';

export interface AnswerPorts {
  /** Null while no policy is loaded: nobody takes anything, and the dialplan says so by itself. */
  readonly rights: () => PickupRights | null;
  /** The application that asks why a pickup was lost, where there are several daemons; else null. */
  readonly chosenBy?: string | null;
  readonly nowMs: () => number;
  /** Monotonic, microseconds. */
  readonly monotonicUs: () => number;
  /** Called when a pickup is chosen and again when its outcome is known, with the same id. */
  readonly record: (record: PickupRecord) => void;
  /** Where they are left out, no PIN is asked for. */
  readonly pins?: PickupPins;
  readonly onProblem: (message: string) => void;
}

export interface AnswerDesk {
  readonly ports: AnswerPorts;
  readonly board: RingingBoard;
  readonly attempts: PickupAttempts;
  readonly takes: PickupTakes;
  readonly extensionOf: (channelName: string) => string | null;
  /** Settles when the board is true again; a question that comes before is answered then. */
  readonly ready: Promise<boolean> | null;
}

export type Picker = Pick<AriChannel, 'id' | 'name'> & Partial<Pick<AriChannel, 'state'>>;

/** What rings, who has what, and who is taking what, now. */
export function situationOf({
  ports,
  board,
  attempts,
}: Pick<AnswerDesk, 'board' | 'attempts'> & {
  readonly ports: Pick<AnswerPorts, 'nowMs'>;
}): Situation {
  const nowMs = ports.nowMs();
  const answered = [...attempts.underWay(nowMs), ...board.answered(nowMs)];
  return { ringing: board.ringing(), answered, claims: attempts.claims(), nowMs };
}

/** No answer takes nothing: the routine goes on and refuses by itself. */
export async function answerNothing(
  desk: AnswerDesk,
  link: AriLink,
  channel: Picker,
  why: string,
): Promise<Said> {
  desk.ports.onProblem(`a question of ${channel.name} gets no answer: ${why}`);
  return sayNothing(link, channel.id);
}

/** The first question. From the choice to the last command sent nothing waits, so two pickers cannot cross. */
export async function answerPicker(
  desk: AnswerDesk,
  link: AriLink,
  channel: Picker,
  args: readonly string[],
): Promise<Said> {
  const { ports, takes } = desk;
  const startUs = ports.monotonicUs();
  if (desk.ready) await desk.ready;
  const question = readPickupQuestion(channel, args, desk.extensionOf);
  const rights = ports.rights();
  if (!question || !rights) {
    const why = question ? 'no policy is loaded' : 'it is not of the form of the pickup codes';
    return answerNothing(desk, link, channel, why);
  }
  takes.onQuestion(channel.id);
  const situation = situationOf(desk);
  const choice = choose(situation, rights, question.request);
  const { picker } = question.request;
  const challenge = pickupChallenge(ports.pins, rights.settings, choice, picker, situation.nowMs);
  const decided = { question, rights, situation, choice, startUs };
  if (challenge) return answerByPin(desk, link, channel, decided, challenge);
  return conclude(desk, link, decided);
}

interface Decided {
  readonly question: PickupQuestion;
  readonly rights: PickupRights;
  readonly situation: Situation;
  readonly choice: Choice;
  /** When the work on it began, without the time that a picker took to enter a PIN. */
  readonly startUs: number;
  readonly grant?: PickupGrant;
  /** In the place of what the choice sounds like. */
  readonly announcement?: string;
}

function conclude(desk: AnswerDesk, link: AriLink, decided: Decided): Promise<Said> {
  const { question, rights, choice, situation, grant, announcement } = decided;
  const { ports } = desk;
  const said = sayChoice(link, question, choice, rights, { chosenBy: ports.chosenBy ?? null, announcement });
  const call =
    situation.ringing.find(({ callId }) => choice.kind === 'take' && callId === choice.callId) ?? null;
  const latencyUs = ports.monotonicUs() - decided.startUs;
  const record = openRecord(question, choice, call, situation.nowMs, latencyUs);
  if (choice.kind === 'take')
    begin(desk, choice, { request: question.request, grant: grant ?? null, call: call ?? undefined, record });
  return follow(desk, record, said);
}

/** Asks for the PIN, and chooses again: what rings, and the policy, may have changed meanwhile. */
async function answerByPin(
  desk: AnswerDesk,
  link: AriLink,
  channel: Picker,
  decided: Decided,
  challenge: PickupChallenge,
): Promise<Said> {
  const { ports } = desk;
  const { question, choice } = decided;
  const spentUs = ports.monotonicUs() - decided.startUs;
  const entered = ports.pins ? await askForPickupPin(ports.pins, link, channel, challenge) : null;
  const startUs = ports.monotonicUs() - spentUs;
  const rights = ports.rights();
  if (entered?.kind === 'abandoned') {
    const record = openRecord(question, choice, null, decided.situation.nowMs, spentUs);
    return follow(desk, { ...record, told: null }, Promise.resolve('gone'));
  }
  // A channel that still waits when the link is back is asked again.
  if (entered?.kind === 'lost') return 'unsaid';
  const situation = situationOf(desk);
  if (entered?.kind === 'granted' && rights !== null) {
    const { grant } = entered;
    const again = choose(situation, rights, question.request, { grant });
    return conclude(desk, link, { question, rights, situation, choice: again, startUs, grant });
  }
  if (entered?.kind !== 'refused' || rights === null) {
    return answerNothing(desk, link, channel, 'the dialogue for a PIN was stopped');
  }
  const { rule, announcement } = entered;
  const refused = choice.kind === 'no-right' && rule !== null ? { ...choice, rule } : choice;
  const words = announcement === null ? {} : { announcement };
  return conclude(desk, link, { question, rights, situation, choice: refused, startUs, ...words });
}

function begin(
  desk: AnswerDesk,
  { callId, candidates }: Choice & { kind: 'take' },
  asked: Pick<Attempt, 'request' | 'grant' | 'call' | 'record'>,
): void {
  const { picker, pickerChannelId } = asked.request;
  const [, ...rest] = candidates;
  desk.attempts.begin({ ...asked, picker: picker ?? '', pickerChannelId, callId, candidates, rest });
  desk.ports.record(asked.record);
}

/** What became of the words: a refusal ends with them, an attempt goes on. */
async function follow(desk: AnswerDesk, record: PickupRecord, said: Promise<Said>): Promise<Said> {
  const result = await said;
  const outcomes = { said: 'told', gone: 'abandoned', unsaid: 'unknown' } as const;
  if (record.choice === 'take') {
    if (result !== 'said') desk.attempts.end(record.pickerChannelId, outcomes[result]);
    return result;
  }
  const settledAfterMs = Math.max(0, desk.ports.nowMs() - record.atMs);
  desk.ports.record({ ...record, outcome: outcomes[result], settledAfterMs });
  return result;
}
