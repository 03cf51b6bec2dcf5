// The settings that a pickup depends on, as the choice reads them.
import { pickupWays, type PickupSettings, type PickupWay } from '../pickup/call.ts';
import type { Settings } from './settings.ts';

export function pickupSettingsOf(settings: Settings): PickupSettings {
  return {
    pin: settings['pickup-pin'],
    sayTaker: settings['pickup-say-taker'],
    connectedLine: settings['pickup-connected-line'],
    notice: waysOf(settings['pickup-notice']),
    alertAfterS: settings['pickup-alert-after'],
    alertBy: waysOf(settings['pickup-alert-by']),
    quietHours: settings['pickup-quiet-hours'],
    directedCode: settings['pickup-directed-code'],
  };
}

/** Those of the words that are ways, in their own order. */
function waysOf(words: readonly string[]): readonly PickupWay[] {
  return pickupWays.filter((way) => words.includes(way));
}
