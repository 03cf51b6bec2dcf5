// French words of the page “Announcements”.
import type { SameWords } from '../../i18n/words.ts';
import type { announcements as english } from '../en/announcements.ts';

export const announcements: SameWords<typeof english> = {
  title: 'Annonces',
  lead: 'Ce qu’entend l’appelant quand un appel est refusé ou qu’un code PIN est demandé. Cela ne lui coûte rien.',
  reason: 'Entendue quand',
  language: 'Langue',
  languageHint: 'Comme Asterisk l’écrit : fr, pt_BR. Vide : toutes les langues.',
  everyLanguage: 'Toutes',
  sound: 'Son',
  soundHint:
    'Un son d’Asterisk, ou votre enregistrement par son nom ; plusieurs reliés par &. Vide : silence.',
  silence: 'Silence',
  own: 'À vous',
  edit: 'Modifier',
  reset: 'Reprendre celui d’origine',
  'pin-prompt': 'Un code PIN est demandé',
  'pin-retry': 'Mauvais code PIN, encore un essai',
  'no-right': 'Interception sans en avoir le droit',
  'nothing-ringing': 'Rien ne sonne qui puisse être intercepté',
  'already-taken': 'Quelqu’un d’autre a pris l’appel',
  'own-call': 'Interception de son propre appel',
};
