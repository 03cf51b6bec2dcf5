// What memory a daemon takes, without its web side and with it in use: at rest, after requests and changes, at its highest.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rights } from '../../src/admin/account-rights.ts';
import { setCountries } from '../../src/admin/countries.ts';
import { addToken } from '../../src/admin/tokens.ts';
import { askStatus } from '../../src/http/client.ts';
import { insertAccount } from '../../src/store/accounts.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { eventually, spawnBound } from '../../test/lab/processes.ts';
import { makePolicy, type PolicySize } from './large-policy.ts';

const CHANGES = 8;
const CHANGE_DEADLINE_MS = 20_000;
/** What was only needed for a moment is given back by then. */
const REST_MS = 1000;
const ROUNDS_OF_BROWSER = 10;

export interface Memory {
  readonly startedMb: number;
  readonly changedMb: number;
  readonly highestMb: number;
  /** After the changes, without the pages of files: Node's own program is shared, and read again where it was dropped. */
  readonly ownMb: number;
}

export interface MeasuredDaemon {
  /** Its wrapper. */
  readonly program: string;
  /** A directory of this daemon's own. */
  readonly directory: string;
  readonly size: PolicySize;
  /** With the web side, and a browser that looks at lists, changes an extension and previews a level. */
  readonly web: boolean;
}

export async function measureMemory({ program, directory, size, web }: MeasuredDaemon): Promise<Memory> {
  const path = join(directory, 'callwarden.db');
  const config = join(directory, 'callwarden.toml');
  const socket = join(directory, 'callwarden.sock');
  makePolicy(path, size);
  writeFileSync(config, configText(path, socket, web), { mode: 0o600 });
  using store = openStore(path);
  const token = makeToken(store);
  const daemon = spawnBound(program, ['--config', config, 'run'], { output: 'ignore' });
  try {
    const status = () => askStatus(socket).catch(() => null);
    const reaches = async (version: number) => {
      const isInForce = async () => (await status())?.policy.version === version;
      if (!(await eventually(isInForce, CHANGE_DEADLINE_MS, 50))) {
        throw new Error(`The daemon did not come to version ${version}.`);
      }
      await sleep(REST_MS);
    };
    const change = async (index: number) => {
      const context = { store, actor: 'cli:bench', pbx: 'bench', nowMs: Date.now() };
      await reaches(setCountries(context, ['DE'], index % 2 === 0 ? 'allow' : null).policyVersion);
    };
    await change(0);
    let url = '';
    const isUp = async () => (url = (await status())?.web.url ?? '') !== '';
    if (web && !(await eventually(isUp, CHANGE_DEADLINE_MS, 50)))
      throw new Error('The web side did not come.');
    const { nowMb: startedMb } = memoryOf(daemon.pid ?? 0);
    if (web) await browse(`${url}/api/v1`, token);
    for (let index = 1; index <= CHANGES; index += 1) await change(index);
    const { nowMb, highestMb, ownMb } = memoryOf(daemon.pid ?? 0);
    return { startedMb, changedMb: nowMb, highestMb, ownMb };
  } finally {
    daemon.kill();
    await once(daemon, 'exit');
  }
}

function makeToken(store: Store): string {
  const account = {
    name: 'bench',
    displayName: '',
    roles: ['administrator'],
    extension: null,
    enabled: true,
    createdMs: 1,
    passwordMs: 1,
    mustChange: false,
  };
  insertAccount(store, account, 'none');
  const nowMs = Date.now();
  const words = { name: 'bench', rights: [...rights], fromMs: null, untilMs: nowMs + 86_400_000 };
  return addToken({ store, actor: 'cli:bench', pbx: 'bench', nowMs }, account.name, words).token;
}

async function browse(api: string, token: string): Promise<void> {
  const ask = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'if-match': '*', 'content-type': 'application/json' };
    const answer = await fetch(`${api}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  };
  for (let round = 0; round < ROUNDS_OF_BROWSER; round += 1) {
    for (const path of ['/extensions', '/extensions?search=5', '/groups', '/rules', '/countries', '/audit'])
      await ask('GET', path);
    await ask('PATCH', '/extensions/10001', { level: round % 2 === 0 ? 'low' : 'high' });
    await ask('POST', '/preview', { level: 'medium' });
  }
}

/** As it is installed: Node needs some 60 MB more where it reads the sources. Returns its wrapper. */
export function compiledProgram(): string {
  const root = join(import.meta.dirname, '../..');
  const target = join(root, 'node_modules/.cache/bench');
  rmSync(target, { recursive: true, force: true });
  const compiler = join(root, 'node_modules/.bin/tsc');
  execFileSync(compiler, ['-p', 'tsconfig.build.json', '--outDir', join(target, 'dist')], { cwd: root });
  for (const path of ['package.json', 'config', 'scripts/callwarden', 'dist/console']) {
    const from = join(root, path);
    if (existsSync(from)) cpSync(from, join(target, path), { recursive: true });
  }
  return join(target, 'scripts/callwarden');
}

/** No Asterisk answers there: what is measured is the policy. */
const configText = (database: string, socket: string, web: boolean) => `[pbx]
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
[web]
enabled = ${web}
listen = "127.0.0.1:0"
`;

/** VmRSS, VmHWM and RssAnon of proc(5). */
function memoryOf(pid: number): { nowMb: number; highestMb: number; ownMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { nowMb: mb('VmRSS'), highestMb: mb('VmHWM'), ownMb: mb('RssAnon') };
}
