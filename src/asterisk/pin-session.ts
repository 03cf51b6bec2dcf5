// The dialogue for a PIN: prompt, digits by DTMF, check, three tries; every wait in it has a deadline.
import { AppError } from '../errors.ts';
import type { AriEvent, Done } from './ari/link.ts';
import type { PinEntry as EntryMode } from '../barring/policy.ts';
import { createPinEntry, type PinEntry } from './pin-entry.ts';
import type { PinCheck, PinPorts } from './pin-ports.ts';
import { openPinLease, type PinLease } from './pin-lease.ts';
import { pinTiming, type PinTiming } from './pin-timing.ts';
import type { ScreeningLine } from './screening-line.ts';

export const PIN_TRIES = 3;

/** Dialogues at once; the caller of a further one is refused. */
const SESSIONS_MAX = 500;

export interface PinDialogue {
  readonly channelId: string;
  /** True where the channel is answered already. */
  readonly answered: boolean;
  readonly who: string;
  readonly pins: readonly string[];
  readonly entry: EntryMode;
  /** Sound names, several joined by `&`: the prompt, and what is said after a wrong PIN. */
  readonly prompt: string;
  readonly wrong: string;
}

/**
 * `silent`: nothing was entered in any try. `abandoned`: the caller hung up; `lost`: the link was; `stopped`: the daemon
 * ends. In these three nobody is told anything.
 */
export type PinOutcome = { readonly tries: number } & (
  | { readonly kind: 'right'; readonly id: string }
  | { readonly kind: 'silent' | 'wrong' | 'locked' }
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'unavailable'; readonly why: string }
);

type PinEnding = 'abandoned' | 'lost' | 'stopped';

/** What a dialogue hears of its call, whichever door it came in by. */
export interface PinEars {
  onDigit(channelId: string, digit: string): void;
  /** The prompt has ended. */
  onPlayed(channelId: string): void;
  /** The call has left: hung up, or taken on by the dialplan at its own deadline. */
  onLeft(channelId: string): void;
}

export interface PinSessions extends PinEars {
  /** Every event of the ARI link, in order. */
  onEvent(event: AriEvent): void;
  /** The ARI link is lost: what was under way over it ends as `lost`. */
  onDown(): void;
  /** The daemon ends: what is under way ends as `stopped`, and so does what comes later. */
  stop(): void;
  /** Never rejects. Where the call goes on, nothing plays on its channel any more when it resolves. */
  ask(link: ScreeningLine, dialogue: PinDialogue): Promise<PinOutcome>;
  readonly size: number;
}

export interface PinSessionPorts {
  readonly pins: PinPorts;
  readonly nowMs: () => number;
  readonly timing?: PinTiming;
}

interface Session {
  readonly link: ScreeningLine;
  readonly dialogue: PinDialogue;
  readonly ports: PinSessionPorts;
  readonly timing: PinTiming;
  readonly lease: PinLease;
  answered: boolean;
  /** Null while digits are not wanted: from the end of an entry to the next prompt. */
  entry: PinEntry | null;
  playing: boolean;
  ending: PinEnding | null;
  tries: number;
  /** Looks again at what the dialogue waits for; it waits for one thing at a time. */
  look: () => void;
}

export function createPinSessions(ports: PinSessionPorts): PinSessions {
  const sessions = new Map<string, Session>();
  let stopped = false;
  const ears = earsOf(sessions);
  return {
    ...ears,
    onEvent: (event) => hear(ears, event),
    onDown: () => {
      for (const session of sessions.values()) if (session.link.kind !== 'agi') end(session, 'lost');
    },
    stop: () => {
      stopped = true;
      for (const session of sessions.values()) end(session, 'stopped');
    },
    async ask(link, dialogue) {
      if (stopped) return { kind: 'stopped', tries: 0 };
      if (sessions.size >= SESSIONS_MAX || sessions.has(dialogue.channelId)) {
        return { kind: 'unavailable', why: `${sessions.size} callers are being asked for a PIN`, tries: 0 };
      }
      const session = openSession(link, dialogue, ports);
      sessions.set(dialogue.channelId, session);
      try {
        const outcome = await converse(session);
        // The dialplan sets its own deadline behind the verdict: one of ours that came later would cut the call.
        if (session.ending === null && !(await session.lease.end()))
          throw new AppError('unavailable', 'No answer.');
        return outcome;
      } catch {
        // A command was refused or its deadline passed: the link is lost, or as good as lost.
        return { kind: 'lost', tries: session.tries };
      } finally {
        void session.lease.end();
        sessions.delete(dialogue.channelId);
        if (session.playing) void link.stopPlayback(promptId(dialogue.channelId)).catch(() => undefined);
      }
    },
    get size() {
      return sessions.size;
    },
  };
}

function openSession(link: ScreeningLine, dialogue: PinDialogue, ports: PinSessionPorts): Session {
  const timing = ports.timing ?? pinTiming;
  const session: Session = {
    link,
    dialogue,
    ports,
    timing,
    lease: openPinLease(link, dialogue.channelId, timing, (why) => {
      end(session, why === 'gone' ? 'abandoned' : 'lost');
    }),
    answered: dialogue.answered,
    entry: createPinEntry(),
    playing: false,
    ending: null,
    tries: 0,
    look: () => undefined,
  };
  return session;
}

function earsOf(sessions: ReadonlyMap<string, Session>): PinEars {
  return {
    onDigit(channelId, digit) {
      const session = sessions.get(channelId);
      session?.entry?.press(digit);
      session?.look();
    },
    onPlayed(channelId) {
      const session = sessions.get(channelId);
      if (!session) return;
      session.playing = false;
      session.look();
    },
    onLeft(channelId) {
      const session = sessions.get(channelId);
      if (session) end(session, 'abandoned');
    },
  };
}

function hear(ears: PinEars, event: AriEvent): void {
  if (event.type === 'PlaybackFinished') {
    if (event.playbackId === promptId(event.channelId)) ears.onPlayed(event.channelId);
  } else if (event.type === 'ChannelDtmfReceived') {
    ears.onDigit(event.channel.id, event.digit);
  } else if (event.type === 'StasisEnd') {
    ears.onLeft(event.channel.id);
  }
}

function end(session: Session, ending: PinEnding): void {
  session.ending ??= ending;
  session.look();
}

/** One name for all prompts of a channel, so that one that a lost dialogue left playing can be stopped. */
export function promptId(channelId: string): string {
  return `callwarden-pin-${channelId}`;
}

async function converse(session: Session): Promise<PinOutcome> {
  let sounds = session.dialogue.prompt;
  let wrong = 0;
  while (session.tries < PIN_TRIES) {
    const digits = await readEntry(session, sounds);
    if (session.ending) return ended(session, digits);
    session.tries += 1;
    sounds = session.dialogue.prompt;
    // Silence is a try that nobody made.
    if (digits === '') continue;
    const check = await checkEntry(session, digits);
    const { tries } = session;
    if (check === null) return ended(session, '');
    if (check.kind === 'right') return { kind: 'right', id: check.id, tries };
    if (check.kind === 'unavailable') return { kind: 'unavailable', why: check.why, tries };
    if (check.kind === 'locked' || check.lockedUntilMs !== null) return { kind: 'locked', tries };
    sounds = session.dialogue.wrong;
    wrong += 1;
  }
  return { kind: wrong === 0 ? 'silent' : 'wrong', tries: session.tries };
}

function ended(session: Session, unchecked: string): PinOutcome {
  const { ending, ports, dialogue, tries } = session;
  if (ending === 'abandoned' && unchecked !== '') ports.pins.abandoned(dialogue.who, ports.nowMs());
  return { kind: ending ?? 'lost', tries };
}

/** Prompts and reads one entry; '' when nothing was entered. Returns early, with what there is, when the call ends. */
async function readEntry(session: Session, sounds: string): Promise<string> {
  session.entry ??= createPinEntry();
  const { entry, timing } = session;
  if (session.dialogue.entry === 'answer') await answer(session);
  await prompt(session, sounds, entry);
  await until(session, () => entry.begun, timing.firstDigitMs);
  if (!entry.begun && session.dialogue.entry === 'auto' && !session.answered && !session.ending) {
    // Some phones send no digits before the answer.
    await answer(session);
    await prompt(session, sounds, entry);
    await until(session, () => entry.begun, timing.firstDigitMs);
  }
  const closesAtMs = performance.now() + timing.entryMs;
  while (entry.begun && !entry.ended && !session.ending) {
    const { presses } = entry;
    const leftMs = Math.min(timing.silenceMs, closesAtMs - performance.now());
    await until(session, () => entry.ended || entry.presses > presses, leftMs);
    if (entry.presses === presses) break;
  }
  session.entry = null;
  return entry.take();
}

async function answer(session: Session): Promise<void> {
  if (session.answered || session.ending) return;
  takeNote(session, await session.link.answer(session.dialogue.channelId));
  session.answered = true;
}

/** Plays until the end or the first digit. Behind it nothing plays, so that the channel takes commands at once. */
async function prompt(session: Session, sounds: string, entry: PinEntry): Promise<void> {
  if (session.ending) return;
  const { link, timing, lease } = session;
  const { channelId } = session.dialogue;
  const names = sounds.split('&').filter((name) => name !== '');
  session.playing = names.length > 0;
  const play = session.playing ? () => link.play(channelId, names, promptId(channelId)) : null;
  for (const done of await lease.prompt(play)) takeNote(session, done);
  await until(session, () => !session.playing || entry.begun, timing.promptMs);
  if (session.playing && !session.ending) {
    // Without res_ari_playbacks nothing can be stopped: a prompt is then waited for.
    const stopped = await link.stopPlayback(promptId(channelId));
    await until(session, () => !session.playing, stopped === 'done' ? timing.stopMs : timing.promptMs);
    if (session.playing && !session.ending) throw new AppError('unavailable', 'The prompt does not end.');
  }
  if (!session.ending) lease.prompted();
}

function takeNote(session: Session, done: Done): void {
  if (done === 'gone') end(session, 'abandoned');
}

/** Null when the call ended meanwhile. Whoever knows the PINs has counted the try then. */
async function checkEntry(session: Session, digits: string): Promise<PinCheck | null> {
  const { dialogue, ports, timing } = session;
  const { who, pins } = dialogue;
  let check: PinCheck | null = null;
  const askPins = async () => {
    try {
      check = await ports.pins.check({ who, pins, digits, atMs: ports.nowMs() });
    } catch {
      // The error is not told: it might hold what was entered.
      check = { kind: 'unavailable', why: 'the check failed' };
    }
    session.look();
  };
  void askPins();
  await until(session, () => check !== null, timing.checkMs);
  if (session.ending) return null;
  return check ?? { kind: 'unavailable', why: `no answer within ${timing.checkMs} ms` };
}

/** Resolves when it is so, when the call ends, or at the deadline, whichever comes first. */
async function until(session: Session, isSo: () => boolean, deadlineMs: number): Promise<void> {
  if (session.ending || isSo()) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.max(0, deadlineMs));
  session.look = () => {
    if (session.ending || isSo()) resolve();
  };
  await promise;
  clearTimeout(timer);
  session.look = () => undefined;
}
