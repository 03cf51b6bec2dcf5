// The rules as people look at them: all, those of one kind, or those that meet one number.
import { numberForms } from '../barring/number-forms.ts';
import type { RuleRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { read } from '../numbering/read.ts';
import type { Store } from '../store/open.ts';
import { readRules } from '../store/rules.ts';
import { requireGroup } from './groups.ts';
import { readPlan } from './stored-plan.ts';
import { numbersText, ruleState, type RuleAction, type RuleState } from './rule-words.ts';

export interface RuleFilter {
  readonly action?: RuleAction | undefined;
  readonly group?: string | undefined;
  /** As dialled or with `+`: only the rules that name it, the longest first. */
  readonly number?: string | undefined;
}

export interface ShownRule extends RuleRow {
  readonly numbers: string;
  readonly state: RuleState;
}

/** In the order of their ids, or for one number the longest first. Throws `AppError`. */
export function listRules(store: Store, filter: RuleFilter, nowMs: number): readonly ShownRule[] {
  const { action, group, number } = filter;
  if (group !== undefined) requireGroup(store, group);
  const meets = number === undefined ? () => true : matcher(store, number);
  const rows = readRules(store).filter(
    (row) =>
      (action === undefined || row.action === action) &&
      (group === undefined || row.group === group) &&
      meets(row),
  );
  const shown = rows.map((row) =>
    Object.assign({ numbers: numbersText(row), state: ruleState(row, nowMs) }, row),
  );
  return number === undefined
    ? shown
    : shown.toSorted((a, b) => b.pattern.length - a.pattern.length || Number(b.exact) - Number(a.exact));
}

function matcher(store: Store, number: string): (row: RuleRow) => boolean {
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
  return ({ pattern, exact }) => forms.some((form) => (exact ? form === pattern : form.startsWith(pattern)));
}
