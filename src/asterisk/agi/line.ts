// A call that came in by FastAGI, as the line that screening and the dialogue for a PIN speak over.
import { AppError } from '../../errors.ts';
import type { Done } from '../ari/link.ts';
import type { PinEars } from '../pin-session.ts';
import type { PinTiming } from '../pin-timing.ts';
import type { ScreeningLine } from '../screening-line.ts';
import { answer, progress, setVariable, streamFile, waitForDigit } from './command.ts';
import type { AgiExchange, Answered } from './exchange.ts';

/** Answering waits for media, half a second at most (main/channel.c, ast_answer). */
const ANSWER_MS = 1000;
/** A wait for a digit is over so much before the dialogue's own, so that it need not be broken off. */
const SOONER_MS = 100;
/** Digits heard behind one prompt; far more than any PIN has. */
const DIGITS_MAX = 64;

export interface AgiLineOptions {
  readonly exchange: AgiExchange;
  readonly channel: { readonly id: string; readonly state: string };
  readonly ears: PinEars;
  readonly timing: PinTiming;
  readonly commandMs: number;
}

/**
 * AGI does one thing at a time: a prompt is a command that lasts, and digits come as the results of commands that wait for one.
 * A prompt ends at the first digit; behind it, digits are waited for until the entry ends or nothing more comes.
 */
export function createAgiLine({ exchange, channel, ears, timing, commandMs }: AgiLineOptions): ScreeningLine {
  let isOffered = channel.state === 'Up';

  const hearDigit = (digit: string) => ears.onDigit(channel.id, digit);

  const playAll = async (sounds: readonly string[]): Promise<string> => {
    if (!isOffered) await exchange.send(progress, commandMs);
    isOffered = true;
    for (const sound of sounds) {
      const played = await exchange.send(streamFile(sound), timing.promptMs + timing.stopMs, 'sound');
      if (played.kind === 'ended') return '';
      const digit = digitIn(played);
      if (digit !== '') return digit;
    }
    return '';
  };

  const listen = async (first: string) => {
    let digit = first;
    for (let heard = 0; heard < DIGITS_MAX && digit !== '#' && !exchange.hasLeft; heard += 1) {
      const waitMs = (digit === '' ? timing.firstDigitMs : timing.silenceMs) - SOONER_MS;
      digit = digitIn(await exchange.send(waitForDigit(waitMs), waitMs + commandMs, 'digit'));
      if (digit === '') return;
      hearDigit(digit);
    }
  };

  const prompt = async (sounds: readonly string[]) => {
    try {
      const digit = await playAll(sounds);
      if (digit !== '') hearDigit(digit);
      ears.onPlayed(channel.id);
      await listen(digit);
    } catch {
      // A deadline passed: the connection is cut, and that ends the dialogue.
    }
  };

  return {
    kind: 'agi',
    setVariable: async (_id, name, value) => done(await exchange.send(setVariable(name, value), commandMs)),
    async answer() {
      isOffered = true;
      return done(await exchange.send(answer, commandMs + ANSWER_MS));
    },
    play(_id, sounds) {
      void prompt(sounds);
      return Promise.resolve(exchange.hasLeft ? 'gone' : 'done');
    },
    stopPlayback: async () => done(await exchange.stopSound(timing.stopMs)),
    async continueInDialplan() {
      const hadLeft = exchange.hasLeft;
      await exchange.finish();
      return hadLeft ? 'gone' : 'done';
    },
  };
}

/** The digit of a result, which is its ASCII code; '' for none. */
function digitIn(answered: Answered): string {
  if (answered.kind !== 'result') return '';
  const digit = String.fromCodePoint(Math.max(0, answered.result));
  return /^[0-9*#A-D]$/.test(digit) ? digit : '';
}

/** Throws `AppError('unavailable')` for a command that Asterisk refused, which is a mistake of ours or of its set-up. */
function done(answered: Answered): Done {
  if (answered.kind === 'ended') return 'gone';
  if (answered.kind === 'result') return 'done';
  // The channel is dead (511).
  if (answered.code === 511) return 'gone';
  throw new AppError('unavailable', `Asterisk refused a command of AGI with ${answered.code}.`);
}
