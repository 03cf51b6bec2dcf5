// After each connect: the calls that wait in our application, because ARI repeats no event that was missed.
import type { AriChannel, AriLink } from './ari/link.ts';
import { promptId } from './pin-session.ts';

/** Waiting calls looked at after one connect; more than that many cannot wait within one deadline. */
const ADOPTED_MAX = 1000;

/**
 * Lists the channels that wait in the application and hands each on, with the arguments it entered with, as its
 * StasisStart would have (measured: a reconnect brings no event, but the channels obey at once; `app_data` of the
 * listed channel is the whole argument string of `Stasis()`).
 * Returns how many were handed on. Rejects with `AppError` when the link is lost meanwhile.
 */
export async function adoptWaiting(
  link: AriLink,
  hand: (channel: AriChannel, args: readonly string[]) => void,
): Promise<number> {
  const ids = (await link.waitingChannelIds()).slice(0, ADOPTED_MAX);
  const channels = await Promise.all(ids.map((id) => link.getChannel(id)));
  let adopted = 0;
  for (const channel of channels) {
    if (channel?.dialplan.appName !== 'Stasis') continue;
    const [, ...args] = channel.dialplan.appData.split(',');
    // A prompt that the lost link left playing would keep the channel from taking commands.
    void link.stopPlayback(promptId(channel.id)).catch(() => undefined);
    hand(channel, args);
    adopted += 1;
  }
  return adopted;
}
