// Responses to a request: what is copied from it, what is added (RFC 3261, section 8.2.6).
import {
  type Header,
  headerText,
  headerValues,
  parameter,
  type SipRequest,
  type SipResponse,
} from './message.ts';

const phrases: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  302: 'Moved Temporarily',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  600: 'Busy Everywhere',
  603: 'Decline',
};

export interface ResponseOptions {
  /** Added to To where the request has none. */
  readonly tag?: string;
  readonly contact?: string;
  readonly headers?: readonly Header[];
  readonly sdp?: string;
}

export function formatResponse(request: SipRequest, status: number, options: ResponseOptions): SipResponse {
  const to = headerText(request, 'To');
  const tagged = parameter(to, 'tag') !== '' || options.tag === undefined ? to : `${to};tag=${options.tag}`;
  const copied = (name: string): Header[] =>
    headerValues(request, name).map((value): Header => [name, value]);
  const headers: Header[] = [
    ...copied('Via'),
    ...(status < 300 ? copied('Record-Route') : []),
    ['From', headerText(request, 'From')],
    ['To', tagged],
    ['Call-ID', headerText(request, 'Call-ID')],
    ['CSeq', headerText(request, 'CSeq')],
  ];
  const extra = options.headers ?? [];
  const ownContact = extra.some(([name]) => name === 'Contact');
  if (!ownContact && options.contact !== undefined) headers.push(['Contact', options.contact]);
  headers.push(...extra);
  if (options.sdp !== undefined) headers.push(['Content-Type', 'application/sdp']);
  const phrase = phrases[status] ?? 'Response';
  return { kind: 'response', status, phrase, headers, body: options.sdp ?? '' };
}
