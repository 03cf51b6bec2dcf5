// The other end of the trunk: takes the calls that the PBX lets out, as told, and sends calls in.
import { answer, type Behaviour } from './behaviour.ts';
import type { IncomingCall } from './incoming-call.ts';
import { Line } from './line.ts';
import type { UserAgent } from './user-agent.ts';

const rulesMax = 1000;

/**
 * Answers every call, unless told otherwise by `whenCalled` or for certain numbers by `on`. `calls` says
 * which numbers reached it, byte for byte. `call(number, { from })` places a call into the PBX.
 */
export class Carrier extends Line {
  readonly #rules = new Map<string, Behaviour>();

  constructor(agent: UserAgent) {
    super(agent);
    this.whenCalled = answer();
  }

  /** The calls that reached the carrier, in order; `number` is the exact user part of the INVITE. */
  get calls(): readonly IncomingCall[] {
    return this.incoming;
  }

  /** What reached the carrier, as numbers only. */
  get numbers(): string[] {
    return this.incoming.map(({ number }) => number);
  }

  /** Behaves so for calls to exactly this number. */
  on(number: string, behaviour: Behaviour): void {
    if (this.#rules.size >= rulesMax) throw new RangeError(`A carrier has at most ${rulesMax} rules.`);
    this.#rules.set(number, behaviour);
  }

  protected override behaviourFor(call: IncomingCall): Behaviour {
    return this.#rules.get(call.number) ?? this.whenCalled;
  }

  protected override async leave(): Promise<void> {
    // A trunk has no registration.
  }
}
