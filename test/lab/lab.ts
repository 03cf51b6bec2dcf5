// A real Asterisk for a test: private files, free loopback ports, phones and a carrier, gone without trace
// afterwards.
import { randomBytes } from 'node:crypto';

import { AppError } from '../../src/errors.ts';
import { AsteriskProcess } from './asterisk-process.ts';
import type { LabUsers } from './etc/core.ts';
import { type ExtensionAccount, plainDialplan } from './etc/telephony.ts';
import { drawSecret } from './secret.ts';
import { type AsteriskInstall, type AsteriskLine, ensureAsterisk } from './install.ts';
import { atExit, labDirectories, type LabDirectory, labDirectory } from './lab-directory.ts';
import { LabPhones, type PhoneOptions } from './lab-phones.ts';
import { type LabPlan, writeLabFiles } from './lab-files.ts';
import type { Carrier } from './phone/carrier.ts';
import type { Phone } from './phone/phone.ts';
import { type LabPorts, reservePorts } from './ports.ts';
import { eventually, identify, type ProcessIdentity } from './processes.ts';
import { type LabAccess, type LabEntry, register, sweepDeadLabs, unregister } from './registry.ts';

export interface LabOptions {
  /** 22 (default) stands for the current line, 16 for the older one; see `ensureAsterisk`. */
  readonly asterisk?: AsteriskLine;
  /** Phones of the PBX; 1001 to 1006 by default. */
  readonly extensions?: readonly string[];
  /**
   * The whole text of extensions.conf; `plainDialplan` by default. Phones enter at `phones`, the carrier at
   * `from-trunk`.
   */
  readonly dialplan?: string;
  /** More files of /etc/asterisk by name, or other texts for the generated ones. */
  readonly files?: Readonly<Record<string, string>>;
  /** More Asterisk modules to load, such as `app_echo`. */
  readonly modules?: readonly string[];
  /**
   * Announcements that the dialplan plays by variable; the stock ones and those it names by text are there
   * anyway.
   */
  readonly announcements?: readonly string[];
  /** What goes into log/full: 3 shows each step of the dialplan, 0 costs nothing. */
  readonly verbosity?: number;
  /** Progress of a first installation; nothing is said otherwise. */
  readonly onProgress?: (message: string) => void;
  /** Extensions with a fixed contact in pjsip.conf instead of a registration. */
  readonly staticContacts?: readonly string[];
  /** Set by `scripts/lab`, which leaves it running. */
  readonly detached?: boolean;
  /** For the register: the configuration of the daemon that will run beside it. */
  readonly callwardenConfig?: string;
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
  /** Its extensions, for phones that are programs of their own. */
  readonly accounts: readonly ExtensionAccount[];
  /** The other end of the trunk; answers every call unless told otherwise. */
  readonly carrier: Carrier;
  /**
   * A phone for one of the extensions, registered and ready. It goes with the lab, or earlier when disposed
   * of.
   */
  phone(extension: string, options?: PhoneOptions): Promise<Phone>;
  /** Runs a console command (`asterisk -rx`) and returns what it printed. */
  console(command: string): Promise<string>;
  /** Names of all channels that exist now. */
  channels(): Promise<string[]>;
  /** Waits until no channel exists; rejects with `AppError('conflict')` that names those left over. */
  waitIdle(deadlineMs?: number): Promise<void>;
  /** Signals Asterisk; resolves when it is gone (SIGKILL, SIGTERM) or at once (SIGSTOP, SIGCONT …). */
  kill(signal: NodeJS.Signals): Promise<void>;
  /**
   * Kills Asterisk and starts it again on the same ports and files; the phones that were registered register
   * again.
   */
  restart(): Promise<void>;
}

const idleDeadlineMs = 20_000;

/** Starts a lab; rejects with `AppError('unavailable')` that shows the end of Asterisk's log. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  await sweepDeadLabs();
  const install = await ensureAsterisk(options.asterisk ?? 22, options.onProgress);
  await using resources = new AsyncDisposableStack();
  const { ports } = resources.use(await reservePorts());
  const id = randomBytes(4).toString('hex');
  const directory = labDirectory(install.root, id);
  const blank = {
    id,
    owner: ownIdentity(),
    detached: options.detached ?? false,
    callwardenConfig: options.callwardenConfig ?? null,
    asterisk: null,
    access: null,
  };
  const entry: LabEntry = { ...blank, directories: labDirectories(install.root, id) };
  register(entry);
  resources.defer(() => unregister(entry));
  const server = { address: '127.0.0.1', port: ports.sip };
  const phones = resources.use(await LabPhones.open(server, options));
  const plan = labPlan(options, install, directory, ports, phones);
  const { book, announcements } = writeLabFiles(plan);
  phones.setBook(book);
  const asterisk = resources.use(new AsteriskProcess(install, directory));
  resources.use(
    atExit(() => {
      asterisk.killNow();
      unregister(entry);
    }),
  );
  const access: LabAccess = {
    asteriskVersion: install.version,
    console: { root: install.root, config: asterisk.config },
    sip: server,
    ari: { url: `http://127.0.0.1:${ports.http}/ari`, ...plan.users.ari },
    ami: { host: '127.0.0.1', port: ports.ami, ...plan.users.ami },
    accounts: phones.accounts.map(({ extension, password }) => ({ extension, password })),
    announcements,
  };
  const start = async (): Promise<void> => {
    await asterisk.start();
    register({ ...entry, asterisk: asterisk.identity, access });
  };
  await start();
  const held = resources.move();
  return {
    id,
    asteriskVersion: install.version,
    directory: directory.outside,
    ports,
    ari: access.ari,
    ami: access.ami,
    accounts: phones.accounts,
    carrier: phones.carrier,
    phone: (extension, phoneOptions) => phones.phone(extension, phoneOptions ?? {}),
    console: (command) => asterisk.console(command),
    channels: () => channelNames(asterisk),
    waitIdle: (deadlineMs) => waitIdle(asterisk, deadlineMs ?? idleDeadlineMs),
    kill: (signal) => asterisk.kill(signal),
    restart: async () => {
      await asterisk.kill('SIGKILL');
      await start();
      await phones.registerAgain();
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

function labPlan(
  options: LabOptions,
  install: AsteriskInstall,
  directory: LabDirectory,
  ports: LabPorts,
  phones: LabPhones,
): LabPlan {
  const extensions = phones.accounts.map(({ extension }) => extension);
  return {
    install,
    directory,
    ports,
    users: drawUsers(),
    accounts: phones.accounts,
    carrier: phones.carrier.agent.local,
    dialplan: options.dialplan ?? plainDialplan(extensions),
    files: options.files ?? {},
    modules: options.modules ?? [],
    announcements: options.announcements ?? [],
    verbosity: options.verbosity ?? 3,
  };
}

function drawUsers(): LabUsers {
  return {
    ari: { username: 'callwarden', password: drawSecret() },
    ami: { username: 'callwarden', password: drawSecret() },
  };
}

function ownIdentity(): ProcessIdentity {
  const identity = identify(process.pid);
  if (identity === null) throw new Error('This process is not in /proc: is /proc mounted?');
  return identity;
}

/** The first field of each line of `core show channels concise`. */
async function channelNames(asterisk: AsteriskProcess): Promise<string[]> {
  const lines = (await asterisk.console('core show channels concise')).split('\n');
  return lines.flatMap((line) => (line.includes('!') ? [line.slice(0, line.indexOf('!'))] : []));
}

async function waitIdle(asterisk: AsteriskProcess, deadlineMs: number): Promise<void> {
  let left: string[] = [];
  const idle = await eventually(async () => {
    left = await channelNames(asterisk);
    return left.length === 0;
  }, deadlineMs);
  if (!idle)
    throw new AppError('conflict', `Channels are left over after ${deadlineMs} ms: ${left.join(', ')}.`);
}
