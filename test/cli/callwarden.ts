// Runs commands, as an administrator would, on files of the test's own: in one process kept for them, or as programs.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { runCommand } from '../commands.ts';

export const BINARY = join(import.meta.dirname, '../../scripts/callwarden');
/** Node's cache of compiled modules, as vitest.config.ts names it. */
const NODE_COMPILE_CACHE = process.env['NODE_COMPILE_CACHE'] ?? '';
/** A command that hangs is a failure of its own. */
const DEADLINE_MS = 60_000;
/** For a test of a dozen commands on a machine that has other work as well. */
export const COMMANDS_DEADLINE_MS = 120_000;

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string>>;

/** Only what is given, beside the PATH: no setting of the person who runs the tests has a say. */
const environmentOf = (env: Environment) => ({
  PATH: process.env['PATH'] ?? '',
  TZ: 'UTC',
  NODE_COMPILE_CACHE,
  ...env,
});

/** As a program of its own. */
export async function runProgram(file: string, args: readonly string[], env: Environment = {}): Promise<Ran> {
  const program = spawn(file, [...args], {
    env: environmentOf(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEADLINE_MS,
  });
  const status = new Promise<number | null>((resolve, reject) => {
    program.once('close', resolve);
    program.once('error', reject);
  });
  const [stdout, stderr] = await Promise.all([text(program.stdout), text(program.stderr)]);
  return { status: await status, stdout, stderr };
}

/** `callwarden` with these words, in the process that is kept for commands. */
export async function runWords(
  words: readonly string[],
  env: Environment = {},
  directory: string = process.cwd(),
): Promise<Ran> {
  const { status, stdout, stderr } = await runCommand({ words, env: environmentOf(env), directory });
  return { status, stdout, stderr };
}

export interface Installation {
  readonly directory: string;
  readonly config: string;
  readonly database: string;
  /** Runs `callwarden` with this installation's configuration. */
  readonly run: (...args: readonly string[]) => Promise<Ran>;
  /** The same, failing the test unless the status is 0, with what `--json` printed. */
  readonly json: (...args: readonly string[]) => Promise<unknown>;
}

export function tempDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'callwarden-cli-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Made by `callwarden init` with the flags given. */
export async function install(...flags: readonly string[]): Promise<Installation> {
  const directory = tempDirectory();
  const config = join(directory, 'etc', 'callwarden.toml');
  const database = join(directory, 'lib', 'callwarden.db');
  const run = (...args: readonly string[]) => runWords(args, { CALLWARDEN_CONFIG: config });
  const json = async (...args: readonly string[]): Promise<unknown> => {
    const ran = await run(...args, '--json');
    if (ran.status !== 0) throw new Error(`callwarden ${args.join(' ')}: ${ran.status} ${ran.stderr}`);
    return JSON.parse(ran.stdout);
  };
  const made = await run('init', '--database', database, ...flags);
  if (made.status !== 0) throw new Error(`init: ${made.stderr}`);
  return { directory, config, database, run, json };
}

/** In Mexico with `00`, extensions of four digits and the level closed, so that a test opens what it calls. */
export const installInMexico = () =>
  install(
    '--home-region',
    'MX',
    '--international-prefix',
    '00',
    '--internal-pattern',
    '1XXX',
    '--level',
    'closed',
  );

export const callwarden = (...args: readonly string[]) => runWords(args);

/** With a line on standard input; `seen` is told the arguments of all processes while the command waits for it. */
export async function runWithLine(
  { config }: Installation,
  line: string,
  args: readonly string[],
  seen?: (commandLines: string) => void,
): Promise<Ran> {
  const program = spawn(BINARY, [...args], {
    env: environmentOf({ CALLWARDEN_CONFIG: config }),
    timeout: DEADLINE_MS,
  });
  const status = new Promise<number | null>((resolve) => void program.once('close', resolve));
  const output = [text(program.stdout), text(program.stderr)] as const;
  program.stdin.write(line);
  seen?.(commandLines());
  program.stdin.end();
  const [stdout, stderr] = await Promise.all(output);
  return { status: await status, stdout, stderr };
}

function commandLines(): string {
  const read = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(read)
    .join('\n');
}
