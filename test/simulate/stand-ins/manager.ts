// In place of `asterisk-manager`: the daemon's end of a simulated connection to AMI.
import { EventEmitter } from 'node:events';
import type { Wire } from '../world/network.ts';
import { daemonNow, theHouse } from './house.ts';

type Item = Record<string, string>;
type Answered = (refusal: Item | undefined, item?: Item) => void;

export class Manager extends EventEmitter {
  #wire: Wire | null = null;
  readonly #answers = new Map<string, Answered>();

  connect(options: { readonly signal?: AbortSignal }, _host: undefined, connected: () => void): void {
    const { clock, asterisk, network } = theHouse();
    const process = daemonNow();
    const wire = network.wire(process, 'ami');
    this.#wire = wire;
    const hangUp = () => wire.close('daemon');
    process.onDeath.push(hangUp);
    options.signal?.addEventListener('abort', hangUp);
    wire.attach('daemon', {
      onMessage: (text) => this.#hear(JSON.parse(text) as Item),
      onClose: () => void this.emit('close'),
    });
    clock.after(network.delayMs(), () => {
      if (network.isBlocked(process) || !wire.isOpen('daemon')) return;
      if (asterisk.life !== 'up') {
        this.emit('error', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
        this.emit('close');
        return;
      }
      clock.as(null, () => serve(wire));
      connected();
    });
  }

  login(done: (refusal?: Item) => void): void {
    this.action({ action: 'Login', actionid: 'login' }, () => done());
  }

  action(action: Record<string, string>, answered: Answered): string {
    const id = action['actionid'] ?? '';
    this.#answers.set(id, answered);
    this.#wire?.send('daemon', JSON.stringify(action));
    return id;
  }

  #hear(item: Item): void {
    const id = item['actionid'] ?? '';
    const answered = this.#answers.get(id);
    this.#answers.delete(id);
    if (answered) answered(undefined, item);
    else this.emit('managerevent', item);
  }
}

/** Asterisk's end: everything is granted, nothing is changed. */
function serve(wire: Wire): void {
  const { asterisk } = theHouse();
  wire.attach('asterisk', {
    onMessage: (text) => {
      const { actionid } = JSON.parse(text) as Record<string, string>;
      wire.send('asterisk', JSON.stringify({ response: 'Success', actionid, message: 'done' }));
    },
    onClose: () => wire.close('asterisk'),
  });
  asterisk.acceptManager(wire, (event) => wire.send('asterisk', JSON.stringify(event)));
}
