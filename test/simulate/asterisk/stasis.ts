// `Stasis()` of the model: a channel waits in an application, and its own thread carries out what ARI asks of it.
import { splitArguments } from './applications.ts';
import { setVariableOf, type Channel, type Control, type Task, type Wake } from './channel.ts';
import type { Machine, Step } from './machine.ts';

/** No application, no wait: FAILED, and the dialplan goes on (apps/app_stasis.c). */
export function stasis(machine: Machine, channel: Channel, data: string): Step {
  const [application = '', ...args] = splitArguments(data);
  return enterStasis(machine, channel, application, args);
}

export function enterStasis(
  machine: Machine,
  channel: Channel,
  application: string,
  args: readonly string[],
): Step {
  const { ports } = machine;
  if (!ports.isRegistered(application)) {
    setVariableOf(channel, 'STASISSTATUS', 'FAILED');
    machine.offers.delete(channel.id);
    return 'next';
  }
  const control: Control = { application, tasks: [], busy: false, leaving: undefined, playing: null };
  channel.control = control;
  ports.publish({ application }, 'StasisStart', { args, channel: machine.shown(channel) });
  return machine.wait(channel, (why) => leave(machine, channel, control, why));
}

function leave(machine: Machine, channel: Channel, control: Control, why: Wake): void {
  control.playing?.stop();
  channel.control = null;
  machine.offers.delete(channel.id);
  setVariableOf(channel, 'STASISSTATUS', 'SUCCESS');
  machine.ports.publish({ application: control.application }, 'StasisEnd', {
    channel: machine.shown(channel),
  });
  for (const task of control.tasks.splice(0)) task.done();
  const { leaving } = control;
  const { place } = channel;
  // `continue` has set the place before the thread looks at anything else (res/stasis/control.c, app_control_continue).
  if (leaving) channel.place = leaving;
  else if (leaving === null || why === 'done') channel.place = { ...place, priority: place.priority + 1 };
  machine.go(channel);
}

/** Into another application, with these arguments; one that nobody serves is none (res/res_stasis.c, stasis_app_exec). */
export function move(machine: Machine, channel: Channel, application: string, args: readonly string[]): void {
  const { control } = channel;
  const { ports } = machine;
  if (!control || !ports.isRegistered(application)) return;
  ports.publish({ application: control.application }, 'StasisEnd', { channel: machine.shown(channel) });
  control.application = application;
  ports.publish({ application }, 'StasisStart', { args, channel: machine.shown(channel) });
}

/** Puts a task behind those that wait for the channel's thread. */
export function enqueue(machine: Machine, channel: Channel, task: Task): void {
  const { control } = channel;
  if (!control) return task.done();
  control.tasks.push(task);
  work(machine, channel, control);
}

function work(machine: Machine, channel: Channel, control: Control): void {
  const [task] = control.tasks;
  if (control.busy || !task) return;
  control.busy = true;
  const { clock, random } = machine.ports;
  let isOver = false;
  const finish = () => {
    if (isOver) return;
    isOver = true;
    control.busy = false;
    if (control.tasks[0] !== task) return;
    control.tasks.shift();
    task.done();
    if (channel.control !== control) return;
    if (control.leaving !== undefined) machine.wake(channel, 'done');
    else work(machine, channel, control);
  };
  task.onStart?.(finish);
  clock.after(task.lastsMs + 0.05 + random.unit() * 0.2, finish, null);
}
