// The applications of the dialplan that Callwarden's own text and the sample use.
import { broadcast } from './broadcast.ts';
import { setVariableOf, type Channel } from './channel.ts';
import { dial } from './dial.ts';
import type { Machine, Step } from './machine.ts';
import { pickUp } from './pickup.ts';
import { stasis } from './stasis.ts';
import { isTrue } from './substitute.ts';

type Application = (machine: Machine, channel: Channel, data: string) => Step;

/** One sound; how long it is does not matter much, that it is longer than a verdict does. */
const SOUND_MS = 1500;
const DIGIT_MS = 40;
/** Q.850: normal clearing. */
const CAUSE_NORMAL = 16;

export const applications: Readonly<Record<string, Application>> = {
  NoOp: () => 'next',
  Progress: () => 'next',
  Set: (machine, channel, data) => {
    assign(machine, channel, data);
    return 'next';
  },
  MSet: (machine, channel, data) => {
    for (const part of splitArguments(data)) assign(machine, channel, part);
    return 'next';
  },
  Goto: (machine, channel, data) => jump(machine, channel, data),
  GotoIf: (machine, channel, data) => {
    const at = data.indexOf('?');
    const rest = data.slice(at + 1);
    const colon = rest.indexOf(':');
    const [yes, no] = colon < 0 ? [rest, ''] : [rest.slice(0, colon), rest.slice(colon + 1)];
    const target = isTrue(data.slice(0, at)) ? yes : no;
    return target === '' ? 'next' : jump(machine, channel, target);
  },
  Gosub: (machine, channel, data) => gosub(machine, channel, data),
  GosubIf: (machine, channel, data) => {
    const at = data.indexOf('?');
    const [yes = '', no = ''] = data.slice(at + 1).split(':');
    const target = isTrue(data.slice(0, at)) ? yes : no;
    return target === '' ? 'next' : gosub(machine, channel, target);
  },
  Return: (_machine, channel, data) => {
    const back = channel.stack.pop();
    if (!back) return 'ends';
    channel.place = { context: back.context, exten: back.exten, priority: back.priority };
    setVariableOf(channel, 'GOSUB_RETVAL', data);
    return 'jumped';
  },
  Hangup: (_machine, channel, data) => {
    channel.cause = data === '' || Number.isNaN(Number(data)) ? CAUSE_NORMAL : Number(data);
    return 'ends';
  },
  Answer: (machine, channel) => {
    machine.setState(channel, 'Up');
    return 'next';
  },
  Playback: (machine, channel, data) => {
    const [sounds = ''] = data.split(',');
    const names = sounds.split('&').filter((name) => name !== '');
    channel.heard.push(...names);
    return pause(machine, channel, names.length * SOUND_MS);
  },
  Wait: (machine, channel, data) => pause(machine, channel, Number(data) * 1000),
  SendDTMF: (machine, channel, data) => {
    const [digits = ''] = data.split(',');
    for (const [index, digit] of digits.split('').entries()) {
      machine.ports.clock.after(DIGIT_MS * (index + 1), () => press(machine, channel.partner, digit), null);
    }
    return pause(machine, channel, DIGIT_MS * (digits.length + 1));
  },
  Dial: dial,
  Stasis: stasis,
  StasisBroadcast: broadcast,
  /** One that does not exist is no reason to hang up (apps/app_exec.c). */
  TryExec: (machine, channel, data) => {
    const [, name = '', inner = ''] = /^(\w+)\((.*)\)$/s.exec(data) ?? [];
    const known = applications[name];
    setVariableOf(channel, 'TRYSTATUS', known ? 'SUCCESS' : 'NOAPP');
    if (!known) return 'next';
    channel.application = name;
    channel.applicationData = inner;
    machine.ports.onStep(channel);
    return known(machine, channel, inner);
  },
  PickupChan: pickUp,
};

function pause(machine: Machine, channel: Channel, ms: number): Step {
  const end = machine.ports.clock.after(ms, () => machine.wake(channel, 'done'), null);
  return machine.wait(channel, (why) => {
    machine.ports.clock.cancel(end);
    if (why === 'done') machine.goOn(channel);
    else machine.go(channel);
  });
}

/** The other side presses a key; only an application that has the channel is told. */
function press(machine: Machine, channel: Channel | null, digit: string): void {
  if (!channel?.control) return;
  const { application } = channel.control;
  const told = { digit, duration_ms: DIGIT_MS, channel: machine.shown(channel) };
  machine.ports.publish({ application }, 'ChannelDtmfReceived', told);
}

function assign(machine: Machine, channel: Channel, part: string): void {
  const at = part.indexOf('=');
  if (at < 0) return;
  const [name, value] = [part.slice(0, at).trim(), part.slice(at + 1)];
  if (name === 'TIMEOUT(absolute)') machine.setTimeout(channel, Number(value));
  else if (!name.includes('(')) setVariableOf(channel, name, value);
}

/** At commas that stand in no bracket and no quotes (main/app.c, AST_STANDARD_APP_ARGS). */
export function splitArguments(data: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  let quoted = false;
  for (const char of data) {
    if (char === '"') quoted = !quoted;
    if (!quoted && (char === '(' || char === '[')) depth += 1;
    if (!quoted && (char === ')' || char === ']')) depth -= 1;
    if (char === ',' && depth === 0 && !quoted) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

function jump(machine: Machine, channel: Channel, target: string): Step {
  const parts = target.split(',');
  const word = parts.at(-1)?.trim() ?? '';
  const [context, exten] =
    parts.length >= 3
      ? [parts[0] ?? '', parts[1] ?? '']
      : [channel.place.context, parts.length === 2 ? (parts[0] ?? '') : channel.place.exten];
  const label = /^\d+$/.test(word) ? Number(word) : machine.ports.dialplan.label(context, exten, word);
  if (label === null) return 'ends';
  machine.jump(channel, { context, exten, priority: label });
  return 'jumped';
}

/** `context,exten,priority(arguments)`. */
function gosub(machine: Machine, channel: Channel, data: string): Step {
  const [, target = data, args] = /^(.*?,?[^,(]+)\((.*)\)$/s.exec(data) ?? [];
  const { context, exten, priority } = channel.place;
  const step = jump(machine, channel, target);
  if (step !== 'jumped') return step;
  const given = args === undefined ? [] : splitArguments(args);
  channel.stack.push({ context, exten, priority: priority + 1, args: given });
  return 'jumped';
}

/** What a dialplan reads of a call that is over. */
export function noteEnd(channel: Channel, status: string, cause: number): void {
  setVariableOf(channel, 'DIALSTATUS', status);
  setVariableOf(channel, 'HANGUPCAUSE', String(cause));
}
