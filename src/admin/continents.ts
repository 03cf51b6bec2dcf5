// Which continent a country or region belongs to, as the UN groups them (M.49), to find it by; codes of no country are their own.
import type { Region } from '../numbering/destination.ts';

export const continents = ['africa', 'americas', 'asia', 'europe', 'oceania', 'none'] as const;
export type Continent = (typeof continents)[number];

/** Ascension, Tristan da Cunha and Kosovo, which M.49 does not list by themselves, stand with their neighbours. */
const members: Readonly<Record<Exclude<Continent, 'none'>, string>> = {
  africa:
    'AC AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ ' +
    'NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TA TD TG TN TZ UG YT ZA ZM ZW',
  americas:
    'AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT JM KN KY LC MF MQ MS ' +
    'MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI',
  asia:
    'AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK ' +
    'PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE',
  europe:
    'AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT ' +
    'NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK',
  oceania: 'AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PW SB TK TO TV VU WF WS',
};

const byRegion: ReadonlyMap<Region, Continent> = new Map(
  continents.flatMap((continent) =>
    continent === 'none' ? [] : members[continent].split(' ').map((region) => [region, continent] as const),
  ),
);

/** `none` for codes that belong to no country. */
export function continentOf(region: Region): Continent {
  return byRegion.get(region) ?? 'none';
}
