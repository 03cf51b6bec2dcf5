// Digest authentication with MD5, as Asterisk asks for it (RFC 2617; RFC 3261, section 22).
import { createHash, randomBytes } from 'node:crypto';

import { type Header, headerText, type SipRequest, type SipResponse } from './message.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The header that answers the challenge in `response`, or null when it holds none that we can answer. */
export function answerChallenge(
  request: SipRequest,
  response: SipResponse,
  credentials: Credentials,
): Header | null {
  const proxy = response.status === 407;
  const challenge = headerText(response, proxy ? 'Proxy-Authenticate' : 'WWW-Authenticate');
  const field = (name: string): string =>
    new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|([^,\\s]+))`, 'i').exec(challenge)?.slice(1).find(Boolean) ??
    '';
  if (!/^Digest\s/i.test(challenge) || !/^(MD5)?$/i.test(field('algorithm'))) return null;
  const { username, password } = credentials;
  const [realm, nonce, opaque] = [field('realm'), field('nonce'), field('opaque')];
  const secret = md5(`${username}:${realm}:${password}`);
  const subject = md5(`${request.method}:${request.uri}`);
  const parts = [`username="${username}"`, `realm="${realm}"`, `nonce="${nonce}"`, `uri="${request.uri}"`];
  if (field('qop').split(',').includes('auth')) {
    const clientNonce = randomBytes(8).toString('hex');
    const digest = md5(`${secret}:${nonce}:00000001:${clientNonce}:auth:${subject}`);
    parts.push(`response="${digest}"`, `cnonce="${clientNonce}"`, 'nc=00000001', 'qop=auth');
  } else {
    parts.push(`response="${md5(`${secret}:${nonce}:${subject}`)}"`);
  }
  if (opaque !== '') parts.push(`opaque="${opaque}"`);
  return [proxy ? 'Proxy-Authorization' : 'Authorization', `Digest ${parts.join(', ')}, algorithm=MD5`];
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
