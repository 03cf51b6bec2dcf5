// A whole PBX for a test: a lab Asterisk with the sample dialplan, a policy made by the commands, a real daemon process.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DaemonStatus } from '../src/http/ports.ts';
import { openStore } from '../src/store/open.ts';
import { policyVersion } from '../src/store/policy.ts';
import { runCommand } from './commands.ts';
import { daemonProcess, type DaemonProcess } from './daemon-process.ts';
import { startLab, type Lab, type LabOptions } from './lab/lab.ts';
import { reservePorts } from './lab/ports.ts';
import { eventually, type Finished } from './lab/processes.ts';
import { startProxy, type Proxy } from './lab/proxy.ts';

const root = join(import.meta.dirname, '..');
const changeDeadlineMs = 15_000;
const webDeadlineMs = 60_000;
/** The product's own: a machine that is short of time may stand still for one second, and what is judged late is refused. */
const decisionMsDefault = 2000;
/** Long enough for a machine that does other things meanwhile. */
const commandMs = 1000;
/** Of the daemon, and of the one beside it. */
const applications = ['callwarden', 'callwarden-b'] as const;

export interface PbxOptions extends Pick<
  LabOptions,
  'asterisk' | 'extensions' | 'onProgress' | 'detached' | 'verbosity' | 'modules' | 'files'
> {
  readonly transport?: 'auto' | 'websocket' | 'ari-client';
  /** Commands that make the policy, after `init` for Mexico with `00`; one string a command, split at spaces. */
  readonly policy?: readonly string[];
  /** What `init` is told: Mexico, `00` and the level closed, so that a test opens what it calls. */
  readonly init?: string;
  /** The sample of dialplan/, unless told otherwise. */
  readonly dialplan?: string;
  /** Info by default. */
  readonly logLevel?: 'debug';
  /** How long a caller waits for a verdict; two seconds by default. */
  readonly decisionMs?: number;
  /** False: the test starts the daemon itself. */
  readonly daemon?: boolean;
  /** True: the daemon reaches Asterisk through proxies, which `proxies` holds. */
  readonly proxied?: boolean;
  /** By which door the dialplan asks; the daemon's own application alone by default. */
  readonly door?: 'broadcast' | 'agi';
  /** Where the dialplan asks by the door `agi`; a free port by default. */
  readonly agiPort?: number;
  /** True: a second daemon beside the first, on the same database and the same Asterisk, which `peer` holds. */
  readonly peer?: boolean;
  /** True: the console and the API are there, at `web.url`; off by default. */
  readonly web?: boolean;
  /** Of the console; a free one by default. */
  readonly webPort?: number;
  /** More sections for the end of callwarden.toml. */
  readonly config?: string;
  /** More for the daemon's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Pbx extends AsyncDisposable {
  readonly lab: Lab;
  readonly directory: string;
  readonly configFile: string;
  /** Where the option `proxied` asked for them. */
  readonly proxies: Proxies | null;
  /** Where the option `peer` asked for it. */
  readonly peer: DaemonProcess | null;
  /** Where the option `web` asked for it: `http://127.0.0.1:<port>`. */
  readonly web: { readonly url: string };
  /** Runs a command on this PBX's configuration; the words are split at spaces when given as one string. */
  callwarden(command: string | readonly string[]): Promise<Finished>;
  /** Runs a command that changes the policy, and waits until the daemon decides by it. */
  change(command: string): Promise<void>;
  /** Runs a command with `--json` and parses what it printed. */
  json(command: string): Promise<unknown>;
  /** Starts the daemon and waits until it is connected. */
  startDaemon(): Promise<void>;
  /** Ends the daemon with a signal and waits until it is gone; resolves with its exit code, null after SIGKILL. */
  endDaemon(signal: NodeJS.Signals): Promise<number | null>;
  /** Sends a signal and does not wait (SIGSTOP, SIGCONT). */
  signalDaemon(signal: NodeJS.Signals): void;
  status(): Promise<DaemonStatus>;
  /** Everything that the daemon has logged. */
  log(): string;
}

/** Between the daemon and Asterisk. */
export interface Proxies {
  readonly ari: Proxy;
  readonly ami: Proxy;
}

export const sampleDialplan: string = readFileSync(join(root, 'dialplan/extensions-sample.conf'), 'utf8');

/** What an administrator puts into features.conf: Asterisk's own pickup code is off. */
const featuresSample = readFileSync(join(root, 'config/asterisk/features.conf'), 'utf8');

/** A directory that goes with us: at disposal, when the process exits, or, where it was killed, by the next one's hand. */
function ownDirectory(): Disposable & { readonly path: string } {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = /^callwarden-pbx-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
  const path = mkdtempSync(join(tmpdir(), `callwarden-pbx-${process.pid}-`));
  const remove = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    path,
    [Symbol.dispose]: () => {
      process.off('exit', remove);
      remove();
    },
  };
}

export async function startPbx(given: PbxOptions = {}): Promise<Pbx> {
  await using resources = new AsyncDisposableStack();
  const { tools } = resources.use(await reservePorts()).ports;
  const [agiPort, webPort] = tools;
  const options = {
    ...(given.door === 'agi' && agiPort !== undefined ? { agiPort } : {}),
    ...(given.web === true && webPort !== undefined ? { webPort } : {}),
    ...given,
  };
  const directory = resources.use(ownDirectory()).path;
  const configFile = join(directory, 'callwarden.toml');
  const socket = join(directory, 'callwarden.sock');
  const logFile = join(directory, 'daemon.log');

  const callwarden = async (command: string | readonly string[], config = configFile): Promise<Finished> => {
    const parts = typeof command === 'string' ? command.split(' ') : command;
    const words = ['--config', config, ...parts];
    const done = await runCommand({ words, env: process.env, directory: process.cwd() });
    return { code: done.status, output: done.output };
  };
  const must = async (command: string, config?: string) => {
    const { code, output } = await callwarden(command, config);
    if (code !== 0) throw new Error(`callwarden ${command} ended with ${code}:\n${output}`);
    return output;
  };

  writeFileSync(configFile, configText(directory, socket, null, options), { mode: 0o600 });
  const init = options.init ?? '--home-region MX --international-prefix 00 --level closed';
  const database = join(directory, 'callwarden.db');
  await must(`init --database ${database} ${init}`, join(directory, 'init.toml'));
  await must('settings set internal-patterns 10XX 60X');
  for (const command of options.policy ?? []) await must(command);

  const lab = resources.use(
    await startLab({
      ...(options.asterisk === undefined ? {} : { asterisk: options.asterisk }),
      ...(options.extensions === undefined ? {} : { extensions: options.extensions }),
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(options.detached === undefined ? {} : { detached: options.detached }),
      callwardenConfig: configFile,
      ...(options.verbosity === undefined ? {} : { verbosity: options.verbosity }),
      dialplan: options.dialplan ?? sampleDialplan,
      ...(options.modules === undefined ? {} : { modules: options.modules }),
      files: { 'features.conf': featuresSample, ...options.files, 'callwarden.conf': await must('dialplan') },
      announcements: ['check-number-dial-again', 'number-not-answering', 'vm-enter-num-to-call'],
    }),
  );
  let proxies: Proxies | null = null;
  if (options.proxied === true) {
    const ari = resources.use(await startProxy(lab.ports.http));
    proxies = { ari, ami: resources.use(await startProxy(lab.ports.ami)) };
  }
  writeFileSync(configFile, configText(directory, socket, doorsOf(lab, proxies), options));

  const daemon = daemonProcess({ configFile, socket, logFile, env: options.env });
  resources.defer(async () => void (await daemon.end('SIGKILL')));
  const { status, log } = daemon;
  if (options.daemon !== false) {
    await daemon.start();
    // The console comes up a moment after the calls.
    const isUp = async () => options.webPort === undefined || (await status()).web.state === 'up';
    if (!(await eventually(isUp, webDeadlineMs))) throw new Error(`The web side is not up:\n${log()}`);
  }
  let peer: DaemonProcess | null = null;
  if (options.peer === true) {
    const files = { configFile: join(directory, 'peer.toml'), socket: join(directory, 'peer.sock') };
    const text = configText(directory, files.socket, lab, options, [applications[1], applications[0]]);
    writeFileSync(files.configFile, text, { mode: 0o600 });
    const other = daemonProcess({ ...files, logFile: join(directory, 'peer.log'), env: options.env });
    resources.defer(async () => void (await other.end('SIGKILL')));
    await other.start();
    peer = other;
  }

  const change = async (command: string) => {
    await must(command);
    // The stored one, as an earlier change may not have been seen yet. It is that from before where the first try of a test
    // has made this change already.
    const wanted = storedVersion(directory);
    const isSeen = async () => ((await status()).policy.version ?? 0) >= wanted;
    if (!(await eventually(isSeen, changeDeadlineMs)))
      throw new Error(`The daemon did not see what “callwarden ${command}” changed.`);
  };

  const held = resources.move();
  return {
    lab,
    directory,
    configFile,
    proxies,
    callwarden: (command) => callwarden(command),
    change,
    json: async (command) => JSON.parse((await callwarden(`${command} --json`)).output) as unknown,
    peer,
    web: { url: webUrlOf(options) },
    startDaemon: () => daemon.start(),
    endDaemon: (signal) => daemon.end(signal),
    signalDaemon: (signal) => daemon.signal(signal),
    status,
    log,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

const webUrlOf = ({ webPort = 0 }: PbxOptions) => (webPort === 0 ? '' : `http://127.0.0.1:${webPort}`);

/** Of the policy in the database. */
export function storedVersion(directory: string): number {
  using store = openStore(join(directory, 'callwarden.db'), { readonly: true });
  return policyVersion(store);
}

/** Asterisk's own doors, or those of the proxies before them. */
function doorsOf({ ari, ami }: Lab, proxies: Proxies | null): Pick<Lab, 'ari' | 'ami'> {
  if (!proxies) return { ari, ami };
  const url = `http://127.0.0.1:${proxies.ari.port}/ari`;
  return { ari: { ...ari, url }, ami: { ...ami, port: proxies.ami.port } };
}

function configText(
  directory: string,
  socket: string,
  lab: Pick<Lab, 'ari' | 'ami'> | null,
  options: PbxOptions,
  [application, peer]: readonly [string, string] = applications,
): string {
  const ari = lab?.ari ?? { url: 'http://127.0.0.1:8088/ari', username: 'callwarden', password: 'none' };
  const ami = lab?.ami ?? { host: '127.0.0.1', port: 5038, username: 'callwarden', password: 'none' };
  return `[pbx]
name = "lab"
[ari]
url = "${ari.url}"
username = "${ari.username}"
password = "${ari.password}"
transport = "${options.transport ?? 'auto'}"
application = "${application}"
peers = ${options.peer === true ? `["${peer}"]` : '[]'}
[dialplan]
door = "${options.door ?? 'stasis'}"
[agi]
port = ${options.agiPort ?? 4574}
[ami]
enabled = true
host = "${ami.host}"
port = ${ami.port}
username = "${ami.username}"
password = "${ami.password}"
[database]
path = "${join(directory, 'callwarden.db')}"
[socket]
path = "${socket}"
[deadlines]
decision-ms = ${options.decisionMs ?? decisionMsDefault}
command-ms = ${commandMs}
[log]
level = "${options.logLevel ?? 'info'}"
[web]
${options.webPort === undefined ? 'enabled = false' : `listen = "127.0.0.1:${options.webPort}"`}
${options.config ?? ''}`;
}
