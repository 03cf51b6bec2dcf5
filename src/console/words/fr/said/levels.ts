// French: the daemon’s sentences why a country stands in a barring level, as they are shipped.
import type { SameWords } from '../../../i18n/words.ts';
import type { levels as english } from '../../en/said/levels.ts';

export const levels: SameWords<typeof english> = {
  'level-microsoft': 'Microsoft demande une activation expresse {source}',
  'level-microsoft-mobiles':
    'les mobiles coûtent plus, et Microsoft demande une activation expresse {source}',
  'level-costly': 'Cher, surtout vers les mobiles',
  'level-eu': 'Membre de l’UE : les tarifs de gros sont plafonnés {source}',
  'level-not-attacked': 'cité par aucune liste de destinations attaquées',
  'level-no-opt-in': 'ne demande pas d’activation expresse chez Microsoft {source}',
  'level-business': 'un pays d’affaires courantes',
  'level-overseas': 'Région d’outre-mer de la France, mobiles chers',
  'level-outside-eu': 'les tarifs des appels hors UE peuvent différer',
  'level-us-networks': 'Réseaux des États-Unis',
  'level-advertised': 'Parmi les quinze les plus proposés pour la fraude en octobre 2021 {source}',
  'level-advertised-january': 'parmi les quinze les plus proposés pour la fraude en janvier 2022 {source}',
  'level-newly': 'Nouvellement attaqué en 2016 {source}',
  'level-newly-small': 'nouvellement attaqué en 2016 {source}',
  'level-behind-44': 'Mobiles chers derrière l’indicatif +44',
  'level-lowest': 'Les tarifs sont parmi les plus bas',
  'level-eea': 'Membre de l’EEE : les appels depuis l’EEE sont plafonnés {source}',
  'level-eu-advertised':
    'Tarifs de l’UE {source}, mais par moments parmi les trois premiers proposés pour la fraude en 2021 {other}',
  'level-eu-newly': 'Tarifs de l’UE {source}, mais nouvellement attaqué en 2016 {other}',
  'level-eu-since-newly': 'Tarifs de l’UE depuis 2021 {source}, mais nouvellement attaqué en 2016 {other}',
  'level-mobiles-more': 'Les mobiles coûtent plus que les fixes',
  'level-fixed-low': 'Tarifs bas vers les fixes, les mobiles coûtent plus',
  'level-low-rates': 'Tarifs bas',
  'level-costly-mobiles': 'Mobiles chers',
  'level-guadeloupe': 'Derrière l’indicatif de la Guadeloupe, mobiles chers',
  'level-australia': 'Derrière l’indicatif de l’Australie, un réseau à part',
  'level-regulated-by': 'Terminaison d’appel régulée ({authority})',
  'level-regulated': 'Terminaison d’appel régulée',
  'level-interconnection': 'Interconnexion régulée ({authority})',
  'level-mobile-regulated': 'Terminaison mobile régulée ({authority})',
  'level-canada': 'Interconnexion régulée (CRTC), tarifs parmi les plus bas',
  'level-us': 'Les opérateurs ne se facturent pas la terminaison (47 CFR 51.713), tarifs parmi les plus bas',
  'level-overseas-own': 'Les régions d’outre-mer ont leurs propres indicatifs',
  'level-satellite-apart': 'Satellites et territoires extérieurs sont à part',
  'level-of-finland': 'Numéros et réseaux de Finlande : tarifs de gros plafonnés {source}',
  'level-of-norway': 'Numéros et réseaux de Norvège : appels depuis l’EEE plafonnés {source}',
  'level-of-rome': 'Numéros de Rome : tarifs de l’UE comme en Italie {source}',
  'level-070': 'ses numéros 070 et 076 demandent les numéros surtaxés',
  'level-usual-2016': 'Parmi les cibles habituelles de 2016 {source}',
  'level-cost-model': 'Terminaison selon un modèle de coûts ({authority})',
  'level-tariff-decree': 'Terminaison selon un décret tarifaire ({authority})',
  'level-rates-advertised':
    'Tarifs réglementés ({authority}), mais par moments parmi les trois premiers promus pour la fraude en 2021 {source}',
  'level-international-capped': 'Terminaison internationale plafonnée ({authority})',
  'level-access-prices': 'Prix d’accès réglementés ({authority})',
  'level-risen': 'Tarifs de l’UE {source}, mais en hausse parmi les numéros de test promus en 2020 {other}',
  'level-small-networks': 'Membre de l’EEE, mais mobiles coûteux de petits réseaux',
  'level-baltic':
    'Tarifs de l’UE depuis 2021 {source}, mais les États baltes étaient haut dans les listes de fraude de 2016 {other}',
  'level-first-for-years':
    'Tarifs de l’UE depuis 2021 {source}, mais pendant des années parmi les premières destinations de la fraude {other}',
  'level-attacked-advertised':
    'Attaqué en 2016 {source}, parmi les quinze plus promus en octobre 2021 {other}',
  'level-attacked-quiet': 'Parmi les attaqués de 2015 et 2016, calme ensuite {source}',
  'level-likes-of': 'des numéros comme {names} sur les listes de fraude {source}',
};
