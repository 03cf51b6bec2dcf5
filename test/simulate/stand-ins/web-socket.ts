// In place of `ws`: the daemon's end of a simulated connection to ARI.
import { EventEmitter } from 'node:events';
import { daemonNow, theHouse } from './house.ts';

interface SocketOptions {
  readonly handshakeTimeout?: number;
}

export class WebSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 0;
  readonly #wire;
  #closed = false;

  constructor(url: string, options: SocketOptions = {}) {
    super();
    const { clock, asterisk, network } = theHouse();
    const process = daemonNow();
    const wire = network.wire(process, 'ari');
    this.#wire = wire;
    process.onDeath.push(() => wire.close('daemon'));
    wire.attach('daemon', {
      onMessage: (text) => void this.emit('message', Buffer.from(text)),
      onClose: () => this.#end(1006),
    });
    const applications = (new URL(url).searchParams.get('app') ?? '').split(',');
    const knock = () => {
      if (this.#closed) return;
      if (network.isBlocked(process)) return;
      if (asterisk.life === 'down') return this.#fail('ECONNREFUSED');
      if (asterisk.life === 'starting') {
        this.#closed = true;
        this.emit('unexpected-response', {}, { statusCode: 404 });
        return;
      }
      this.readyState = 1;
      clock.as(null, () => asterisk.accept(wire, applications));
      this.emit('open');
    };
    clock.after(network.delayMs(), knock);
    clock.after(options.handshakeTimeout ?? 5000, () => {
      if (this.readyState === 0 && !this.#closed) this.#fail('Opening handshake has timed out');
    });
  }

  send(text: string): void {
    if (this.readyState !== 1) return;
    theHouse().onSaid(text, this.#wire);
    this.#wire.send('daemon', text);
  }

  /** A polite end: the other side answers it, where it hears of it. */
  close(code: number): void {
    if (this.#closed) return;
    this.readyState = 2;
    this.#wire.close('daemon');
    const { clock, network } = theHouse();
    if (!network.isBlocked(this.#wire.process)) clock.after(network.delayMs(), () => this.#end(code));
  }

  terminate(): void {
    if (this.#closed) return;
    this.#wire.close('daemon');
    if (this.readyState === 0) this.#fail('WebSocket was closed before the connection was established');
    else theHouse().clock.after(0, () => this.#end(1006));
  }

  #fail(message: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.readyState = 3;
    const code = message.startsWith('E') ? { code: message } : {};
    this.emit('error', Object.assign(new Error(message), code));
  }

  #end(code: number): void {
    if (this.#closed) return;
    if (this.readyState === 0) return this.#fail('ECONNRESET');
    this.#closed = true;
    this.readyState = 3;
    this.emit('close', code, Buffer.alloc(0));
  }
}
