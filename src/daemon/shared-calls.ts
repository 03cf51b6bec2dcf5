// Calls that the other daemons have let out count here too: limits look at what is on record, a moment later than it was said.
import type { Ledger } from '../barring/ledger.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../config/logger.ts';
import { forgetOldest } from '../forget-oldest.ts';
import { watchCalls } from '../store/call-watch.ts';
import type { ChargeableCall } from '../store/usage.ts';

/** Calls whose daemon is remembered, at most; the oldest go first. */
const REMEMBERED_MAX = 20_000;

export interface SharedCalls extends Disposable {
  /** This daemon counts the call itself. */
  own(callId: string): void;
  isForeign(callId: string): boolean;
}

export interface SharedCallsOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly ledger: Ledger;
  /** A channel may be gone before its call is known here: then no event will end it. */
  readonly onUp: (call: ChargeableCall) => void;
}

/** Does nothing where there is one daemon. */
export function shareCalls({ config, logger, ledger, onUp }: SharedCallsOptions): SharedCalls {
  const known = new Map<string, 'own' | 'foreign'>();
  const remember = (callId: string, whose: 'own' | 'foreign') => {
    known.set(callId, whose);
    forgetOldest(known, REMEMBERED_MAX);
  };
  const take = (call: ChargeableCall) => {
    if (known.has(call.id)) return;
    remember(call.id, 'foreign');
    const isUp = call.endedMs === null;
    ledger.restored({ ...call, callId: call.id, number: call.dialled }, isUp);
    if (isUp) onUp(call);
  };
  const watch =
    config.ari.peers.length === 0
      ? null
      : watchCalls(config.database.path, {
          onCalls: (calls) => calls.forEach(take),
          onProblem: (error) =>
            logger.error('records', { problem: `calls of other daemons cannot be read: ${String(error)}` }),
        });
  return {
    own: (callId) => {
      if (watch) remember(callId, 'own');
    },
    isForeign: (callId) => known.get(callId) === 'foreign',
    [Symbol.dispose]: () => watch?.[Symbol.dispose](),
  };
}
