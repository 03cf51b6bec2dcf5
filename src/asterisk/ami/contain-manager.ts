// Stands between asterisk-manager and its socket: a line and a block have an end, and nothing that Asterisk sends can
// name an event of the package's own.
import type { NetConnectOpts, Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import type Manager from 'asterisk-manager';

/** Longer ones are no AMI; Asterisk's own lines are cut at 4 kB and less (main/manager.c). */
const LINE_BYTES_MAX = 64 * 1024;
/** The package reads an unfinished block anew with each piece that arrives, so it must not grow without end. */
const BLOCK_BYTES_MAX = 1024 * 1024;
const BLOCK_LINES_MAX = 10_000;
const CHUNK_BYTES = 64 * 1024;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** The package's own for the login, and ours. */
const ACTION_ID = /^(?:\d{1,64}|callwarden-[0-9a-f]{12}-\d{1,16})$/;

/**
 * Takes the place of the package's dispatcher, which emits whatever stands behind `Event:` and `ActionID:` as an event
 * of its emitter: `close` would end the connection, `rawevent` call the dispatcher for ever, and a line break in
 * anything that was dialled is enough to write such a line.
 */
export function containManager(manager: InstanceType<typeof Manager>): void {
  manager.removeAllListeners('rawevent');
  manager.on('rawevent', (item) => {
    const { response, actionid, event } = item;
    if (typeof response === 'string' && typeof actionid === 'string' && ACTION_ID.test(actionid)) {
      manager.emit(actionid, response.toLowerCase() === 'error' ? item : undefined, item);
    }
    if (typeof event === 'string') manager.emit('managerevent', item);
  });
}

/**
 * What `net.createConnection` takes, so that the package sees only what is within the bounds; `onExcess` is called
 * once with a reason for what is not, and nothing is read after it.
 */
export function boundedConnection(
  where: { readonly host: string; readonly port: number; readonly signal: AbortSignal },
  onExcess: (reason: string) => void,
): NetConnectOpts {
  const meter = new BlockMeter();
  const decoder = new StringDecoder('utf8');
  const onData = function (this: Socket, bytes: number, buffer: Uint8Array): boolean {
    const chunk = Buffer.from(buffer.subarray(0, bytes));
    const excess = meter.excess(chunk);
    if (excess === null) this.emit('data', decoder.write(chunk));
    else onExcess(excess);
    return excess === null;
  };
  return { ...where, onread: { buffer: Buffer.alloc(CHUNK_BYTES), callback: onData } };
}

/** Counts what has arrived of the line and of the block under way. */
class BlockMeter {
  #lineBytes = 0;
  #blockBytes = 0;
  #blockLines = 0;

  /** Why this is too much, or null. */
  excess(chunk: Buffer): string | null {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      const length = this.#lineBytes + end - start;
      if (length > LINE_BYTES_MAX) return tooLong;
      this.#lineBytes = 0;
      const isEmpty = length === 0 || (length === 1 && (end === 0 || chunk[end - 1] === CARRIAGE_RETURN));
      this.#blockBytes = isEmpty ? 0 : this.#blockBytes + length;
      this.#blockLines = isEmpty ? 0 : this.#blockLines + 1;
      if (this.#blockBytes > BLOCK_BYTES_MAX || this.#blockLines > BLOCK_LINES_MAX) return tooMuch;
      start = end + 1;
    }
    this.#lineBytes += chunk.length - start;
    return this.#lineBytes > LINE_BYTES_MAX ? tooLong : null;
  }
}

const tooLong = `it sent a line of more than ${LINE_BYTES_MAX} bytes`;
const tooMuch = `it sent a block of more than ${BLOCK_LINES_MAX} lines or ${BLOCK_BYTES_MAX} bytes`;
