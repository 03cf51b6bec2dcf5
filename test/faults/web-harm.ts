// Loaded before the daemon's own program by a test: signals end or block the web thread, as nothing that a stranger sends may.
import { syncBuiltinESMExports } from 'node:module';
import threads, { type Worker, type WorkerOptions } from 'node:worker_threads';

const BLOCK = 'block';

if (threads.isMainThread) {
  let web: Worker | null = null;
  threads.Worker = class extends threads.Worker {
    constructor(file: string | URL, options?: WorkerOptions) {
      const isWeb = String(file).includes('/web-worker.');
      super(file, isWeb ? { ...options, execArgv: ['--import', import.meta.url] } : options);
      if (isWeb) web = this;
    }
  };
  syncBuiltinESMExports();
  process.on('SIGUSR2', () => void web?.terminate());
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
  process.on('SIGWINCH', () => web?.postMessage(BLOCK));
} else {
  threads.parentPort?.on('message', (message: unknown) => {
    while (message === BLOCK) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  });
}
