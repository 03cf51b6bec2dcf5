// `Dial()` of the model: legs, the routine before a leg is dialled, ringing, the answer, and the end of the talk.
import { noteEnd, splitArguments } from './applications.ts';
import type { Channel, Wake } from './channel.ts';
import type { Machine, Step } from './machine.ts';
import { substitute } from './substitute.ts';

/** Q.850. */
const CAUSE = { normal: 16, noAnswer: 19, answeredElsewhere: 26, rejected: 21 } as const;
/** Steps that a routine before the dialling may take. */
const GATE_STEPS_MAX = 50;

interface Dialling {
  readonly machine: Machine;
  readonly caller: Channel;
  readonly legs: Set<Channel>;
  answered: Channel | null;
}

export function dial(machine: Machine, caller: Channel, data: string): Step {
  const [destinations = '', seconds = '', options = ''] = splitArguments(data);
  const [, gate] = /b\(([^)]*\([^)]*\)|[^)]*)\)/.exec(options) ?? [];
  const dialling: Dialling = { machine, caller, legs: new Set(), answered: null };
  let refusedWith = 0;
  for (const destination of destinations.split('&')) {
    const leg = dialLeg(dialling, destination.replace(/^PJSIP\//, ''), gate ?? null);
    if (leg === null) refusedWith = CAUSE.rejected;
  }
  if (dialling.legs.size === 0) {
    noteEnd(caller, 'CHANUNAVAIL', refusedWith);
    return 'next';
  }
  const late = machine.ports.clock.after(
    Number(seconds || '60') * 1000,
    () => {
      if (dialling.answered === null) machine.wake(caller, 'done');
    },
    null,
  );
  return machine.wait(caller, (why) => {
    machine.ports.clock.cancel(late);
    over(dialling, why);
  });
}

/** Null where the routine before it ended the leg. */
function dialLeg(dialling: Dialling, destination: string, gate: string | null): Channel | null {
  const { machine, caller } = dialling;
  const [number = '', trunk] = destination.split('@');
  const endpoint = trunk ?? number;
  const place = { context: 'from-inside', exten: number, priority: 1 };
  const leg = machine.create({ place, callerNumber: number, dialledBy: caller, state: 'Down' }, endpoint);
  leg.application = 'AppDial';
  leg.applicationData = '(Outgoing Line)';
  if (gate !== null && !passesGate(machine, leg, gate)) {
    leg.cause = CAUSE.rejected;
    machine.destroy(leg);
    return null;
  }
  dialling.legs.add(leg);
  caller.legs.add(leg);
  leg.wait = () => legOver(dialling, leg);
  tellDial(machine, caller, leg, '');
  machine.ports.onInvite(leg, trunk === undefined ? number : destination, caller);
  return leg;
}

/** `b(context^exten^priority(args))`: a Gosub on the leg, run to its Return before anything leaves. */
function passesGate(machine: Machine, leg: Channel, gate: string): boolean {
  const [context = '', exten = '', rest = ''] = gate.split('^');
  const [, priority = rest, args = ''] = /^(\d+)\((.*)\)$/.exec(rest) ?? [];
  leg.stack.push({ ...leg.place, args: splitArguments(args) });
  leg.place = { context, exten, priority: Number(priority) };
  for (let steps = 0; steps < GATE_STEPS_MAX; steps += 1) {
    const line = machine.ports.dialplan.find(leg.place);
    if (!line || line.application === 'Hangup') return false;
    if (line.application === 'Return') {
      leg.stack.pop();
      return true;
    }
    const data = substitute(line.data, machine.sight(leg));
    const step = machine.runQuick(leg, line.application, data);
    if (step === 'next') leg.place = { ...leg.place, priority: leg.place.priority + 1 };
    else if (step !== 'jumped') return false;
  }
  return false;
}

function tellDial(machine: Machine, caller: Channel, peer: Channel, dialstatus: string): void {
  const shown = { caller: machine.shown(caller), peer: machine.shown(peer), dialstatus };
  machine.ports.publish('board', 'Dial', shown);
}

/** The far end rings. */
export function ring(machine: Machine, leg: Channel): void {
  const caller = leg.dialledBy;
  if (leg.gone || leg.cause !== null || !caller || leg.state !== 'Down') return;
  machine.setState(leg, 'Ringing');
  tellDial(machine, caller, leg, 'RINGING');
}

/** The far end answers; false when it is too late. */
export function answerLeg(machine: Machine, leg: Channel): boolean {
  const caller = leg.dialledBy;
  if (leg.gone || leg.cause !== null || !caller || caller.gone || leg.state === 'Up') return false;
  if (caller.partner !== null || caller.wait === null) return false;
  machine.setState(leg, 'Up');
  connect(machine, caller, leg);
  return true;
}

/** `leg` has the call; the others are told that it was answered elsewhere. */
export function connect(machine: Machine, caller: Channel, leg: Channel): void {
  caller.partner = leg;
  leg.partner = caller;
  tellDial(machine, caller, leg, 'ANSWER');
  machine.setState(caller, 'Up');
  for (const other of caller.legs) {
    if (other !== leg) machine.hangup(other, CAUSE.answeredElsewhere);
  }
}

/** A leg has ended: the talk is over, or nobody is left to ring. */
function legOver({ machine, caller, legs }: Dialling, leg: Channel): void {
  legs.delete(leg);
  caller.legs.delete(leg);
  machine.destroy(leg);
  if (caller.partner === leg) {
    caller.partner = null;
    caller.cause ??= CAUSE.normal;
    machine.wake(caller, 'hangup');
  } else if (caller.partner === null && caller.legs.size === 0) {
    machine.wake(caller, 'done');
  }
}

function over({ machine, caller, legs }: Dialling, why: Wake): void {
  const cause = why === 'done' ? CAUSE.noAnswer : CAUSE.normal;
  for (const leg of [...legs, ...caller.legs]) machine.hangup(leg, cause);
  caller.partner = null;
  noteEnd(caller, 'NOANSWER', cause);
  if (why === 'done') machine.goOn(caller);
  else machine.go(caller);
}
