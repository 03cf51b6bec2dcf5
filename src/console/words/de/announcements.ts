// German words of the page “Announcements”.
import type { SameWords } from '../../i18n/words.ts';
import type { announcements as english } from '../en/announcements.ts';

export const announcements: SameWords<typeof english> = {
  title: 'Ansagen',
  lead: 'Was Anrufer hören, wenn ein Anruf abgewiesen oder nach einer PIN gefragt wird. Es kostet sie nichts.',
  reason: 'Zu hören, wenn',
  language: 'Sprache',
  languageHint: 'Wie Asterisk sie schreibt: fr, pt_BR. Leer: jede Sprache.',
  everyLanguage: 'Jede',
  sound: 'Klang',
  soundHint:
    'Ein Klang von Asterisk oder eine eigene Aufnahme mit ihrem Namen; mehrere mit & verbunden. Leer: Stille.',
  silence: 'Stille',
  own: 'Eigene',
  edit: 'Ändern',
  reset: 'Den mitgelieferten nehmen',
  'pin-prompt': 'Nach einer PIN gefragt wird',
  'pin-retry': 'Falsche PIN, ein Versuch ist übrig',
  'no-right': 'Rufübernahme ohne Berechtigung',
  'nothing-ringing': 'Nichts klingelt, das übernommen werden könnte',
  'already-taken': 'Jemand anders den Anruf übernommen hat',
  'own-call': 'Übernahme des eigenen Anrufs',
};
