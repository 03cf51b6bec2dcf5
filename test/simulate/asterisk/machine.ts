// The channel threads of the model: each step of the dialplan, what a wait ends with, and how a channel ends.
import type { Clock } from '../world/clock.ts';
import type { Random } from '../../random.ts';
import { applications } from './applications.ts';
import type { Offer } from './broadcast.ts';
import { createChannel, variableOf, type Channel, type ChannelFacts, type Wake } from './channel.ts';
import type { Dialplan, Place } from './dialplan.ts';
import { substitute, type Sight } from './substitute.ts';

/** What an application leads to: the next line, another place, a wait that goes on by itself, or the end. */
export type Step = 'next' | 'jumped' | 'waits' | 'ends';

/** `board` for the applications that hear of all channels; those that match count where they are connected. */
export type Audience = 'board' | { readonly application: string } | { readonly matching: RegExp };

export interface MachinePorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly dialplan: Dialplan;
  /** Tells ARI's applications. */
  readonly publish: (to: Audience, type: string, rest: object) => void;
  readonly isRegistered: (application: string) => boolean;
  /** AMI. */
  readonly tellManagers: (event: Readonly<Record<string, string>>) => void;
  /** The leg is dialled for good now: an INVITE leaves. */
  readonly onInvite: (leg: Channel, endpoint: string, caller: Channel) => void;
  /** A call is taken from a leg; told before anything of it has changed. */
  readonly onPickup: (picker: Channel, leg: Channel, caller: Channel) => void;
  readonly onStep: (channel: Channel) => void;
  /** Its absolute timeout has passed. */
  readonly onTimeout: (channel: Channel) => void;
}

/** All channels of one Asterisk. */
export class Machine {
  readonly ports: MachinePorts;
  readonly channels = new Map<string, Channel>();
  /** By channel: what `StasisBroadcast` offers. */
  readonly offers = new Map<string, Offer>();
  readonly #epochMs: number;
  #serial = 0;

  constructor(ports: MachinePorts) {
    this.ports = ports;
    this.#epochMs = ports.clock.wallMs();
  }

  /** A new channel, heard of by the board. */
  create(facts: Omit<ChannelFacts, 'id' | 'name' | 'createdMs'>, endpoint: string, id?: string): Channel {
    this.#serial += 1;
    const createdMs = this.ports.clock.wallMs();
    const serial = this.#serial.toString(16).padStart(8, '0');
    const channel = createChannel({
      ...facts,
      id: id ?? `${Math.floor(createdMs / 1000)}.${this.#serial}`,
      name: endpoint.startsWith('Local/') ? endpoint : `PJSIP/${endpoint}-${serial}`,
      createdMs,
    });
    this.channels.set(channel.id, channel);
    this.ports.publish('board', 'ChannelCreated', { channel: this.shown(channel) });
    return channel;
  }

  /** Lets the channel go on in a moment. */
  go(channel: Channel): void {
    const { clock, random } = this.ports;
    clock.after(0.03 + random.unit() * 0.1, () => this.#step(channel), null);
  }

  jump(channel: Channel, place: Place): void {
    channel.place = place;
  }

  /** Waits until woken; `onWake` says what comes then. */
  wait(channel: Channel, onWake: (why: Wake) => void): Step {
    channel.wait = (why) => {
      channel.wait = null;
      onWake(why);
    };
    return 'waits';
  }

  wake(channel: Channel, why: Wake): void {
    channel.wait?.(why);
  }

  /** Ends a channel from outside; its thread notices in a moment. */
  hangup(channel: Channel, cause: number): void {
    if (channel.gone || channel.cause !== null) return;
    channel.cause = cause;
    const { clock, random } = this.ports;
    clock.after(
      0.05 + random.unit() * 0.5,
      () => {
        if (channel.wait) this.wake(channel, 'hangup');
        else if (channel.dialledBy) this.destroy(channel);
      },
      null,
    );
  }

  setTimeout(channel: Channel, seconds: number): void {
    const { clock } = this.ports;
    if (channel.timeout) clock.cancel(channel.timeout.happening);
    channel.timeout = null;
    if (!(seconds > 0)) return;
    const expire = () => {
      channel.timeout = null;
      channel.timedOut = true;
      this.ports.onTimeout(channel);
      this.wake(channel, 'timeout');
    };
    const atMs = clock.nowMs + seconds * 1000;
    channel.timeout = { happening: clock.after(seconds * 1000, expire, null), atMs };
  }

  /** The next line, after an application that waited. */
  goOn(channel: Channel): void {
    const { place } = channel;
    channel.place = { ...place, priority: place.priority + 1 };
    this.go(channel);
  }

  setState(channel: Channel, state: Channel['state']): void {
    if (channel.state === state) return;
    channel.state = state;
    this.ports.publish('board', 'ChannelStateChange', { channel: this.shown(channel) });
    if (state === 'Up') channel.party?.onUp?.();
  }

  destroy(channel: Channel): void {
    if (channel.gone) return;
    channel.gone = true;
    channel.cause ??= 16;
    if (channel.timeout) this.ports.clock.cancel(channel.timeout.happening);
    for (const leg of channel.legs) this.hangup(leg, channel.cause);
    this.channels.delete(channel.id);
    const { cause } = channel;
    this.ports.publish('board', 'ChannelDestroyed', { channel: this.shown(channel), cause, cause_txt: '' });
    channel.party?.onGone(cause);
  }

  sight(channel: Channel): Sight {
    return {
      variable: (name) => this.#variable(channel, name),
      ask: (name, argument) => this.#ask(channel, name, argument),
    };
  }

  /** As ARI lists it. */
  shown(channel: Channel): Record<string, unknown> {
    const { id, name, state, callerNumber, place, application, applicationData, createdMs } = channel;
    return {
      id,
      name,
      state,
      caller: { name: '', number: callerNumber },
      connected: { name: '', number: '' },
      dialplan: { ...place, app_name: application, app_data: applicationData },
      creationtime: stamp(createdMs),
      language: 'en',
    };
  }

  /** One application whose data is ready, for a routine that runs before anything else does. */
  runQuick(channel: Channel, application: string, data: string): Step {
    const run = applications[application];
    if (!run) throw new Error(`The model knows no application ${application}`);
    return run(this, channel, data);
  }

  #step(channel: Channel): void {
    if (channel.gone) return;
    if (channel.cause !== null) return this.destroy(channel);
    if (channel.timedOut && !this.#toTimeout(channel)) return;
    const line = this.ports.dialplan.find(channel.place);
    if (line === null) {
      // Fallen off the end of the dialplan (main/pbx.c, auto fallthrough), or sent to a place that is none.
      channel.cause = channel.place.priority > 1 ? 16 : 3;
      return this.destroy(channel);
    }
    const data = substitute(line.data, this.sight(channel));
    channel.application = line.application;
    channel.applicationData = data;
    this.ports.onStep(channel);
    const step = this.runQuick(channel, line.application, data);
    if (step === 'next') this.goOn(channel);
    else if (step === 'jumped') this.go(channel);
    else if (step === 'ends') this.destroy(channel);
  }

  /** The extension `T` of the context where the channel is; false when there is none, and the call ends. */
  #toTimeout(channel: Channel): boolean {
    channel.timedOut = false;
    const place = { context: channel.place.context, exten: 'T', priority: 1 };
    if (this.ports.dialplan.has(place)) {
      channel.place = place;
      return true;
    }
    channel.cause = 16;
    this.destroy(channel);
    return false;
  }

  #variable(channel: Channel, name: string): string {
    if (name === 'EXTEN') return channel.place.exten;
    if (name === 'CONTEXT') return channel.place.context;
    if (name === 'UNIQUEID') return channel.id;
    if (name === 'EPOCH') return String(Math.floor(this.#epochMs / 1000));
    const [, argument] = /^ARG(\d+)$/.exec(name) ?? [];
    if (argument !== undefined) return channel.stack.at(-1)?.args[Number(argument) - 1] ?? '';
    return variableOf(channel, name);
  }

  #ask(channel: Channel, name: string, argument: string): string | null {
    const { clock, random } = this.ports;
    switch (name) {
      case 'TIMEOUT':
        return channel.timeout ? Math.max(0, (channel.timeout.atMs - clock.nowMs) / 1000).toFixed(3) : '0';
      case 'RAND': {
        const [min = 0, max = 0] = argument.split(',').map(Number);
        return String(random.whole(min, max));
      }
      case 'CHANNEL':
        return (
          { state: channel.state, linkedid: channel.linkedId, language: 'en', name: channel.name }[
            argument
          ] ?? ''
        );
      case 'CALLERID':
        return argument.startsWith('num') ? channel.callerNumber : '';
      case 'CONNECTEDLINE':
      case 'REDIRECTING':
      case 'PJSIP_HEADER':
        return '';
      default:
        return null;
    }
  }
}

/** Asterisk writes local time with its offset. */
export function stamp(wallMs: number): string {
  return new Date(wallMs).toISOString().replace('Z', '+0000');
}
