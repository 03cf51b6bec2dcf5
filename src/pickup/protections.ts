// Protections: calls that only the named ones may take, by where they ring, who calls and what was dialled.
import type { PickupProtectionRow, RingingCall } from './call.ts';
import { addTo, type PickupGroup, type PickupGroups } from './groups.ts';

export interface Protection {
  readonly kind: PickupProtectionRow['kind'];
  readonly value: string;
  readonly reason: string;
  readonly extensions: ReadonlySet<string>;
  /** Their interceptors are named. */
  readonly groups: readonly PickupGroup[];
}

/** Numbers by all of their text, and long ones by their end. */
interface NumberIndex {
  readonly whole: Map<string, Protection[]>;
  readonly byEnd: Map<string, (readonly [number: string, protection: Protection])[]>;
}

export interface Protections {
  readonly all: readonly Protection[];
  readonly extensions: ReadonlyMap<string, readonly Protection[]>;
  readonly callers: NumberIndex;
  readonly dialled: NumberIndex;
  /** Everybody whom any of them names. */
  readonly namedExtensions: ReadonlySet<string>;
  readonly namedGroups: ReadonlySet<PickupGroup>;
}

/** The facts of a call that protections look at. */
export type CallFacts = Pick<RingingCall, 'callerNumber' | 'callerExtension' | 'dialled'>;

/** Shorter ones are extensions and short codes: those are compared whole. */
const END_DIGITS = 7;

/** A group that does not exist names nobody, which leaves the protection closed. */
export function compileProtections(rows: readonly PickupProtectionRow[], groups: PickupGroups): Protections {
  const extensions = new Map<string, Protection[]>();
  const callers: NumberIndex = { whole: new Map(), byEnd: new Map() };
  const dialled: NumberIndex = { whole: new Map(), byEnd: new Map() };
  const all = rows.map((row) => compile(row, groups));
  for (const protection of all) {
    if (protection.kind === 'extension') addTo(extensions, protection.value, protection);
    else addNumber(protection.kind === 'caller' ? callers : dialled, protection);
  }
  const namedExtensions = new Set(all.flatMap((protection) => [...protection.extensions]));
  const namedGroups = new Set(all.flatMap((protection) => protection.groups));
  return { all, extensions, callers, dialled, namedExtensions, namedGroups };
}

function compile({ kind, value, reason, allowed }: PickupProtectionRow, groups: PickupGroups): Protection {
  const named = (wanted: 'extension' | 'group') =>
    allowed.filter((party) => party.kind === wanted).map(({ name }) => name);
  return {
    kind,
    value,
    reason,
    extensions: new Set(named('extension')),
    groups: named('group')
      .map((name) => groups.byName.get(name))
      .filter((group) => group !== undefined),
  };
}

/** Those that guard a call wherever it rings: by its caller, and by the numbers that were dialled. */
export function protectionsOfCall(protections: Protections, call: CallFacts): readonly Protection[] {
  const { callers, dialled } = protections;
  if (callers.whole.size === 0 && dialled.whole.size === 0) return [];
  const found = new Set(numbersLike(callers, call.callerNumber));
  // The number shown can be chosen by whoever calls; the extension is that of his authenticated endpoint.
  if (call.callerExtension !== null) {
    for (const protection of numbersLike(callers, call.callerExtension)) found.add(protection);
  }
  for (const number of call.dialled) {
    for (const protection of numbersLike(dialled, number)) found.add(protection);
  }
  return [...found];
}

/**
 * Two ways to write a number meet where their digits are equal, or where both have seven at least and the longer ends
 * with the shorter: `+52 55 1234 5678`, `00525512345678` and `5512345678`. Zeros in front of a long one are a prefix.
 * What holds letters is compared as it is written.
 */
function comparable(text: string): string {
  const bare = text.replaceAll(/[\s()+./-]/g, '');
  if (!/^\d+$/.test(bare)) return text;
  const significant = bare.replace(/^0+/, '');
  return significant.length >= END_DIGITS ? significant : bare;
}

function endOf(number: string): string | null {
  return /^\d{7,}$/.test(number) ? number.slice(-END_DIGITS) : null;
}

function addNumber({ whole, byEnd }: NumberIndex, protection: Protection): void {
  const number = comparable(protection.value);
  addTo(whole, number, protection);
  const end = endOf(number);
  if (end !== null) addTo(byEnd, end, [number, protection] as const);
}

function numbersLike({ whole, byEnd }: NumberIndex, text: string): readonly Protection[] {
  if (text === '') return [];
  const number = comparable(text);
  const end = endOf(number);
  if (end === null) return whole.get(number) ?? [];
  return (byEnd.get(end) ?? [])
    .filter(([other]) => other.endsWith(number) || number.endsWith(other))
    .map(([, protection]) => protection);
}
