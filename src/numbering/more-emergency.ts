// Emergency numbers that Google's short number data misses, kept by hand from the lists of the regulators.
import type { Region } from './destination.ts';

/** France and its overseas parts (ARCEP: numéros d'urgence), the numbers of text and social emergency among them. */
const french = ['15', '17', '18', '112', '114', '115', '119', '191', '196', '197'] as const;

/** 112 by the mobile networks and 911 by the region's own decision, beside older numbers. */
const more: Readonly<Record<Region, readonly string[]>> = {
  AM: ['112', '911'],
  AT: ['128', '140', '141', '142', '147'],
  BA: ['112'],
  BE: ['106', '107', '108'],
  BL: french,
  BR: ['191', '194', '197', '198', '199'],
  BY: ['104'],
  CC: ['106'],
  // 143 (crisis line), 145 (poison), 147 (children) by the ordinance on telecommunication services.
  CH: ['143', '145', '147', '1414', '1415'],
  CI: ['185'],
  CN: ['122', '12395'],
  CX: ['106'],
  ES: ['061', '062', '080', '091', '092'],
  FJ: ['910'],
  FR: french,
  GB: ['18000'],
  GF: french,
  GH: ['112'],
  GN: ['18', '117'],
  GP: french,
  GQ: ['112', '114', '115'],
  GR: ['108'],
  GT: ['122'],
  HN: ['195', '198', '911'],
  IM: ['112'],
  IT: ['117', '1515', '1530'],
  JP: ['118'],
  KE: ['911'],
  KG: ['112'],
  KR: ['111', '113'],
  KZ: ['04', '104'],
  LI: ['1414'],
  LK: ['1990'],
  MF: french,
  MM: ['191', '192'],
  MO: ['110', '112', '119', '993'],
  MQ: french,
  MU: ['112'],
  NG: ['112'],
  PA: ['103', '104'],
  PE: ['106'],
  PM: ['112'],
  PT: ['117'],
  PY: ['132', '141'],
  RE: french,
  RS: ['192', '193', '194'],
  RU: ['04', '104'],
  SA: ['998'],
  SM: ['112'],
  SN: ['1515'],
  SR: ['110', '113'],
  SV: ['132'],
  TR: ['156', '158'],
  TT: ['811', '911'],
  UA: ['104'],
  UG: ['112'],
  UY: ['104', '105'],
  UZ: ['101', '102', '103', '112'],
  VN: ['112'],
  VU: ['111', '113'],
  YT: french,
  ZA: ['107'],
};

/** The hand-kept emergency numbers of a home region. */
export function moreEmergencyNumbers(region: Region): readonly string[] {
  return more[region] ?? [];
}
