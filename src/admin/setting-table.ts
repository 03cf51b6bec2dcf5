// Every setting in one table: what it is for, and the form that its value has.
import { levelNames, pinEntries, pinUses } from '../barring/policy.ts';
import type { SettingKey, Settings } from '../store/settings.ts';
import { POLICY_NAME_OR_NONE } from './policy-name.ts';
import {
  listOf,
  nationalPrefix,
  onOff,
  oneOf,
  oneText,
  wholeNumber,
  type SettingForm,
} from './setting-forms.ts';

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

const classes = listOf(
  /^(?:premium|shared-cost|personal|satellite|directory)$/,
  'classes: premium shared-cost personal satellite directory',
);
/** Names of chan_pjsip endpoints and of peers and groups of other technologies. */
const endpoints = listOf(/^[\w.+-]{1,79}$/, 'names of endpoints, such as trunk');
const ways = listOf(/^(?:message|mail)$/, 'ways to tell: message mail');
const scheduleName = oneText(POLICY_NAME_OR_NONE, 'the name of a schedule, or "none"');

const said = (help: string): SettingDefinition<string> => ({ help: `heard when ${help}`, form: sounds });
/** What ends a call. */
const refusal = said;

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
  mode: {
    help: 'observe records what would be refused, and lets it through',
    form: oneOf(['enforce', 'observe']),
  },
  level: { help: 'the barring level: how far calls abroad are open', form: oneOf(levelNames) },
  premium: { help: 'whether numbers that cost extra may be called, all classes of them', form: onOff },
  'premium-classes': { help: 'the classes of premium numbers that are on while not all are', form: classes },
  schedule: { help: 'the schedule outside which chargeable calls are refused', form: scheduleName },
  pin: { help: 'whether a PIN is asked for where a call is refused, or always', form: oneOf(pinUses) },
  'pin-entry': {
    help: 'when phones send digits: before the answer, after it, or auto',
    form: oneOf(pinEntries),
  },
  'fraud-signs': {
    help: 'what signs of fraud do: nothing, a notice, or a notice and quarantine',
    form: oneOf(['off', 'warn', 'quarantine']),
  },
  guard: {
    help: 'what a chargeable call on a trunk without a verdict leads to: nothing, a notice, or its end',
    form: oneOf(['off', 'watch', 'enforce']),
  },
  trunks: {
    help: 'endpoints that lead outside; none: every endpoint that is no known extension',
    form: endpoints,
  },
  'pickup-group-code': {
    help: 'takes the call that rings longest in one’s own groups; with a number behind it, in the group of that number',
    form: code,
  },
  'pickup-directed-code': {
    help: 'with an extension behind it, takes the call that rings there',
    form: code,
  },
  'pickup-any-code': { help: 'takes the longest ringing call that one may take at all', form: code },
  'pickup-pin': {
    help: 'whether a picker without the right is asked for a PIN',
    form: oneOf(['never', 'when-denied']),
  },
  'pickup-say-taker': {
    help: 'whether who comes too late hears the extension that has the call',
    form: onOff,
  },
  'pickup-connected-line': {
    help: 'what the phone of a caller shows whose call was taken: who took it, or what it showed before',
    form: oneOf(['show', 'keep']),
  },
  'pickup-notice': { help: 'how somebody is told whose call was taken', form: ways },
  'pickup-alert-after': {
    help: 'when those who may take a ringing call are told of it; 0 for never',
    form: wholeNumber(0, 600, 'seconds'),
  },
  'pickup-alert-by': { help: 'how they are told, beside the event stream and webhooks', form: ways },
  'pickup-quiet-hours': {
    help: 'the schedule inside which nobody is told of ringing calls',
    form: scheduleName,
  },
  'announcement-unreadable': refusal('what was dialled cannot be read'),
  'announcement-no-international-right': refusal('the extension may not call abroad'),
  'announcement-country-not-allowed': refusal('the country is not allowed'),
  'announcement-country-denied': refusal('the country is denied'),
  'announcement-premium-not-allowed': refusal('a premium number is not allowed'),
  'announcement-unmatched-number': refusal('digits are no number of the home plan'),
  'announcement-unknown-payer': refusal('nobody can be charged'),
  'announcement-blocked-number': refusal('the number is on the block-list'),
  'announcement-quarantined': refusal('the extension is in quarantine'),
  'announcement-number-denied': refusal('a rule denies the number'),
  'announcement-outside-hours': refusal('chargeable calls are closed at this time'),
  'announcement-limit-calls': refusal('the limit of calls is reached'),
  'announcement-limit-concurrent': refusal('the limit of calls at a time is reached'),
  'announcement-limit-countries': refusal('the limit of countries is reached'),
  'announcement-pin-wrong': refusal('no right PIN was entered'),
  'announcement-pin-locked': refusal('PINs are refused for a while'),
  'announcement-pin-unavailable': refusal('a PIN could not be checked'),
  'announcement-pin-prompt': said('a caller is asked for a PIN'),
  'announcement-pin-retry': said('a wrong PIN was entered and another try is left'),
  'announcement-no-right': refusal('a picker has no right to the call'),
  'announcement-nothing-ringing': refusal('nothing rings that could be picked up'),
  'announcement-already-taken': refusal('somebody else took the call'),
  'announcement-own-call': refusal('somebody picks up a call of his own'),
};

/** The value as people write it. */
export function formatSetting<Key extends SettingKey>(key: Key, value: Settings[Key]): string {
  return settingTable[key].form.format(value);
}
