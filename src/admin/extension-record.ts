// One extension as the administrator sees it: a newcomer, and what the audit shows.
import type { ExtensionRecord } from '../store/extensions.ts';
import { noticeWord } from './pickup-person.ts';
import { layerWordsOf, silentTerms, spokenTerms } from './layer-words.ts';

/** Without rights and without a word of its own. */
export const newcomer = (extension: string): ExtensionRecord => ({
  extension,
  name: '',
  ...silentTerms,
  anyPickup: false,
  mail: '',
  pickupNotice: null,
});

/** Everything that can be set of an extension, in words. */
export function extensionWords(
  record: ExtensionRecord,
  groups: readonly string[],
): Readonly<Record<string, unknown>> {
  return {
    name: record.name,
    ...layerWordsOf(record),
    groups,
    anyPickup: record.anyPickup,
    mail: record.mail,
    pickupNotice: noticeWord(record.pickupNotice),
  };
}

/** The same without what it leaves to others: for one that is new or gone. */
export function spokenExtension(
  record: ExtensionRecord,
  groups: readonly string[],
): Readonly<Record<string, unknown>> {
  return {
    name: record.name,
    ...spokenTerms(record),
    ...(groups.length === 0 ? {} : { groups }),
    anyPickup: record.anyPickup,
    ...(record.mail === '' ? {} : { mail: record.mail }),
    ...(record.pickupNotice === null ? {} : { pickupNotice: noticeWord(record.pickupNotice) }),
  };
}
