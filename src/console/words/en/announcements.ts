// Words of the page “Announcements”.
export const announcements = {
  title: 'Announcements',
  lead: 'What callers hear when a call is refused, or a PIN asked for. It costs them nothing.',
  reason: 'Heard when',
  language: 'Language',
  languageHint: 'As Asterisk writes it: fr, pt_BR. Empty: every language.',
  everyLanguage: 'Every',
  sound: 'Sound',
  soundHint:
    'A sound of Asterisk, or a recording of your own by its name; several joined by &. Empty: silence.',
  silence: 'Silence',
  own: 'Your own',
  edit: 'Change',
  reset: 'Take the shipped one',
  'pin-prompt': 'A PIN is asked for',
  'pin-retry': 'A wrong PIN, with another try left',
  'no-right': 'Pickup without a right to it',
  'nothing-ringing': 'Nothing rings that could be picked up',
  'already-taken': 'Somebody else took the call',
  'own-call': 'Pickup of one’s own call',
};
