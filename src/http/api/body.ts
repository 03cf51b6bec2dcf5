// The body of a request, up to its bound.
import type { Context } from 'hono';
import { problem } from './problem.ts';
import type { Route } from './route.ts';

/** Larger ones are files, whose routes say so. */
export const BODY_BYTES_MAX = 64 * 1024;

/** The JSON value, the bytes of a file, or undefined where the route takes nothing. A `Response` refuses. */
export async function readBody(spec: Route, context: Context): Promise<unknown> {
  if (spec.file === undefined && spec.body === undefined) return undefined;
  const type = (context.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  const wanted = spec.file ?? 'application/json';
  if (type !== wanted) return problem(context, 'invalid', `Send a body of the type ${wanted}.`);
  const bytesMax = spec.bodyMax ?? BODY_BYTES_MAX;
  // Nobody is left to read the answer; that is no failure of ours.
  const bytes = await readBytes(context, bytesMax).catch(() => undefined);
  if (bytes === undefined) return problem(context, 'invalid', 'The body was cut off on its way.');
  if (bytes === null) return problem(context, 'too-large', `The body is longer than ${bytesMax} bytes.`);
  if (spec.file !== undefined) return bytes;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    // Schemas of records pass over it in silence.
    if (value instanceof Object && Object.hasOwn(value, '__proto__')) {
      return problem(context, 'invalid', 'Nothing is called __proto__.');
    }
    return value;
  } catch {
    return problem(context, 'invalid', 'The body is not valid JSON.');
  }
}

/** Null beyond the bound; what is left is not read. */
async function readBytes(context: Context, bytesMax: number): Promise<Uint8Array | null> {
  const stream = context.req.raw.body;
  if (stream === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > bytesMax) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
