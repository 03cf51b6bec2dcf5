// A lock between processes that the kernel gives back when its holder dies: no stale lock file can exist.
import { createServer } from 'node:net';

import { AppError } from '../../src/errors.ts';

/**
 * Waits for the lock named `name`. It is an abstract Unix socket (unix(7)): bound by one process at a time,
 * and gone with it. Rejects with `AppError('conflict')` at the deadline; `onWait` is called once if somebody
 * else holds it.
 */
export async function lock(
  name: string,
  options: { deadlineMs: number; onWait?: () => void },
): Promise<AsyncDisposable> {
  const end = performance.now() + options.deadlineMs;
  let waited = false;
  for (;;) {
    const held = await tryLock(name);
    if (held !== null) return held;
    if (!waited) options.onWait?.();
    waited = true;
    if (performance.now() >= end) {
      throw new AppError('conflict', `Another run has held “${name}” for too long: end it, then try again.`);
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

async function tryLock(name: string): Promise<AsyncDisposable | null> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  server.on('error', (error: NodeJS.ErrnoException) =>
    error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
  );
  server.listen(`\0callwarden-lab:${name}`, () => resolve(true));
  if (!(await promise)) return null;
  server.unref();
  return { [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())) };
}
