// The policy as the store hands it over: plain rows. `compileSnapshot()` makes of them what `decide()` reads.
import type { NumberingPlan } from '../numbering/plan.ts';
import type { Region } from '../numbering/destination.ts';

/** How far calls abroad are open, from nothing to every country. */
export const levelNames = ['closed', 'low', 'medium', 'high', 'open'] as const;
export type LevelName = (typeof levelNames)[number];

/** The classes of numbers that cost extra, each with a switch of its own. */
export const premiumClasses = ['premium', 'shared-cost', 'personal', 'satellite', 'directory'] as const;
export type PremiumClass = (typeof premiumClasses)[number];

/** The right to call abroad at one layer; `inherit` leaves it to the next one. */
export type Right = 'on' | 'off' | 'inherit';

/** `when-denied`: a call that would be refused asks for a PIN instead; `always`: every chargeable call does. */
export const pinUses = ['never', 'when-denied', 'always'] as const;
export type PinUse = (typeof pinUses)[number];

/** How a phone sends digits: before the answer, only after it, or (`auto`) before and, where none come, after it. */
export const pinEntries = ['auto', 'early', 'answer'] as const;
export type PinEntry = (typeof pinEntries)[number];

export interface BarringSettings {
  /** Off: emergency and unreadable numbers are still recognised (I1, I4), and the block-list holds; the rest continues. */
  readonly protection: boolean;
  /** `observe` records what would be refused, and lets it through where I1-I5 allow that. */
  readonly mode: 'enforce' | 'observe';
  readonly level: LevelName;
  /** The classes that are switched on. */
  readonly premium: readonly PremiumClass[];
  /** What happens to digits that could be national by length only. */
  readonly unmatched: 'continue' | 'deny';
  /** Name of the schedule outside which chargeable calls are refused; '' for none. */
  readonly schedule: string;
  readonly pin: PinUse;
  readonly pinEntry: PinEntry;
  /** What signs of fraud do: nothing, a notice, or a notice and quarantine. */
  readonly fraudSigns: 'off' | 'warn' | 'quarantine';
  /** What becomes of a chargeable call on a trunk that nobody let out: nothing, a notice, or a notice and its end. */
  readonly guard: 'off' | 'watch' | 'enforce';
  /** Endpoints that lead outside; none: every endpoint that is no known extension. */
  readonly trunks: readonly string[];
  /** Reason code -> announcement (an Asterisk sound name, several joined by `&`). */
  readonly announcements: Readonly<Record<string, string>>;
}

/** What an extension and a group can both say; null leaves it to the next layer. */
interface LayerRow {
  readonly right: Right;
  readonly level: LevelName | null;
  /** Name of a schedule, '' for "at any time". */
  readonly schedule: string | null;
  readonly pin: PinUse | null;
  readonly pinEntry: PinEntry | null;
}

export interface ExtensionRow extends LayerRow {
  readonly extension: string;
  readonly name: string;
}

export interface CountryRow {
  readonly region: Region;
  readonly state: 'allow' | 'deny';
}

/** A class of service. An extension may be in several: they make one layer, in which a refusal wins a tie. */
export interface GroupRow extends LayerRow {
  readonly name: string;
  /** The classes that are on for its members; null leaves it to the organisation. */
  readonly premium: readonly PremiumClass[] | null;
  readonly members: readonly string[];
  readonly countries: readonly CountryRow[];
}

/** The lowest level that opens a region. A region without a row is opened by `open` alone. */
export interface LevelCountryRow {
  readonly region: Region;
  readonly level: 'low' | 'medium' | 'high';
  /** Why it stands there. */
  readonly reason: string;
}

/** Seen from `home`, the region counts one level lower. */
export interface LevelNeighbourRow {
  readonly home: Region;
  readonly region: Region;
}

export type EntryAction = 'allow' | 'deny' | 'pin';

/** Which numbers an entry is about, and since and until when, milliseconds since the epoch. */
interface NumbersRow {
  /** Digits with `+` in front for E.164 (`+5411`), bare digits for short numbers as dialled (`118`). */
  readonly pattern: string;
  /** This very number, or every number that begins so. */
  readonly exact: boolean;
  /** An allowing entry also opens numbers that cost extra. */
  readonly premium: boolean;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

/** A rule by number or prefix, of the organisation (`group` null) or of one group. `block` beats every permission. */
export interface RuleRow extends NumbersRow {
  readonly id: number;
  readonly group: string | null;
  readonly action: EntryAction | 'block';
  /** Recorded when it would have decided, and otherwise without effect. */
  readonly observe: boolean;
  readonly reason: string;
}

/** An exception of one extension: either a country or numbers. */
export interface ExceptionRow extends Omit<NumbersRow, 'pattern'> {
  readonly id: number;
  readonly extension: string;
  readonly action: EntryAction;
  readonly region: Region | null;
  /** Null where the exception is a country. */
  readonly pattern: string | null;
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
}

export interface AuthorisedEntry {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  /** E.164 with `+`. */
  readonly number: string;
  readonly enabled: boolean;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

/** A list of people. Those it is attached to may call their numbers, and the countries and classes that it grants. */
export interface AuthorisedListRow {
  readonly name: string;
  readonly enabled: boolean;
  /** Whether the people themselves are admitted as outside callers, by their number and a PIN. */
  readonly admits: boolean;
  readonly premium: readonly PremiumClass[];
  readonly countries: readonly Region[];
  readonly entries: readonly AuthorisedEntry[];
  readonly extensions: readonly string[];
  readonly groups: readonly string[];
}

/** Minutes of a day, `toMinute` exclusive; a window over midnight is two. */
export interface ScheduleWindow {
  /** 1 Monday to 7 Sunday (ISO 8601). */
  readonly days: readonly number[];
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** When chargeable calls are open. On a holiday no window is. */
export interface ScheduleRow {
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly weekly: readonly ScheduleWindow[];
  /** `2026-12-25`, or `12-25` for each year. */
  readonly holidays: readonly string[];
}

export const limitMeasures = ['calls', 'concurrent', 'countries', 'duration'] as const;
export type LimitMeasure = (typeof limitMeasures)[number];

/** What a limit counts. `hot`: regions that the medium level does not open, and premium numbers abroad. */
export const limitClasses = ['chargeable', 'international', 'premium', 'hot'] as const;
export type LimitClass = (typeof limitClasses)[number];

export interface LimitRow {
  readonly id: number;
  readonly layer: 'organisation' | 'group' | 'extension';
  /** The group or extension; '' for the organisation. */
  readonly name: string;
  /** `each`: every extension of the layer has its own count, the nearest such limit holds; `together`: all share one. */
  readonly counted: 'each' | 'together';
  readonly measure: LimitMeasure;
  readonly class: LimitClass;
  /** Calls or countries; seconds for `duration`. */
  readonly max: number;
  /** Milliseconds that are looked back; null for `concurrent` and `duration`. */
  readonly windowMs: number | null;
  /** A notice is given from this share of `max` on, in percent. */
  readonly warnPercent: number;
  readonly action: 'deny' | 'quarantine';
  /** How long a quarantine by it lasts. */
  readonly quarantineMs: number;
  readonly observe: boolean;
}

/** A PIN without its secret, which only the store knows. */
export interface PinRow {
  readonly id: string;
  /** Whose it is. */
  readonly name: string;
  readonly enabled: boolean;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly maxUses: number | null;
  /** At these extensions, and at the extensions of these groups, it is accepted. */
  readonly extensions: readonly string[];
  readonly groups: readonly string[];
  /** The authorised entry whose outside calls it admits; null for none. */
  readonly entryId: number | null;
}

/** A sound for a reason in one language (`fr`); the settings hold those for every language. */
export interface AnnouncementRow {
  readonly reason: string;
  readonly language: string;
  readonly sound: string;
}

/** Everything that a verdict depends on, as plain data. `version` grows with each change. */
export interface PolicyData {
  readonly version: number;
  readonly plan: NumberingPlan;
  readonly settings: BarringSettings;
  readonly extensions: readonly ExtensionRow[];
  readonly countries: readonly CountryRow[];
  readonly levels: readonly LevelCountryRow[];
  readonly neighbours: readonly LevelNeighbourRow[];
  readonly groups: readonly GroupRow[];
  readonly rules: readonly RuleRow[];
  readonly exceptions: readonly ExceptionRow[];
  readonly lists: readonly AuthorisedListRow[];
  readonly schedules: readonly ScheduleRow[];
  readonly limits: readonly LimitRow[];
  readonly pins: readonly PinRow[];
  readonly announcements: readonly AnnouncementRow[];
}

/** The same where the rules, by far the most rows, come one after the other and are kept nowhere. */
export type PolicySource = Omit<PolicyData, 'rules'> & { readonly rules: Iterable<RuleRow> };
