// One question of the screening routine, answered: read it, have it judged, ask for a PIN if need be, say the verdict.
import type { AriChannel } from './ari/link.ts';
import type { Destination } from '../numbering/destination.ts';
import type {
  ChallengeVerdict,
  ContinueVerdict,
  DenyReason,
  DenyVerdict,
  OutboundCall,
  Verdict,
} from '../barring/verdict.ts';
import type { PinOutcome, PinSessions } from './pin-session.ts';
import { readScreeningRequest, type ScreeningRequest } from './screening-request.ts';
import type { ScreeningLine } from './screening-line.ts';
import { sayVerdict } from './verdict-words.ts';

export interface Judgement {
  readonly destination: Destination;
  readonly verdict: Verdict;
}

/** What became of a decision: said to the channel, the caller gone before, or the link lost on the way. */
export type DecisionOutcome = 'said' | 'abandoned' | 'unsaid';

/** How a caller was asked for a PIN; its digits are nowhere. */
export interface PinStory {
  readonly outcome: PinOutcome['kind'];
  readonly tries: number;
  /** Of the PIN that was right; null where none was. */
  readonly id: string | null;
  /** Why it was asked for: the refusal that it stood for, or null where it is asked in any case. */
  readonly instead: DenyReason | null;
}

export interface DecisionRecord extends Judgement {
  readonly request: ScreeningRequest;
  readonly atMs: number;
  /** From the event in hand to the verdict on the wire, without the time that a caller took to enter a PIN. */
  readonly latencyUs: number;
  readonly outcome: DecisionOutcome;
  readonly pin: PinStory | null;
}

/** What a refusal sounds like, and the Q.850 cause that it ends with. */
export interface RefusalWords {
  readonly announcement: string;
  readonly cause: number;
}

export interface ScreeningPorts {
  /** Null while no policy is loaded: the routine gets no verdict, and its static rules decide. */
  readonly judge: (call: OutboundCall, request: ScreeningRequest) => Judgement | null;
  /** True for the endpoints that are phones of the house. */
  readonly isExtension: (endpoint: string) => boolean;
  readonly pins: Pick<PinSessions, 'ask'>;
  /** The words for a refusal that the dialogue itself came to, in the language of the channel. */
  readonly refusal: (reason: DenyReason, language: string) => RefusalWords;
  readonly nowMs: () => number;
  /** Monotonic, microseconds. */
  readonly monotonicUs: () => number;
  readonly record: (record: DecisionRecord) => void;
  readonly onProblem: (message: string, request: { readonly channelName: string }) => void;
}

/** `unanswered`: no verdict was said, and the question may be taken again where the channel still waits. */
export type Screened = 'answered' | 'unanswered';

type Asking = Pick<AriChannel, 'id' | 'name' | 'state'>;

/**
 * Answers one question. The commands of a verdict go out in one burst on one socket; where no PIN is asked for, nothing
 * here waits before the last of them is sent. Resolves when Asterisk has taken them; never rejects.
 */
export async function screenChannel(
  link: ScreeningLine,
  channel: Asking,
  args: readonly string[],
  ports: ScreeningPorts,
): Promise<Screened> {
  const startUs = ports.monotonicUs();
  const request = readScreeningRequest(channel, args, ports.isExtension);
  if (!request) {
    ports.onProblem('a screening question that is not of the routine’s form gets no verdict', {
      channelName: channel.name,
    });
    return letGo(link, channel.id);
  }
  const atMs = ports.nowMs();
  const judgement = ports.judge(callOf(request, atMs), request);
  if (!judgement) return withoutPolicy(link, request, ports);
  const { verdict } = judgement;
  if (verdict.kind === 'challenge') {
    return challenge({ link, channel, request, ports, startUs, atMs, judgement, verdict });
  }
  const sent = sayVerdict(link, request, verdict, judgement.destination);
  const latencyUs = ports.monotonicUs() - startUs;
  const outcome = await settle(sent);
  ports.record({ ...judgement, request, atMs, latencyUs, outcome, pin: null });
  // Whether Asterisk took it nobody knows. A channel that still waits when the link is back has not been told.
  return outcome === 'unsaid' ? 'unanswered' : 'answered';
}

function callOf({ dialled, identity, language }: ScreeningRequest, atMs: number): OutboundCall {
  const { payer, via, outsideCaller } = identity;
  return { dialled, payer, via, atMs, language, ...(outsideCaller === '' ? {} : { outsideCaller }) };
}

interface Challenge {
  readonly link: ScreeningLine;
  readonly channel: Asking;
  readonly request: ScreeningRequest;
  readonly ports: ScreeningPorts;
  readonly startUs: number;
  readonly atMs: number;
  readonly judgement: Judgement;
  readonly verdict: ChallengeVerdict;
}

/** Asks for the PIN, and judges the same call again with it: a fresh judgement, as the policy may have changed meanwhile. */
async function challenge(asked: Challenge): Promise<Screened> {
  const { link, request, ports, judgement, verdict } = asked;
  const untilAskedUs = ports.monotonicUs() - asked.startUs;
  const answer = await ask(asked);
  const answeredUs = ports.monotonicUs();
  const pin: PinStory = {
    outcome: answer.kind,
    tries: answer.tries,
    id: answer.kind === 'right' ? answer.id : null,
    instead: verdict.instead,
  };
  const record = { request, atMs: asked.atMs, pin };
  if (answer.kind === 'abandoned') {
    ports.record({ ...record, ...judgement, latencyUs: untilAskedUs, outcome: 'abandoned' });
    return 'answered';
  }
  if (answer.kind === 'lost' || answer.kind === 'stopped') {
    ports.onProblem(
      `the dialogue for a PIN was ${answer.kind}: the static rules of the dialplan decide`,
      request,
    );
    return letGo(link, request.channelId);
  }
  const last = judgeAnswer(asked, answer);
  if (!last) return withoutPolicy(link, request, ports);
  const sent = sayVerdict(link, request, last.verdict, last.destination);
  const latencyUs = untilAskedUs + ports.monotonicUs() - answeredUs;
  const outcome = await settle(sent);
  if (outcome === 'unsaid') {
    // Asterisk's deadline over the dialogue is long: should the link be back before, the caller is asked again.
    ports.onProblem('the link was lost before the verdict behind a PIN was said', request);
    return 'unanswered';
  }
  ports.record({ ...record, ...last, latencyUs, outcome });
  return 'answered';
}

function ask({ link, channel, ports, verdict }: Challenge): Promise<PinOutcome> {
  const { who, entry, prompt, wrong } = verdict;
  // Those that count come first: the desk takes the first that matches.
  const pins = [...verdict.pins, ...verdict.expiredPins];
  const answered = channel.state === 'Up';
  return ports.pins.ask(link, { channelId: channel.id, answered, who, pins, entry, prompt, wrong });
}

type Answer = Exclude<PinOutcome, { readonly kind: 'abandoned' | 'lost' | 'stopped' }>;
type Final = Judgement & { readonly verdict: ContinueVerdict | DenyVerdict };

/** Null while no policy is loaded. */
function judgeAnswer({ request, ports, judgement, verdict }: Challenge, answer: Answer): Final | null {
  const refuse = (asked: ChallengeVerdict, reason: DenyReason, words: RefusalWords): DenyVerdict => {
    const { rule, trace, policyVersion, observed, notices } = asked;
    const steps = [...trace, { step: 'pin-entry', result: `deny: ${reason}` }];
    return { kind: 'deny', reason, ...words, rule, trace: steps, policyVersion, observed, notices };
  };
  const refusal = (asked: ChallengeVerdict, reason: DenyReason) =>
    refuse(asked, reason, ports.refusal(reason, request.language));
  switch (answer.kind) {
    case 'silent':
      return { ...judgement, verdict: refuse(verdict, verdict.instead ?? 'pin-wrong', verdict.denial) };
    case 'wrong':
      return { ...judgement, verdict: refusal(verdict, 'pin-wrong') };
    case 'locked':
      return { ...judgement, verdict: refusal(verdict, 'pin-locked') };
    case 'unavailable':
      ports.onProblem(`a PIN could not be asked for: ${answer.why}`, request);
      return { ...judgement, verdict: refusal(verdict, 'pin-unavailable') };
    case 'right': {
      const again = ports.judge({ ...callOf(request, ports.nowMs()), pin: { id: answer.id } }, request);
      if (!again) return null;
      // The policy has changed so that this PIN does not count any more.
      if (again.verdict.kind === 'challenge') {
        return { ...again, verdict: refusal(again.verdict, 'pin-unavailable') };
      }
      return { ...again, verdict: again.verdict };
    }
  }
}

function withoutPolicy(
  link: ScreeningLine,
  request: ScreeningRequest,
  ports: ScreeningPorts,
): Promise<Screened> {
  ports.onProblem('no policy is loaded: the static rules of the dialplan decide', request);
  return letGo(link, request.channelId);
}

/** On into the dialplan without a verdict. Where not even that can be said, the question is open still. */
async function letGo(link: ScreeningLine, channelId: string): Promise<Screened> {
  return (await settle([link.continueInDialplan(channelId)])) === 'unsaid' ? 'unanswered' : 'answered';
}

async function settle(commands: readonly Promise<unknown>[]): Promise<DecisionOutcome> {
  const results = await Promise.allSettled(commands);
  if (results.some((result) => result.status === 'rejected')) return 'unsaid';
  return results.some((result) => result.status === 'fulfilled' && result.value === 'gone')
    ? 'abandoned'
    : 'said';
}
