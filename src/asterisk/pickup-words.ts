// A choice said to the picker's channel: variables first, then the way on into the dialplan.
import type { AriLink, Done } from './ari/link.ts';
import type { Candidate, Choice, PickupSettings } from '../pickup/call.ts';
import type { PickupRights } from '../pickup/rights.ts';
import type { PickupQuestion } from './pickup-request.ts';
import { PICKUP_CAUSES } from './dialplan/pickup.ts';
import { VARIABLES } from './dialplan/variables.ts';

export type Refusal = Exclude<Choice['kind'], 'take'>;

/** `gone`: the picker hung up; `unsaid`: the link was lost, so nobody knows what was heard. */
export type Said = 'said' | 'gone' | 'unsaid';

/** What goes with a choice: the leg, what the caller's phone is to show, and who chose, where there are several. */
export interface Taking {
  readonly leg: Candidate;
  readonly connectedLine: PickupSettings['connectedLine'];
  readonly chosenBy: string | null;
}

/** `announcement`: in the place of what the refusal sounds like. Never rejects. */
export function sayChoice(
  link: AriLink,
  { nonce, request }: PickupQuestion,
  choice: Choice,
  { announcements, settings }: Pick<PickupRights, 'announcements' | 'settings'>,
  rest: { readonly chosenBy: string | null; readonly announcement?: string | undefined },
): Promise<Said> {
  const { pickerChannelId } = request;
  if (choice.kind === 'take') {
    const { connectedLine } = settings;
    const taking = { leg: choice.candidates[0], connectedLine, chosenBy: rest.chosenBy };
    return sayTake(link, pickerChannelId, nonce, taking);
  }
  const by = choice.kind === 'already-taken' ? choice.by : null;
  const sounds = rest.announcement ?? refusalSounds(announcements, settings, choice.kind, by);
  return sayRefusal(link, pickerChannelId, nonce, choice.kind, sounds);
}

/** The commands go out in one burst; the choice is set after what it refers to. Never rejects. */
export function sayTake(
  link: AriLink,
  channelId: string,
  nonce: string,
  { leg, connectedLine, chosenBy }: Taking,
): Promise<Said> {
  return settle([
    link.setVariable(channelId, VARIABLES.candidate, leg.channelId),
    ...(chosenBy === null ? [] : [link.setVariable(channelId, VARIABLES.chosenBy, chosenBy)]),
    ...(connectedLine === 'keep' ? [link.setVariable(channelId, VARIABLES.connected, connectedLine)] : []),
    link.setVariable(channelId, VARIABLES.choice, `take:${nonce}`),
    link.continueInDialplan(channelId),
  ]);
}

/** Digits of an extension that are said at most; a longer one is nothing that anybody would keep in mind. */
const DIGITS_SAID_MAX = 12;

const SAYABLE = new RegExp(`^\\d{1,${DIGITS_SAID_MAX}}$`);

/**
 * The sounds of a refusal, joined by `&`; '' for none. Whoever is too late hears by whom the call was taken, digit by digit
 * in his channel's own language, where `by` is an extension of digits and the policy says so.
 */
export function refusalSounds(
  announcements: Readonly<Record<string, string>>,
  settings: Pick<PickupSettings, 'sayTaker'>,
  refusal: Refusal,
  by: string | null,
): string {
  const sounds = [announcements[refusal] ?? ''];
  if (refusal === 'already-taken' && settings.sayTaker && by !== null && SAYABLE.test(by)) {
    for (const digit of by) sounds.push(`digits/${digit}`);
  }
  return sounds.filter((sound) => sound !== '').join('&');
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
