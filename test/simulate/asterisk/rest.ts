// The REST requests that the daemon makes, answered as Asterisk answers them (res/ari/resource_*.c).
import type { Random } from '../../random.ts';
import type { AriDoor } from './ari-door.ts';
import { claim } from './broadcast.ts';
import { setVariableOf, type Channel } from './channel.ts';
import type { Machine } from './machine.ts';
import { enqueue, move } from './stasis.ts';
import { substitute } from './substitute.ts';

export interface Request {
  readonly id: string;
  readonly method: string;
  /** Relative to `/ari/`. */
  readonly uri: string;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

interface House {
  readonly machine: Machine;
  readonly door: AriDoor;
  readonly random: Random;
}

type Reply = (answer: Answer) => void;

const SOUND_MS = 1500;

/** Calls `reply` once, at once or when the channel's thread has done it. */
export function answerTo(request: Request, house: House, reply: Reply): void {
  const [path = '', query = ''] = request.uri.split('?');
  const words = path.split('/').map(decodeURIComponent);
  const parameters = new URLSearchParams(query.replaceAll('+', '%2B'));
  const [resource, name = ''] = words;
  if (resource === 'asterisk') return reply(asteriskAnswer(name));
  if (resource === 'applications') return reply(applicationAnswer(request, words, house, name));
  if (resource === 'events') {
    const application = parameters.get('application') ?? '';
    if (words[1] === 'claim') {
      return reply({ status: claim(house.machine, parameters.get('channelId') ?? '', application) });
    }
    if (!house.door.knows(application)) return reply({ status: 404 });
    house.door.publish({ application }, 'ChannelUserevent', { eventname: words[2] ?? '', userevent: {} });
    return reply({ status: 204 });
  }
  if (resource === 'playbacks') return reply(stopPlayback(house.machine, name));
  if (resource === 'channels') return channelAnswer(request, words, parameters, house, reply);
  reply({ status: 404, body: { message: 'Resource not found' } });
}

function asteriskAnswer(what: string): Answer {
  if (what === 'ping') return { status: 200, body: { ping: 'pong', timestamp: '', asterisk_id: 'model' } };
  return { status: 200, body: { system: { version: '22.10.1', entity_id: 'model' } } };
}

function applicationAnswer(request: Request, words: readonly string[], house: House, name: string): Answer {
  if (words[2] === 'eventFilter') {
    const { allowed } = JSON.parse(request.body) as { allowed?: readonly { readonly type: string }[] };
    const known = house.door.setFilter(name, allowed ? new Set(allowed.map(({ type }) => type)) : null);
    return known ? { status: 200, body: {} } : { status: 404 };
  }
  if (words[2] === 'subscription') {
    return house.door.hearAll(name) ? { status: 200, body: {} } : { status: 404 };
  }
  if (!house.door.knows(name)) return { status: 404, body: { message: 'Application not found' } };
  const waiting = [...house.machine.channels.values()].filter(({ control }) => control?.application === name);
  const allowed = [...(house.door.allowedTo(name) ?? [])].map((type) => ({ type }));
  return { status: 200, body: { name, channel_ids: waiting.map(({ id }) => id), events_allowed: allowed } };
}

function stopPlayback(machine: Machine, id: string): Answer {
  for (const { control } of machine.channels.values()) {
    if (control?.playing?.id !== id) continue;
    control.playing.stop();
    return { status: 204 };
  }
  return { status: 404, body: { message: 'Playback not found' } };
}

function channelAnswer(
  { method }: Request,
  words: readonly string[],
  parameters: URLSearchParams,
  { machine }: House,
  reply: Reply,
): void {
  const [, id, action = ''] = words;
  if (id === undefined || id === '') {
    return reply({ status: 200, body: [...machine.channels.values()].map((one) => machine.shown(one)) });
  }
  const channel = machine.channels.get(id);
  if (!channel) return reply({ status: 404, body: { message: 'Channel not found' } });
  if (action === '' && method === 'GET') return reply({ status: 200, body: machine.shown(channel) });
  if (action === '' && method === 'DELETE') {
    machine.hangup(channel, Number(parameters.get('reason_code') ?? '16'));
    return reply({ status: 204 });
  }
  if (action === 'variable' && method === 'GET') return reply(readVariable(machine, channel, parameters));
  if (!channel.control) return reply({ status: 409, body: { message: 'Channel not in Stasis application' } });
  inStasis(machine, channel, words, parameters, reply);
}

function readVariable(machine: Machine, channel: Channel, parameters: URLSearchParams): Answer {
  const value = substitute(`\${${parameters.get('variable') ?? ''}}`, machine.sight(channel));
  if (value === '') return { status: 404, body: { message: 'Provided variable was not found' } };
  return { status: 200, body: { value } };
}

/** Carried out by the channel's own thread; only `continue` and `play` are answered before. */
function inStasis(
  machine: Machine,
  channel: Channel,
  words: readonly string[],
  parameters: URLSearchParams,
  reply: Reply,
): void {
  const { control } = channel;
  if (!control) return;
  const [, , action = ''] = words;
  switch (action) {
    case 'variable': {
      const done = () => {
        setVariable(machine, channel, parameters.get('variable') ?? '', parameters.get('value') ?? '');
        reply({ status: 204 });
      };
      return enqueue(machine, channel, { lastsMs: 0, done });
    }
    case 'answer': {
      const done = () => {
        machine.setState(channel, 'Up');
        reply({ status: 204 });
      };
      return enqueue(machine, channel, { lastsMs: 0, done });
    }
    case 'continue': {
      const context = parameters.get('context');
      const [exten, priority] = [parameters.get('extension') ?? '', Number(parameters.get('priority'))];
      const leaving = context === null ? null : { context, exten, priority };
      enqueue(machine, channel, { lastsMs: 0, done: () => void (control.leaving = leaving) });
      return reply({ status: 204 });
    }
    case 'move': {
      const [application, args] = [parameters.get('app') ?? '', parameters.get('appArgs') ?? ''];
      const done = () => move(machine, channel, application, args.split(','));
      enqueue(machine, channel, { lastsMs: 0, done });
      return reply({ status: 204 });
    }
    case 'play':
      play(machine, channel, words[3] ?? '', parameters.get('media') ?? '');
      return reply({ status: 201, body: {} });
    default:
      return reply({ status: 404 });
  }
}

function setVariable(machine: Machine, channel: Channel, name: string, value: string): void {
  if (name === 'TIMEOUT(absolute)') machine.setTimeout(channel, Number(value));
  else setVariableOf(channel, name, value);
}

function play(machine: Machine, channel: Channel, id: string, media: string): void {
  const { control } = channel;
  if (!control) return;
  const sounds = media.split(',').map((sound) => sound.replace(/^sound:/, ''));
  const { application } = control;
  channel.heard.push(...sounds);
  enqueue(machine, channel, {
    lastsMs: sounds.length * SOUND_MS,
    onStart: (finish) => (control.playing = { id, stop: finish }),
    done: () => {
      control.playing = null;
      const playback = { id, media_uri: media, target_uri: `channel:${channel.id}`, state: 'done' };
      machine.ports.publish({ application }, 'PlaybackFinished', { playback });
    },
  });
}
