// A choice said to the picker's channel: variables first, then the way on into the dialplan.
import type { AriLink, Done } from './ari/link.ts';
import type { Candidate, Choice } from '../pickup/call.ts';
import { PICKUP_CAUSES } from './dialplan/pickup.ts';
import { VARIABLES } from './dialplan/variables.ts';

export type Refusal = Exclude<Choice['kind'], 'take'>;

/** `gone`: the picker hung up; `unsaid`: the link was lost, so nobody knows what was heard. */
export type Said = 'said' | 'gone' | 'unsaid';

/** The commands go out in one burst; the choice is set after what it refers to. Never rejects. */
export function sayTake(
  link: AriLink,
  channelId: string,
  nonce: string,
  candidates: readonly Candidate[],
  chosenBy: string | null,
): Promise<Said> {
  const ids = candidates.map((candidate) => candidate.channelId).join('&');
  return settle([
    link.setVariable(channelId, VARIABLES.candidates, ids),
    ...(chosenBy === null ? [] : [link.setVariable(channelId, VARIABLES.chosenBy, chosenBy)]),
    link.setVariable(channelId, VARIABLES.choice, `take:${nonce}`),
    link.continueInDialplan(channelId),
  ]);
}

/** `announcement` is a sound name, several joined by `&`; '' for none. Never rejects. */
export function sayRefusal(
  link: AriLink,
  channelId: string,
  nonce: string,
  refusal: Refusal,
  announcement: string,
): Promise<Said> {
  return settle([
    link.setVariable(channelId, VARIABLES.announcement, announcement),
    link.setVariable(channelId, VARIABLES.cause, String(PICKUP_CAUSES[refusal])),
    link.setVariable(channelId, VARIABLES.choice, `refuse:${nonce}`),
    link.continueInDialplan(channelId),
  ]);
}

/** Back into the dialplan without a word: the routine refuses by itself. Never rejects. */
export function sayNothing(link: AriLink, channelId: string): Promise<Said> {
  return settle([link.continueInDialplan(channelId)]);
}

async function settle(commands: readonly Promise<Done>[]): Promise<Said> {
  const results = await Promise.allSettled(commands);
  if (results.some(({ status }) => status === 'rejected')) return 'unsaid';
  return results.some((result) => result.status === 'fulfilled' && result.value === 'gone') ? 'gone' : 'said';
}
