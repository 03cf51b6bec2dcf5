// One POST to a receiver that nobody trusts: checked addresses, one deadline, no redirect, and hardly a look at the answer.
import { request as requestPlain } from 'node:http';
import { request as requestTls, type RequestOptions } from 'node:https';
import { codeOf } from '../errors.ts';
import { findAddresses, isPublic, pinnedTo, type FindAddresses } from './addresses.ts';
import type { SendResult } from './outbox.ts';

const TRY_DEADLINE_MS = 3000;
/** Read, so that a polite receiver can end its answer, and looked at by nobody. */
const RESPONSE_BYTES_MAX = 4 * 1024;
const RESPONSE_HEADER_BYTES_MAX = 8 * 1024;

export interface Target {
  /** http or https, without user and password. */
  readonly url: string;
  /** Whether it may lie on this machine or in its networks. */
  readonly privateAddresses: boolean;
  /** The system's resolver, unless told otherwise. */
  readonly find?: FindAddresses;
}

/** Never rejects. Redirects, and what the receiver will not take at any time, are refusals. */
export async function post(
  target: Target,
  body: string,
  headers: Readonly<Record<string, string>>,
  ended: AbortSignal,
): Promise<SendResult> {
  const signal = AbortSignal.any([ended, AbortSignal.timeout(TRY_DEADLINE_MS)]);
  try {
    const url = new URL(target.url);
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const found = await (target.find ?? findAddresses)(host, signal);
    const addresses = target.privateAddresses ? found : found.filter(isPublic);
    if (addresses.length === 0) return refusedAddress(found.map(({ address }) => address));
    return meaningOf(
      await exchange(
        url,
        {
          method: 'POST',
          host,
          lookup: pinnedTo(addresses),
          headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
          agent: false,
          maxHeaderSize: RESPONSE_HEADER_BYTES_MAX,
          signal,
        },
        body,
      ),
    );
  } catch (error) {
    return { kind: 'failed', problem: problemOf(error, signal) };
  }
}

/** The status, as soon as the answer has ended, was cut by us, or went away behind its head. */
function exchange(url: URL, options: RequestOptions, body: string): Promise<number> {
  const send = url.protocol === 'https:' ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    const call = send(url, options, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > RESPONSE_BYTES_MAX) call.destroy();
      });
      response.on('error', () => undefined);
      response.on('close', () => resolve(response.statusCode ?? 0));
    });
    call.on('error', reject);
    call.end(body);
  });
}

function meaningOf(status: number): SendResult {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status >= 300 && status < 400) {
    return { kind: 'refused', problem: `answers ${status}: redirects are not followed, name the final URL` };
  }
  const mayMend = status >= 500 || [408, 425, 429].includes(status);
  return { kind: mayMend ? 'failed' : 'refused', problem: `answers ${status}` };
}

function refusedAddress(addresses: readonly string[]): SendResult {
  const where = addresses.length === 0 ? 'nowhere' : `to ${addresses.join(', ')}`;
  return {
    kind: 'refused',
    problem: `leads ${where}, which is not in the Internet: set private-addresses = true if that is meant`,
  };
}

function problemOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return `does not answer within ${TRY_DEADLINE_MS / 1000} s`;
  const code = codeOf(error) || 'no code';
  if (['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'].includes(code)) return `its name is not found (${code})`;
  return `cannot be reached (${code})`;
}
