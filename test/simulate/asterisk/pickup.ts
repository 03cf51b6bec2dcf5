// `PickupChan()` of the model: the picker goes on in the place of the leg that rings.
import type { Channel } from './channel.ts';
import { connect } from './dial.ts';
import type { Machine, Step } from './machine.ts';

const CAUSE_ANSWERED_ELSEWHERE = 26;
/** How long an answer waits for media (main/channel.c, __ast_answer). */
const MEDIA_WITHIN_MS = 500;

/** The ids in order; the first that can be taken is (main/pickup.c, ast_can_pickup). */
export function pickUp(machine: Machine, picker: Channel, data: string): Step {
  for (const id of data.split('&')) {
    const leg = machine.channels.get(id);
    const caller = leg?.dialledBy;
    if (!leg || !caller || !canBeTaken(leg, caller)) continue;
    leg.pickupActive = true;
    if (picker.state === 'Up') take(machine, picker, leg, caller);
    else answerFirst(machine, picker, leg, caller);
    return 'waits';
  }
  return 'next';
}

function canBeTaken(leg: Channel, caller: Channel): boolean {
  if (leg.gone || leg.cause !== null || leg.state === 'Up' || leg.pickupActive) return false;
  return !caller.gone && caller.cause === null && caller.partner === null;
}

/**
 * A picker who was not answered is now, which waits for his first media packet; nobody looks at the leg again behind it, and
 * who has answered it meanwhile loses the call (main/pickup.c, ast_do_pickup).
 */
function answerFirst(machine: Machine, picker: Channel, leg: Channel, caller: Channel): void {
  const { clock, random } = machine.ports;
  const answered = clock.after(
    random.whole(20, MEDIA_WITHIN_MS),
    () => {
      if (!leg.gone && !caller.gone) take(machine, picker, leg, caller);
      else machine.wake(picker, 'done');
    },
    null,
  );
  machine.wait(picker, (why) => {
    clock.cancel(answered);
    leg.pickupActive = false;
    if (why === 'done') machine.goOn(picker);
    else machine.go(picker);
  });
}

function take(machine: Machine, picker: Channel, leg: Channel, caller: Channel): void {
  machine.ports.onPickup(picker, leg, caller);
  machine.ports.tellManagers({
    event: 'Pickup',
    channel: picker.name,
    uniqueid: picker.id,
    linkedid: picker.linkedId,
    targetchannel: leg.name,
    targetuniqueid: leg.id,
    targetlinkedid: leg.linkedId,
  });
  picker.application = 'AppDial';
  picker.applicationData = '(Outgoing Line)';
  machine.setState(picker, 'Up');
  caller.legs.add(picker);
  machine.wait(picker, () => {
    caller.legs.delete(picker);
    machine.destroy(picker);
    if (caller.partner !== picker) return;
    caller.partner = null;
    caller.cause ??= 16;
    machine.wake(caller, 'hangup');
  });
  connect(machine, caller, picker);
  leg.cause = null;
  machine.hangup(leg, CAUSE_ANSWERED_ELSEWHERE);
}
