// What a change of a large policy costs: until it decides, what the event loop feels of it, and the daemon's memory.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { changeExtension } from '../../src/admin/extension-edit.ts';
import { removeExtensions } from '../../src/admin/extensions.ts';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import { openStore } from '../../src/store/open.ts';
import { loadPolicy } from '../../src/store/policy.ts';
import { run } from '../../test/lab/processes.ts';
import { median, type Changes } from './changes-result.ts';
import { extensionsOf, LARGE, makePolicy, SMALL, WIDE, type PolicySize } from './large-policy.ts';
import { compiledProgram, measureMemory, type Memory } from './memory.ts';

const CHANGES_DEADLINE_MS = 300_000;
const SINGLE_CHANGES = 9;

export interface SnapshotResult extends Changes {
  /** One synchronous run, as a command does it. */
  readonly loadMs: number;
  readonly compileMs: number;
  /** Processor time of a change with 10,000 extensions and as many pickup rights: of one of them, and all of them removed. */
  readonly singleMs: number;
  readonly removalMs: number;
  readonly memory: readonly MemoryOfSize[];
}

export interface MemoryOfSize {
  readonly what: string;
  readonly without: Memory;
  readonly withWeb: Memory;
}

export async function measureSnapshot(): Promise<SnapshotResult> {
  const directory = mkdtempSync(join(tmpdir(), 'callwarden-bench-'));
  try {
    const path = join(directory, 'large.db');
    makePolicy(path, LARGE);
    const costs = measureCosts(path);
    const changes = await measureChanges(path);
    const many = measureMany(join(directory, 'wide.db'));
    const memory = await measureSizes(directory);
    return { ...costs, ...changes, ...many, memory };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measureSizes(directory: string): Promise<readonly MemoryOfSize[]> {
  const program = compiledProgram();
  const sizes: readonly (readonly [string, PolicySize])[] = [
    ['10 rules', SMALL],
    ['10,000 extensions', WIDE],
    ['100,000 rules', LARGE],
  ];
  const found: MemoryOfSize[] = [];
  for (const [what, size] of sizes) {
    const measure = (web: boolean) => {
      const own = join(directory, `${found.length}-${web}`);
      mkdirSync(own);
      return measureMemory({ program, directory: own, size, web });
    };
    found.push({ what, without: await measure(false), withWeb: await measure(true) });
  }
  return found;
}

function measureCosts(path: string): Pick<SnapshotResult, 'loadMs' | 'compileMs'> {
  using store = openStore(path, { readonly: true });
  const loads: number[] = [];
  const compiles: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const startMs = performance.now();
    const { barring } = loadPolicy(store);
    const loadedMs = performance.now();
    compileSnapshot(barring);
    loads.push(loadedMs - startMs);
    compiles.push(performance.now() - loadedMs);
  }
  return { loadMs: median(loads), compileMs: median(compiles) };
}

function measureMany(path: string): Pick<SnapshotResult, 'singleMs' | 'removalMs'> {
  makePolicy(path, WIDE);
  using store = openStore(path);
  const context = { store, actor: 'cli:bench', pbx: 'bench', nowMs: Date.now() };
  const names = extensionsOf(WIDE);
  const singles = names
    .slice(0, SINGLE_CHANGES)
    .map((name) => processorMs(() => changeExtension(context, name, { level: 'low' })));
  return { singleMs: median(singles), removalMs: processorMs(() => removeExtensions(context, names)) };
}

function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The daemon's own watch and holder in a process that runs as the wrapper would start it. */
async function measureChanges(path: string): Promise<Changes> {
  const flags = ['--max-semi-space-size=2', '--memory-saver-mode'];
  const script = join(import.meta.dirname, 'changes.ts');
  const { code, output } = await run('node', [...flags, script, path], { deadlineMs: CHANGES_DEADLINE_MS });
  if (code !== 0) throw new Error(`The changes could not be measured:\n${output}`);
  return JSON.parse(output) as Changes;
}
