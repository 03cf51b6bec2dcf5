// The guard at the door of ARI: raw JSON in, an event of ours or null out; nothing that Asterisk sends can throw here.

import type { AriChannel, AriEvent, AriEventType } from './link.ts';

/** What is used of the events of calls that enter our application; everything else is filtered at Asterisk. */
export const CALL_EVENT_TYPES: readonly AriEventType[] = [
  'StasisStart',
  'StasisEnd',
  'ChannelDtmfReceived',
  'PlaybackFinished',
  'CallBroadcast',
  'ApplicationReplaced',
];

/** What is used of the events of all channels. */
export const BOARD_EVENT_TYPES: readonly AriEventType[] = [
  'ChannelCreated',
  'ChannelStateChange',
  'ChannelDestroyed',
  'Dial',
];

export const EVENT_TYPES: readonly AriEventType[] = [...CALL_EVENT_TYPES, ...BOARD_EVENT_TYPES];

/** Ids, names and arguments that we act on: longer ones are not cut but refused. */
const KEY_LENGTH_MAX = 256;
/** Text that is only shown, such as a caller's name, which anybody may choose: longer ones are cut. */
const TEXT_LENGTH_MAX = 256;
const APP_DATA_LENGTH_MAX = 2048;
const ARGUMENTS_MAX = 32;
const ARGUMENT_LENGTH_MAX = 1024;
const TARGET_PREFIX = 'channel:';
/** What a user event is named by which a daemon says that it is alive, before its application. */
export const PEER_BEAT = 'callwarden-peer-';

/**
 * An event from what Asterisk sent, or null when it is of a type we do not use or its shape is not what the API
 * documents (rest-api/api-docs/events.json). Pure; never throws.
 */
export function readEvent(raw: unknown): AriEvent | null {
  if (!isRecord(raw)) return null;
  const atMs = readTimeMs(raw['timestamp']);
  if (atMs === null) return null;
  const type = raw['type'];
  switch (type) {
    case 'StasisStart': {
      const channel = readChannel(raw['channel']);
      const args = readArguments(raw['args']);
      return channel === null || args === null ? null : { type, atMs, args, channel };
    }
    case 'StasisEnd':
    case 'CallBroadcast':
    case 'ChannelCreated':
    case 'ChannelStateChange': {
      const channel = readChannel(raw['channel']);
      return channel === null ? null : { type, atMs, channel };
    }
    case 'ChannelDestroyed': {
      const channel = readChannel(raw['channel']);
      const cause = raw['cause'];
      return channel === null || !isSmallInteger(cause) ? null : { type, atMs, channel, cause };
    }
    case 'Dial':
      return readDial(raw, atMs);
    case 'ChannelDtmfReceived': {
      const channel = readChannel(raw['channel']);
      const digit = raw['digit'];
      return channel === null || !isDigit(digit) ? null : { type, atMs, channel, digit };
    }
    case 'PlaybackFinished':
      return readPlayback(raw['playback'], atMs);
    case 'ChannelUserevent':
      return readPeerBeat(raw['eventname'], atMs);
    case 'ApplicationReplaced':
      return { type, atMs };
    default:
      return null;
  }
}

function readDial(raw: Record<string, unknown>, atMs: number): AriEvent | null {
  const peer = readChannel(raw['peer']);
  const dialstatus = readKey(raw['dialstatus']);
  if (peer === null || dialstatus === null) return null;
  // A dial that nobody on a channel asked for, such as an originated call, has no caller.
  const rawCaller = raw['caller'];
  const caller = rawCaller === undefined || rawCaller === null ? null : readChannel(rawCaller);
  if (caller === null && rawCaller !== undefined && rawCaller !== null) return null;
  const dialstring = cutText(raw['dialstring'], TEXT_LENGTH_MAX);
  const channel = readChannel(raw['forwarded']);
  const forwarded = channel && { channel, target: cutText(raw['forward'], TEXT_LENGTH_MAX) };
  return { type: 'Dial', atMs, caller, peer, dialstatus, dialstring, ...(forwarded && { forwarded }) };
}

/** The end of a sound on a channel; one that was played to a bridge is none of ours. */
function readPlayback(raw: unknown, atMs: number): AriEvent | null {
  if (!isRecord(raw)) return null;
  const playbackId = readKey(raw['id']);
  const target = readKey(raw['target_uri']);
  if (playbackId === null || target === null || !target.startsWith(TARGET_PREFIX)) return null;
  return { type: 'PlaybackFinished', atMs, playbackId, channelId: target.slice(TARGET_PREFIX.length) };
}

function readPeerBeat(raw: unknown, atMs: number): AriEvent | null {
  const name = readKey(raw);
  if (name?.startsWith(PEER_BEAT) !== true) return null;
  return { type: 'PeerBeat', atMs, application: name.slice(PEER_BEAT.length) };
}

function isDigit(raw: unknown): raw is string {
  return typeof raw === 'string' && /^[0-9*#A-D]$/.test(raw);
}

/** A channel as ARI lists it, or null when its shape is not what the API documents. Pure; never throws. */
export function readChannel(raw: unknown): AriChannel | null {
  if (!isRecord(raw)) return null;
  const id = readKey(raw['id']);
  const name = readKey(raw['name']);
  const state = readKey(raw['state']);
  const dialplan = raw['dialplan'];
  const creationTimeMs = readTimeMs(raw['creationtime']);
  if (id === null || id === '' || name === null || state === null) return null;
  if (!isRecord(dialplan) || creationTimeMs === null) return null;
  const context = readKey(dialplan['context']);
  const exten = readKey(dialplan['exten']);
  const priority = dialplan['priority'];
  if (context === null || exten === null || !isSmallInteger(priority)) return null;
  return {
    id,
    name,
    state,
    caller: readParty(raw['caller']),
    connected: readParty(raw['connected']),
    dialplan: {
      context,
      exten,
      priority,
      appName: cutText(dialplan['app_name'], TEXT_LENGTH_MAX),
      appData: cutText(dialplan['app_data'], APP_DATA_LENGTH_MAX),
    },
    creationTimeMs,
  };
}

function readParty(raw: unknown): AriChannel['caller'] {
  if (!isRecord(raw)) return { name: '', number: '' };
  return { name: cutText(raw['name'], TEXT_LENGTH_MAX), number: cutText(raw['number'], TEXT_LENGTH_MAX) };
}

function readArguments(raw: unknown): readonly string[] | null {
  if (!Array.isArray(raw) || raw.length > ARGUMENTS_MAX) return null;
  const args: string[] = [];
  for (const item of raw as readonly unknown[]) {
    if (typeof item !== 'string' || item.length > ARGUMENT_LENGTH_MAX) return null;
    args.push(item);
  }
  return args;
}

/** Asterisk writes local time with its offset, such as `2026-01-31T09:00:00.073-0600`. */
function readTimeMs(raw: unknown): number | null {
  if (typeof raw !== 'string' || raw.length > 40) return null;
  const timeMs = Date.parse(raw);
  return Number.isFinite(timeMs) ? timeMs : null;
}

function readKey(raw: unknown): string | null {
  return typeof raw === 'string' && raw.length <= KEY_LENGTH_MAX ? raw : null;
}

function cutText(raw: unknown, lengthMax: number): string {
  return typeof raw === 'string' ? raw.slice(0, lengthMax) : '';
}

function isSmallInteger(raw: unknown): raw is number {
  return typeof raw === 'number' && Number.isSafeInteger(raw) && Math.abs(raw) <= 0x7fff_ffff;
}

/** True for a JSON object. */
export function isRecord(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}
