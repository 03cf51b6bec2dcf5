// The commands of an ARI link as plain requests: what is asked, and what each answer means, whichever way they travel.

import { AppError } from '../../errors.ts';
import { applicationRequest, claimRequest, pingRequest, userEventRequest } from './application-requests.ts';
import { deviceStateRequest, messageRequest, originateRequest } from './endpoint-requests.ts';
import { isRecord, PEER_BEAT, readChannel } from './events.ts';
import type { AriChannel, AriCommands, Done } from './link.ts';

/** One request in both spellings: as a URI for the websocket, as a named operation for ari-client. */
export interface AriRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Relative to `/ari/`, percent-encoded. */
  readonly uri: string;
  readonly resource:
    | 'applications'
    | 'asterisk'
    | 'channels'
    | 'deviceStates'
    | 'endpoints'
    | 'events'
    | 'playbacks';
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Requests with the same key are carried out in the order they were made. */
  readonly orderKey: string;
}

export interface AriAnswer {
  readonly status: number;
  /** Parsed JSON, undefined when there was none. */
  readonly body: unknown;
}

/** Sends at once, before it returns; rejects with `AppError('unavailable')` at the deadline or when the link closes. */
export type AriCall = (request: AriRequest) => Promise<AriAnswer>;

/** Asterisk cuts an HTTP request line at 4,096 bytes (main/http.c); both links keep below it. */
const URI_LENGTH_MAX = 3900;
const CHANNELS_MAX = 20_000;

/** The commands of `AriLink`, made of requests that `call` carries. */
export function commandsOver(call: AriCall, application: string): AriCommands {
  // An async function runs to its first await at once, so a command is on its way before its caller goes on.
  const act = async (request: () => AriRequest): Promise<Done> => {
    const made = request();
    return readDone(made, await call(made));
  };
  const listChannels = async (): Promise<readonly AriChannel[]> => {
    const request = listRequest();
    return readChannels(request, await call(request));
  };
  /**
   * Which application a channel is in, only the application knows: what the channel runs names none where several were asked,
   * and another one where it was moved. This one hears of no other channels (res/stasis/app.c, app_subscribe_channel).
   */
  const waitingIn = async (name: string): Promise<readonly string[]> => {
    const request = applicationRequest(name);
    const answer = await call(request);
    // Without channels, an application goes with its connection.
    return answer.status === 404 ? [] : readChannelIds(request, answer);
  };
  return {
    setVariable: (channelId, name, value) => act(() => setVariableRequest(channelId, name, value)),
    async getVariable(channelId, name) {
      const request = getVariableRequest(channelId, name);
      const answer = await call(request);
      if (isGone(answer.status)) return '';
      const body = readBody(request, answer);
      return isRecord(body) && typeof body['value'] === 'string' ? body['value'] : '';
    },
    continueInDialplan: (channelId, target) => act(() => continueRequest(channelId, target)),
    answer: (channelId) => act(() => channelRequest('POST', channelId, 'answer', 'answer')),
    hangup: (channelId, cause) => act(() => hangupRequest(channelId, cause)),
    play: (channelId, sounds, playbackId, language) =>
      act(() => playRequest(channelId, sounds, playbackId, language)),
    stopPlayback: (playbackId) => act(() => stopPlaybackRequest(playbackId)),
    listChannels,
    async getChannel(channelId) {
      const request = channelRequest('GET', channelId, '', 'get');
      const answer = await call(request);
      return isGone(answer.status) ? null : readChannel(readBody(request, answer));
    },
    waitingChannelIds: () => waitingIn(application),
    waitingIn,
    claim: (channelId) => act(() => claimRequest(channelId, application)),
    moveHere: (channelId, args) => act(() => moveRequest(channelId, application, args)),
    tellPeer: (other) => act(() => userEventRequest(other, `${PEER_BEAT}${application}`)),
    async ping() {
      const request = pingRequest();
      readBody(request, await call(request));
    },
    originate: (origination) => act(() => originateRequest(origination)),
    sendMessage: (endpoint, from, text) => act(() => messageRequest(endpoint, from, text)),
    setDeviceState: (name, state) => act(() => deviceStateRequest(name, state)),
  };
}

function setVariableRequest(channelId: string, name: string, value: string): AriRequest {
  // A C string ends at the first NUL: the rest would be lost without a word.
  if (value.includes('\0'))
    throw new AppError('invalid', `The value for ${name} holds a NUL character; remove it.`);
  const query = `variable=${encodeURIComponent(name)}&value=${encodeURIComponent(value.toWellFormed())}`;
  const parameters = { channelId, variable: name, value };
  return { ...channelRequest('POST', channelId, `variable?${query}`, 'setChannelVar'), parameters };
}

function getVariableRequest(channelId: string, name: string): AriRequest {
  const uri = `variable?variable=${encodeURIComponent(name)}`;
  return {
    ...channelRequest('GET', channelId, uri, 'getChannelVar'),
    parameters: { channelId, variable: name },
  };
}

function continueRequest(
  channelId: string,
  target: { context: string; extension: string; priority: number } | undefined,
): AriRequest {
  if (target === undefined) return channelRequest('POST', channelId, 'continue', 'continueInDialplan');
  const { context, extension, priority } = target;
  const place = `context=${encodeURIComponent(context)}&extension=${encodeURIComponent(extension)}`;
  const request = channelRequest(
    'POST',
    channelId,
    `continue?${place}&priority=${priority}`,
    'continueInDialplan',
  );
  return { ...request, parameters: { channelId, context, extension, priority } };
}

function hangupRequest(channelId: string, cause: number): AriRequest {
  const request = channelRequest('DELETE', channelId, `?reason_code=${cause}`, 'hangup');
  return { ...request, parameters: { channelId, reason_code: String(cause) } };
}

function playRequest(
  channelId: string,
  sounds: readonly string[],
  playbackId: string,
  language: string | undefined,
): AriRequest {
  // A comma would begin the next sound; nothing escapes it.
  if (sounds.some((sound) => sound.includes(','))) {
    throw new AppError('invalid', 'The name of a sound holds a comma; rename its file.');
  }
  const media = sounds.map((sound) => `sound:${sound}`).join(',');
  const spoken = language === undefined ? '' : `&lang=${encodeURIComponent(language)}`;
  const rest = `play/${encodeURIComponent(playbackId)}?media=${encodeURIComponent(media)}${spoken}`;
  const parameters = { channelId, playbackId, media, ...(language === undefined ? {} : { lang: language }) };
  return { ...channelRequest('POST', channelId, rest, 'playWithId'), parameters };
}

function stopPlaybackRequest(playbackId: string): AriRequest {
  return {
    method: 'DELETE',
    uri: `playbacks/${encodeURIComponent(playbackId)}`,
    resource: 'playbacks',
    operation: 'stop',
    parameters: { playbackId },
    orderKey: '',
  };
}

function moveRequest(channelId: string, application: string, args: readonly string[]): AriRequest {
  const appArgs = args.join(',');
  const query = `app=${encodeURIComponent(application)}&appArgs=${encodeURIComponent(appArgs)}`;
  const parameters = { channelId, app: application, appArgs };
  return { ...channelRequest('POST', channelId, `move?${query}`, 'move'), parameters };
}

function channelRequest(
  method: AriRequest['method'],
  channelId: string,
  rest: string,
  operation: string,
): AriRequest {
  const slash = rest === '' || rest.startsWith('?') ? '' : '/';
  const uri = `channels/${encodeURIComponent(channelId)}${slash}${rest}`;
  if (uri.length > URI_LENGTH_MAX) {
    throw new AppError(
      'invalid',
      `The request ${operation} is longer than Asterisk reads; shorten its values.`,
    );
  }
  return { method, uri, resource: 'channels', operation, parameters: { channelId }, orderKey: channelId };
}

function listRequest(): AriRequest {
  return {
    method: 'GET',
    uri: 'channels',
    resource: 'channels',
    operation: 'list',
    parameters: {},
    orderKey: '',
  };
}

/** The body of a good answer; throws what a bad one means. */
export function readBody(request: AriRequest, answer: AriAnswer): unknown {
  if (answer.status >= 200 && answer.status < 300) return answer.body;
  throw refusal(request, answer);
}

function readDone(request: AriRequest, answer: AriAnswer): Done {
  if (isGone(answer.status) || isUnset(request, answer.status)) return 'gone';
  readBody(request, answer);
  return 'done';
}

/**
 * A plain variable can always be set: 400 means that the channel hung up before its thread came to it ("Failed to execute
 * function", res/ari/resource_channels.c). A function may refuse what it is given.
 */
function isUnset({ operation, parameters }: AriRequest, status: number): boolean {
  return status === 400 && operation === 'setChannelVar' && !String(parameters['variable']).includes('(');
}

/** 404: no such channel; 409: no longer in Stasis; 412: not up (rest-api/api-docs/channels.json). */
function isGone(status: number): boolean {
  return status === 404 || status === 409 || status === 412;
}

function readChannels(request: AriRequest, answer: AriAnswer): readonly AriChannel[] {
  const body = readBody(request, answer);
  if (!Array.isArray(body)) throw refusal(request, answer);
  return body
    .slice(0, CHANNELS_MAX)
    .map(readChannel)
    .filter((channel) => channel !== null);
}

function readChannelIds(request: AriRequest, answer: AriAnswer): readonly string[] {
  const body = readBody(request, answer);
  const ids: unknown = isRecord(body) ? body['channel_ids'] : undefined;
  if (!Array.isArray(ids)) throw refusal(request, answer);
  return ids.slice(0, CHANNELS_MAX).filter((id) => typeof id === 'string');
}

function refusal(request: AriRequest, answer: AriAnswer): AppError {
  const said = isRecord(answer.body) ? answer.body['message'] : undefined;
  const why = typeof said === 'string' ? `: ${said.slice(0, 200)}` : '';
  if (answer.status === 401 || answer.status === 403) {
    return new AppError(
      'unauthorized',
      `Asterisk refused ${request.operation} (${answer.status}${why}); the ARI user must not be read_only in ari.conf.`,
    );
  }
  return new AppError(
    'unavailable',
    `Asterisk did not carry out ${request.operation} (${answer.status}${why}).`,
  );
}
