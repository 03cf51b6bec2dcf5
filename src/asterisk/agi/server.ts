// The FastAGI door: who may hold a connection and for how long, and which of them bring a question.
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { AppError } from '../../errors.ts';
import type { PinEars } from '../pin-session.ts';
import { pinTiming, type PinTiming } from '../pin-timing.ts';
import type { ScreeningLine } from '../screening-line.ts';
import { AgiExchange } from './exchange.ts';
import { HEADER_BYTES_MAX, readAgiHeader, type AgiQuestion } from './header.ts';
import { createAgiLine } from './line.ts';
import { createProblems } from './problems.ts';
import { createReplyReader } from './reply.ts';

/** Connections at once. A further one takes the place of the one that has been silent for longest. */
export const CONNECTIONS_MAX = 1024;
/** From the connection to the end of the block that opens it; Asterisk takes less than a millisecond. */
const HEADER_DEADLINE_MS = 1000;
const BACKLOG = 1024;

export interface AgiServerOptions {
  readonly host: string;
  readonly port: number;
  /** A connection on which nothing was said for so long after its question is cut. */
  readonly decisionMs: number;
  readonly commandMs: number;
  readonly timing?: PinTiming;
  readonly ears: PinEars;
  readonly onQuestion: (
    line: ScreeningLine,
    channel: AgiQuestion['channel'],
    args: readonly string[],
  ) => void;
  /** Of connections that were cut; told of a few a minute, however many there are. */
  readonly onProblem: (message: string) => void;
}

export interface AgiState {
  /** `down`: nobody can ask any more, and why stands in `lastProblem`. */
  readonly state: 'listening' | 'down';
  readonly address: string;
  /** Connections now. */
  readonly open: number;
  readonly questions: number;
  /** Connections that brought no question, or were cut before it was answered. */
  readonly refused: number;
  readonly lastProblem: string;
}

export interface AgiServer extends AsyncDisposable {
  state(): AgiState;
  /** Takes no more questions; those under way go on. */
  stop(): void;
}

interface Door {
  readonly options: AgiServerOptions;
  readonly server: Server;
  readonly open: Set<Socket>;
  /** Those that have brought no question yet, or have been answered: oldest first. */
  readonly idle: Set<Socket>;
  readonly refuse: (problem: string) => void;
  readonly counts: { questions: number; refused: number };
}

/** Rejects with `AppError('unavailable')` when it cannot listen there. */
export async function listenForAgi(options: AgiServerOptions): Promise<AgiServer> {
  const { host, port } = options;
  const server = createServer({ noDelay: true });
  const problems = createProblems(options.onProblem);
  const counts = { questions: 0, refused: 0 };
  let lastProblem = '';
  const refuse = (problem: string) => {
    counts.refused += 1;
    lastProblem = problem;
    problems.tell(problem);
  };
  const door: Door = { options, server, open: new Set(), idle: new Set(), refuse, counts };
  server.on('connection', (socket) => enter(door, socket));
  try {
    server.listen({ host, port, backlog: BACKLOG });
    await once(server, 'listening');
  } catch (error) {
    throw new AppError(
      'unavailable',
      `FastAGI cannot listen on ${host}:${port}; end what holds that port, or set [agi] host and port.`,
      { cause: error },
    );
  }
  const address = addressOf(server);
  // Such as no file descriptors left: that call is refused, and the next may be taken.
  server.on('error', (error) => refuse(`a connection could not be taken: ${error.message}`));
  const close = () => {
    if (server.listening) server.close();
    for (const socket of door.idle) socket.destroy();
  };
  return {
    state: () => ({
      state: server.listening ? 'listening' : 'down',
      address,
      open: door.open.size,
      ...counts,
      lastProblem,
    }),
    stop: close,
    [Symbol.asyncDispose]() {
      close();
      for (const socket of door.open) socket.destroy();
      return Promise.resolve();
    },
  };
}

function addressOf(server: Server): string {
  const at = server.address();
  return typeof at === 'object' && at !== null ? `${at.address}:${at.port}` : '';
}

function enter(door: Door, socket: Socket): void {
  const { open, idle, refuse, server } = door;
  // A connection that breaks is one that closes.
  socket.on('error', () => undefined);
  const [oldest] = open.size >= CONNECTIONS_MAX ? idle : [];
  if (oldest) {
    refuse(`${CONNECTIONS_MAX} connections are open: one that said nothing was closed`);
    drop(door, oldest);
  }
  if (open.size >= CONNECTIONS_MAX || !server.listening) {
    refuse(`${CONNECTIONS_MAX} connections are open: a further one was closed`);
    socket.destroy();
    return;
  }
  open.add(socket);
  idle.add(socket);
  socket.once('close', () => drop(door, socket));
  awaitHeader(door, socket);
}

function drop({ open, idle }: Door, socket: Socket): void {
  open.delete(socket);
  idle.delete(socket);
  socket.destroy();
}

function awaitHeader(door: Door, socket: Socket): void {
  let heard: Buffer = Buffer.alloc(0);
  const refuse = (why: string) => {
    clearTimeout(timer);
    door.refuse(why);
    drop(door, socket);
  };
  const timer = setTimeout(() => {
    refuse(`a connection brought no question within ${HEADER_DEADLINE_MS} ms`);
  }, HEADER_DEADLINE_MS);
  const hear = (bytes: Buffer) => {
    heard = heard.length === 0 ? bytes : Buffer.concat([heard, bytes]);
    const end = heard.indexOf('\n\n');
    if (end < 0 && heard.length <= HEADER_BYTES_MAX) return;
    const header = readAgiHeader(end < 0 ? heard : heard.subarray(0, end));
    if (header.kind === 'bad') {
      refuse(`a connection from ${socket.remoteAddress} brought no question: ${header.why}`);
      return;
    }
    clearTimeout(timer);
    socket.off('data', hear);
    ask(door, socket, header.question, heard.subarray(end + 2));
  };
  socket.on('data', hear);
  socket.once('close', () => clearTimeout(timer));
}

/** `early`: what came behind the question. Asterisk may have said that the caller is gone; all else is none of Asterisk's. */
function ask(door: Door, socket: Socket, { channel, args }: AgiQuestion, early: Buffer): void {
  const { decisionMs, commandMs, ears, timing = pinTiming, onQuestion } = door.options;
  const replies = createReplyReader();
  const said = replies.push(early);
  if (said === null || said.some(({ kind }) => kind !== 'hangup')) {
    door.refuse('a connection went on behind its question before it was answered');
    drop(door, socket);
    return;
  }
  if (said.length > 0) {
    drop(door, socket);
    return;
  }
  door.counts.questions += 1;
  door.idle.delete(socket);
  const exchange = new AgiExchange({
    socket,
    replies,
    endMs: commandMs,
    firstCommandMs: decisionMs,
    betweenCommandsMs: timing.checkMs + commandMs,
    onEnding: () => door.open.has(socket) && door.idle.add(socket),
    onLeft: () => ears.onLeft(channel.id),
    onCut: (why) => door.refuse(`a connection was cut: ${why}`),
  });
  onQuestion(createAgiLine({ exchange, channel, ears, timing, commandMs }), channel, args);
}
