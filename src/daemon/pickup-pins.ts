// PINs in the place of a right to pick up: which count for a picker, by the policy that barring has.
import type { PickupPins } from '../asterisk/pickup-pin.ts';
import type { PinSessions } from '../asterisk/pin-session.ts';
import { pinChallengeFor } from '../barring/pin-challenge.ts';
import type { Logger } from '../config/logger.ts';
import type { PolicyHolder } from './policy-holder.ts';

export interface PickupPinsPorts {
  readonly logger: Logger;
  readonly policy: Pick<PolicyHolder, 'snapshot' | 'refusal'>;
  readonly pins: Pick<PinSessions, 'ask'>;
}

export function pickupPinsOf({ logger, policy, pins }: PickupPinsPorts): PickupPins {
  return {
    challenge: (picker, atMs) => {
      const snapshot = policy.snapshot();
      return snapshot && pinChallengeFor(snapshot, picker, atMs);
    },
    ask: (link, dialogue) => pins.ask(link, dialogue),
    announcement: (reason) => policy.refusal(reason, '').announcement,
    onProblem: (problem) => logger.warn('pickup-problem', { problem }),
  };
}
