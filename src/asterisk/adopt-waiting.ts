// Calls found by listing, because ARI repeats no event that was missed: those that wait in our application, and those offered.
import type { AriChannel, AriLink } from './ari/link.ts';
import { JOBS } from './dialplan/variables.ts';
import { promptId } from './pin-session.ts';

const JOB_NAMES: ReadonlySet<string> = new Set(Object.values(JOBS));

/** Waiting calls looked at in one listing; more than that many cannot wait within one deadline. */
const ADOPTED_MAX = 1000;

/**
 * After each connect: lists the channels that wait in the application and hands each on, with the arguments it entered
 * with, as its StasisStart would have (measured: a reconnect brings no event, but the channels obey at once).
 * Returns how many were handed on. Rejects with `AppError` when the link is lost meanwhile.
 */
export async function adoptWaiting(
  link: AriLink,
  hand: (channel: AriChannel, args: readonly string[]) => void,
): Promise<number> {
  return forEachWaiting(link, await link.waitingChannelIds(), hand);
}

/**
 * Has the calls that wait in an application which nobody serves enter ours; their StasisStart follows, and what was said
 * to them meanwhile is not repeated. Returns how many there were. Rejects as `adoptWaiting`.
 */
export async function takeOverWaiting(
  link: AriLink,
  application: string,
  isNew: (question: string) => boolean,
): Promise<number> {
  let taken = 0;
  await forEachWaiting(link, await link.waitingIn(application), ({ id }, args) => {
    if (!isNew(`${id} ${args.join(',')}`)) return;
    taken += 1;
    void link.moveHere(id, args).catch(() => undefined);
  });
  return taken;
}

/** After each connect: claims the calls that are offered to several applications now. Rejects as `adoptWaiting`. */
export async function claimOffered(link: AriLink): Promise<void> {
  const offered = (await link.listChannels()).filter(isOfferedToUs);
  await Promise.all(offered.slice(0, ADOPTED_MAX).map(({ id }) => link.claim(id)));
}

/** A call may be offered to anybody; this one brings a question of our routines. */
export function isOfferedToUs(channel: AriChannel): boolean {
  const [job] = channel.dialplan.appName === 'StasisBroadcast' ? (questionOf(channel) ?? []) : [];
  return job !== undefined && JOB_NAMES.has(job);
}

async function forEachWaiting(
  link: AriLink,
  ids: readonly string[],
  hand: (channel: AriChannel, args: readonly string[]) => void,
): Promise<number> {
  const channels = await Promise.all(ids.slice(0, ADOPTED_MAX).map((id) => link.getChannel(id)));
  let handed = 0;
  for (const channel of channels) {
    const args = channel && questionOf(channel);
    if (!args) continue;
    // A prompt that the lost link left playing would keep the channel from taking commands.
    void link.stopPlayback(promptId(channel.id)).catch(() => undefined);
    hand(channel, args);
    handed += 1;
  }
  return handed;
}

/** What a waiting channel brought: `app_data` is the whole argument string of the application that it runs. */
function questionOf({ dialplan }: AriChannel): readonly string[] | null {
  const [, second, third] = dialplan.appData.split(',');
  if (dialplan.appName === 'Stasis' && second !== undefined) return dialplan.appData.split(',').slice(1);
  return dialplan.appName === 'StasisBroadcast' && third !== undefined ? third.split(':') : null;
}
