// The phones and the carrier of one lab: opened when a test asks for them, switched off with the lab.
import { AppError } from '../../src/errors.ts';
import type { ExtensionAccount } from './etc/telephony.ts';
import type { Behaviour } from './phone/behaviour.ts';
import { Carrier } from './phone/carrier.ts';
import { Phone } from './phone/phone.ts';
import type { Peer } from './phone/socket.ts';
import { UserAgent } from './phone/user-agent.ts';
import { drawSecret } from './secret.ts';
import { carrierVoice, type SoundBook } from './sounds.ts';

const phoneAddress = '127.0.0.1';
/** All of 127/8 is loopback: with an address of its own, Asterisk knows the trunk from the phones. */
const carrierAddress = '127.0.0.2';
const defaultExtensions = ['1001', '1002', '1003', '1004', '1005', '1006'];

export interface PhoneOptions {
  /** A wrong one, to see it refused. */
  readonly password?: string;
  /** False: can call (with its password) but not be called. */
  readonly register?: boolean;
  /** Rings by default. */
  readonly whenCalled?: Behaviour;
}

export class LabPhones implements AsyncDisposable {
  readonly accounts: readonly ExtensionAccount[];
  readonly carrier: Carrier;
  readonly #server: Peer;
  readonly #agents: UserAgent[] = [];
  readonly #phones: Phone[] = [];
  /** Agents whose contact stands in pjsip.conf, until their phone is asked for. */
  readonly #waiting: Map<string, UserAgent>;
  #book: SoundBook = new Map();

  private constructor(
    server: Peer,
    carrier: Carrier,
    accounts: readonly ExtensionAccount[],
    waiting: Map<string, UserAgent>,
  ) {
    this.#server = server;
    this.carrier = carrier;
    this.accounts = accounts;
    this.#waiting = waiting;
    this.#agents.push(carrier.agent, ...waiting.values());
  }

  /** Opens the carrier, and the phones whose address Asterisk's files must name. */
  static async open(
    server: Peer,
    options: { readonly extensions?: readonly string[]; readonly staticContacts?: readonly string[] },
  ): Promise<LabPhones> {
    const carrier = { address: carrierAddress, user: carrierVoice, credentials: null, server };
    const accounts: ExtensionAccount[] = [];
    const waiting = new Map<string, UserAgent>();
    for (const extension of options.extensions ?? defaultExtensions) {
      const password = drawSecret();
      let staticContact: string | null = null;
      if (options.staticContacts?.includes(extension) === true) {
        const agent = await openAgent(server, extension, password);
        waiting.set(extension, agent);
        staticContact = agent.contact.slice(1, -1);
      }
      accounts.push({ extension, password, staticContact });
    }
    return new LabPhones(server, new Carrier(await UserAgent.open(carrier)), accounts, waiting);
  }

  /** What all phones recognise sounds by. */
  setBook(book: SoundBook): void {
    this.#book = book;
    for (const agent of this.#agents) agent.book = book;
  }

  async phone(extension: string, options: PhoneOptions): Promise<Phone> {
    const account = this.accounts.find((one) => one.extension === extension);
    if (account === undefined) throw new AppError('not-found', `The lab has no extension ${extension}.`);
    const reserved = this.#waiting.get(extension);
    this.#waiting.delete(extension);
    const agent =
      reserved ?? (await openAgent(this.#server, extension, options.password ?? account.password));
    agent.book = this.#book;
    this.#agents.push(agent);
    const phone = new Phone(agent);
    this.#phones.push(phone);
    if (options.whenCalled !== undefined) phone.whenCalled = options.whenCalled;
    if (reserved === undefined && options.register !== false) await phone.register();
    return phone;
  }

  /**
   * What phones do after their PBX was away; Asterisk itself writes registrations to its disk up to 1 s late.
   */
  async registerAgain(): Promise<void> {
    await Promise.all(this.#phones.filter(({ registered }) => registered).map((phone) => phone.register()));
  }

  /** Switches all off without a word: their Asterisk goes as well. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent[Symbol.asyncDispose]()));
  }
}

async function openAgent(server: Peer, user: string, password: string): Promise<UserAgent> {
  const credentials = { username: user, password };
  return UserAgent.open({ address: phoneAddress, user, credentials, server });
}
