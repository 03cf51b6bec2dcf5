// The extensions put together by what holds for them: of those with equal terms, one stands for all.
import { isValid } from '../barring/entry.ts';
import type { ExceptionRow, PinRow, PolicyData, RuleRow } from '../barring/policy.ts';
import { regionData } from '../numbering/region-data.ts';
import { readListHeads } from '../store/authorised-lists.ts';
import { readExceptions } from '../store/exceptions.ts';
import { readExtensions } from '../store/extensions.ts';
import { readGroups } from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import { readPins } from '../store/pins.ts';
import { shorterFirst } from '../store/rows.ts';
import { rulesByPattern } from '../store/rules.ts';
import { readSchedules } from '../store/schedules.ts';
import { beginningsOf } from './number-pattern.ts';
import { allRegions } from './regions.ts';

export interface EqualTerms {
  /** Stands for the others. */
  readonly representative: string;
  /** Shorter ones first, the representative in front. */
  readonly extensions: readonly string[];
}

type Callers = Omit<
  PolicyData,
  'version' | 'plan' | 'settings' | 'countries' | 'levels' | 'neighbours' | 'announcements'
>;

export interface TermsOfAll {
  /** The largest first. */
  readonly classes: readonly EqualTerms[];
  /**
   * What the policy says about the representatives, as far as whole countries and classes of numbers are concerned: rules for
   * single numbers, people on lists and limits are left out.
   */
  readonly callers: Callers;
}

export function readEqualTerms(store: Store, nowMs: number): TermsOfAll {
  const found = readCallers(store, nowMs);
  const members = new Map<string, string[]>();
  for (const [extension, key] of keysOf(found)) {
    const there = members.get(key);
    if (there) there.push(extension);
    else members.set(key, [extension]);
  }
  const classes = [...members.values()]
    .map((names) => names.toSorted(shorterFirst))
    .map((extensions) => ({ representative: extensions[0] ?? '', extensions }))
    .sort((a, b) => b.extensions.length - a.extensions.length);
  return { classes, callers: only(found, new Set(classes.map(({ representative }) => representative))) };
}

function readCallers(store: Store, nowMs: number): Callers {
  const codes = codePatterns();
  const wanted = (row: ExceptionRow) =>
    isValid(row, nowMs) && (row.pattern === null || (!row.exact && codes.has(row.pattern)));
  const rules = rulesByPattern(store);
  return {
    extensions: readExtensions(store),
    groups: readGroups(store),
    rules: [...codes].flatMap((pattern): readonly RuleRow[] => rules(pattern)),
    exceptions: readExceptions(store).filter(wanted),
    lists: readListHeads(store)
      .filter(({ enabled }) => enabled)
      .map((head) => Object.assign(head, { entries: [] })),
    schedules: readSchedules(store),
    limits: [],
    pins: readPins(store).filter((pin) => pin.enabled && isValid(pin, nowMs)),
  };
}

/** The prefixes that take in whole calling codes. */
function codePatterns(): ReadonlySet<string> {
  const codes = new Set(allRegions().map((region) => `+${regionData(region)?.callingCode ?? ''}`));
  return new Set([...codes].flatMap(beginningsOf));
}

/** Equal keys, equal terms; of every extension that the policy names anywhere. */
function keysOf({ extensions, groups, exceptions, lists, pins }: Callers): ReadonlyMap<string, string> {
  const words = new Map<string, string[]>();
  const add = (names: readonly string[], word: string) => {
    for (const name of names) {
      const there = words.get(name);
      if (there) there.push(word);
      else words.set(name, [word]);
    }
  };
  for (const { extension, right, level, schedule, pin, pinEntry } of extensions) {
    add([extension], JSON.stringify([right, level, schedule, pin, pinEntry]));
  }
  for (const { name, members } of groups) add(members, `group ${name}`);
  for (const { name, extensions: attached } of lists) add(attached, `list ${name}`);
  for (const { extension, action, region, pattern, premium } of exceptions) {
    add([extension], JSON.stringify(['exception', action, region, pattern, premium]));
  }
  for (const pin of pins) add(pin.extensions, 'pin');
  return new Map([...words].map(([name, each]) => [name, [...new Set(each)].sort().join('\n')]));
}

function only(callers: Callers, names: ReadonlySet<string>): Callers {
  const known = (each: readonly string[]) => each.filter((name) => names.has(name));
  return {
    ...callers,
    extensions: callers.extensions.filter(({ extension }) => names.has(extension)),
    groups: callers.groups.map((group) => ({ ...group, members: known(group.members) })),
    exceptions: callers.exceptions.filter(({ extension }) => names.has(extension)),
    lists: callers.lists.map((list) => ({ ...list, extensions: known(list.extensions) })),
    pins: callers.pins
      .map((pin): PinRow => ({ ...pin, extensions: known(pin.extensions) }))
      .filter((pin) => pin.extensions.length > 0 || pin.groups.length > 0),
  };
}
