// German words of the page “Announcements”.
import type { SameWords } from '../../i18n/words.ts';
import type { announcements as english } from '../en/announcements.ts';

export const announcements: SameWords<typeof english> = {
  title: 'Ansagen',
  lead: 'Was Anrufer hören, wenn ein Anruf abgewiesen oder nach einer PIN gefragt wird. Es kostet sie nichts.',
  reason: 'Anlass',
  language: 'Sprache',
  languageHint: 'Wie Asterisk sie schreibt: fr, pt_BR. Leer: jede Sprache.',
  everyLanguage: 'Jede',
  sound: 'Tondatei',
  soundHint:
    'Eine Tondatei von Asterisk oder eine eigene Aufnahme mit ihrem Namen; mehrere mit & verbunden. Leer: Stille.',
  silence: 'Stille',
  own: 'Eigene',
  edit: 'Ändern',
  reset: 'Die mitgelieferte nehmen',
  'pin-prompt': 'Eine PIN wird verlangt',
  'pin-retry': 'Falsche PIN, ein weiterer Versuch ist möglich',
  'no-right': 'Rufübernahme ohne Berechtigung',
  'nothing-ringing': 'Nichts klingelt, das übernommen werden könnte',
  'already-taken': 'Jemand anders hat den Anruf übernommen',
  'own-call': 'Übernahme des eigenen Anrufs',
};
