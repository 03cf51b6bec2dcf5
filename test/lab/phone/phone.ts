// A SIP phone for tests: registers with its password, places and takes calls, records each message.
import { AppError } from '../../../src/errors.ts';
import { Line } from './line.ts';

const registrationS = 3600;

export class Phone extends Line {
  #registered = false;

  get extension(): string {
    return this.agent.options.user;
  }

  /** Registers; rejects with `AppError('unauthorized')` when Asterisk refuses. */
  async register(): Promise<void> {
    const status = await this.#register(registrationS);
    if (status !== 200) {
      const message = `${this.extension} could not register: ${status}.\n${this.story()}`;
      throw new AppError('unauthorized', message);
    }
    this.#registered = true;
  }

  get registered(): boolean {
    return this.#registered;
  }

  async unregister(): Promise<void> {
    if (!this.#registered) return;
    this.#registered = false;
    await this.#register(0);
  }

  protected override async leave(): Promise<void> {
    await this.unregister();
  }

  async #register(expiresS: number): Promise<number> {
    const { server, user } = this.agent.options;
    const self = `<sip:${user}@${server.address}:${server.port}>`;
    const uri = `sip:${server.address}:${server.port}`;
    const expires = ['Expires', String(expiresS)] as const;
    const request = this.agent.newRequest('REGISTER', uri, { from: self, to: self }, [expires]);
    return (await this.agent.request(request, server)).status;
  }
}
