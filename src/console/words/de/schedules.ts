// German words of the page “Schedules”.
import type { SameWords } from '../../i18n/words.ts';
import type { schedules as english } from '../en/schedules.ts';

export const schedules: SameWords<typeof english> = {
  title: 'Zeitpläne',
  lead: 'Wann kostenpflichtige Anrufe offen sind. Organisation, Gruppen und Benutzer halten sich an einen.',
  add: 'Zeitplan hinzufügen',
  edit: 'Bearbeiten',
  editTitle: 'Zeitplan {name}',
  remove: 'Entfernen',
  removeTitle: 'Zeitplan {name} entfernen?',
  name: 'Name',
  nameHint: 'Etwa buero: Buchstaben, Ziffern und Bindestriche.',
  now: 'Jetzt',
  isOpen: 'Offen',
  isClosed: 'Geschlossen',
  until: 'bis {when}',
  open: 'Öffnungszeiten',
  window: 'Zeitfenster {number}',
  addWindow: 'Zeitfenster hinzufügen',
  from: 'Von',
  to: 'Bis',
  timeZone: 'Zeitzone',
  holidays: 'Geschlossene Tage',
  holidaysHint: '2026-12-25, oder 12-25 für jedes Jahr; nach jedem die Eingabetaste.',
  users: 'Gilt für',
  unused: 'Noch niemanden',
  none: 'Noch keine Zeitpläne',
  noneText: 'Ohne Zeitplan sind Anrufe jederzeit offen.',
};
