// Loaded before the daemon's own program by a test: signals end or block the web thread, as nothing that a stranger sends may.
import { syncBuiltinESMExports } from 'node:module';
import threads, { type Worker, type WorkerOptions } from 'node:worker_threads';

const BLOCK = 'block';

if (threads.isMainThread) {
  const { Worker: Original } = threads;
  let web: Worker | null = null;
  threads.Worker = new Proxy(Original, {
    construct(target, [file, options]: [string | URL, WorkerOptions?]) {
      const isWeb = String(file).includes('/web-worker.');
      const execArgv = ['--import', import.meta.url];
      const thread = new target(file, isWeb ? { ...options, execArgv } : options);
      if (isWeb) web = thread;
      return thread;
    },
  });
  syncBuiltinESMExports();
  process.on('SIGUSR2', () => void web?.terminate());
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
  process.on('SIGWINCH', () => web?.postMessage(BLOCK));
} else {
  threads.parentPort?.on('message', (message: unknown) => {
    if (message === BLOCK) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
}
