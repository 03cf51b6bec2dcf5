// German words of the page “Groups”.
import type { SameWords } from '../../i18n/words.ts';
import type { groups as english } from '../en/groups.ts';

export const groups: SameWords<typeof english> = {
  title: 'Gruppen',
  lead: 'Berechtigungsklassen: eine Amtsberechtigung, eine Sperrstufe und ein Zeitplan für viele Benutzer.',
  add: 'Gruppe hinzufügen',
  name: 'Name',
  nameHint: 'Zum Beispiel vertrieb',
  members: 'Mitglieder',
  memberCount: { one: '{count} Mitglied', other: '{count} Mitglieder' },
  countries: 'Eigene Länder',
  countriesLead: 'Sie gehen denen der Organisation vor, für die Mitglieder dieser Gruppe.',
  allowed: 'Erlaubte Länder und Regionen',
  denied: 'Gesperrte Länder und Regionen',
  noneTitle: 'Noch keine Gruppen',
  noneText: 'Eine Gruppe gibt vielen Benutzern dieselbe Berechtigung und Sperrstufe.',
  gives: 'Was sie gibt',
  givesLead: 'Was bei der Nebenstelle steht, geht der Gruppe vor.',
  ownPremium: 'Eigene Nummern mit Zusatzkosten',
  ownPremiumText: 'Sonst gelten die der Organisation.',
  premium: 'Offene Nummern mit Zusatzkosten',
  'class-premium': 'Mehrwertdienste',
  'class-shared-cost': 'Nummern mit geteilten Kosten',
  'class-personal': 'Persönliche Rufnummern',
  'class-satellite': 'Satelliten und weltweite Netze',
  'class-directory': 'Auskunft',
  putIn: 'Mitglieder hinzufügen',
  takeOut: 'Aus der Gruppe nehmen',
  removeTitle: 'Gruppe {name} entfernen?',
  removeText: 'Ihre Regeln, Grenzen und Länder gehen mit; ihre Mitglieder bleiben, ohne was sie gab.',
};
