// One rule by number or prefix as it is asked for, judged before it is kept, and as the audit and the tables show it.
import type { RuleRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import type { CompiledPlan } from '../numbering/compile-plan.ts';
import type { NewRule } from '../store/rules.ts';
import { readLine } from './line-text.ts';
import { momentWord } from './moment-words.ts';
import { readNumberPattern } from './number-pattern.ts';
import { validityState, type ValidityState } from './validity-state.ts';

export const ruleActions = ['allow', 'deny', 'pin', 'block'] as const;
export type RuleAction = RuleRow['action'];

export const RULE_TEXT_LENGTH_MAX = 200;

/** What is asked for, beside the numbers. */
export interface RuleTerms {
  readonly action: RuleAction;
  /** Null for the organisation. */
  readonly group: string | null;
  readonly exact: boolean;
  /** Undefined: exact numbers open what costs extra, prefixes do not. */
  readonly premium?: boolean | undefined;
  readonly observe: boolean;
  readonly reason: string;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

/**
 * The rule for one number as it was written. Throws `AppError('invalid')`: besides what is no number or prefix, no rule
 * may stand in front of an emergency number. Those pass before any rule, so that it would only mislead.
 */
export function readRule(
  word: string,
  terms: RuleTerms,
  plan: CompiledPlan,
): { readonly rule: NewRule; readonly notice: string } {
  const { action, group, exact, observe, reason, fromMs, untilMs } = terms;
  if (action === 'block' && group !== null) {
    throw new AppError(
      'invalid',
      'The block-list is of the whole organisation: leave the group out, or use deny.',
    );
  }
  if (action === 'block' && observe) {
    throw new AppError(
      'invalid',
      'The block-list is always enforced: use deny for a rule that only observes.',
    );
  }
  const { pattern, notice } = readNumberPattern(word, exact, plan);
  if (action !== 'allow' && !exact) refuseShadow(word, pattern, plan);
  const premium = action === 'allow' || action === 'pin' ? (terms.premium ?? exact) : false;
  return {
    rule: {
      group,
      action,
      pattern,
      exact,
      premium,
      observe,
      reason: readLine(reason, RULE_TEXT_LENGTH_MAX, 'A reason'),
      fromMs,
      untilMs,
    },
    notice,
  };
}

function refuseShadow(word: string, pattern: string, plan: CompiledPlan): void {
  if (pattern.startsWith('+')) return;
  const numbers = [...plan.shortNumbers.emergency].filter((number) => number.startsWith(pattern)).sort();
  if (numbers.length === 0) return;
  throw new AppError(
    'invalid',
    `${JSON.stringify(word)} is the beginning of ${numbers.join(', ')}, which everybody may call at any time. ` +
      'Write more digits, or the number with --exact.',
  );
}

/** `+5411*` for a prefix, `+541143210000` for a number. */
export function numbersText({ pattern, exact }: Pick<RuleRow, 'pattern' | 'exact'>): string {
  return exact ? pattern : `${pattern}*`;
}

/** What the audit shows of a rule: what is empty is left out. */
export function shownRule(rule: NewRule): Readonly<Record<string, unknown>> {
  return {
    action: rule.action,
    numbers: numbersText(rule),
    ...(rule.group === null ? {} : { group: rule.group }),
    ...(rule.premium ? { premium: true } : {}),
    ...(rule.observe ? { observe: true } : {}),
    ...(rule.fromMs === null ? {} : { from: momentWord(rule.fromMs, 'start') }),
    ...(rule.untilMs === null ? {} : { until: momentWord(rule.untilMs, 'end') }),
    ...(rule.reason === '' ? {} : { reason: rule.reason }),
  };
}

/** Whether a rule counts; `observed`: it would, and only records what it would decide. */
export type RuleState = ValidityState | 'observed';

export function ruleState(rule: RuleRow, nowMs: number): RuleState {
  const state = validityState(rule, nowMs);
  return state === 'active' && rule.observe ? 'observed' : state;
}

/** Rules with the same key say something about the same numbers, at the same layer. */
export function ruleKey({ group, pattern, exact }: Pick<NewRule, 'group' | 'pattern' | 'exact'>): string {
  return `${group ?? ''}|${pattern}|${exact ? 'exact' : 'prefix'}`;
}
