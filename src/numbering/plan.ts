// The numbering plan of one PBX: how its users write numbers. Plain data, straight from the settings.
import type { Region } from './destination.ts';

export interface NumberingPlan {
  readonly homeRegion: Region;
  /** International dialing codes, digits only, several allowed (`00`, `011`); `+` always counts beside them. */
  readonly internationalPrefixes: readonly string[];
  /** Digits dialled for an outside line, several allowed, empty for none. */
  readonly outsidePrefixes: readonly string[];
  /** National trunk prefix; null: the home region's own (`0` in DE, `1` in US), '' for none. */
  readonly nationalPrefix: string | null;
  /** Carrier access and dial-around codes beside those that the home region publishes; a number behind one is unreadable. */
  readonly carrierCodes: readonly string[];
  /** Internal extensions as Asterisk patterns without the underscore (`1XXX`, `[2-4]XX`) or plain digits. */
  readonly internalPatterns: readonly string[];
  /** Emergency numbers beside those of the home region. */
  readonly emergencyNumbers: readonly string[];
  /** Service numbers (short codes of the provider) beside those of the home region. */
  readonly serviceNumbers: readonly string[];
  /** Whether a shared calling code is split by region (`region`) or taken as one (`code`). */
  readonly sharedCodes: 'region' | 'code';
}
