// Files that are made while they are sent: piece by piece, others being served between two of them.
import { createReadStream, rmSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { AppError } from '../../errors.ts';
import { createShares } from './shares.ts';

/** Files that are being made at once, for all and for one account. */
const DOWNLOADS_MAX = 8;
const ACCOUNT_DOWNLOADS_MAX = 2;
/** Who has not read a file to its end by then is cut off. */
const DOWNLOAD_DEADLINE_MS = 600_000;
/** So is who reads nothing for so long. */
const DOWNLOAD_STALL_DEADLINE_MS = 30_000;

const shareOf = createShares(ACCOUNT_DOWNLOADS_MAX);
let underWay = 0;
const askers = new WeakMap<Request, string>();

/** Whose file it is that this request will be answered with. */
export function rememberAsker({ req }: Context, account: string): void {
  askers.set(req.raw, account);
}

/** Null where there are too many. */
function join(account: string): (() => void) | null {
  const leave = underWay < DOWNLOADS_MAX ? shareOf(account) : null;
  if (leave === null) return null;
  underWay += 1;
  return () => {
    underWay -= 1;
    leave();
  };
}

export interface FileKind {
  /** As it is saved, without anything that a header would take for its own. */
  readonly name: string;
  readonly type: string;
}

/** Throws `AppError('unavailable')` while too many are made. An error on the way breaks the file off. */
export function download(context: Context, kind: FileKind, pieces: Iterator<string>): Response {
  const encoder = new TextEncoder();
  const read = async () => {
    await nextTurn();
    const { done, value } = pieces.next();
    return done === true ? null : encoder.encode(value);
  };
  return send(context, kind, read, () => void pieces.return?.());
}

/** The same of a file on disk, which goes as soon as it is open: nothing is left behind, whatever happens. */
export async function downloadOnce(context: Context, kind: FileKind, file: string): Promise<Response> {
  const stream = createReadStream(file);
  await new Promise((resolve, reject) => {
    stream.once('open', resolve);
    stream.once('error', reject);
  });
  rmSync(file, { force: true });
  const reader = Readable.toWeb(stream).getReader();
  const read = async (): Promise<Uint8Array | null> => {
    const { done, value } = await reader.read();
    return done ? null : new Uint8Array(value);
  };
  return send(context, kind, read, () => void stream.destroy());
}

function send(
  context: Context,
  { name, type }: FileKind,
  read: () => Promise<Uint8Array | null>,
  close: () => void,
): Response {
  const leave = join(askers.get(context.req.raw) ?? '');
  if (leave === null) {
    close();
    throw new AppError('unavailable', 'Too many files are being downloaded; try again in a moment.');
  }
  let isOpen = true;
  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    leave();
    clearTimeout(deadline);
    clearTimeout(stall);
    close();
  };
  let cut: (error: Error) => void = () => undefined;
  const over = () => {
    cut(new Error('the download took too long'));
    end();
  };
  const deadline = setTimeout(over, DOWNLOAD_DEADLINE_MS).unref();
  // Begins anew with each piece that is asked for, which is when the one before has gone out.
  const stall = setTimeout(over, DOWNLOAD_STALL_DEADLINE_MS).unref();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      cut = (error) => controller.error(error);
    },
    pull: async (controller) => {
      stall.refresh();
      try {
        const piece = await read();
        if (!isOpen) return;
        if (piece !== null) return controller.enqueue(piece);
        end();
        controller.close();
      } catch (error) {
        end();
        controller.error(error);
      }
    },
    cancel: end,
  });
  return context.body(body, 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  });
}
