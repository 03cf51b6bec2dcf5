// baresip, a real user agent that is not ours: registers, calls and answers by commands over its control
// socket.
import { closeSync, globSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import { AppError } from '../../src/errors.ts';
import type { Lab } from './lab.ts';
import { encodeNetstring, NetstringReader } from './netstring.ts';
import { Changes } from './phone/changes.ts';
import { eventually, spawnBound } from './processes.ts';
import { findTool } from './tools.ts';

const startDeadlineMs = 20_000;
const waitDeadlineMs = 20_000;
const eventsMax = 10_000;
const pressMs = 250;
/** Its own tones would be played into the same file as the call, which it sometimes waits for in vain. */
const tones = ['ring', 'ringback', 'callwaiting', 'busy', 'error', 'notfound', 'hangup', 'sip_autoanswer'];

/**
 * An event as baresip sends it, such as `REGISTER_OK`, `CALL_INCOMING`, `CALL_ESTABLISHED`, `CALL_CLOSED`.
 */
export interface BaresipEvent {
  readonly type: string;
  /** The reason of CALL_CLOSED, and such. */
  readonly parameter: string;
  readonly peer: string;
}

/** Answers to commands have no type and are not wanted. */
const messageSchema = z.object({
  event: z.literal(true),
  type: z.string(),
  param: z.string().default(''),
  peeruri: z.string().default(''),
});

export class Baresip implements AsyncDisposable {
  readonly events: BaresipEvent[] = [];
  readonly #socket: Socket;
  readonly #stop: () => void;
  readonly #server: string;
  readonly #changes = new Changes();
  #seen = 0;

  constructor(socket: Socket, server: string, stop: () => void) {
    this.#socket = socket;
    this.#server = server;
    this.#stop = stop;
    const reader = new NetstringReader();
    socket.on('error', () => {});
    socket.on('data', (chunk) => reader.read(chunk).forEach((text) => this.#take(text)));
  }

  /** Places a call; `CALL_ESTABLISHED` or `CALL_CLOSED` follows. */
  dial(number: string): void {
    this.#command('dial', `sip:${number}@${this.#server}`);
  }

  /** Answers the call that came in. */
  accept(): void {
    this.#command('accept');
  }

  hangup(): void {
    this.#command('hangup');
  }

  /** Dials digits within the call, by RFC 4733; its own time for each is short. */
  async press(digits: string): Promise<void> {
    for (const digit of digits) {
      this.#command('sndcode', digit);
      await sleep(pressMs);
    }
  }

  /** The next event of a type after the last one that was waited for. */
  async waitEvent(type: string, deadlineMs: number = waitDeadlineMs): Promise<BaresipEvent> {
    const seen = (): string => this.events.map((event) => `${event.type} ${event.parameter}`).join('\n');
    const look = (): number | undefined => {
      const at = this.events.findIndex((event, index) => index >= this.#seen && event.type === type);
      return at < 0 ? undefined : at;
    };
    const at = await this.#changes.until(
      look,
      deadlineMs,
      () => `baresip was expected to say ${type}.\n${seen()}`,
    );
    this.#seen = at + 1;
    const event = this.events[at];
    if (event === undefined) throw new AppError('internal', 'An event of baresip went away.');
    return event;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    this.#stop();
  }

  #command(command: string, params = ''): void {
    this.#socket.write(encodeNetstring(JSON.stringify({ command, params })));
  }

  #take(text: string): void {
    const { success, data } = messageSchema.safeParse(JSON.parse(text));
    if (!success) return;
    if (this.events.length < eventsMax) {
      this.events.push({ type: data.type, parameter: data.param, peer: data.peeruri });
    }
    this.#changes.notify();
  }
}

/**
 * Starts baresip as one of the lab's extensions, and waits until it is registered. A lab has places for
 * three. Rejects with `AppError('unavailable')` and what baresip printed.
 */
export async function startBaresip(lab: Lab, extension: string, place: 0 | 1 | 2 = 0): Promise<Baresip> {
  const account = lab.accounts.find((one) => one.extension === extension);
  // The port after the one for SIP is taken too: baresip listens there for TLS.
  const [sipPort, , controlPort] = lab.ports.tools.slice(place * 3);
  if (account === undefined || sipPort === undefined || controlPort === undefined) {
    throw new AppError(
      'not-found',
      `The lab has no extension ${extension}, or no room for one more baresip.`,
    );
  }
  const tool = await findTool(lab, 'baresip', `baresip-${place}`);
  const server = `127.0.0.1:${lab.ports.sip}`;
  const { inside, outside } = tool.directory;
  const modules = globSync(`${tool.root}/usr/lib{,/*}/baresip/modules`)[0]?.slice(tool.root.length) ?? '';
  const login = `auth_user=${extension};auth_pass=${account.password};regint=3600`;
  writeFileSync(join(outside, 'config'), configText(lab, { inside, modules, sipPort, controlPort }));
  writeFileSync(join(outside, 'accounts'), `<sip:${extension}@${server}>;${login};audio_codecs=PCMU\n`);
  writeFileSync(join(outside, 'contacts'), '');
  const output = openSync(join(outside, 'output'), 'w');
  const [command, args] = tool.command(['-4', '-f', inside]);
  const child = spawnBound(command, args, { output });
  closeSync(output);
  let socket: Socket | null = null;
  try {
    await eventually(async () => (socket = await tryConnect(controlPort)) !== null, startDeadlineMs, 20);
    if (socket === null) throw new AppError('unavailable', 'baresip did not open its control socket.');
    const baresip = new Baresip(socket, server, () => child.kill('SIGKILL'));
    await registered(lab, extension);
    return baresip;
  } catch (cause) {
    child.kill('SIGKILL');
    const printed = readFileSync(join(outside, 'output'), 'utf8');
    throw new AppError('unavailable', `baresip did not start.\n${printed}`, { cause });
  }
}

/** Its REGISTER_OK may have come before the control socket was open: Asterisk is asked instead. */
async function registered(lab: Lab, extension: string): Promise<void> {
  const present = await eventually(
    async () => (await lab.console(`pjsip show aor ${extension}`)).includes(`sip:${extension}-`),
    startDeadlineMs,
    50,
  );
  if (!present) throw new AppError('unavailable', `baresip did not register as ${extension}.`);
}

async function tryConnect(port: number): Promise<Socket | null> {
  const { promise, resolve } = Promise.withResolvers<Socket | null>();
  const socket = connect(port, '127.0.0.1', () => resolve(socket));
  socket.on('error', () => resolve(null));
  return promise;
}

/** The tone source speaks only 48 kHz stereo; a loopback interface is named by its address. */
function configText(
  lab: Lab,
  own: { inside: string; modules: string; sipPort: number; controlPort: number },
): string {
  return `net_interface 127.0.0.1
module_path ${own.modules}
sip_listen 127.0.0.1:${own.sipPort}
rtp_ports ${lab.ports.toolsMediaFirst}-${lab.ports.toolsMediaLast}
audio_source ausine,400
audio_player aufile,${own.inside}/heard.wav
ausrc_srate 48000
ausrc_channels 2
${tones.map((tone) => `${tone}_aufile none\n`).join('')}ctrl_tcp_listen 127.0.0.1:${own.controlPort}
module g711.so
module ausine.so
module aufile.so
module_tmp uuid.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
`;
}
