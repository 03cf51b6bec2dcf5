// Hangup causes as Asterisk 16 and older take them over ARI: by name.

import type { AriRequest } from './commands.ts';

/** res/ari/resource_channels.c, ast_ari_channels_hangup; the numbers are those of Q.850. */
const NAMES = new Map([
  ['1', 'unallocated'],
  ['16', 'normal'],
  ['17', 'busy'],
  ['18', 'timeout'],
  ['19', 'no_answer'],
  ['21', 'rejected'],
  ['26', 'answered_elsewhere'],
  ['28', 'number_incomplete'],
  ['31', 'normal_unspecified'],
  ['34', 'congestion'],
  ['38', 'failure'],
  ['58', 'codec_mismatch'],
  ['127', 'interworking'],
]);

/** The request with the cause by name; a cause without one becomes `rejected`. Other requests stay as they are. */
export function hangupByName(request: AriRequest): AriRequest {
  const { reason_code: cause, ...rest } = request.parameters;
  if (request.operation !== 'hangup' || typeof cause !== 'string') return request;
  return { ...request, parameters: { ...rest, reason: NAMES.get(cause) ?? 'rejected' } };
}
