// German: the daemon’s sentences why a country stands in a barring level, as they are shipped.
import type { SameWords } from '../../../i18n/words.ts';
import type { levels as english } from '../../en/said/levels.ts';

export const levels: SameWords<typeof english> = {
  'level-microsoft': 'Microsoft verlangt eine ausdrückliche Freischaltung {source}',
  'level-microsoft-mobiles':
    'Mobilnetze kosten mehr, und Microsoft verlangt eine ausdrückliche Freischaltung {source}',
  'level-costly': 'Teuer, vor allem in Mobilnetze',
  'level-eu': 'EU-Mitglied: Vorleistungspreise sind gedeckelt {source}',
  'level-not-attacked': 'auf keiner Liste angegriffener Ziele genannt',
  'level-no-opt-in': 'braucht bei Microsoft keine Freischaltung {source}',
  'level-business': 'ein Land mit gewöhnlichem Geschäftsverkehr',
  'level-overseas': 'Überseegebiet Frankreichs mit teuren Mobilnetzen',
  'level-outside-eu': 'Preise für Anrufe von außerhalb der EU dürfen abweichen',
  'level-us-networks': 'Netze der Vereinigten Staaten',
  'level-advertised': 'Unter den fünfzehn im Oktober 2021 am meisten für Betrug beworbenen {source}',
  'level-advertised-january': 'unter den fünfzehn im Januar 2022 am meisten für Betrug beworbenen {source}',
  'level-newly': '2016 neu angegriffen {source}',
  'level-newly-small': '2016 neu angegriffen {source}',
  'level-behind-44': 'Teure Mobilnetze hinter der Vorwahl +44',
  'level-lowest': 'Die Preise gehören zu den niedrigsten',
  'level-eea': 'EWR-Mitglied: Anrufe aus dem EWR sind gedeckelt {source}',
  'level-eu-advertised':
    'EU-Preise {source}, aber 2021 zeitweise unter den ersten drei für Betrug beworbenen {other}',
  'level-eu-newly': 'EU-Preise {source}, aber 2016 neu angegriffen {other}',
  'level-eu-since-newly': 'EU-Preise seit 2021 {source}, aber 2016 neu angegriffen {other}',
  'level-mobiles-more': 'Mobilnetze kosten mehr als Festnetz',
  'level-fixed-low': 'Niedrige Preise ins Festnetz, Mobilnetze kosten mehr',
  'level-low-rates': 'Niedrige Preise',
  'level-costly-mobiles': 'Teure Mobilnetze',
  'level-guadeloupe': 'Hinter der Vorwahl von Guadeloupe, mit teuren Mobilnetzen',
  'level-australia': 'Hinter der Vorwahl Australiens, ein eigenes Netz',
  'level-regulated-by': 'Terminierung reguliert ({authority})',
  'level-regulated': 'Terminierung reguliert',
  'level-interconnection': 'Zusammenschaltung reguliert ({authority})',
  'level-mobile-regulated': 'Mobilfunkterminierung reguliert ({authority})',
  'level-canada': 'Regulierte Zusammenschaltung (CRTC), Preise unter den niedrigsten',
  'level-us':
    'Die Betreiber berechnen einander keine Terminierung (47 CFR 51.713), Preise unter den niedrigsten',
  'level-overseas-own': 'Überseegebiete haben eigene Vorwahlen',
  'level-satellite-apart': 'Satellit und Außengebiete zählen gesondert',
  'level-of-finland': 'Nummern und Netze Finnlands: Vorleistungspreise gedeckelt {source}',
  'level-of-norway': 'Nummern und Netze Norwegens: Anrufe aus dem EWR gedeckelt {source}',
  'level-of-rome': 'Nummern Roms: EU-Preise wie in Italien {source}',
  'level-070': 'seine 070- und 076-Nummern brauchen die Nummern mit Zusatzkosten',
  'level-usual-2016': 'Unter den üblichen Zielen von 2016 {source}',
  'level-cost-model': 'Terminierung nach Kostenmodell ({authority})',
  'level-tariff-decree': 'Terminierung nach Tariferlass ({authority})',
  'level-rates-advertised':
    'Preise reguliert ({authority}), aber 2021 zeitweise unter den ersten drei für Betrug beworbenen {source}',
  'level-international-capped': 'Internationale Terminierung gedeckelt ({authority})',
  'level-access-prices': 'Zugangspreise reguliert ({authority})',
  'level-risen': 'EU-Preise {source}, aber 2020 unter den beworbenen Testnummern aufgestiegen {other}',
  'level-small-networks': 'EWR-Mitglied, aber teure Mobilnetze, die kleine Netze sind',
  'level-baltic':
    'EU-Preise seit 2021 {source}, aber die baltischen Staaten standen 2016 oben auf Betrugslisten {other}',
  'level-first-for-years':
    'EU-Preise seit 2021 {source}, aber jahrelang unter den ersten Zielen von Betrug {other}',
  'level-attacked-advertised':
    '2016 angegriffen {source}, im Oktober 2021 unter den fünfzehn am meisten beworbenen {other}',
  'level-attacked-quiet': '2015 und 2016 unter den angegriffenen, später ruhig {source}',
  'level-likes-of': 'dergleichen wie {names} auf Betrugslisten {source}',
};
