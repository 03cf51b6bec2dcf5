// The requests that are about phones rather than channels: a call to one, a message to one, the lamp of a key.
import type { AriRequest } from './commands.ts';
import type { DeviceState, Origination } from './link.ts';

/**
 * A new call to an endpoint; answered, it enters the dialplan (rest-api/api-docs/channels.json, originateWithId). Variables
 * are set before the endpoint is called.
 */
export function originateRequest(call: Origination): AriRequest {
  const { channelId, endpoint, context, extension, callerId, timeoutS, variables } = call;
  const query = { endpoint, context, extension, priority: 1, callerId, timeout: timeoutS };
  const words = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  const body = { variables };
  return {
    method: 'POST',
    uri: `channels/${encodeURIComponent(channelId)}?${words.join('&')}`,
    resource: 'channels',
    operation: 'originateWithId',
    parameters: { channelId, ...query, variables: body },
    body,
    orderKey: channelId,
  };
}

/** A SIP MESSAGE to the contacts of an endpoint, outside any call. Needs res_pjsip_messaging. */
export function messageRequest(endpoint: string, from: string, text: string): AriRequest {
  const query = `from=${encodeURIComponent(from)}&body=${encodeURIComponent(text.toWellFormed())}`;
  return {
    method: 'PUT',
    uri: `endpoints/PJSIP/${encodeURIComponent(endpoint)}/sendMessage?${query}`,
    resource: 'endpoints',
    operation: 'sendMessageToEndpoint',
    parameters: { tech: 'PJSIP', resource: endpoint, from, body: text },
    orderKey: `endpoint ${endpoint}`,
  };
}

/** Sets the state that hints on `Stasis:<name>` follow. Needs res_ari_device_states. */
export function deviceStateRequest(name: string, state: DeviceState): AriRequest {
  const deviceName = `Stasis:${name}`;
  return {
    method: 'PUT',
    uri: `deviceStates/${encodeURIComponent(deviceName)}?deviceState=${state}`,
    resource: 'deviceStates',
    operation: 'update',
    parameters: { deviceName, deviceState: state },
    orderKey: `device ${name}`,
  };
}
