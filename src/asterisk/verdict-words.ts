// A verdict said to the waiting channel: variables first, then the way on into the dialplan.
import type { ContinueVerdict, DenyVerdict } from '../barring/verdict.ts';
import type { Destination } from '../numbering/destination.ts';
import { EXTENSION_LENGTH_MAX } from './dialplan/screening.ts';
import { CONTEXTS, VARIABLES } from './dialplan/variables.ts';
import type { ScreeningLine } from './screening-line.ts';
import type { ScreeningRequest } from './screening-request.ts';

/**
 * Sends the commands in one burst, the verdict before the `continue`, so the comparison in the dialplan always finds what was
 * said. I5: an allowing verdict names the number as it was read here. The dialplan has its own reading of the same string,
 * and dials only where the two are equal.
 */
export function sayVerdict(
  link: ScreeningLine,
  { channelId, nonce }: ScreeningRequest,
  verdict: ContinueVerdict | DenyVerdict,
  { number }: Destination,
): Promise<unknown>[] {
  if (verdict.kind === 'deny') {
    return [
      link.setVariable(channelId, VARIABLES.announcement, verdict.announcement),
      link.setVariable(channelId, VARIABLES.cause, String(verdict.cause)),
      link.setVariable(channelId, VARIABLES.verdict, `deny:${nonce}`),
      link.continueInDialplan(channelId),
    ];
  }
  if (verdict.maxDurationMs === null) return sayAllow(link, channelId, `allow:${nonce}:${number}`);
  return [
    link.setVariable(channelId, VARIABLES.limitMs, String(Math.max(1, Math.trunc(verdict.maxDurationMs)))),
    ...sayAllow(link, channelId, `limit:${nonce}:${number}`),
  ];
}

/**
 * At the verdict itself where it fits into an extension: over ARI, a variable costs Asterisk two more changes of thread. Over
 * AGI it is the variable that is one command.
 */
function sayAllow(link: ScreeningLine, channelId: string, words: string): Promise<unknown>[] {
  if (link.kind !== 'agi' && words.length <= EXTENSION_LENGTH_MAX) {
    return [link.continueInDialplan(channelId, { context: CONTEXTS.number, extension: words, priority: 1 })];
  }
  return [link.setVariable(channelId, VARIABLES.verdict, words), link.continueInDialplan(channelId)];
}
