// ARI of the model: applications on WebSockets, events to them, and REST requests from them, one after the other.
import type { Clock } from '../world/clock.ts';
import type { Wire } from '../world/network.ts';
import type { Random } from '../../random.ts';
import type { Audience, Machine } from './machine.ts';
import { stamp } from './machine.ts';
import { answerTo, type Answer, type Request } from './rest.ts';

interface Application {
  session: Session | null;
  /** Hears of all channels. */
  hearsAll: boolean;
  /** Null lets everything through. */
  allowed: ReadonlySet<string> | null;
}

/** Asterisk's end of a connection. */
export type AsteriskEnd = Pick<Wire, 'attach' | 'send' | 'close'>;

interface Session {
  readonly wire: AsteriskEnd;
  readonly applications: readonly string[];
  readonly requests: Request[];
  busy: boolean;
}

export interface AriPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly machine: Machine;
}

/** One run of Asterisk has one; a restart begins a new one. */
export class AriDoor {
  readonly #ports: AriPorts;
  readonly #applications = new Map<string, Application>();
  readonly #deaf = new Set<Session>();

  constructor(ports: AriPorts) {
    this.#ports = ports;
  }

  /** A second socket for the same application takes it over (res/stasis/app.c, app_update). */
  open(wire: AsteriskEnd, names: readonly string[]): void {
    const session: Session = { wire, applications: names, requests: [], busy: false };
    for (const name of names) {
      const known = this.#applications.get(name);
      if (known?.session && known.session !== session) {
        this.#send(known.session, 'ApplicationReplaced', name, {});
      }
      this.#applications.set(name, {
        hearsAll: known?.hearsAll ?? false,
        allowed: known?.allowed ?? null,
        session,
      });
    }
    wire.attach('asterisk', {
      onMessage: (text) => this.#take(session, text),
      onClose: () => this.#close(session),
    });
  }

  isActive(application: string): boolean {
    const { session = null } = this.#applications.get(application) ?? {};
    return session !== null;
  }

  /** The event is written nowhere from now on, and nobody is told (a write that timed out, res_http_websocket.c). */
  makeDeaf(application: string): void {
    const { session } = this.#applications.get(application) ?? {};
    if (session) this.#deaf.add(session);
  }

  /** Whether a daemon that believes itself connected hears nothing. */
  isDeaf(application: string): boolean {
    const { session } = this.#applications.get(application) ?? {};
    return session !== null && session !== undefined && this.#deaf.has(session);
  }

  publish(to: Audience, type: string, rest: object): void {
    for (const [name, application] of this.#applications) {
      if (!isMeant(to, name, application)) continue;
      if (!application.session) continue;
      if (application.allowed !== null && !application.allowed.has(type)) continue;
      this.#send(application.session, type, name, rest);
    }
  }

  setFilter(name: string, allowed: ReadonlySet<string> | null): boolean {
    const application = this.#applications.get(name);
    if (application) application.allowed = allowed;
    return application !== undefined;
  }

  hearAll(name: string): boolean {
    const application = this.#applications.get(name);
    if (application) application.hearsAll = true;
    return application !== undefined;
  }

  #send(session: Session, type: string, application: string, rest: object): void {
    if (this.#deaf.has(session)) return;
    const timestamp = stamp(this.#ports.clock.wallMs());
    session.wire.send('asterisk', JSON.stringify({ type, timestamp, application, ...rest }));
  }

  /** What an application lets through; null where it lets everything through, or does not exist. */
  allowedTo(name: string): ReadonlySet<string> | null {
    return this.#applications.get(name)?.allowed ?? null;
  }

  /** Whether it exists: one that nobody serves stays as long as a call waits in it (res/stasis/app.c). */
  knows(name: string): boolean {
    return this.#applications.has(name);
  }

  /** The applications go with the socket that has them now; calls that wait in them wait on. */
  #close(session: Session): void {
    session.wire.close('asterisk');
    const waiting = new Set(
      [...this.#ports.machine.channels.values()].map(({ control }) => control?.application),
    );
    for (const name of session.applications) {
      const application = this.#applications.get(name);
      if (application?.session !== session) continue;
      application.session = null;
      if (!waiting.has(name)) this.#applications.delete(name);
    }
  }

  #take(session: Session, text: string): void {
    const { request_id: id, method, uri, message_body: body } = JSON.parse(text) as Record<string, string>;
    session.requests.push({ id: id ?? '', method: method ?? '', uri: uri ?? '', body: body ?? '' });
    this.#serve(session);
  }

  /** The reader's thread carries out one request at a time (res/ari/ari_websocket_requests.c). */
  #serve(session: Session): void {
    if (session.busy) return;
    const request = session.requests.shift();
    if (!request) return;
    session.busy = true;
    const { clock, random, machine } = this.#ports;
    const reply = ({ status, body }: Answer) => {
      session.busy = false;
      this.#reply(session, request, status, body);
      this.#serve(session);
    };
    clock.after(
      0.03 + random.unit() * 0.15,
      () => answerTo(request, { machine, door: this, random }, reply),
      null,
    );
  }

  #reply(session: Session, request: Request, status: number, body: unknown): void {
    if (this.#deaf.has(session)) return;
    const message = {
      type: 'RESTResponse',
      request_id: request.id,
      status_code: status,
      uri: request.uri,
      ...(body === undefined ? {} : { message_body: JSON.stringify(body) }),
    };
    session.wire.send('asterisk', JSON.stringify(message));
  }
}

function isMeant(to: Audience, name: string, { hearsAll }: Application): boolean {
  if (to === 'board') return hearsAll;
  return 'matching' in to ? to.matching.test(name) : to.application === name;
}
