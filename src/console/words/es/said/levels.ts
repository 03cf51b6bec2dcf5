// Spanish: the daemon’s sentences why a country stands in a barring level, as they are shipped.
import type { SameWords } from '../../../i18n/words.ts';
import type { levels as english } from '../../en/said/levels.ts';

export const levels: SameWords<typeof english> = {
  'level-microsoft': 'Microsoft exige una activación expresa {source}',
  'level-microsoft-mobiles': 'los móviles cuestan más, y Microsoft exige una activación expresa {source}',
  'level-costly': 'Caro, sobre todo a móviles',
  'level-eu': 'Miembro de la UE: las tarifas mayoristas tienen tope {source}',
  'level-not-attacked': 'no figura en ninguna lista de destinos atacados',
  'level-no-opt-in': 'no necesita activación expresa en Microsoft {source}',
  'level-business': 'un país de negocios habituales',
  'level-overseas': 'Región de ultramar de Francia con móviles caros',
  'level-outside-eu': 'las tarifas de llamadas desde fuera de la UE pueden diferir',
  'level-us-networks': 'Redes de Estados Unidos',
  'level-advertised': 'Entre los quince más anunciados para fraude en octubre de 2021 {source}',
  'level-advertised-january': 'entre los quince más anunciados para fraude en enero de 2022 {source}',
  'level-newly': 'Atacado por primera vez en 2016 {source}',
  'level-newly-small': 'atacado por primera vez en 2016 {source}',
  'level-behind-44': 'Móviles caros tras el código +44',
  'level-lowest': 'Las tarifas están entre las más bajas',
  'level-eea': 'Miembro del EEE: las llamadas desde el EEE tienen tope {source}',
  'level-eu-advertised':
    'Tarifas de la UE {source}, pero a ratos entre los tres primeros anunciados para fraude en 2021 {other}',
  'level-eu-newly': 'Tarifas de la UE {source}, pero atacado por primera vez en 2016 {other}',
  'level-eu-since-newly':
    'Tarifas de la UE desde 2021 {source}, pero atacado por primera vez en 2016 {other}',
  'level-mobiles-more': 'Los móviles cuestan más que los fijos',
  'level-fixed-low': 'Tarifas bajas a fijos, los móviles cuestan más',
  'level-low-rates': 'Tarifas bajas',
  'level-costly-mobiles': 'Móviles caros',
  'level-guadeloupe': 'Tras el código de Guadalupe, con móviles caros',
  'level-australia': 'Tras el código de Australia, una red propia',
  'level-regulated-by': 'Terminación regulada ({authority})',
  'level-regulated': 'Terminación regulada',
  'level-interconnection': 'Interconexión regulada ({authority})',
  'level-mobile-regulated': 'Terminación móvil regulada ({authority})',
  'level-canada': 'Interconexión regulada (CRTC), tarifas entre las más bajas',
  'level-us': 'Los operadores no se cobran la terminación (47 CFR 51.713), tarifas entre las más bajas',
  'level-overseas-own': 'Las regiones de ultramar tienen códigos propios',
  'level-satellite-apart': 'Satélite y territorios externos van aparte',
  'level-of-finland': 'Números y redes de Finlandia: tarifas mayoristas con tope {source}',
  'level-of-norway': 'Números y redes de Noruega: llamadas desde el EEE con tope {source}',
  'level-of-rome': 'Números de Roma: tarifas de la UE como en Italia {source}',
  'level-070': 'sus números 070 y 076 necesitan los de coste adicional',
  'level-usual-2016': 'Entre los blancos habituales de 2016 {source}',
  'level-cost-model': 'Terminación según un modelo de costes ({authority})',
  'level-tariff-decree': 'Terminación según un decreto tarifario ({authority})',
  'level-rates-advertised':
    'Precios regulados ({authority}), pero en momentos de 2021 entre los tres primeros anunciados para el fraude {source}',
  'level-international-capped': 'Terminación internacional con tope ({authority})',
  'level-access-prices': 'Precios de acceso regulados ({authority})',
  'level-risen':
    'Precios de la UE {source}, pero en ascenso entre los números de prueba anunciados en 2020 {other}',
  'level-small-networks': 'Miembro del EEE, pero móviles caros de redes pequeñas',
  'level-baltic':
    'Precios de la UE desde 2021 {source}, pero los países bálticos estaban altos en las listas de fraude de 2016 {other}',
  'level-first-for-years':
    'Precios de la UE desde 2021 {source}, pero durante años entre los primeros destinos del fraude {other}',
  'level-attacked-advertised':
    'Atacado en 2016 {source}, entre los quince más anunciados en octubre de 2021 {other}',
  'level-attacked-quiet': 'Entre los atacados de 2015 y 2016, tranquilo después {source}',
  'level-likes-of': 'números como {names} en listas de fraude {source}',
};
