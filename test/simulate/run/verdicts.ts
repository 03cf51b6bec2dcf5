// What daemons have said to Asterisk about each question: once over each connection, and always the same.
import type { Clock } from '../world/clock.ts';
import type { Wire } from '../world/network.ts';
import type { Life } from './daemons.ts';
import type { Policy } from './oracle.ts';
import type { Story } from './story.ts';

/** What a daemon has said about one question. */
export interface Said {
  readonly kind: 'allow' | 'deny' | 'limit';
  readonly number: string;
  readonly atMs: number;
  readonly life: Life;
  /** The connection that it was said on. */
  readonly wire: Wire;
}

/** For so long a daemon may have an older policy in its hands: the longest freeze, and what a change takes to be seen. */
const OLD_POLICY_MS = 7_000;

export class Verdicts {
  /** By nonce. */
  readonly said = new Map<string, Said[]>();
  readonly #clock: Clock;
  readonly #story: Story;
  readonly #policies: readonly Policy[];

  constructor(clock: Clock, story: Story, policies: readonly Policy[]) {
    this.#clock = clock;
    this.#story = story;
    this.#policies = policies;
  }

  /** A request on its way to Asterisk: is there a verdict in it? */
  hear(text: string, wire: Wire, life: Life): void {
    const words = wordsIn(text);
    const [, kind, nonce = '', number = ''] =
      /^(allow|limit|deny):([^:]+)(?::(.*))?$/.exec(words ?? '') ?? [];
    if (kind === undefined) return;
    const { name } = life.process;
    const before = this.said.get(nonce) ?? [];
    // Over a new connection it may say again what the old one has swallowed, and another daemon may take the call over.
    if (before.some((one) => one.wire === wire)) this.#story.violate(`${name} has decided ${nonce} twice`);
    const said: Said = { kind: kind as Said['kind'], number, atMs: this.#clock.nowMs, life, wire };
    this.said.set(nonce, [...before, said]);
    this.#story.tell(`${name} says ${words}`);
    const [first] = before;
    if (!first || (first.kind === said.kind && first.number === number)) return;
    const fromMs = first.atMs - OLD_POLICY_MS;
    if (this.#policies.some(({ sinceMs }) => sinceMs >= fromMs && sinceMs > 0)) return;
    this.#story.violate(`${name} says ${words}, and ${first.life.process.name} has said ${first.kind}`);
  }
}

function wordsIn(text: string): string | null {
  const { method, uri } = JSON.parse(text) as { readonly method: string; readonly uri: string };
  if (method !== 'POST') return null;
  const [path = '', query = ''] = uri.split('?');
  const parameters = new URLSearchParams(query.replaceAll('+', '%2B'));
  if (path.endsWith('/continue')) return parameters.get('extension');
  return parameters.get('variable') === 'CALLWARDEN_VERDICT' ? parameters.get('value') : null;
}
