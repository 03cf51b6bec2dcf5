// What a phone or a carrier does by itself when a call arrives.
import { setTimeout as sleep } from 'node:timers/promises';

import type { IncomingCall } from './incoming-call.ts';
import type { Reason } from './reason.ts';

export type Behaviour = (call: IncomingCall) => void | Promise<void>;

/** Rings until somebody does something. */
export function ring(): Behaviour {
  return (call) => call.ring();
}

/** Rings, and answers after a while; at once by default. */
export function answer(afterMs = 0): Behaviour {
  return async (call) => {
    if (afterMs > 0) {
      call.ring();
      await sleep(afterMs, undefined, { ref: false });
    }
    await call.answer();
  };
}

/** Refuses with a SIP status, and reasons if wanted. */
export function reject(status: number, reasons: readonly Reason[] = []): Behaviour {
  return (call) => call.reject(status, reasons);
}

/** Sends the caller to another number (302). */
export function redirect(target: string): Behaviour {
  return (call) => call.redirect(target);
}

/** Offers sound before any answer, and goes on so. */
export function progress(): Behaviour {
  return (call) => call.progress();
}

/** Never says a word. */
export function keepSilent(): Behaviour {
  return () => {};
}
