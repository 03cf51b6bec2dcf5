// Reads the recorded event streams of streams/.
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { AriChannel, AriEvent } from '../../src/asterisk/ari/link.ts';
import type { ListedChannel } from '../../src/pickup/events.ts';

interface Listing {
  readonly type: 'Listed';
  readonly atMs: number;
  readonly channels: readonly ListedChannel[];
}

export interface Stream {
  readonly asterisk: string;
  readonly scenario: string;
  readonly events: readonly (AriEvent | Listing)[];
}

const at = z.number();
const channel = z.string().transform(readChannel);
const state = z.enum(['down', 'ring', 'ringing', 'up', 'other']);

const line = z.union([
  z
    .tuple([at, z.literal('Listed'), z.array(z.string().transform(readListed))])
    .transform(([atMs, type, channels]): Listing => ({ type, atMs, channels })),
  z
    .tuple([at, z.literal('Dial'), channel.nullable(), channel, z.string()])
    .transform(([atMs, type, caller, peer, dialstatus]) => dial(type, atMs, caller, peer, dialstatus)),
  z
    .tuple([at, z.literal('Dial'), channel.nullable(), channel, z.string(), channel, z.string()])
    .transform(([atMs, type, caller, peer, dialstatus, instead, target]): AriEvent => ({
      ...dial(type, atMs, caller, peer, dialstatus),
      forwarded: { channel: instead, target },
    })),
  z
    .tuple([at, z.literal('ChannelDestroyed'), channel, z.number()])
    .transform(([atMs, type, gone, cause]): AriEvent => ({ type, atMs, channel: gone, cause })),
  z
    .tuple([at, z.literal('StasisStart'), channel])
    .transform(([atMs, type, started]): AriEvent => ({ type, atMs, channel: started, args: [] })),
  z
    .tuple([at, z.enum(['StasisEnd', 'ChannelCreated', 'ChannelStateChange']), channel])
    .transform(([atMs, type, changed]): AriEvent => ({ type, atMs, channel: changed })),
]);

function dial(
  type: 'Dial',
  atMs: number,
  caller: AriChannel | null,
  peer: AriChannel,
  dialstatus: string,
): Extract<AriEvent, { type: 'Dial' }> {
  return { type, atMs, caller, peer, dialstatus, dialstring: '' };
}

const recording = z.object({ asterisk: z.string(), events: z.array(line) });

const FOLDER = new URL('./streams/', import.meta.url);

/** Every recorded stream of one folder (`asterisk-22`, `asterisk-16`), by scenario. */
export function readStreams(folder: string): ReadonlyMap<string, Stream> {
  const streams = new Map<string, Stream>();
  const files = readdirSync(new URL(`${folder}/`, FOLDER)).filter((name) => name.endsWith('.json'));
  for (const file of files.toSorted()) {
    const scenario = file.replace(/\.json$/, '');
    const text = readFileSync(new URL(`${folder}/${file}`, FOLDER), 'utf8');
    streams.set(scenario, { scenario, ...recording.parse(JSON.parse(text)) });
  }
  return streams;
}

function readChannel(text: string): AriChannel {
  const [id = '', name = '', stateName = '', number = '', callerName = '', ...rest] = text.split('|');
  const [exten = '', priority = '1', appName = ''] = rest;
  return {
    id,
    name,
    state: stateName,
    caller: { name: callerName, number },
    connected: { name: '', number: '' },
    dialplan: { context: '', exten, priority: Number(priority), appName, appData: '' },
    creationTimeMs: 0,
  };
}

function readListed(text: string): ListedChannel {
  const [id = '', name = '', stateName = '', number = '', callerName = '', ...rest] = text.split('|');
  const [linkedId = '', connectedNumber = '', connectedName = '', createdAt, dialled = '', application = ''] =
    rest;
  return {
    id,
    name,
    state: state.parse(stateName.toLowerCase()),
    callerNumber: number,
    callerName,
    linkedId,
    connectedNumber,
    connectedName,
    createdAtMs: Number(createdAt),
    dialled,
    ...(application === '' ? {} : { application }),
  };
}
