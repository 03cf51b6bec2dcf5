// Pickup from the first event to the record: the board is fed, pickers are answered, and their attempts followed.
import type { AriChannel, AriEvent, AriLink } from './ari/link.ts';
import { createBoardFeed, type BoardFeed } from './board-feed.ts';
import { JOBS } from './dialplan/variables.ts';
import { endpointOf } from './identity.ts';
import { createPickupAttempts, type PickupAttempts, type PickupHint } from './pickup-attempts.ts';
import { openRecord, type PickupRecord } from './pickup-record.ts';
import { answerMissed } from './pickup-missed.ts';
import { readMissedNonce, readPickupQuestion, type PickupQuestion } from './pickup-request.ts';
import { createPickupTakes, type PickupTakes } from './pickup-take.ts';
import { refusalSounds, sayNothing, sayRefusal, sayTake, type Said } from './pickup-words.ts';
import { createQuestions } from './questions.ts';
import { createRingingBoard, type RingingBoard } from '../pickup/board.ts';
import type { Choice, PickupRequest, RingingCall } from '../pickup/call.ts';
import { choose, type Situation } from '../pickup/choose.ts';
import type { RingRecord } from '../pickup/ring-record.ts';
import type { PickupRights } from '../pickup/rights.ts';
import type { TakeOutcome, TakeRequest } from '../pickup/take.ts';

export interface PickupPorts {
  /** Null while no policy is loaded: nobody takes anything, and the dialplan says so by itself. */
  readonly rights: () => PickupRights | null;
  /** True for the endpoints that are phones of the house; legs of all others never ring on the board. */
  readonly isExtension: (endpoint: string) => boolean;
  /** The application that asks why a pickup was lost, where there are several daemons; else null. */
  readonly chosenBy?: string | null;
  readonly nowMs: () => number;
  /** Monotonic, microseconds. */
  readonly monotonicUs: () => number;
  /** Called when a pickup is chosen and again when its outcome is known, with the same id. */
  readonly record: (record: PickupRecord) => void;
  /** A call has stopped ringing for good. */
  readonly onRung?: (record: RingRecord) => void;
  /** What rings may have changed; called often, so whoever listens looks at `ringing()` when he has time. */
  readonly onBoardChange?: () => void;
  readonly onProblem: (message: string) => void;
}

type Picker = Pick<AriChannel, 'id' | 'name'>;

export interface Pickup {
  /** Every event of the link, in order. */
  onEvent(event: AriEvent): void;
  /** After each connect, before waiting channels are adopted. False when the board could not be made true. */
  onUp(link: AriLink): Promise<boolean>;
  /** The link is lost: nothing is asked over it any more. */
  onDown(): void;
  /**
   * A channel that came to the application for one of the two pickup jobs, by event or found waiting; `args` are those
   * of `Stasis()`, the job first. Never throws and never rejects.
   */
  onStasisStart(link: AriLink, channel: Picker, args: readonly string[]): void;
  onAmiPickup(hint: PickupHint): void;
  /**
   * Calls the picker's phone, if he may take the call; when he answers it is his. Resolves with what came of it, null while
   * there is no policy or no connection. Never rejects.
   */
  take(request: TakeRequest): Promise<TakeOutcome | null>;
  /** Longest ringing first. */
  ringing(): readonly RingingCall[];
  counts(): { readonly channels: number; readonly dropped: number; readonly attempts: number };
  /** Resolves when everything that was said has been taken by Asterisk or given up. */
  idle(): Promise<void>;
}

interface Desk {
  readonly ports: PickupPorts;
  readonly board: RingingBoard;
  readonly feed: BoardFeed;
  readonly attempts: PickupAttempts;
  readonly takes: PickupTakes;
  readonly extensionOf: (channelName: string) => string | null;
  link: AriLink | null;
  /** Settles when the board is true again; a question that comes before is answered then. */
  ready: Promise<boolean> | null;
}

/** Puts pickup together; the caller connects it to a link and to the channels that come to the application. */
export function createPickup(given: PickupPorts): Pickup {
  const extensionOf = (channelName: string): string | null => {
    const endpoint = endpointOf(channelName);
    return endpoint !== null && given.isExtension(endpoint) ? endpoint : null;
  };
  const questions = createQuestions();
  const board = createRingingBoard({ extensionOf });
  const ports: PickupPorts = {
    ...given,
    record: (record) => {
      given.record(record);
      desk.takes.onRecord(record);
    },
  };
  const desk: Desk = {
    ports,
    board,
    feed: createBoardFeed({ board, nowMs: ports.nowMs, onProblem: ports.onProblem }),
    attempts: createPickupAttempts({ board, nowMs: ports.nowMs, record: ports.record }),
    takes: createPickupTakes({
      link: () => desk.link,
      rights: () => ports.rights(),
      isExtension: (endpoint) => ports.isExtension(endpoint),
      situation: () => situationOf(desk),
      record: (record) => given.record(record),
    }),
    extensionOf,
    link: null,
    ready: null,
  };
  return {
    onEvent: (event) => {
      desk.feed.onEvent(event);
      desk.attempts.onEvent(event, desk.link);
      desk.takes.onEvent(event);
      ports.onBoardChange?.();
    },
    onUp: (link) => up(desk, link),
    onDown: () => {
      desk.link = null;
      desk.takes.onDown();
    },
    onStasisStart: (link, channel, args) =>
      questions.takeOnce(channel.id, args, async () => {
        // Whether Asterisk took it nobody knows. A picker who still waits when the link is back has not been told.
        if ((await answer(desk, link, channel, args)) === 'unsaid') questions.forget(channel.id, args);
      }),
    onAmiPickup: (hint) => desk.attempts.onHint(hint),
    take: (request) => desk.takes.take(request),
    ringing: () => board.ringing(),
    counts: () => ({ ...board.counts(), attempts: desk.attempts.size }),
    idle: () => questions.idle(),
  };
}

function situationOf({ ports, board, attempts }: Desk): Situation {
  const nowMs = ports.nowMs();
  return { ringing: board.ringing(), answered: board.answered(nowMs), claims: attempts.claims(), nowMs };
}

async function up(desk: Desk, link: AriLink): Promise<boolean> {
  desk.link = link;
  const ready = desk.feed.onUp(link);
  desk.ready = ready;
  const done = await ready;
  if (desk.ready === ready) desk.ready = null;
  desk.ports.onBoardChange?.();
  return done;
}

function answer(desk: Desk, link: AriLink, channel: Picker, args: readonly string[]): Promise<Said> {
  const [job = '', ...rest] = args;
  switch (job) {
    case JOBS.pickup:
      return answerPicker(desk, link, channel, rest);
    case JOBS.pickupMissed: {
      const nonce = readMissedNonce(rest);
      if (nonce !== null) return answerMissed(desk, link, channel.id, nonce);
      return answerNothing(desk, link, channel, 'it is not of the form of a lost pickup');
    }
    default:
      return answerNothing(desk, link, channel, `the job ${JSON.stringify(job)} is none of ours`);
  }
}

/** No answer takes nothing: the routine goes on and refuses by itself. */
async function answerNothing(desk: Desk, link: AriLink, channel: Picker, why: string): Promise<Said> {
  desk.ports.onProblem(`a question of ${channel.name} gets no answer: ${why}`);
  return sayNothing(link, channel.id);
}

/** The first question. From the choice to the last command sent nothing waits, so two pickers cannot cross. */
async function answerPicker(
  desk: Desk,
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
  const { ringing, nowMs } = situation;
  const choice = choose(situation, rights, question.request);
  const said = say(desk, link, question, choice, rights);
  const call = ringing.find(({ callId }) => choice.kind === 'take' && callId === choice.callId) ?? null;
  const record = openRecord(question, choice, call, nowMs, ports.monotonicUs() - startUs);
  if (choice.kind === 'take') begin(desk, choice, question.request, record);
  return follow(desk, record, said);
}

function say(
  { ports }: Desk,
  link: AriLink,
  { nonce, request }: PickupQuestion,
  choice: Choice,
  { announcements, settings }: PickupRights,
): Promise<Said> {
  const { pickerChannelId } = request;
  if (choice.kind === 'take') {
    const { connectedLine } = settings;
    const taking = { candidates: choice.candidates, connectedLine, chosenBy: ports.chosenBy ?? null };
    return sayTake(link, pickerChannelId, nonce, taking);
  }
  const by = choice.kind === 'already-taken' ? choice.by : null;
  const sounds = refusalSounds(announcements, settings, choice.kind, by);
  return sayRefusal(link, pickerChannelId, nonce, choice.kind, sounds);
}

function begin(
  desk: Desk,
  { callId, candidates }: Choice & { kind: 'take' },
  request: PickupRequest,
  record: PickupRecord,
): void {
  const { picker, pickerChannelId } = request;
  desk.attempts.begin({ request, picker: picker ?? '', pickerChannelId, callId, candidates, record });
  desk.ports.record(record);
}

/** What became of the words: a refusal ends with them, an attempt goes on. */
async function follow(desk: Desk, record: PickupRecord, said: Promise<Said>): Promise<Said> {
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
