// What a change of a large policy costs: until it decides, what the event loop feels of it, and the daemon's memory.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { setCountries } from '../../src/admin/countries.ts';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import { askStatus } from '../../src/http/client.ts';
import { openStore } from '../../src/store/open.ts';
import { loadPolicy } from '../../src/store/policy.ts';
import { eventually, run, spawnBound } from '../../test/lab/processes.ts';
import { median, type Changes } from './changes-result.ts';
import { LARGE, makePolicy, SMALL, type PolicySize } from './large-policy.ts';

const CHANGES = 8;
const CHANGE_DEADLINE_MS = 20_000;
const CHANGES_DEADLINE_MS = 300_000;

export interface SnapshotResult extends Changes {
  /** One synchronous run, as a command does it. */
  readonly loadMs: number;
  readonly compileMs: number;
  /** Of a daemon process with a policy of ten rules, and with the large one: at rest, after changes, at its highest. */
  readonly small: Memory;
  readonly large: Memory;
}

export interface Memory {
  readonly startedMb: number;
  readonly changedMb: number;
  readonly highestMb: number;
}

export async function measureSnapshot(): Promise<SnapshotResult> {
  const directory = mkdtempSync(join(tmpdir(), 'callwarden-bench-'));
  try {
    const path = join(directory, 'large.db');
    makePolicy(path, LARGE);
    const costs = measureCosts(path);
    const changes = await measureChanges(path);
    const program = compiledProgram();
    const small = await measureMemory(program, directory, 'small', SMALL);
    const large = await measureMemory(program, directory, 'memory', LARGE);
    return { ...costs, ...changes, small, large };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
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

/** The daemon's own watch and holder in a process that runs as the wrapper would start it. */
async function measureChanges(path: string): Promise<Changes> {
  const flags = ['--max-semi-space-size=2', '--memory-saver-mode'];
  const script = join(import.meta.dirname, 'changes.ts');
  const { code, output } = await run('node', [...flags, script, path], { deadlineMs: CHANGES_DEADLINE_MS });
  if (code !== 0) throw new Error(`The changes could not be measured:\n${output}`);
  return JSON.parse(output) as Changes;
}

async function measureMemory(
  program: string,
  directory: string,
  name: string,
  size: PolicySize,
): Promise<Memory> {
  const path = join(directory, `${name}.db`);
  const config = join(directory, `${name}.toml`);
  const socket = join(directory, `${name}.sock`);
  makePolicy(path, size);
  writeFileSync(config, configText(path, socket), { mode: 0o600 });
  const daemon = spawnBound(program, ['--config', config, 'run'], {
    output: 'ignore',
  });
  try {
    const versionInForce = async () => (await askStatus(socket).catch(() => null))?.policy.version ?? null;
    const reaches = async (version: number) => {
      const reached = await eventually(
        async () => (await versionInForce()) === version,
        CHANGE_DEADLINE_MS,
        50,
      );
      if (!reached) throw new Error(`The daemon with the ${name} policy did not come to version ${version}.`);
      await sleep(1000);
      return memoryOf(daemon.pid ?? 0);
    };
    using store = openStore(path);
    const change = (state: 'allow' | null) =>
      setCountries({ store, actor: 'cli:bench', pbx: 'bench', nowMs: Date.now() }, ['DE'], state)
        .policyVersion;
    let version = change('allow');
    const started = await reaches(version);
    for (let index = 0; index < CHANGES; index += 1) {
      version = change(index % 2 === 0 ? null : 'allow');
      await reaches(version);
    }
    const changed = memoryOf(daemon.pid ?? 0);
    return { startedMb: started.nowMb, changedMb: changed.nowMb, highestMb: changed.highestMb };
  } finally {
    daemon.kill();
    await once(daemon, 'exit');
  }
}

/** As it is installed: Node needs some 60 MB more where it reads the sources. Returns its wrapper. */
function compiledProgram(): string {
  const root = join(import.meta.dirname, '../..');
  const target = join(root, 'node_modules/.cache/bench');
  rmSync(target, { recursive: true, force: true });
  const compiler = join(root, 'node_modules/.bin/tsc');
  execFileSync(compiler, ['-p', 'tsconfig.build.json', '--outDir', join(target, 'dist')], { cwd: root });
  for (const path of ['package.json', 'config', 'scripts/callwarden']) {
    cpSync(join(root, path), join(target, path), { recursive: true });
  }
  return join(target, 'scripts/callwarden');
}

/** Nothing answers at these ports: what is measured is the policy. */
const configText = (database: string, socket: string) => `[pbx]
name = "bench"
[ari]
url = "http://127.0.0.1:9/ari"
username = "callwarden"
password = "none"
[ami]
enabled = false
[database]
path = "${database}"
[socket]
path = "${socket}"
`;

/** VmRSS and VmHWM of proc(5). */
function memoryOf(pid: number): { nowMb: number; highestMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { nowMb: mb('VmRSS'), highestMb: mb('VmHWM') };
}
