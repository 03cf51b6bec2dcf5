// The rules, exceptions and lists that name what one extension dials.
import type { AuthorisedListRow, PolicySource, RuleRow } from '../barring/policy.ts';
import type { Steps } from '../store/steps.ts';
import { shownException, type ShownException } from './exception-list.ts';
import { validityState, type ValidityState } from './validity-state.ts';

/** Rules of the organisation that are told one by one; its groups' rules are all told. */
const RULES_TOLD_MAX = 1_000;
/** Rules that are looked at between two pauses: a millisecond's work. */
const RULES_A_STEP = 512;

export interface ShownRule extends RuleRow {
  readonly state: ValidityState;
}

export interface ShownList extends Pick<AuthorisedListRow, 'name' | 'countries' | 'premium'> {
  /** People whose entries count at that time. */
  readonly people: number;
}

export interface Entries {
  readonly exceptions: readonly ShownException[];
  /** Without the block-list; the first of the organisation's. */
  readonly rules: readonly ShownRule[];
  readonly ruleCount: number;
  readonly blockCount: number;
  readonly lists: readonly ShownList[];
}

/** What counts or will, and the exceptions that have ended, as people ask what became of them. */
export function* entrySteps(
  data: Pick<PolicySource, 'rules' | 'exceptions' | 'lists'>,
  extension: string,
  groups: readonly string[],
  atMs: number,
): Steps<Entries> {
  const rules: ShownRule[] = [];
  let ruleCount = 0;
  let blockCount = 0;
  let seen = 0;
  for (const rule of data.rules) {
    seen += 1;
    if (seen % RULES_A_STEP === 0) yield;
    const state = validityState(rule, atMs);
    if (state === 'expired' || (rule.group !== null && !groups.includes(rule.group))) continue;
    if (rule.action === 'block') {
      blockCount += 1;
      continue;
    }
    ruleCount += 1;
    if (rule.group !== null || rules.length < RULES_TOLD_MAX) rules.push({ ...rule, state });
  }
  return {
    exceptions: data.exceptions
      .filter((row) => row.extension === extension)
      .map((row) => shownException(row, atMs)),
    rules,
    ruleCount,
    blockCount,
    lists: data.lists
      .filter((list) => list.enabled && isAttached(list, extension, groups))
      .map(({ name, countries, premium, entries }) => ({
        name,
        countries,
        premium,
        people: entries.filter((entry) => entry.enabled && validityState(entry, atMs) === 'active').length,
      })),
  };
}

function isAttached(list: AuthorisedListRow, extension: string, groups: readonly string[]): boolean {
  return list.extensions.includes(extension) || list.groups.some((name) => groups.includes(name));
}
