// Session descriptions of a phone that speaks µ-law and RFC 4733 digits, and nothing else.
import type { Peer } from './socket.ts';

export const ulawPayloadType = 0;
export const digitsPayloadType = 101;

export function formatSdp(media: Peer, sessionVersion: number): string {
  return [
    'v=0',
    `o=- 1 ${sessionVersion} IN IP4 ${media.address}`,
    's=-',
    `c=IN IP4 ${media.address}`,
    't=0 0',
    `m=audio ${media.port} RTP/AVP ${ulawPayloadType} ${digitsPayloadType}`,
    'a=rtpmap:0 PCMU/8000',
    `a=rtpmap:${digitsPayloadType} telephone-event/8000`,
    `a=fmtp:${digitsPayloadType} 0-16`,
    'a=ptime:20',
    'a=sendrecv',
    '',
  ].join('\r\n');
}

/** Where the other side wants its audio, or null when the body describes none. */
export function audioAddress(sdp: string): Peer | null {
  const address = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
  const port = /^m=audio (\d+) /m.exec(sdp)?.[1];
  return address === undefined || port === undefined ? null : { address, port: Number(port) };
}
