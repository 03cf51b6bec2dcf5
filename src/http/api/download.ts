// Files that are made while they are sent: piece by piece, others being served between two of them.
import { createReadStream, rmSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { AppError } from '../../errors.ts';

/** Files that are being made at once. */
const DOWNLOADS_MAX = 4;
/** Who has not read a file to its end by then is cut off. */
const DOWNLOAD_DEADLINE_MS = 600_000;

let downloads = 0;

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
  if (downloads >= DOWNLOADS_MAX) {
    close();
    throw new AppError('unavailable', 'Too many files are being downloaded; try again in a moment.');
  }
  downloads += 1;
  let isOpen = true;
  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    downloads -= 1;
    clearTimeout(deadline);
    close();
  };
  let cut: (error: Error) => void = () => undefined;
  const deadline = setTimeout(() => {
    cut(new Error('the download took too long'));
    end();
  }, DOWNLOAD_DEADLINE_MS).unref();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      cut = (error) => controller.error(error);
    },
    pull: async (controller) => {
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
