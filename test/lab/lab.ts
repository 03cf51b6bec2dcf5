// A real Asterisk for a test: private files, free loopback ports, phones and a carrier, gone without trace afterwards.
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { AsteriskProcess, type LabDirectory } from './asterisk-process.ts';
import type { LabUsers } from './etc/core.ts';
import { plainDialplan } from './etc/telephony.ts';
import { type AsteriskInstall, type AsteriskLine, ensureAsterisk } from './install.ts';
import { type LabPlan, writeLabFiles } from './lab-files.ts';
import { type LabPorts, reservePorts } from './ports.ts';
import { identify, type ProcessIdentity } from './processes.ts';
import { register, sweepDeadLabs, unregister } from './registry.ts';

export interface LabOptions {
  /** 22 (default) stands for the current line, 16 for the older one; see `ensureAsterisk`. */
  readonly asterisk?: AsteriskLine;
  /** Phones of the PBX; 1001 to 1006 by default. */
  readonly extensions?: readonly string[];
  /** The whole text of extensions.conf; `plainDialplan` by default. Phones enter at `phones`, the carrier at `from-trunk`. */
  readonly dialplan?: string;
  /** More files of /etc/asterisk by name, or other texts for the generated ones. */
  readonly files?: Readonly<Record<string, string>>;
  /** More Asterisk modules to load, such as `app_echo`. */
  readonly modules?: readonly string[];
  /** Announcements that the dialplan plays by variable; the stock ones and those it names by text are there anyway. */
  readonly announcements?: readonly string[];
  /** What goes into log/full: 3 shows each step of the dialplan, 0 costs nothing. */
  readonly verbosity?: number;
  /** Progress of a first installation; nothing is said otherwise. */
  readonly onProgress?: (message: string) => void;
  /** Written into the register of running labs by `scripts/lab`. */
  readonly detached?: unknown;
}

export interface Lab extends AsyncDisposable {
  /** Names the lab in the register. */
  readonly id: string;
  /** Such as `22.10.1`. */
  readonly asteriskVersion: string;
  /** The private directory as this machine sees it: etc/, log/full, … */
  readonly directory: string;
  readonly ports: LabPorts;
  readonly ari: { readonly url: string; readonly username: string; readonly password: string };
  readonly ami: {
    readonly host: string;
    readonly port: number;
    readonly username: string;
    readonly password: string;
  };
  /** Runs a console command (`asterisk -rx`) and returns what it printed. */
  console(command: string): Promise<string>;
  /** Names of all channels that exist now. */
  channels(): Promise<string[]>;
  /** Signals Asterisk; resolves when it is gone (SIGKILL, SIGTERM) or at once (SIGSTOP, SIGCONT …). */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends Asterisk abruptly and starts it again on the same ports and files; registrations survive in its database. */
  restart(): Promise<void>;
}

const defaultExtensions = ['1001', '1002', '1003', '1004', '1005', '1006'];

/** Starts a lab; rejects with `AppError('unavailable')` that shows the end of Asterisk's log. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  await sweepDeadLabs();
  const install = await ensureAsterisk(options.asterisk ?? 22, options.onProgress);
  await using resources = new AsyncDisposableStack();
  const { ports } = resources.use(await reservePorts());
  const id = randomBytes(4).toString('hex');
  const directory = labDirectory(install, id);
  const owner = ownIdentity();
  const entry = {
    id,
    owner,
    asterisk: null,
    directory: directory.outside,
    detached: options.detached ?? null,
  };
  register(entry);
  resources.defer(() => unregister(id, directory.outside));
  const plan = labPlan(options, install, directory, ports);
  writeLabFiles(plan);
  const asterisk = resources.use(new AsteriskProcess(install, directory));
  resources.use(cleanUpAtExit(asterisk, id, directory));
  const start = async (): Promise<void> => {
    await asterisk.start();
    register({ ...entry, asterisk: asterisk.identity });
  };
  await start();
  const held = resources.move();
  return {
    id,
    asteriskVersion: install.version,
    directory: directory.outside,
    ports,
    ari: { url: `http://127.0.0.1:${ports.http}/ari`, ...plan.users.ari },
    ami: { host: '127.0.0.1', port: ports.ami, ...plan.users.ami },
    console: (command) => asterisk.console(command),
    channels: async () => channelNames(await asterisk.console('core show channels concise')),
    kill: (signal) => asterisk.kill(signal),
    restart: async () => {
      await asterisk.kill('SIGKILL');
      await start();
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

function labPlan(
  options: LabOptions,
  install: AsteriskInstall,
  directory: LabDirectory,
  ports: LabPorts,
): LabPlan {
  const extensions = options.extensions ?? defaultExtensions;
  return {
    install,
    directory,
    ports,
    users: drawUsers(),
    accounts: extensions.map((extension) => ({ extension, password: drawSecret(), staticContact: null })),
    carrier: { address: '127.0.0.2', port: 5060 },
    dialplan: options.dialplan ?? plainDialplan(extensions),
    files: options.files ?? {},
    modules: options.modules ?? [],
    announcements: options.announcements ?? [],
    verbosity: options.verbosity ?? 3,
  };
}

function labDirectory(install: AsteriskInstall, id: string): LabDirectory {
  const inside = install.root === '' ? join(tmpdir(), `callwarden-lab-${id}`) : `/srv/lab/${id}`;
  return { inside, outside: join(install.root, inside) };
}

function drawUsers(): LabUsers {
  return {
    ari: { username: 'callwarden', password: drawSecret() },
    ami: { username: 'callwarden', password: drawSecret() },
  };
}

function drawSecret(): string {
  return randomBytes(9).toString('base64url');
}

function ownIdentity(): ProcessIdentity {
  const identity = identify(process.pid);
  if (identity === null) throw new Error('This process is not in /proc: is /proc mounted?');
  return identity;
}

/** A test that exits without disposing leaves no directory either; one that is killed leaves it to the next run. */
function cleanUpAtExit(asterisk: AsteriskProcess, id: string, directory: LabDirectory): Disposable {
  const cleanUp = (): void => {
    asterisk.killNow();
    unregister(id, directory.outside);
  };
  process.on('exit', cleanUp);
  return { [Symbol.dispose]: () => void process.off('exit', cleanUp) };
}

/** The first field of each line of `core show channels concise`. */
function channelNames(output: string): string[] {
  return output.split('\n').flatMap((line) => (line.includes('!') ? [line.slice(0, line.indexOf('!'))] : []));
}
