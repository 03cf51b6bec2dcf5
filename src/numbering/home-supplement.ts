// What callers of one region can dial and the phone number data does not tell, kept by hand with its reason.
import { prefixPattern } from './digit-pattern.ts';
import type { Region } from './destination.ts';

/** Facts about dialling inside one region that stand beside the generated data. */
export interface HomeSupplement {
  /** Directory enquiry, which costs extra and connects onward, where that data misses that it costs extra. */
  readonly premiumShort: RegExp | null;
  /** Directory enquiry among the short numbers of which that data knows that they cost extra. */
  readonly directory: RegExp;
  /** Ordinary-looking subscriber numbers without area code that cost extra. */
  readonly premiumLocal: RegExp | null;
  /** Carrier selection, dial-around and operator codes: what stands behind them goes past the contract. */
  readonly carrier: RegExp | null;
  /** Matches what can still grow to match `carrier`. */
  readonly carrierBeginning: RegExp | null;
  /** Complete strings that reach an operator, who can connect anywhere. */
  readonly operators: readonly string[];
  /** Prefixes of national look that lead to another country: prefix -> the E.164 digits it stands for. */
  readonly abroad: Readonly<Record<string, string>>;
  /** Regions with other calling codes whose numbers are dialled like national ones. */
  readonly siblings: readonly Region[];
}

const none: HomeSupplement = {
  premiumShort: null,
  directory: /^118\d{0,3}$/,
  premiumLocal: null,
  carrier: null,
  carrierBeginning: null,
  operators: [],
  abroad: {},
  siblings: [],
};

function carrier(source: string): Partial<HomeSupplement> {
  return { carrier: new RegExp(`^(?:${source})`), carrierBeginning: prefixPattern(source) };
}

/** 118xx and 118xxx: directory services of the European numbering plans, which connect onward for a charge. */
const directory118: Partial<HomeSupplement> = { premiumShort: /^118\d{1,3}$/ };

/** France and its departments dial each other in ten digits, under calling codes of their own. */
const french: readonly Region[] = ['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'BL', 'MF'];

/** 8, then 1 (international), 2 or 5 (a chosen carrier): no area code of RU or KZ begins so. */
const eightAndCarrier: Partial<HomeSupplement> = carrier('8[125]\\d{6}');

/**
 * NANP: 0, 00, 01 and 0+ reach operators, 101xxxx and 950-xxxx carriers, 11xx is the pulse form of star codes; 411 is
 * directory service that connects onward.
 */
const northAmerica: Partial<HomeSupplement> = {
  ...carrier('0\\d{4}|101\\d{4}|1?950\\d{4}|11\\d{5}'),
  operators: ['0', '00'],
  premiumShort: /^1?411$/,
  premiumLocal: /^976\d{4}$/,
};

const byRegion: Readonly<Record<Region, Partial<HomeSupplement>>> = {
  AT: { ...directory118, ...carrier('10\\d{2}0\\d{4}') },
  AU: {
    premiumShort: /^12455$/,
    directory: /^12(?:34|456)$/,
    ...carrier('14(?:1\\d|34|4\\d|56|66|7\\d|88)\\d{6}'),
  },
  BE: { premiumShort: /^1(?:[234]07|[234]13|212|313|414)$/ },
  BG: directory118,
  BL: directory118,
  CH: { ...carrier('10[78]\\d{3}'), directory: /^18\d{2}$/ },
  CN: carrier('1(?:79|[12]\\d)\\d{2}0\\d{4}'),
  CZ: directory118,
  DE: { ...directory118, ...carrier('010\\d{2}') },
  DK: { premiumShort: /^118$/ },
  EE: directory118,
  ES: { premiumShort: /^118\d{2}$/ },
  FI: { premiumShort: /^118\d{0,3}$/ },
  FR: { abroad: { '0508': '508' } },
  GB: directory118,
  GF: directory118,
  GG: directory118,
  GI: directory118,
  GP: directory118,
  GR: directory118,
  HU: directory118,
  ID: carrier('01\\d{3}'),
  IE: { ...directory118, abroad: { '048': '4428' } },
  IL: { siblings: ['PS'] },
  IM: directory118,
  IS: { premiumShort: /^181[89]$/ },
  IT: {
    ...carrier('10\\d{6}'),
    directory: /^12\d{2}$/,
    abroad: { '0549': '3780549' },
  },
  JE: directory118,
  JP: carrier('00\\d{3}'),
  KE: { abroad: { '006': '256', '007': '255' } },
  KZ: eightAndCarrier,
  LT: directory118,
  LU: directory118,
  LV: directory118,
  MF: directory118,
  MO: { abroad: { '01': '852' } },
  MY: { abroad: { '02': '65', '080': '673' } },
  NL: { premiumShort: /^18\d{2}$/ },
  NO: { premiumShort: /^18\d{2}$/ },
  NZ: { premiumShort: /^018$/ },
  PL: directory118,
  PT: { premiumShort: /^(?:118\d{2}|1820)$/ },
  RO: directory118,
  RS: { siblings: ['XK'] },
  RU: eightAndCarrier,
  SE: { ...directory118, ...carrier('95\\d{2,3}0\\d{4}') },
  SG: { abroad: { '02': '60' } },
  SI: directory118,
  SK: directory118,
  TR: directory118,
  TZ: { abroad: { '005': '254', '006': '256' } },
  UG: { abroad: { '005': '254', '007': '255' } },
};

/** The hand-kept facts of a home region. */
export function homeSupplement(region: Region, callingCode: string): HomeSupplement {
  const shared = callingCode === '1' ? northAmerica : {};
  const siblings = french.includes(region) ? french.filter((sibling) => sibling !== region) : [];
  return { ...none, siblings, ...shared, ...byRegion[region] };
}

/** When the hand-kept data was last gone through, as year and month. */
export const supplementDate = '2026-11';
