// Starts the yardstick, a bare FastAGI script, as a process of its own.
import { once } from 'node:events';
import { spawnBound } from '../../test/lab/processes.ts';

/** Resolves when it listens on `port`; disposing of it ends it. */
export async function startFastAgi(): Promise<Disposable & { readonly port: number }> {
  const child = spawnBound('node', [`${import.meta.dirname}/fastagi.ts`], { output: 'pipe' });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { port: Number(line.toString()), [Symbol.dispose]: () => void child.kill() };
}
