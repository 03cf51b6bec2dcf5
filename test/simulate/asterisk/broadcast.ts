// `StasisBroadcast()` of the model: a channel is offered to several applications, and the first that claims it has it.
import { splitArguments } from './applications.ts';
import { setVariableOf, type Channel } from './channel.ts';
import type { Machine, Step } from './machine.ts';
import { enterStasis } from './stasis.ts';

/** It stays until the channel has left Stasis, so that a second claim is refused (apps/app_stasis_broadcast.c). */
export interface Offer {
  claimedBy: string | null;
}

/** `milliseconds,pattern,argument:argument:…` */
export function broadcast(machine: Machine, channel: Channel, data: string): Step {
  const [ms = '500', pattern = '', said = ''] = splitArguments(data);
  const { clock } = machine.ports;
  const offer: Offer = { claimedBy: null };
  machine.offers.set(channel.id, offer);
  setVariableOf(channel, 'STASISSTATUS', '');
  machine.ports.publish({ matching: new RegExp(pattern) }, 'CallBroadcast', {
    channel: machine.shown(channel),
  });
  const late = clock.after(Number(ms), () => machine.wake(channel, 'done'), null);
  return machine.wait(channel, (why) => {
    clock.cancel(late);
    if (offer.claimedBy !== null && why === 'done') {
      const step = enterStasis(machine, channel, offer.claimedBy, said.split(':'));
      if (step === 'next') machine.goOn(channel);
      return;
    }
    machine.offers.delete(channel.id);
    setVariableOf(channel, 'STASISSTATUS', 'TIMEOUT');
    if (why === 'done') machine.goOn(channel);
    else machine.go(channel);
  });
}

/** The status that a claim is answered with. */
export function claim(machine: Machine, channelId: string, application: string): number {
  const offer = machine.offers.get(channelId);
  const channel = machine.channels.get(channelId);
  if (!offer || !channel) return 404;
  if (offer.claimedBy !== null) return 409;
  offer.claimedBy = application;
  machine.wake(channel, 'done');
  return 204;
}
