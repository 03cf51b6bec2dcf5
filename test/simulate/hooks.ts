// Has the daemon's modules import stand-ins for whatever would leave the process: sockets, threads, timers.
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { mutate, type Mutant } from './mutants.ts';
import { Database } from './stand-ins/database.ts';
import { listenOnSocket } from './stand-ins/local-server.ts';
import { Manager } from './stand-ins/manager.ts';
import { WebSocket } from './stand-ins/web-socket.ts';
import { threadSide, Worker } from './stand-ins/worker.ts';
import { mutateDialplan } from './run/dialplan-text.ts';
import { installGlobals, nextTurn, sleep } from './world/globals.ts';

const SCHEME = 'stand-in:';
const REGISTRY = 'callwardenStandIns';

/** By the specifier that a module of `src/` uses. */
const standIns: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ws: { WebSocket },
  'asterisk-manager': { default: Manager },
  'better-sqlite3': { default: Database },
  'node:timers/promises': { setTimeout: sleep, setImmediate: nextTurn },
  'node:worker_threads': { Worker },
  './http/local-server.ts': { listenOnSocket },
};

/** Call it once, before the first import of `src/daemon.ts`; `mutant` is a wrong line in a file of `src/`. */
export function installStandIns(mutant: Mutant | null = null): void {
  installGlobals();
  if (mutant) mutateDialplan(mutant);
  Object.assign(globalThis, { [REGISTRY]: { standIns, threadSide } });
  registerHooks({
    resolve(specifier, context, next) {
      const parent = context.parentURL ?? '';
      const [, thread] = /\?thread=(\d+)$/.exec(parent) ?? [];
      if (thread !== undefined && specifier === 'node:worker_threads') {
        return { url: `${SCHEME}thread/${thread}`, format: 'module', shortCircuit: true };
      }
      if (parent.includes('/src/') && specifier in standIns) {
        return { url: SCHEME + specifier, format: 'module', shortCircuit: true };
      }
      return next(specifier, context);
    },
    load(url, context, next) {
      if (/\?thread=\d+$/.test(url))
        return { format: 'module', source: threadSource(url), shortCircuit: true };
      if (mutant && url.endsWith(`/${mutant.file}`)) {
        const text = mutate(readFileSync(fileURLToPath(url), 'utf8'), mutant);
        return { format: 'module', source: stripTypeScriptTypes(text), shortCircuit: true };
      }
      if (!url.startsWith(SCHEME)) return next(url, context);
      const name = url.slice(SCHEME.length);
      return { format: 'module', source: sourceOf(name), shortCircuit: true };
    },
  });
}

const threadSources = new Map<string, string>();

/** Each thread is a module of its own, made of one text. */
function threadSource(url: string): string {
  const path = fileURLToPath(url.replace(/\?.*$/, ''));
  const source = threadSources.get(path) ?? stripTypeScriptTypes(readFileSync(path, 'utf8'));
  threadSources.set(path, source);
  return source;
}

/** A module that hands on what stands in the registry. */
function sourceOf(name: string): string {
  const [, thread] = /^thread\/(\d+)$/.exec(name) ?? [];
  if (thread !== undefined) {
    return `export const { parentPort, workerData } = globalThis.${REGISTRY}.threadSide('${thread}');`;
  }
  const names = Object.keys(standIns[name] ?? {});
  const exported = names.map((one) =>
    one === 'default' ? 'export default m.default;' : `export const ${one} = m.${one};`,
  );
  return [`const m = globalThis.${REGISTRY}.standIns[${JSON.stringify(name)}];`, ...exported].join('\n');
}
