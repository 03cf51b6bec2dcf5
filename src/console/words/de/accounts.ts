// German words of the page “Accounts”.
import type { SameWords } from '../../i18n/words.ts';
import type { accounts as english } from '../en/accounts.ts';

export const accounts: SameWords<typeof english> = {
  title: 'Konten',
  lead: 'Wer diese Konsole und die API nutzen darf und was er dort darf.',
  add: 'Konto hinzufügen',
  name: 'Konto',
  nameHint: 'Womit man sich anmeldet: Buchstaben von a bis z, Ziffern, „.“, „-“, „_“ und „@“.',
  displayName: 'Name',
  displayNameHint: 'Der Person oder des Programms',
  extension: 'Nebenstelle',
  extensionHint:
    'Das Telefon, das bei „Übernehmen“ klingelt und dessen Rechte zählen. Leer lassen, wenn es ' +
    'keines gibt.',
  roles: 'Rollen',
  state: 'Status',
  enabled: 'Darf sich anmelden',
  enabledText: 'Wenn aus: sofort überall abgemeldet, und die Tokens werden abgewiesen.',
  stateEnabled: 'Aktiv',
  stateDisabled: 'Gesperrt',
  stateMustChange: 'Wartet auf die erste Anmeldung',
  fields: 'Konto',
  passwordReset: 'Neues Passwort geben',
  passwordResetText:
    '{name} wird überall abgemeldet und nach falschen Passwörtern wieder eingelassen. Das neue ' +
    'wird gezogen, einmal gezeigt und muss bei der ersten Anmeldung geändert werden.',
  passwordOf: 'Das Passwort von {name}',
  passwordOnce:
    'Es wird nur dieses eine Mal gezeigt und muss bei der ersten Anmeldung geändert werden. ' +
    'Übergeben Sie es jetzt.',
  signOutEverywhere: 'Überall abmelden',
  remove: 'Entfernen',
  removeTitle: 'Konto {name} entfernen?',
  removeText:
    'Es wird sofort abgemeldet, seine Tokens werden abgewiesen. Was es getan hat, bleibt im ' +
    'Änderungsprotokoll.',
  'role-administrator': 'Administrator',
  'role-telephony-system': 'Telefonanlage',
  'role-users': 'Benutzer',
  'role-supervisor': 'Supervisor',
  'role-auditor': 'Prüfer',
  'about-administrator': 'Alles, auch Konten und Sicherungen.',
  'about-telephony-system':
    'Die Anrufsperren der Organisation und die Übernahmegruppen. Ausnahmen für Benutzer brauchen ' +
    'auch die Rolle Benutzer.',
  'about-users': 'Nebenstellen mit ihren Rechten, Gruppen und PINs, und die Freigabe aus der Quarantäne.',
  'about-supervisor':
    'Die Tafel der klingelnden Anrufe, die Statistik und die Übernahme dessen, was die eigene Nebenstelle darf.',
  'about-auditor': 'Liest alles, ändert nichts.',
  'right-policy-read': 'Richtlinie lesen',
  'right-system-write': 'Anrufsperren der Organisation ändern',
  'right-users-write': 'Nebenstellen und PINs ändern',
  'right-calls-read': 'Lesen, wer wen angerufen hat',
  'right-live-read': 'Sehen, was klingelt',
  'right-pickup': 'Anrufe übernehmen',
  'right-figures-read': 'Statistik lesen',
  'right-audit-read': 'Änderungsprotokoll lesen',
  'right-backup': 'Sicherungen anlegen',
  'right-accounts': 'Konten verwalten',
  keepTokens: 'API-Token wieder gelten lassen',
  keepTokensText:
    'Sonst werden sie beim Aktivieren des Kontos entfernt, denn niemand weiß, wer sie inzwischen hat.',
  removeTokens: 'Auch die API-Tokens entfernen',
  removeTokensText:
    'Wer das alte Passwort kannte, kann welche angelegt haben. Programme, die sie benutzen, werden sofort abgewiesen.',
};
