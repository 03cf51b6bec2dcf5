// The PIN in the place of a right to pick up: whether it is asked for, the dialogue, and what its outcome means.
import type { AriChannel, AriLink } from './ari/link.ts';
import type { PinDialogue, PinSessions } from './pin-session.ts';
import type { Choice, PickupSettings } from '../pickup/call.ts';
import type { PickupGrant } from '../pickup/rights.ts';

type PinRefusal = 'pin-wrong' | 'pin-locked' | 'pin-unavailable';

/** What the picker is asked for, and by which PINs it opens. */
export type PickupChallenge = Omit<PinDialogue, 'channelId' | 'answered'>;

export interface PickupPins {
  /** Null where no PIN counts for that extension: then none is asked for. */
  readonly challenge: (picker: string, atMs: number) => PickupChallenge | null;
  readonly ask: PinSessions['ask'];
  /** Asterisk sound names, several joined by `&`. */
  readonly announcement: (reason: PinRefusal) => string;
  readonly onProblem: (message: string) => void;
}

/**
 * `refused`: `rule` and `announcement` say why, or are null where nothing was entered and the first refusal stands.
 * `abandoned`: the picker hung up. `lost`: the link was; `stopped`: the daemon ends.
 */
export type PickupPinAnswer =
  | { readonly kind: 'granted'; readonly grant: PickupGrant }
  | { readonly kind: 'refused'; readonly rule: PinRefusal | null; readonly announcement: string | null }
  | { readonly kind: 'abandoned' | 'lost' | 'stopped' };

/** Null where the choice stands as it is: the policy asks for no PIN, none would help, or none counts for the picker. */
export function pickupChallenge(
  pins: PickupPins | undefined,
  settings: PickupSettings,
  choice: Choice,
  picker: string | null,
  atMs: number,
): PickupChallenge | null {
  if (!pins || settings.pin === 'never' || picker === null) return null;
  return choice.kind === 'no-right' && choice.pinHelps ? pins.challenge(picker, atMs) : null;
}

/** Asks for the PIN; nothing is claimed meanwhile. Never rejects. */
export async function askForPickupPin(
  pins: PickupPins,
  link: AriLink,
  channel: Pick<AriChannel, 'id'> & Partial<Pick<AriChannel, 'state'>>,
  challenge: PickupChallenge,
): Promise<PickupPinAnswer> {
  const outcome = await pins.ask(link, {
    ...challenge,
    channelId: channel.id,
    answered: channel.state === 'Up',
  });
  const refused = (rule: PinRefusal): PickupPinAnswer => ({
    kind: 'refused',
    rule,
    announcement: pins.announcement(rule),
  });
  switch (outcome.kind) {
    case 'right':
      return { kind: 'granted', grant: { pin: outcome.id } };
    case 'silent':
      return { kind: 'refused', rule: null, announcement: null };
    case 'wrong':
      return refused('pin-wrong');
    case 'locked':
      return refused('pin-locked');
    case 'unavailable':
      pins.onProblem(`a PIN could not be asked for: ${outcome.why}`);
      return refused('pin-unavailable');
    case 'abandoned':
    case 'lost':
    case 'stopped':
      return { kind: outcome.kind };
  }
}
