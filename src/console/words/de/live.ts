// German words of the page “Live”.
import type { SameWords } from '../../i18n/words.ts';
import type { live as english } from '../en/live.ts';

export const live: SameWords<typeof english> = {
  title: 'Live',
  lead: 'Was jetzt klingelt und was gerade geschehen ist.',
  ringingTitle: 'Es klingelt',
  ringingCount: { one: '{count} Anruf klingelt.', other: '{count} Anrufe klingeln.' },
  ringingUnknown: 'Was klingelt, ist nicht bekannt',
  nothingRings: 'Kein Anruf klingelt',
  nothingRingsText: 'Anrufe erscheinen hier mit dem ersten Klingeln.',
  newsTitle: 'Gerade eben',
  newsLead: 'Entscheidungen, Rufübernahmen und Anrufe, die klingelten; das Neueste zuerst.',
  noNews: 'Noch ist nichts geschehen',
  noNewsText: 'Hier steht, was geschieht, solange diese Seite offen ist.',
  lostTitle: 'Nicht verbunden',
  lostText:
    'Der Dienst antwortet nicht. Das Angezeigte kann veraltet sein; die Seite verbindet ' +
    'sich von selbst wieder.',
  asteriskTitle: 'Asterisk ist nicht verbunden',
  asteriskText: 'Was klingelt, ist erst bekannt, wenn die Verbindung wieder steht.',
  noPhone:
    'Ihr Konto hat keine Nebenstelle, also kann kein Telefon für Sie klingeln. Unter ' +
    'Konten kann ein Administrator sie eintragen.',
  callOf: 'Anruf von {caller}',
  ringTime: 'Klingelt seit',
  ringsOn: 'Klingelt auf {extensions}',
  dialled: 'gewählt: {number}',
  tooLong: 'Klingelt zu lange',
  yourPhone: 'Klingelt auf Ihrem Telefon',
  notYours: 'Nicht für Sie',
  pickUp: 'Übernehmen',
  pickUpCall: 'Anruf von {caller} übernehmen',
  phoneRings: 'Ihr Telefon {extension} klingelt: Heben Sie ab, um den Anruf von {caller} zu übernehmen.',
  taken: 'Sie haben den Anruf von {caller}, der auf {from} klingelte.',
  unknownOutcome:
    'Das Ergebnis ist nicht bekannt: Die Verbindung zu Asterisk ging verloren, oder Ihr ' +
    'Telefon wurde aufgelegt.',
  noRight: '{extension} darf diesen Anruf nicht übernehmen.',
  nothingRinging: 'Der Anruf klingelt nicht mehr.',
  alreadyTaken: 'Jemand anders hat den Anruf schon.',
  alreadyTakenBy: '{by} hat den Anruf schon.',
  ownCall: 'Das ist Ihr eigener Anruf.',
  notAnswered: 'Niemand hat Ihr Telefon {extension} abgehoben.',
  unreachable: 'Ihr Telefon {extension} konnte nicht gerufen werden. Ist es eingeschaltet?',
  busy: 'Für Ihr Telefon wird schon ein Anruf übernommen. Versuchen Sie es gleich noch einmal.',
  unknownCaller: 'Unbekannter Anrufer',
  somebody: 'Jemand',
  pickup: 'Rufübernahme',
  tookCall: '{who} hat den Anruf von {caller} übernommen, der auf {from} klingelte',
  tookNothing: '{who} konnte keinen Anruf übernehmen: {why}',
  'why-no-right': 'keine Berechtigung',
  'why-nothing-ringing': 'nichts klingelte',
  'why-already-taken': 'schon übernommen',
  'why-own-call': 'eigener Anruf',
  'why-take': 'nicht zustande gekommen',
  'why-abandoned': 'vorher aufgelegt',
  'why-lost': 'jemand war schneller',
  'why-unknown': 'nicht bekannt',
  answered: '{by} hat {caller} nach {time} angenommen',
  rang: '{caller} klingelte auf {on}, {time} lang',
  rings: '{caller} klingelt auf {on} seit {time}',
  wallboard: 'Als Wandanzeige anlassen',
  wallboardText:
    'Dieser Browser zeigt Live und Statistik 30 Tage lang weiter, auch wenn ihn niemand berührt und wenn er neu gestartet wird. ' +
    'Er kann nichts ändern und keinen Anruf übernehmen. Unter Mein Konto melden Sie ihn jederzeit ab.',
  wallboardUntil: 'Wandanzeige: angemeldet bis {day}. Ändert nichts.',
  stepsTitle: 'Was noch zu tun ist',
  stepsLead: 'Nach diesen Schritten arbeitet Callwarden. Jeder führt dorthin, wo er getan wird.',
  stepsHide: 'Ausblenden',
  stepDone: 'Erledigt',
  stepOpen: 'Offen',
  'step-asterisk': 'Asterisk verbinden',
  'step-asterisk-text': 'Die Seite System sagt, was fehlt, wenn die Verbindung nicht steht.',
  'step-users': 'Benutzer anlegen',
  'step-users-text': 'Ihre Nebenstellen und Namen, einzeln oder aus einer Tabelle.',
  'step-countries': 'Festlegen, was im Ausland angerufen werden darf',
  'step-countries-text': 'Eine Sperrstufe oder einzelne Länder.',
  'step-calls': 'Einen ersten Anruf machen',
  'step-calls-text':
    'Rufen Sie von einem Telefon nach draußen an: Der Anruf erscheint unter Anrufe. Wenn ' +
    'nicht, fragt der Wählplan noch nicht: „callwarden dialplan“ gibt aus, was einzubinden ' +
    'ist.',
  toSystem: 'Zur Seite System',
};
