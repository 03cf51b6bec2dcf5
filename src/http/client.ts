// How a command speaks to the running daemon over its local socket.
import { request, type IncomingMessage } from 'node:http';
import { AppError, codeOf } from '../errors.ts';
import type { RingingCall } from '../pickup/call.ts';
import type { TakeOutcome, TakeRequest } from '../pickup/take.ts';
import type { DaemonStatus } from './ports.ts';
import { refusalOf, senseless } from './refusal.ts';
import type { NoticeResult, NoticeWay } from './telling-ports.ts';

export const ANSWER_DEADLINE_MS = 3000;
/** A mail server may take its time. */
export const NOTICE_DEADLINE_MS = 20_000;
/** The phone rings for 20 s, and then asks. */
export const TAKE_DEADLINE_MS = 45_000;
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

export function askStatus(socketPath: string): Promise<DaemonStatus> {
  return get(socketPath, '/status');
}

export function askRinging(socketPath: string): Promise<readonly RingingCall[]> {
  return get(socketPath, '/ringing');
}

/** Has the daemon send a test notice; empty where no such way is configured. */
export function askTestNotice(
  socketPath: string,
  way: NoticeWay,
  to: string,
): Promise<readonly NoticeResult[]> {
  const path = `/notices/test/${way}?to=${encodeURIComponent(to)}`;
  return post(socketPath, path, NOTICE_DEADLINE_MS);
}

/** Answers when the outcome is known: the picker's phone rings meanwhile. */
export function askTake(socketPath: string, { target, picker }: TakeRequest): Promise<TakeOutcome> {
  return post(socketPath, '/pickup/take', TAKE_DEADLINE_MS, { target, for: picker });
}

const get = <Answer>(socketPath: string, path: string) =>
  ask<Answer>(socketPath, { method: 'GET', path, deadlineMs: ANSWER_DEADLINE_MS, body: '' });

const post = <Answer>(socketPath: string, path: string, deadlineMs: number, body?: object) =>
  ask<Answer>(socketPath, {
    method: 'POST',
    path,
    deadlineMs,
    body: body === undefined ? '' : JSON.stringify(body),
  });

interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** For the whole answer. */
  readonly deadlineMs: number;
  readonly body: string;
}

/**
 * @throws AppError `unavailable` when no daemon answers in time, `internal` when its answer makes no sense, and what the
 * daemon says where it refuses.
 */
async function ask<Answer>(socketPath: string, question: Question): Promise<Answer> {
  const { status, body } = await exchange(socketPath, question).catch((error: unknown) => {
    throw noAnswer(socketPath, error);
  });
  if (status !== 200) throw refusalOf(status, body);
  try {
    // The other end of the socket is this very program; only its owner can open it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return JSON.parse(body) as Answer;
  } catch (error) {
    throw senseless(error);
  }
}

async function exchange(socketPath: string, { method, path, deadlineMs, body }: Question) {
  const signal = AbortSignal.timeout(deadlineMs);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const call = request({ socketPath, path, method, signal }, resolve);
    call.on('error', reject);
    call.end(body);
  });
  return { status: response.statusCode ?? 0, body: await readBody(response) };
}

/** Rejects when it is cut off, or too long. */
export async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const read = Buffer.from(chunk);
    bytes += read.length;
    if (bytes > ANSWER_BYTES_MAX) throw new Error('answer too long');
    chunks.push(read);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Nobody is there, or nobody says anything. */
export function noAnswer(socketPath: string, cause: unknown): AppError {
  const sentence =
    codeOf(cause) === 'EACCES'
      ? `The daemon's socket ${socketPath} is not open to this user; run the command as root or as the daemon's user.`
      : `No daemon answers on ${socketPath}; start it with \`callwarden run\`, or name its configuration with --config.`;
  return new AppError('unavailable', sentence, { cause });
}
