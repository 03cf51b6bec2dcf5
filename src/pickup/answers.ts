// The calls that were answered a moment ago, so that who comes too late is told by whom.

import type { CallFacts } from './protections.ts';

/** A call that no longer rings because somebody has it. */
export interface AnsweredCall {
  /** What protections look at, where it is known. */
  readonly call?: CallFacts;
  readonly callId: string;
  /** The extensions on whose phones it rang. */
  readonly extensions: readonly string[];
  /** Who answered or took it; null while no event has named him. */
  readonly by: string | null;
  readonly atMs: number;
  /** The extension whose ringing phone it was picked up from, where that is known. */
  readonly pickedUpFrom?: string | null;
}

/** How long a call counts as just answered. Nobody asks after a call that stopped ringing longer ago. */
const ANSWER_REMEMBERED_MS = 5_000;

/** What there is to hear of one answer arrives within an instant; what is heard later belongs to another one. */
const SAME_ANSWER_MS = 2_000;

const ANSWERS_MAX = 256;
const EXTENSIONS_MAX = 64;

/**
 * The list with what was heard of an answer added to it, oldest first, bounded by number and age. Several events tell
 * of one answer, each a part. `ringingSinceMs`: when the phone that tells it began to ring; an answer before that was
 * another one (a call can be answered, transferred and answered again).
 */
export function withAnswer(
  answers: readonly AnsweredCall[],
  heard: AnsweredCall,
  ringingSinceMs: number = Number.NEGATIVE_INFINITY,
): readonly AnsweredCall[] {
  const recent = answers
    .filter(({ atMs }) => heard.atMs - atMs <= ANSWER_REMEMBERED_MS)
    .slice(-ANSWERS_MAX + 1);
  const index = recent.findLastIndex(
    ({ callId, atMs, by }) =>
      callId === heard.callId &&
      atMs >= ringingSinceMs &&
      heard.atMs - atMs <= SAME_ANSWER_MS &&
      (by === null || heard.by === null || by === heard.by),
  );
  const before = recent[index];
  if (!before) return [...recent, heard];
  const extensions = [...new Set([...before.extensions, ...heard.extensions])].slice(0, EXTENSIONS_MAX);
  const call = before.call ?? heard.call;
  return recent.with(index, { ...before, extensions, by: before.by ?? heard.by, ...(call ? { call } : {}) });
}

/** Those that count as just answered at `nowMs`, latest first. */
export function justAnswered(answers: readonly AnsweredCall[], nowMs: number): readonly AnsweredCall[] {
  return answers.filter(({ atMs }) => nowMs - atMs <= ANSWER_REMEMBERED_MS).toReversed();
}
