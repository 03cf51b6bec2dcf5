// Mail: short texts by the organisation's own mail server, one connection at a time, bounded, tried again.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { codeOf } from '../errors.ts';
import { findAddresses, pinnedTo, type FindAddresses } from './addresses.ts';
import { Outbox, type OutboxBounds, type OutboxState, type SendResult } from './outbox.ts';
import { oneLine, severalLines } from './words.ts';

const TRY_DEADLINE_MS = 15_000;
/** Of silence of the server, at any step. */
const SILENCE_DEADLINE_MS = 5000;
const SUBJECT_BYTES_MAX = 200;
const TEXT_BYTES_MAX = 10_000;
const ADDRESS_LENGTH_MAX = 254;
const BOUNDS: OutboxBounds = {
  queueMax: 200,
  triesMax: 6,
  firstPauseMs: 5000,
  pauseMaxMs: 300_000,
  ageMaxMs: 3_600_000,
};
/** One mailbox and nothing beside it: no list, no name, no route, no comment. */
const ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;

export interface MailOptions {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` before anything is said, `none` never. */
  readonly tls: 'starttls' | 'tls' | 'none';
  /** '' for a server that asks for none. */
  readonly username: string;
  readonly password: string;
  readonly from: string;
}

export interface MailPorts {
  readonly nowMs: () => number;
  /** Once per change of state, '' when all is well again. */
  readonly onProblem: (problem: string) => void;
  readonly find?: FindAddresses;
  readonly bounds?: Partial<OutboxBounds>;
  /** More to trust than the system's authorities, as PEM. */
  readonly ca?: string;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Asked before each try, and never throws; false: nobody wants to know it any more. Left out, it is sent. */
  readonly isStillTrue?: (() => boolean) | undefined;
}

export interface Mailer extends AsyncDisposable {
  /** Never throws and never waits. */
  put(mail: Mail): void;
  /** One try now. Never rejects. */
  tryOnce(mail: Mail): Promise<SendResult>;
  state(): OutboxState;
}

export function createMailer(options: MailOptions, ports: MailPorts): Mailer {
  return new Outbox<Mail>(
    { ...BOUNDS, ...ports.bounds },
    {
      send: (mail, ended) => send(options, ports, mail, ended),
      isWanted: ({ isStillTrue }) => isStillTrue?.() ?? true,
      onProblem: ports.onProblem,
      nowMs: ports.nowMs,
    },
  );
}

async function send(
  options: MailOptions,
  ports: MailPorts,
  mail: Mail,
  ended: AbortSignal,
): Promise<SendResult> {
  if (mail.to.length > ADDRESS_LENGTH_MAX || !ADDRESS.test(mail.to)) {
    return { kind: 'refused', problem: `“${oneLine(mail.to, 60)}” is no mail address` };
  }
  const signal = AbortSignal.any([ended, AbortSignal.timeout(TRY_DEADLINE_MS)]);
  let socket: Socket | null = null;
  try {
    const addresses = await (ports.find ?? findAddresses)(options.host, signal);
    socket = connect({ host: options.host, port: options.port, lookup: pinnedTo(addresses), noDelay: true });
    await once(socket, 'connect', { signal });
    await say(options, ports, mail, socket, signal);
    return { kind: 'sent' };
  } catch (error) {
    return refusalOf(error, signal);
  } finally {
    socket?.on('error', () => undefined).destroy();
  }
}

async function say(
  options: MailOptions,
  ports: MailPorts,
  mail: Mail,
  connection: Socket,
  signal: AbortSignal,
): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host: options.host,
    port: options.port,
    secure: options.tls === 'tls',
    requireTLS: options.tls === 'starttls',
    ignoreTLS: options.tls === 'none',
    tls: {
      servername: options.host,
      minVersion: 'TLSv1.2',
      ...(ports.ca === undefined ? {} : { ca: ports.ca }),
    },
    ...(options.username === '' ? {} : { auth: { user: options.username, pass: options.password } }),
    greetingTimeout: SILENCE_DEADLINE_MS,
    socketTimeout: SILENCE_DEADLINE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_options: unknown, callback: (error: null, found: { connection: Socket }) => void) =>
      callback(null, { connection }),
  });
  await transport.sendMail({
    from: options.from,
    to: { name: '', address: mail.to },
    subject: oneLine(mail.subject, SUBJECT_BYTES_MAX),
    text: severalLines(mail.text, TEXT_BYTES_MAX),
    headers: { 'Auto-Submitted': 'auto-generated' },
    signal,
  });
}

/** SMTP's 5xx is for ever, but for the login, which somebody may mend; all else may mend itself. */
function refusalOf(error: unknown, signal: AbortSignal): SendResult {
  if (signal.aborted)
    return { kind: 'failed', problem: `does not take a mail within ${TRY_DEADLINE_MS / 1000} s` };
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  const code = codeOf(error) || 'no code';
  if (code === 'EAUTH') return { kind: 'failed', problem: `refuses the login (${status})` };
  if (status >= 500) return { kind: 'refused', problem: `refuses the mail (${status})` };
  const answer = status > 0 ? ` and ${status}` : '';
  return { kind: 'failed', problem: `does not take the mail (${code}${answer})` };
}
