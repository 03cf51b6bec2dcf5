// The rules as people look at them: page by page, those of one kind, or those that meet one number.
import { numberForms } from '../barring/number-forms.ts';
import type { RuleRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { read } from '../numbering/read.ts';
import type { Store } from '../store/open.ts';
import { countRules, readRulePage } from '../store/rules.ts';
import { inReadTransaction } from '../store/transaction.ts';
import { requireGroup } from './groups.ts';
import { beginningsOf } from './number-pattern.ts';
import { readPlan } from './stored-plan.ts';
import { numbersText, ruleState, type RuleAction, type RuleState } from './rule-words.ts';

export interface RuleFilter {
  readonly action?: RuleAction | undefined;
  readonly group?: string | undefined;
  /** Stands in the reason or in the digits. */
  readonly text?: string | undefined;
  /** As dialled or with `+`: only the rules that name it, the longest first. */
  readonly number?: string | undefined;
}

export interface ShownRule extends RuleRow {
  readonly numbers: string;
  readonly state: RuleState;
}

export interface RulePage {
  readonly rules: readonly ShownRule[];
  /** On all pages together. */
  readonly count: number;
  /** The `afterId` of the page behind; null on the last one, and where rules are asked for by number. */
  readonly next: number | null;
}

/** Rules that meet one number, at most: longest first they are sorted at once. */
const OF_NUMBER_MAX = 10_000;

/** In the order of their ids, or for one number the longest first. Throws `AppError`. */
export function listRules(
  store: Store,
  { action, group, text, number }: RuleFilter,
  { afterId, limit }: { readonly afterId: number; readonly limit: number },
  nowMs: number,
): RulePage {
  if (group !== undefined) requireGroup(store, group);
  const show = (row: RuleRow): ShownRule =>
    Object.assign({ numbers: numbersText(row), state: ruleState(row, nowMs) }, row);
  if (number !== undefined) {
    const { patterns, meets } = matcher(store, number);
    const found = readRulePage(
      store,
      { action, group, text, patterns },
      { afterId: 0, limit: OF_NUMBER_MAX },
    ).filter(meets);
    const longestFirst = found.toSorted(
      (a, b) => b.pattern.length - a.pattern.length || Number(b.exact) - Number(a.exact),
    );
    return { rules: longestFirst.slice(0, limit).map(show), count: found.length, next: null };
  }
  return inReadTransaction(store, () => {
    const rows = readRulePage(store, { action, group, text }, { afterId, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const count = countRules(store, { action, group, text });
    return { rules: shown.map(show), count, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
  });
}

/** Every beginning of the number, and whether a rule with one of them meets it. */
function matcher(store: Store, number: string) {
  const plan = readPlan(store);
  const destination = read(number.trim(), plan);
  const forms = numberForms(plan, destination);
  if (forms.length === 0) {
    throw new AppError(
      'invalid',
      destination.kind === 'emergency'
        ? `${number} is an emergency number: no rule is asked about it.`
        : `${JSON.stringify(number)} cannot be read as a number that rules are asked about.`,
    );
  }
  const patterns = forms.flatMap(beginningsOf);
  const meets = ({ pattern, exact }: RuleRow) => !exact || forms.includes(pattern);
  return { patterns: [...new Set(patterns)], meets };
}
