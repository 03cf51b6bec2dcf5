// SIP MESSAGE: short texts on the displays of phones, one at a time over the link to Asterisk, and never late.
import { messageOf } from '../errors.ts';
import type { OutboxState, SendResult } from './outbox.ts';
import { oneLine } from './words.ts';

const QUEUE_MAX = 200;
/** What fits a display, a datagram and a request line of ARI, in which a byte takes up to three characters. */
const TEXT_BYTES_MAX = 1000;

export interface Message {
  readonly extension: string;
  readonly text: string;
  /** Asked when its turn comes, and never throws; false: nobody wants to know it any more. Left out, it is sent. */
  readonly isStillTrue?: (() => boolean) | undefined;
}

export interface MessagesOptions {
  /** The way to Asterisk at this moment; null while there is none. */
  readonly way: () => ((extension: string, text: string) => Promise<'done' | 'gone'>) | null;
  /** Why one did not reach Asterisk; called for each. */
  readonly onLost: (extension: string, problem: string) => void;
  readonly nowMs: () => number;
}

export interface Messages {
  /** Never throws and never waits. What cannot be sent at once is not sent at all: nobody wants to know it later. */
  put(message: Message): void;
  /** One try now. Never rejects. */
  tryOnce(message: Message): Promise<SendResult>;
  state(): OutboxState;
}

export function createMessages({ way, onLost, nowMs }: MessagesOptions): Messages {
  const waiting: Message[] = [];
  const counts = { sent: 0, failed: 0, dropped: 0 };
  let lastSuccessMs: number | null = null;
  let lastProblem = '';
  let working = false;
  let isWell = true;

  const tryOnce = async ({ extension, text }: Message): Promise<SendResult> => {
    const result = await attempt(way, extension, text);
    // A phone that is off is no fault of ours.
    isWell = result.kind !== 'failed';
    if (result.kind === 'sent') lastSuccessMs = nowMs();
    else lastProblem = result.problem;
    return result;
  };
  const work = async () => {
    working = true;
    for (let message = waiting.shift(); message; message = waiting.shift()) {
      if (message.isStillTrue?.() === false) {
        counts.dropped += 1;
        continue;
      }
      const result = await tryOnce(message);
      if (result.kind === 'sent') {
        counts.sent += 1;
      } else {
        counts.failed += 1;
        onLost(message.extension, result.problem);
      }
    }
    working = false;
  };
  return {
    put: (message) => {
      waiting.push(message);
      if (waiting.length > QUEUE_MAX) {
        counts.dropped += 1;
        const oldest = waiting.shift();
        onLost(oldest?.extension ?? '', 'too many messages wait');
      }
      if (!working) void work();
    },
    tryOnce,
    state: () => ({ queued: waiting.length, ...counts, lastSuccessMs, lastProblem, working: isWell }),
  };
}

async function attempt(way: MessagesOptions['way'], extension: string, text: string): Promise<SendResult> {
  try {
    const send = way();
    if (send === null) return { kind: 'failed', problem: 'Asterisk is not connected' };
    if ((await send(extension, oneLine(text, TEXT_BYTES_MAX))) === 'done') return { kind: 'sent' };
    return { kind: 'refused', problem: `no phone of ${extension} is registered` };
  } catch (error) {
    return { kind: 'failed', problem: messageOf(error) };
  }
}
