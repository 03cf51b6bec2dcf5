// One question of the screening routine, answered: read it, have it judged, say the verdict to the channel.
import type { AriChannel, AriLink } from './ari/link.ts';
import type { Destination } from '../numbering/destination.ts';
import type { OutboundCall, Verdict } from '../barring/verdict.ts';
import { EXTENSION_LENGTH_MAX } from './dialplan/screening.ts';
import { CONTEXTS, VARIABLES } from './dialplan/variables.ts';
import { readScreeningRequest, type ScreeningRequest } from './screening-request.ts';

export interface Judgement {
  readonly destination: Destination;
  readonly verdict: Verdict;
}

/** What became of a decision: said to the channel, the caller gone before, or the link lost on the way. */
export type DecisionOutcome = 'said' | 'abandoned' | 'unsaid';

export interface DecisionRecord extends Judgement {
  readonly request: ScreeningRequest;
  readonly atMs: number;
  /** From the event in hand to the verdict on the wire. */
  readonly latencyUs: number;
  readonly outcome: DecisionOutcome;
}

export interface ScreeningPorts {
  /** Null while no policy is loaded: the routine gets no verdict, and its static rules decide. */
  readonly judge: (call: OutboundCall) => Judgement | null;
  readonly nowMs: () => number;
  /** Monotonic, microseconds. */
  readonly monotonicUs: () => number;
  readonly record: (record: DecisionRecord) => void;
  readonly onProblem: (message: string, request: { readonly channelName: string }) => void;
}

/**
 * Answers one question. The commands go out in one burst on one socket, the verdict before the `continue`, so the
 * comparison in the dialplan always finds what was said; nothing here waits before the last of them is sent.
 * Resolves when Asterisk has taken them; never rejects.
 */
export async function screenChannel(
  link: AriLink,
  channel: Pick<AriChannel, 'id' | 'name'>,
  args: readonly string[],
  ports: ScreeningPorts,
): Promise<void> {
  const startUs = ports.monotonicUs();
  const request = readScreeningRequest(channel, args);
  if (!request) {
    ports.onProblem('a screening question that is not of the routine’s form gets no verdict', {
      channelName: channel.name,
    });
    await settle([link.continueInDialplan(channel.id)]);
    return;
  }
  const atMs = ports.nowMs();
  const { payer, via } = request.identity;
  const judgement = ports.judge({ dialled: request.dialled, payer, via, atMs });
  if (!judgement) {
    ports.onProblem('no policy is loaded: the static rules of the dialplan decide', request);
    await settle([link.continueInDialplan(channel.id)]);
    return;
  }
  const sent = sayVerdict(link, request, judgement);
  const latencyUs = ports.monotonicUs() - startUs;
  const outcome = await settle(sent);
  ports.record({ ...judgement, request, atMs, latencyUs, outcome });
}

/**
 * I5: an allowing verdict names the number as it was read here. The dialplan has its own reading of the same string, and
 * dials only where the two are equal.
 */
function sayVerdict(link: AriLink, request: ScreeningRequest, judgement: Judgement): Promise<unknown>[] {
  const { channelId, nonce } = request;
  const { verdict, destination } = judgement;
  if (verdict.kind === 'continue') return sayAllow(link, channelId, `allow:${nonce}:${destination.number}`);
  const denial = verdict.kind === 'challenge' ? verdict.denial : verdict;
  return [
    link.setVariable(channelId, VARIABLES.announcement, denial.announcement),
    link.setVariable(channelId, VARIABLES.cause, String(denial.cause)),
    link.setVariable(channelId, VARIABLES.verdict, `deny:${nonce}`),
    link.continueInDialplan(channelId),
  ];
}

/** At the verdict itself where it fits into an extension: a variable costs Asterisk two more changes of thread. */
function sayAllow(link: AriLink, channelId: string, words: string): Promise<unknown>[] {
  if (words.length <= EXTENSION_LENGTH_MAX) {
    return [link.continueInDialplan(channelId, { context: CONTEXTS.number, extension: words, priority: 1 })];
  }
  return [link.setVariable(channelId, VARIABLES.verdict, words), link.continueInDialplan(channelId)];
}

async function settle(commands: readonly Promise<unknown>[]): Promise<DecisionOutcome> {
  const results = await Promise.allSettled(commands);
  if (results.some((result) => result.status === 'rejected')) return 'unsaid';
  return results.some((result) => result.status === 'fulfilled' && result.value === 'gone')
    ? 'abandoned'
    : 'said';
}
