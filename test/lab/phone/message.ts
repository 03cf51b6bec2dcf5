// SIP messages as data: read from a datagram, written to one (RFC 3261, section 7).
export type Header = readonly [name: string, value: string];

export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly phrase: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

export type SipMessage = SipRequest | SipResponse;

const compactNames: Readonly<Record<string, string>> = {
  c: 'content-type',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  t: 'to',
  v: 'via',
};

/** Reads one datagram; null for anything that is no SIP message (keep-alives, junk). */
export function parseMessage(datagram: Buffer): SipMessage | null {
  const text = datagram.toString('utf8');
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  // A line that starts with white space continues the one before it (section 7.3.1).
  const [first = '', ...lines] = text
    .slice(0, headEnd)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line): Header => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const body = text.slice(headEnd + 4);
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(first);
  if (response !== null) {
    return { kind: 'response', status: Number(response[1]), phrase: response[2] ?? '', headers, body };
  }
  const request = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(first);
  if (request === null) return null;
  return { kind: 'request', method: request[1] ?? '', uri: request[2] ?? '', headers, body };
}

/** The bytes of a message; Content-Length is added here and nowhere else. */
export function formatMessage(message: SipMessage): Buffer {
  const first =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.phrase}`;
  const length = Buffer.byteLength(message.body);
  const lines = [
    first,
    ...message.headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${length}`,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${message.body}`);
}

/**
 * The values of a header, in order, split at the commas of a list; not for headers that hold dates or
 * credentials.
 */
export function headerValues(message: SipMessage, name: string): string[] {
  const wanted = name.toLowerCase();
  return message.headers
    .filter(([found]) => (compactNames[found.toLowerCase()] ?? found.toLowerCase()) === wanted)
    .flatMap(([, value]) => value.match(/(?:"(?:\\.|[^"\\])*"|<[^>]*>|[^,"<])+/g) ?? [])
    .map((value) => value.trim());
}

/** The whole of a header that occurs once; '' when it is missing. */
export function headerText(message: SipMessage, name: string): string {
  const wanted = name.toLowerCase();
  const found = message.headers.find(
    ([other]) => (compactNames[other.toLowerCase()] ?? other.toLowerCase()) === wanted,
  );
  return found?.[1] ?? '';
}

/** The URI inside `"Name" <uri>;params` or `uri;params`. */
export function uriIn(value: string): string {
  return /<([^>]*)>/.exec(value)?.[1] ?? value.split(';')[0]?.trim() ?? '';
}

/** The part between `sip:` and `@`, exactly as it was sent, or '' when there is none. */
export function userOf(uri: string): string {
  return /^sips?:([^@]*)@/i.exec(uri)?.[1] ?? '';
}

/** A header parameter such as `tag` or `branch`; '' when it is missing. */
export function parameter(value: string, name: string): string {
  const afterUri = value.slice(value.lastIndexOf('>') + 1);
  return new RegExp(`;\\s*${name}\\s*=\\s*([^;,\\s]+)`, 'i').exec(afterUri)?.[1] ?? '';
}

/** Host and port of a SIP URI; 5060 when it names none (RFC 3263). */
export function hostOf(uri: string): { address: string; port: number } {
  const match = /^sips?:(?:[^@]*@)?([^:;>?]+)(?::(\d+))?/i.exec(uri);
  return { address: match?.[1] ?? '', port: Number(match?.[2] ?? 5060) };
}

/** The number and method of CSeq. */
export function sequenceOf(message: SipMessage): { number: number; method: string } {
  const [number = '0', method = ''] = headerText(message, 'CSeq').split(/\s+/);
  return { number: Number(number), method };
}

/**
 * Escapes what may not stand in the user part of a URI (RFC 3261, section 25.1), such as `#` and the space.
 */
export function escapeUser(user: string): string {
  return encodeURIComponent(user).replaceAll(/%(2B|26|3D|24|2C|3B|3F|2F)/g, (escaped) =>
    decodeURIComponent(escaped),
  );
}
