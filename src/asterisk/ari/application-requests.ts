// The requests that are about an application, an offered call or Asterisk itself.
import type { AriRequest } from './commands.ts';

export function pingRequest(): AriRequest {
  return {
    method: 'GET',
    uri: 'asterisk/ping',
    resource: 'asterisk',
    operation: 'ping',
    parameters: {},
    orderKey: '',
  };
}

/** Which Asterisk it is. */
export function infoRequest(): AriRequest {
  return {
    method: 'GET',
    uri: 'asterisk/info?only=system',
    resource: 'asterisk',
    operation: 'getInfo',
    parameters: { only: 'system' },
    orderKey: '',
  };
}

/** From now on Asterisk sends the application only these types of event. */
export function eventFilterRequest(application: string, types: readonly string[]): AriRequest {
  const filter = { allowed: types.map((type) => ({ type })) };
  return {
    method: 'PUT',
    uri: `applications/${encodeURIComponent(application)}/eventFilter`,
    resource: 'applications',
    operation: 'filter',
    parameters: { applicationName: application, filter },
    body: filter,
    orderKey: '',
  };
}

/**
 * From now on Asterisk sends the application the events of all channels. It is asked for this, and not with
 * `subscribeAll=true`, which adds device states: when a device changes its state while such a WebSocket closes, Asterisk
 * holds the session's lock, waits for the event to be sent, and the event waits for the lock (22.10.1,
 * res/ari/ari_websockets.c session_reset, res/res_stasis_device_state.c). ARI is dead then until Asterisk is restarted.
 */
export function allChannelsRequest(application: string): AriRequest {
  return {
    method: 'POST',
    uri: `applications/${encodeURIComponent(application)}/subscription?eventSource=channel:`,
    resource: 'applications',
    operation: 'subscribe',
    parameters: { applicationName: application, eventSource: 'channel:' },
    orderKey: '',
  };
}

/** An event that comes back to us through the application. */
export function userEventRequest(application: string, eventName: string): AriRequest {
  return {
    method: 'POST',
    uri: `events/user/${encodeURIComponent(eventName)}?application=${encodeURIComponent(application)}`,
    resource: 'events',
    operation: 'userEvent',
    parameters: { eventName, application },
    orderKey: '',
  };
}

/** Asterisk >= 20.17, 22.7, 23.1. */
export function claimRequest(channelId: string, application: string): AriRequest {
  return {
    method: 'POST',
    uri: `events/claim?channelId=${encodeURIComponent(channelId)}&application=${encodeURIComponent(application)}`,
    resource: 'events',
    operation: 'claimChannel',
    parameters: { channelId, application },
    orderKey: channelId,
  };
}

export function applicationRequest(application: string): AriRequest {
  return {
    method: 'GET',
    uri: `applications/${encodeURIComponent(application)}`,
    resource: 'applications',
    operation: 'get',
    parameters: { applicationName: application },
    orderKey: '',
  };
}
