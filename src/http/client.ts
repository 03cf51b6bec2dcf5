// How a command speaks to the running daemon over its local socket.
import { request } from 'node:http';
import { AppError } from '../errors.ts';
import type { RingingCall } from '../pickup/call.ts';
import type { TakeOutcome, TakeRequest } from '../pickup/take.ts';
import type { DaemonStatus } from './ports.ts';
import type { NoticeResult, NoticeWay } from './telling-ports.ts';

const ANSWER_DEADLINE_MS = 3000;
/** A mail server may take its time. */
const NOTICE_DEADLINE_MS = 20_000;
/** The phone rings for 20 s, and then asks. */
const TAKE_DEADLINE_MS = 45_000;
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

export function askStatus(socketPath: string): Promise<DaemonStatus> {
  return ask<DaemonStatus>(socketPath, '/status');
}

export function askRinging(socketPath: string): Promise<readonly RingingCall[]> {
  return ask<readonly RingingCall[]>(socketPath, '/ringing');
}

/** Has the daemon send a test notice; empty where no such way is configured. */
export function askTestNotice(
  socketPath: string,
  way: NoticeWay,
  to: string,
): Promise<readonly NoticeResult[]> {
  const path = `/notices/test/${way}?to=${encodeURIComponent(to)}`;
  return ask<readonly NoticeResult[]>(socketPath, path, 'POST', NOTICE_DEADLINE_MS);
}

/** Answers when the outcome is known: the picker's phone rings meanwhile. */
export function askTake(socketPath: string, { target, picker }: TakeRequest): Promise<TakeOutcome> {
  const body = JSON.stringify({ target, for: picker });
  return ask<TakeOutcome>(socketPath, '/pickup/take', 'POST', TAKE_DEADLINE_MS, body);
}

/**
 * @throws AppError `unavailable` when no daemon answers in time, `invalid` when it does not take the request, `internal` when
 * its answer makes no sense.
 */
function ask<Answer>(
  socketPath: string,
  path: string,
  method: 'GET' | 'POST' = 'GET',
  deadlineMs: number = ANSWER_DEADLINE_MS,
  body: string = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(deadlineMs);
    const call = request({ socketPath, path, method, signal }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > ANSWER_BYTES_MAX) call.destroy(new Error('answer too long'));
        else chunks.push(chunk);
      });
      response.on('error', (error) => reject(noAnswer(socketPath, error)));
      response.on('end', () => {
        try {
          if (response.statusCode === 503) {
            reject(
              new AppError(
                'unavailable',
                'The daemon is not ready yet; ask again in a moment, or see `callwarden status`.',
              ),
            );
            return;
          }
          if (response.statusCode === 400 || response.statusCode === 413) {
            reject(new AppError('invalid', 'The daemon does not take that; look at what was given.'));
            return;
          }
          if (response.statusCode !== 200) throw new Error(`HTTP status ${response.statusCode}`);
          // The other end of the socket is this very program; only its owner can open it.
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion
          resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Answer);
        } catch (error) {
          reject(
            new AppError('internal', 'The daemon gave an answer that makes no sense; its log says why.', {
              cause: error,
            }),
          );
        }
      });
    });
    call.on('error', (error) => reject(noAnswer(socketPath, error)));
    call.end(body);
  });
}

export function noAnswer(socketPath: string, cause: Error & { code?: string }): AppError {
  const sentence =
    cause.code === 'EACCES'
      ? `The daemon's socket ${socketPath} is not open to this user; run the command as root or as the daemon's user.`
      : `No daemon answers on ${socketPath}; start it with \`callwarden run\`, or name its configuration with --config.`;
  return new AppError('unavailable', sentence, { cause });
}
