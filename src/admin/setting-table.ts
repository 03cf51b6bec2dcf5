// Every setting in one table: what it is for, and the form that its value has.
import type { SettingKey, Settings } from '../store/settings.ts';
import { listOf, nationalPrefix, onOff, oneOf, oneText, type SettingForm } from './setting-forms.ts';

export interface SettingDefinition<Value> {
  /** One line for the help and for `settings show`. */
  readonly help: string;
  readonly form: SettingForm<Value>;
}

const prefixes = listOf(/^\d{1,8}$/, 'prefixes of 1 to 8 digits, such as 00 011');
/** Longer ones would be a way for any number to pass unjudged. */
const emergency = listOf(/^\d{2,8}$/, 'numbers of 2 to 8 digits, such as 112 911');
const service = listOf(/^[*#\d]{1,12}$/, 'short codes of up to 12 digits, "*" or "#"');
const patterns = listOf(/^_?[0-9XZN*#[\]-]{1,40}$/i, 'patterns such as 1XXX, [2-4]XX or 1001');
const region = oneText(/^[A-Z]{2}$/, 'the ISO code of a country, such as MX', (word) => word.toUpperCase());
/** A digit in front would take calls away from numbers, and perhaps from an emergency number. */
const code = oneText(/^[*#][0-9*#]{1,5}$/, 'a code of 2 to 6 characters that begins with "*" or "#"');
const sounds = oneText(/^(?:[\w./-]+(?:&[\w./-]+)*)?$/, 'names of Asterisk sounds joined by "&", or "none"');

const refusal = (help: string): SettingDefinition<string> => ({ help: `heard when ${help}`, form: sounds });

export const settingTable: { readonly [Key in SettingKey]: SettingDefinition<Settings[Key]> } = {
  'home-region': { help: 'the country in which the PBX stands', form: region },
  'international-prefixes': {
    help: 'international dialing codes; + always counts beside them',
    form: prefixes,
  },
  'outside-prefixes': { help: 'digits dialled for an outside line', form: prefixes },
  'national-prefix': { help: 'national trunk prefix', form: nationalPrefix },
  'carrier-codes': {
    help: 'carrier and dial-around codes beside the published ones: refused',
    form: prefixes,
  },
  'internal-patterns': { help: 'internal extensions as Asterisk patterns', form: patterns },
  'emergency-numbers': { help: 'emergency numbers beside those of the home region', form: emergency },
  'service-numbers': { help: 'short codes of the provider beside those of the home region', form: service },
  'shared-codes': {
    help: 'whether a calling code that countries share is split by region or taken as one',
    form: oneOf(['region', 'code']),
  },
  unmatched: {
    help: 'what happens to digits that could be national by their length only',
    form: oneOf(['continue', 'deny']),
  },
  protection: { help: 'off lets everything readable go out', form: onOff },
  premium: { help: 'whether premium, shared-cost and personal numbers may be called', form: onOff },
  'pickup-group-code': { help: 'takes the call that rings longest in one’s own groups', form: code },
  'pickup-directed-code': {
    help: 'with an extension behind it, takes the call that rings there',
    form: code,
  },
  'announcement-unreadable': refusal('what was dialled cannot be read'),
  'announcement-no-international-right': refusal('the extension may not call abroad'),
  'announcement-country-not-allowed': refusal('the country is not allowed'),
  'announcement-country-denied': refusal('the country is denied'),
  'announcement-premium-not-allowed': refusal('a premium number is not allowed'),
  'announcement-unmatched-number': refusal('digits are no number of the home plan'),
  'announcement-unknown-payer': refusal('nobody can be charged'),
  'announcement-no-right': refusal('a picker has no right to the call'),
  'announcement-nothing-ringing': refusal('nothing rings that could be picked up'),
  'announcement-already-taken': refusal('somebody else took the call'),
  'announcement-own-call': refusal('somebody picks up a call of his own'),
};

/** The value as people write it. */
export function formatSetting<Key extends SettingKey>(key: Key, value: Settings[Key]): string {
  return settingTable[key].form.format(value);
}
