// One logged-in AMI connection: a Manager of asterisk-manager that is used once and thrown away.

import { randomBytes } from 'node:crypto';
import Manager from 'asterisk-manager';
import { AppError } from '../../errors.ts';
import { boundedConnection, containManager } from './contain-manager.ts';
import { HEARTBEAT_INTERVAL_MS, startHeartbeat, type Heartbeat } from '../ari/heartbeat.ts';
import {
  checkFields,
  checkValue,
  readHeaders,
  readListRow,
  readPickup,
  type AmiHeaders,
  type AmiPickup,
} from './message.ts';

export interface AmiOptions {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly commandDeadlineMs: number;
  readonly connectDeadlineMs: number;
  /** 2,000 when absent. */
  readonly heartbeatIntervalMs?: number;
  readonly onPickup: (pickup: AmiPickup) => void;
  readonly onProblem: (message: string) => void;
}

/** What the daemon asks for; none of them changes anything in the PBX. */
type AmiAction = 'CoreSettings' | 'CoreStatus' | 'Events' | 'Ping';
/** The same, answered by a list of events. */
export type AmiListAction = 'ShowDialPlan' | 'QueueStatus';

export interface AmiConnection extends AsyncDisposable {
  /**
   * The headers of the answer, names in lower case.
   * @throws AppError `invalid` for fields that hold line breaks, `unavailable` for a refusal, the deadline, a lost link.
   */
  action(name: AmiAction, fields?: Readonly<Record<string, string>>): Promise<AmiHeaders>;
  /**
   * The events of the list that answers, in order, without its end.
   * @throws AppError as `action`.
   */
  list(
    name: AmiListAction,
    fields: Readonly<Record<string, string>>,
    deadlineMs: number,
  ): Promise<readonly AmiHeaders[]>;
  /** Resolves once, with the reason; never rejects. */
  readonly closed: Promise<string>;
}

const PENDING_MAX = 100;
/** Rows of one list; a dialplan beyond it is told of as too large. */
const LIST_ROWS_MAX = 300_000;
const CLOSED_BY_US = 'closed by us';

interface Waiting {
  readonly action: string;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (headers: AmiHeaders) => void;
  readonly reject: (error: AppError) => void;
}

interface Listing {
  readonly rows: AmiHeaders[];
  readonly done: (rows: readonly AmiHeaders[]) => void;
}

/**
 * Connects, logs in and asks for the events of class `call`.
 * @throws AppError `unauthorized` for a wrong user or secret, `unavailable` when AMI cannot be reached or does not
 * answer in time, `invalid` when user or secret hold a line break.
 */
export async function connectAmi(options: AmiOptions, signal: AbortSignal): Promise<AmiConnection> {
  checkValue('ami.username', options.username);
  checkValue('ami.password', options.password);
  const session = new Session(options);
  const giveUp = (): void => session.end('the connection attempt was given up');
  const late = setTimeout(() => {
    session.end(`it did not answer within ${options.connectDeadlineMs} ms`);
  }, options.connectDeadlineMs);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    await session.open();
    // The package asks for events at login under a wrong name, so Asterisk sends all of them until told otherwise.
    await session.action('Events', { EventMask: 'call' });
    session.watch();
    return session;
  } catch (error) {
    session.end('the connection attempt failed');
    throw error;
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', giveUp);
  }
}

/** Owns the Manager and its socket. */
class Session implements AmiConnection {
  readonly closed: Promise<string>;
  readonly #options: AmiOptions;
  readonly #manager: InstanceType<typeof Manager>;
  readonly #waiting = new Map<string, Waiting>();
  readonly #listings = new Map<string, Listing>();
  /** Destroys the socket; the package itself only ends an open one politely and forgets one that is connecting. */
  readonly #cut = new AbortController();
  readonly #finish: (reason: string) => void;
  /** Tells our answers from anything else that goes through the package's one emitter. */
  readonly #idPrefix = `callwarden-${randomBytes(6).toString('hex')}-`;
  #lastId = 0;
  #loggedIn = false;
  #socketError = '';
  #endReason: string | null = null;
  #heartbeat: Heartbeat | undefined;

  constructor(options: AmiOptions) {
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<string>();
    this.closed = promise;
    this.#finish = resolve;
    this.#manager = new Manager(null, options.host, options.username, options.password, false);
    containManager(this.#manager);
    this.#manager.on('error', (error) => {
      this.#socketError = 'code' in error ? String(error.code) : error.message;
    });
    this.#manager.on('close', () => this.end(this.#socketError || 'Asterisk closed the connection'));
    this.#manager.on('managerevent', (item) => this.#hear(item));
  }

  /** Rejects as `connectAmi` does. */
  async open(): Promise<void> {
    const { host, port, username } = this.#options;
    const where = `${host}:${port}`;
    const opened = Promise.withResolvers<void>();
    const socket = boundedConnection({ host, port, signal: this.#cut.signal }, (reason) => this.end(reason));
    this.#manager.connect(socket, undefined, () => {
      this.#manager.login((refusal) => {
        if (refusal === undefined) return opened.resolve();
        const said = readHeaders(refusal)['message'] ?? 'no reason given';
        const remedy = 'check ami.username and ami.password against manager.conf, and its permit lines';
        opened.reject(
          new AppError(
            'unauthorized',
            `AMI at ${where} refused the user "${username}" (${said}): ${remedy}.`,
          ),
        );
      });
    });
    const ended = this.closed.then((reason) => {
      const message = `AMI cannot be reached at ${where} (${reason}): is Asterisk running, with manager.conf enabled?`;
      throw new AppError('unavailable', message);
    });
    await Promise.race([opened.promise, ended]);
    this.#loggedIn = true;
  }

  /** Starts the heartbeat. */
  watch(): void {
    if (this.#endReason !== null) return;
    this.#heartbeat = startHeartbeat({
      intervalMs: this.#options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_MS,
      beat: async () => void (await this.action('Ping')),
      onDead: (reason) => this.end(reason),
    });
  }

  action(name: AmiAction, fields: Readonly<Record<string, string>> = {}): Promise<AmiHeaders> {
    return this.#ask(`${this.#idPrefix}${++this.#lastId}`, name, fields);
  }

  async list(
    name: AmiListAction,
    fields: Readonly<Record<string, string>>,
    deadlineMs: number,
  ): Promise<readonly AmiHeaders[]> {
    const id = `${this.#idPrefix}${++this.#lastId}`;
    const { promise: listed, resolve: done } = Promise.withResolvers<readonly AmiHeaders[]>();
    this.#listings.set(id, { rows: [], done });
    const timer = AbortSignal.timeout(deadlineMs);
    const late = new Promise<never>((_resolve, reject) => {
      const tell = () =>
        reject(new AppError('unavailable', `AMI did not end the list of ${name} in ${deadlineMs} ms.`));
      timer.addEventListener('abort', tell, { once: true });
    });
    const ended = this.closed.then((reason) => {
      throw lost(name, reason);
    });
    try {
      await this.#ask(id, name, fields);
      return await Promise.race([listed, late, ended]);
    } finally {
      this.#listings.delete(id);
      for (const loser of [late, ended]) loser.catch(() => undefined);
    }
  }

  async #ask(
    id: string,
    name: AmiAction | AmiListAction,
    fields: Readonly<Record<string, string>>,
  ): Promise<AmiHeaders> {
    checkFields(fields);
    // The package would queue what comes before the login and carry it out much later.
    if (!this.#loggedIn || this.#endReason !== null) throw lost(name, this.#endReason ?? 'not logged in');
    if (this.#waiting.size >= PENDING_MAX) {
      throw new AppError('unavailable', `AMI left ${PENDING_MAX} actions unanswered; ${name} was not sent.`);
    }
    return new Promise((resolve, reject) => {
      const { commandDeadlineMs } = this.#options;
      const timer = setTimeout(() => {
        this.#take(id)?.reject(
          new AppError('unavailable', `AMI did not answer ${name} within ${commandDeadlineMs} ms.`),
        );
      }, commandDeadlineMs);
      this.#waiting.set(id, { action: name, timer, resolve, reject });
      this.#manager.action({ ...fields, action: name, actionid: id }, (_refusal, item) =>
        this.#settle(id, item),
      );
    });
  }

  end(reason: string): void {
    if (this.#endReason !== null) return;
    this.#endReason = reason;
    this.#heartbeat?.stop();
    this.#cut.abort();
    for (const [id, { action }] of this.#waiting) this.#take(id)?.reject(lost(action, reason));
    this.#finish(reason);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.end(CLOSED_BY_US);
    return Promise.resolve();
  }

  #settle(id: string, item: unknown): void {
    const waiting = this.#take(id);
    if (waiting === undefined) return;
    const headers = readHeaders(item);
    if (headers['response'] === 'Success') return waiting.resolve(headers);
    const said = headers['message'] ?? headers['response'] ?? 'no reason given';
    waiting.reject(new AppError('unavailable', `AMI refused ${waiting.action}: ${said.slice(0, 200)}.`));
  }

  #take(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return undefined;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    return waiting;
  }

  #hear(item: unknown): void {
    const row = readListRow(item);
    const listing = this.#listings.get(row['actionid'] ?? '');
    if (listing !== undefined) return enlist(listing, row);
    const pickup = readPickup(readHeaders(item), Date.now());
    if (pickup === null || this.#endReason !== null) return;
    try {
      this.#options.onPickup(pickup);
    } catch (error) {
      this.#options.onProblem(`The handler of an AMI pickup failed: ${String(error)}`);
    }
  }
}

function lost(action: string, reason: string): AppError {
  return new AppError(
    'unavailable',
    `The connection to AMI was lost before ${action} was answered: ${reason}.`,
  );
}

/** The last event of a list says so (main/manager.c, astman_send_list_complete_start). */
function enlist({ rows, done }: Listing, row: AmiHeaders): void {
  if (row['eventlist'] === 'Complete') done(rows);
  else if (rows.length < LIST_ROWS_MAX) rows.push(row);
}
