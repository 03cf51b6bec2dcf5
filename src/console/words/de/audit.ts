// German words of the page “Audit log”.
import type { SameWords } from '../../i18n/words.ts';
import type { audit as english } from '../en/audit.ts';

export const audit: SameWords<typeof english> = {
  title: 'Änderungsprotokoll',
  lead: 'Wer was geändert hat, und was es vorher war.',
  search: 'Im Änderungsprotokoll suchen',
  searchHint: 'Name, Einstellung, Nebenstelle, Wert…',
  csv: 'CSV exportieren',
  json: 'JSON exportieren',
  none: 'Keine Änderungen',
  noneText: 'In diesem Zeitraum hat niemand etwas geändert, oder nichts passt zur Suche.',
  seq: 'Nr.',
  time: 'Zeit',
  actor: 'Wer',
  what: 'Was',
  change: 'Vorher und nachher',
  byAccount: 'Konto',
  byCommand: 'Kommandozeile',
  byToken: 'Token',
  added: 'Neu',
  removed: 'Entfernt',
  nothing: 'nichts',
  verifying: 'Die Kette wird geprüft…',
  whole: 'Kette geprüft',
  broken: 'Die Kette ist gebrochen',
  wholeText: {
    one: 'Die Kette aus {count} Eintrag ist ganz: Nichts wurde geändert oder abgeschnitten.',
    other: 'Die Kette aus {count} Einträgen ist ganz: Nichts wurde geändert oder abgeschnitten.',
  },
  brokenText: 'Sie hält bei Eintrag {seq} nicht. {problem}',
  verifyAgain: 'Noch einmal prüfen',
  signedGood: 'Eintrag {seq} wurde am {time} signiert, und die Signatur stimmt.',
  signedBad:
    'Die Signatur ihres Kopfes stimmt nicht: Jemand hat ihn verändert, oder die ' +
    'Schlüsseldatei ist eine andere.',
  signedUnchecked: 'Eintrag {seq} wurde am {time} signiert; die Signatur konnte nicht geprüft werden.',
  signedNone: 'Noch wurde kein Kopf signiert.',
};
