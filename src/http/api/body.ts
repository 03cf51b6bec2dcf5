// The body of a request, up to its bound.
import type { Context } from 'hono';
import { problem } from './problem.ts';
import type { Route } from './route.ts';

/** Larger ones are files, whose routes say so. */
export const BODY_BYTES_MAX = 64 * 1024;

/** Of all large bodies together, until their requests are answered: the heap of the thread holds a few of them. */
const LARGE_BYTES_MAX = 96 * 1024 * 1024;

let largeBytes = 0;

/** What one request holds of that, until it is disposed of. */
export class LargeBody implements Disposable {
  #bytes = 0;

  /** False where there would be too many. */
  take(bytes: number): boolean {
    if (largeBytes + bytes > LARGE_BYTES_MAX) return false;
    largeBytes += bytes;
    this.#bytes += bytes;
    return true;
  }

  [Symbol.dispose](): void {
    largeBytes -= this.#bytes;
    this.#bytes = 0;
  }
}

/** The JSON value, the bytes of a file, or undefined where the route takes nothing. A `Response` refuses. */
export async function readBody(spec: Route, context: Context, large: LargeBody): Promise<unknown> {
  if (spec.file === undefined && spec.body === undefined) return undefined;
  const type = (context.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  const wanted = spec.file ?? 'application/json';
  if (type !== wanted) return problem(context, 'invalid', `Send a body of the type ${wanted}.`);
  const bytesMax = spec.bodyMax ?? BODY_BYTES_MAX;
  // Nobody is left to read the answer; that is no failure of ours.
  const mayHold = (length: number) => spec.bodyMax === undefined || large.take(length);
  const bytes = await readBytes(context, bytesMax, mayHold).catch(() => undefined);
  if (bytes === undefined) return problem(context, 'invalid', 'The body was cut off on its way.');
  if (bytes === 'too-many') {
    return problem(context, 'unavailable', 'Too many files are taken in just now; try again in a moment.');
  }
  if (bytes === null) return problem(context, 'too-large', `The body is longer than ${bytesMax} bytes.`);
  if (spec.file !== undefined) return bytes;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    // Schemas of records pass over it in silence.
    if (namesPrototype(value)) {
      return problem(context, 'invalid', 'Nothing is called __proto__.');
    }
    return value;
  } catch {
    return problem(context, 'invalid', 'The body is not valid JSON.');
  }
}

/** Anywhere in it. Without recursion: it may be as deep as it is long. */
function namesPrototype(value: unknown): boolean {
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (!(next instanceof Object)) continue;
    if (Object.hasOwn(next, '__proto__')) return true;
    for (const inner of Object.values(next)) left.push(inner);
  }
  return false;
}

/** Null beyond the bound; what is left is not read. */
async function readBytes(
  context: Context,
  bytesMax: number,
  mayHold: (length: number) => boolean,
): Promise<Uint8Array | 'too-many' | null> {
  const stream = context.req.raw.body;
  if (stream === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > bytesMax) return null;
    if (!mayHold(chunk.length)) return 'too-many';
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
