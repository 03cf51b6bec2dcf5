// German: the daemon’s sentences about the state of the daemon.
import type { SaidAs } from '../../../i18n/words.ts';
import type { system as english } from '../../en/said/system.ts';

export const system: SaidAs<typeof english> = {
  'alert-call-for': 'Ein Anruf für {extensions} klingelt',
  'alert-call-from': 'Der Anruf von {caller} für {extensions} klingelt seit {seconds} s.',
  'alert-dial': 'Wählen Sie {code}, um ihn zu übernehmen.',
  withheld: 'einer unterdrückten Nummer',
  'dialplan-none':
    'Asterisk hat keinen Wählplan von Callwarden oder einen alten ohne Fingerabdruck: Einstellungen und Konfiguration verlangen {wanted}.',
  'dialplan-stale':
    'Der Wählplan in Asterisk ({installed}) ist veraltet: Einstellungen und Konfiguration verlangen {wanted}.',
  'renew-it': 'Erneuern Sie ihn: {command}.',
  'emergency-called': '{who} hat die Notrufnummer {number} gewählt.',
  'guard-one':
    '1 Anruf hat seit dem Start ohne Urteil eine Amtsleitung erreicht: {doctor} nennt die Wege, {calls} die Anrufe.',
  'guard-many':
    '{count} Anrufe haben seit dem Start ohne Urteil eine Amtsleitung erreicht: {doctor} nennt die Wege, {calls} die Anrufe.',
  'guard-dialled': 'Über die Amtsleitung {trunk} wurde {number}, {what}, ohne Urteil gewählt.',
  'guard-unreadable': 'eine nicht lesbare Nummer',
  'guard-chargeable': 'eine kostenpflichtige Nummer',
  'guard-redirected': 'Das Telefon {phone} hat den Anruf selbst dorthin umgeleitet (302).',
  'guard-ended': 'Die Wache hat ihn beendet.',
  'audit-gone': 'Die Audit-Kette enthält Eintrag {seq} nicht mehr, der am {moment} signiert wurde.',
  'see-verify-move': 'Siehe {command}; wenn alles geklärt ist, legen Sie {file} weg.',
  'audit-other-key': 'Der Audit-Kopf in {file} wurde nicht mit {key} signiert.',
  'see-command': 'Siehe {command}.',
  'audit-cannot-sign': 'Der Audit-Kopf kann nicht signiert werden: {problem}',
  'audit-head-unreadable': 'Der signierte Audit-Kopf {file} ist für diesen Benutzer nicht lesbar.',
  'audit-head-altered': '{file} enthält keinen signierten Audit-Kopf: jemand hat ihn verändert.',
  'audit-move-away': 'Legen Sie ihn nach einem Blick auf {command} weg; der Dienst signiert einen neuen.',
  'no-device-states': 'Asterisk nimmt keine Gerätezustände an: laden Sie res_ari_device_states',
  'numbering-uncompared': 'Die Rufnummerndaten konnten nicht verglichen werden: {problem}',
  'numbering-none':
    'Noch wurden keine Rufnummerndaten übernommen, also lässt sich nicht sagen, was ein Update ändert: rufen Sie einmal {command} auf.',
  'numbering-changed': {
    one: 'Die Rufnummerndaten haben sich seit der Übernahme an {count} Stelle geändert: siehe {command}.',
    other: 'Die Rufnummerndaten haben sich seit der Übernahme an {count} Stellen geändert: siehe {command}.',
  },
  'pins-none-accepted': 'Keine PIN wird angenommen: {problem}',
  'pins-other-key': {
    one: '{count} von {all} PINs wurde mit einer anderen Schlüsseldatei als {file} gemacht und ist wirkungslos.',
    other:
      '{count} von {all} PINs wurden mit einer anderen Schlüsseldatei als {file} gemacht und sind wirkungslos.',
  },
  'put-back-or-new-digits': 'Legen Sie diese Datei zurück, oder geben Sie ihnen mit {command} neue Ziffern.',
  'ari-down': 'ARI ist nicht verbunden: {problem}',
  'ami-down': 'AMI ist nicht verbunden: {problem}',
  'ari-unreachable':
    'Asterisk ist unter {where} nicht erreichbar ({cause}): Läuft es, ist http.conf eingeschaltet, und stimmt ari.url?',
  'ari-refuses-user':
    'Asterisk hat den ARI-Benutzer „{name}“ unter {where} abgewiesen ({status}): Vergleichen Sie ari.username und ari.password mit ari.conf.',
  'ari-not-there':
    'Unter {where} gibt es kein ARI (404): Asterisk startet noch, res_ari ist nicht geladen, in ari.conf steht „enabled=no“, oder ari.url hat den falschen Pfad.',
  'ari-is-another': 'Was unter {where} antwortet, ist nicht ARI (HTTP {status}); prüfen Sie ari.url.',
  'ari-silent': 'Asterisk hat unter {where} binnen {time} ms nicht geantwortet.',
  'ami-unreachable':
    'AMI ist unter {where} nicht erreichbar ({cause}): Läuft Asterisk, und ist manager.conf eingeschaltet?',
  'ami-refuses-user':
    'AMI hat unter {where} den Benutzer „{name}“ abgewiesen ({cause}): Vergleichen Sie ami.username und ami.password mit manager.conf und dessen permit-Zeilen.',
  'cause.nothing-there': 'dort hört nichts zu',
  'asterisk-closed': 'Asterisk hat die Verbindung geschlossen',
  'fastagi-down': 'FastAGI hört nicht mehr zu; starten Sie den Dienst neu.',
  'peer-silent': 'Der Dienst der Anwendung „{peer}“ antwortet nicht; seine Anrufe werden übernommen.',
  'start-it-again': 'Starten Sie ihn wieder.',
  'policy-not-loaded': 'Die Richtlinie konnte nicht geladen werden: {problem}',
  'console-problem': 'Konsole und API: {problem}',
  'records-not-written': 'Anrufdatensätze werden nicht geschrieben: {problem}',
  'records-lost': {
    one: 'Seit dem Start ging {count} Anrufdatensatz verloren; das Protokoll sagt, warum.',
    other: 'Seit dem Start gingen {count} Anrufdatensätze verloren; das Protokoll sagt, warum.',
  },
  'daemon-waits': 'Der Dienst wartet auf seine Datenbank.',
  'no-call-judged':
    'Bis dahin wird kein Anruf beurteilt: die festen Regeln des Wählplans lassen Notrufe, interne und nationale Anrufe hinaus.',
  'try-it': 'Probieren Sie es: {command}',
  'no-such-extension': 'das ist keine Nebenstelle',
  'thread-ended': 'sein Thread ist beendet',
  'thread-ended-why': 'sein Thread ist beendet: {problem}',
  'thread-not-started': 'sein Thread konnte nicht gestartet werden: {problem}',
  'thread-silent': 'sein Thread hat {ms} ms lang nichts gesagt und wurde beendet',
  'certificate-ended':
    'das Zertifikat in {file} ist am {day} abgelaufen; legen Sie ein neues an seine Stelle.',
  'certificate-ends':
    'das Zertifikat in {file} läuft am {day} ab; legen Sie vorher ein neues an seine Stelle.',
  'certificate-key': 'Der Schlüssel in {key} gehört nicht zum Zertifikat in {certificate}.',
  'one-before-goes-on': 'Das bisherige bleibt in Gebrauch.',
  'port-taken':
    '{address} ist von einem anderen Programm belegt; beenden Sie es, oder setzen Sie [web] listen auf einen anderen Port.',
  'numbering-new': '{pattern} ist neu in den Daten',
  'numbering-gone': '{pattern} ist nicht mehr in den Daten',
  'numbering-was-now': '{what}: war {before}, jetzt {after}',
  'numbering-as-data': 'wie die Daten sagen',
  'numbering-emergency': 'Notrufnummern von {region}: {signs}',
  'numbering-prefixes': 'Vorwahlen, Längen oder Betreibervorwahlen von {region} geändert',
  'numbering-shared': '{region}: die ersten Ziffern hinter der geteilten Vorwahl haben sich geändert',
  'numbering-regions': 'Regionen von +{code}: {signs}',
  'numbering-changed-of': '{what} von {region} geändert',
  'numbering-order': 'jetzt in der Reihenfolge {order}',
  'numbering-range-pattern': '{region} {type}: Muster {state}',
  'database-replaced':
    'Die Datenbank {file} wurde inzwischen ersetzt oder entfernt, und nichts wurde geändert.',
  'policy-checksum':
    'Die Richtlinie in {file} passt nicht zu ihrer Prüfsumme: sie wurde beschädigt oder von einem anderen Programm bearbeitet.',
  'last-backup': 'Spielen Sie die letzte Sicherung mit {command} zurück.',
  'home-not-set': 'Keine Heimatregion ist gesetzt, also kann keine Nummer gelesen werden.',
  'certificate-large': '{file} ist zu groß für ein Zertifikat.',
  'certificate-unreadable':
    '{file} lässt sich nicht lesen ({code}); setzen Sie [web] certificate und key auf Dateien, die der Benutzer des Dienstes lesen darf.',
  'cannot-listen': 'Sie kann nicht auf {address} lauschen ({code}).',
  'form-iso': 'muss ein ISO-Code wie FR oder ein Code wie +870 sein',
  'form-digits-e164': 'müssen Ziffern sein, mit + davor, wo sie E.164 sind',
  'form-endpoint': 'muss der Name eines Endpunkts sein',
  'form-name': 'muss ein Name aus bis zu 40 Buchstaben und Ziffern sein',
  'form-time': 'muss ein Zeitpunkt wie „2026-12-31T23:00:00Z“ sein',
  'form-needs-one': 'braucht eines von {keys}, und nur eines',
  'form-block-list': 'der Sperrliste gehört zu keiner Gruppe',
  'form-party': 'muss eine Nebenstelle oder eine Übernahmegruppe wie group:sales sein',
  'form-eight-digits': 'muss 1 bis 8 Ziffern haben',
  'form-plain-digits': 'müssen Ziffern sein, mit oder ohne + davor',
  'form-date': 'muss ein Datum wie 2026-12-25 oder 12-25 sein',
  'form-mail': 'muss eine Mailadresse sein',
  'cdr-none': 'Kein Anruf konnte gelesen werden.',
  'cdr-expected':
    'Erwartet wird Master.csv von Asterisks cdr_csv oder ein Export der Tabelle cdr mit Köpfen (src, dst, channel, calldate).',
};
