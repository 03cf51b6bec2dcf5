// Pickup from the first event to the record: the board is fed, pickers are answered, and their attempts followed.
import { messageOf } from '../errors.ts';
import type { AriEvent, AriLink } from './ari/link.ts';
import { createBoardFeed, type BoardFeed } from './board-feed.ts';
import { JOBS } from './dialplan/variables.ts';
import { endpointOf } from './identity.ts';
import { answerMissed } from './pickup-missed.ts';
import { createQuestions } from './questions.ts';
import { createRingClock } from './ring-clock.ts';
import {
  answerNothing,
  answerPicker,
  situationOf,
  type AnswerDesk,
  type AnswerPorts,
  type Picker,
} from './pickup-answer.ts';
import { createPickupAttempts, type PickupHint } from './pickup-attempts.ts';
import { createPickupCleanup } from './pickup-cleanup.ts';
import { readMissedNonce } from './pickup-request.ts';
import { createPickupTakes } from './pickup-take.ts';
import type { Said } from './pickup-words.ts';
import { createRingingBoard } from '../pickup/board.ts';
import type { RingingCall } from '../pickup/call.ts';
import type { RingRecord } from '../pickup/ring-record.ts';
import type { TakeOutcome, TakeRequest } from '../pickup/take.ts';

export interface PickupPorts extends AnswerPorts {
  /** True for the endpoints that are phones of the house; legs of all others never ring on the board. */
  readonly isExtension: (endpoint: string) => boolean;
  /** A call has stopped ringing for good. */
  readonly onRung?: (record: RingRecord) => void;
  /** What rings may have changed; called often, so whoever listens looks at `ringing()` when he has time. */
  readonly onBoardChange?: () => void;
}

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
  /** No more events come: hands on the records of calls that rang, those that still ring with an end that is not known. */
  stop(): void;
  /** Resolves when everything that was said has been taken by Asterisk or given up. */
  idle(): Promise<void>;
}

interface Desk extends AnswerDesk {
  readonly ports: PickupPorts;
  readonly feed: BoardFeed;
  link: AriLink | null;
  ready: Promise<boolean> | null;
}

/** Puts pickup together; the caller connects it to a link and to the channels that come to the application. */
export function createPickup(given: PickupPorts): Pickup {
  const extensionOf = (channelName: string): string | null => {
    const endpoint = endpointOf(channelName);
    return endpoint !== null && given.isExtension(endpoint) ? endpoint : null;
  };
  const questions = createQuestions((channelId, error) => {
    given.onProblem(`a question of ${channelId} could not be answered: ${messageOf(error)}`);
  });
  const rings = createRingClock({ onRung: (record) => given.onRung?.(record) }, given.nowMs);
  const board = createRingingBoard({ extensionOf, watcher: rings.log });
  const ports: PickupPorts = {
    ...given,
    record: (record) => {
      given.record(desk.takes.named(record));
      desk.takes.onRecord(record);
    },
  };
  const cleanup = createPickupCleanup({ link: () => desk.link, onProblem: ports.onProblem });
  const desk: Desk = {
    ports,
    board,
    feed: createBoardFeed({
      board,
      nowMs: ports.nowMs,
      onProblem: ports.onProblem,
      onFound: () => ports.onBoardChange?.(),
    }),
    attempts: createPickupAttempts({
      board,
      nowMs: ports.nowMs,
      record: ports.record,
      onEnded: (...ended) => cleanup.onEnded(...ended),
    }),
    takes: createPickupTakes({
      link: () => desk.link,
      rights: () => ports.rights(),
      isExtension: (endpoint) => ports.isExtension(endpoint),
      situation: () => situationOf(desk),
      record: (record) => given.record(desk.takes.named(record)),
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
      rings.look();
      ports.onBoardChange?.();
    },
    onUp: async (link) => {
      const done = await up(desk, link);
      rings.look();
      return done;
    },
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
    stop: () => rings.log.close(given.nowMs()),
    idle: () => questions.idle(),
  };
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
