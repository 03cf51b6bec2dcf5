// Spanish words of the page “Announcements”.
import type { SameWords } from '../../i18n/words.ts';
import type { announcements as english } from '../en/announcements.ts';

export const announcements: SameWords<typeof english> = {
  title: 'Locuciones',
  lead: 'Lo que se oye cuando se rechaza una llamada o se pide un PIN. A quien llama no le cuesta nada.',
  reason: 'Se oye cuando',
  language: 'Idioma',
  languageHint: 'Como lo escribe Asterisk: fr, pt_BR. Vacío: todos los idiomas.',
  everyLanguage: 'Todos',
  sound: 'Sonido',
  soundHint:
    'Un sonido de Asterisk, o una grabación propia por su nombre; varios unidos por &. Vacío: silencio.',
  silence: 'Silencio',
  own: 'Propio',
  edit: 'Cambiar',
  reset: 'Volver al original',
  'pin-prompt': 'Se pide un PIN',
  'pin-retry': 'PIN incorrecto, queda otro intento',
  'no-right': 'Captura sin derecho a ella',
  'nothing-ringing': 'No suena nada que se pueda capturar',
  'already-taken': 'Otra persona tomó la llamada',
  'own-call': 'Captura de la propia llamada',
};
