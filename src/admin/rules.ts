// Changing the rules by number and prefix, of the organisation and of groups; the block-list is among them.
import type { RuleRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { compilePlan } from '../numbering/compile-plan.ts';
import type { Store } from '../store/open.ts';
import { planOf } from '../store/policy.ts';
import {
  countRules,
  deleteRule,
  readRule as readStoredRule,
  rulesByPattern,
  ruleWriter,
  setRuleObserve,
  type NewRule,
} from '../store/rules.ts';
import { readSettings } from '../store/settings.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { requireGroup } from './groups.ts';
import { someLines } from './some-of.ts';
import { numbersText, readRule, ruleKey, ruleState, shownRule, type RuleTerms } from './rule-words.ts';

/** Rules that the policy holds, at most. */
export const RULES_MAX = 300_000;
/** Numbers and ids that one command takes. */
const OF_COMMAND_MAX = 10_000;
const NOTICES_MAX = 20;

/** Adds a rule for each of the numbers. Throws `AppError` where one cannot be kept; then none is. */
export function addRules(context: AdminContext, words: readonly string[], terms: RuleTerms): ChangeOutcome {
  const numbers = splitWords(words);
  if (numbers.length === 0)
    throw new AppError('invalid', 'Name at least one number or prefix, such as +5411.');
  return changePolicy(context, () => {
    const { store, nowMs } = context;
    if (terms.group !== null) requireGroup(store, terms.group);
    refuseTooMany(countRules(store) + numbers.length);
    const settings = readSettings(store);
    const plan = compilePlan(planOf(settings));
    const byPattern = rulesByPattern(store);
    const write = ruleWriter(store);
    const notices: string[] = [];
    const changes = numbers.map((word): Change => {
      const { rule, notice } = readRule(word, terms, plan);
      if (notice !== '') notices.push(notice);
      notices.push(...meetings(byPattern(rule.pattern), rule, nowMs));
      const id = write(rule);
      return { action: 'rule-added', subject: `rule ${id}`, before: null, after: shownRule(rule) };
    });
    if (!settings.protection && terms.action !== 'block') {
      notices.push('Protection is off, so only the block-list refuses until it is switched on.');
    }
    return { changes, notices: someLines(notices, NOTICES_MAX) };
  });
}

/** Refuses a rule that is there already, and tells of those that say something else about the same numbers. */
function meetings(there: readonly RuleRow[], rule: NewRule, nowMs: number): readonly string[] {
  const others = there.filter((row) => ruleState(row, nowMs) !== 'expired');
  const same = others.find((row) => ruleKey(row) === ruleKey(rule) && row.action === rule.action);
  if (same) {
    throw new AppError(
      'conflict',
      `Rule ${same.id} says that already: ${rule.action} ${numbersText(rule)}. Nothing was changed.`,
    );
  }
  const isBlock = (row: Pick<RuleRow, 'action'>) => row.action === 'block';
  return others
    .filter((row) => row.action !== rule.action && row.exact === rule.exact)
    .filter((row) => ruleKey(row) === ruleKey(rule) || isBlock(row) || isBlock(rule))
    .map((row) => contradiction(row, rule));
}

function contradiction(row: RuleRow, rule: NewRule): string {
  const actions = new Set<string>([row.action, rule.action]);
  const winner = (['block', 'deny', 'pin', 'allow'] as const).find((action) => actions.has(action));
  return `Rule ${row.id} says ${row.action} for the same ${numbersText(rule)}: ${winner ?? 'deny'} wins.`;
}

export function refuseTooMany(count: number): void {
  if (count <= RULES_MAX) return;
  throw new AppError(
    'invalid',
    `There would be ${count.toLocaleString('en')} rules, and ${RULES_MAX.toLocaleString('en')} is the limit. ` +
      'Remove old ones.',
  );
}

/** Throws `AppError('not-found')` that names all that are not there. */
export function removeRules(context: AdminContext, ids: readonly string[]): ChangeOutcome {
  const wanted = readIds(ids);
  return changePolicy(context, () => {
    const rows = requireRules(context.store, wanted);
    const changes = rows.map(({ id, ...rule }): Change => {
      deleteRule(context.store, id);
      return { action: 'rule-removed', subject: `rule ${id}`, before: shownRule(rule), after: null };
    });
    return { changes };
  });
}

/** Whether rules only record what they would decide. */
export function observeRules(context: AdminContext, ids: readonly string[], observe: boolean): ChangeOutcome {
  const wanted = readIds(ids);
  return changePolicy(context, () => {
    const rows = requireRules(context.store, wanted);
    const block = observe ? rows.find((row) => row.action === 'block') : undefined;
    if (block) {
      throw new AppError(
        'invalid',
        `Rule ${block.id} is on the block-list, which is always enforced. Remove it, or use deny.`,
      );
    }
    const changes = rows
      .filter((row) => row.observe !== observe)
      .map((row): Change => {
        setRuleObserve(context.store, row.id, observe);
        const subject = `rule ${row.id} (${row.action} ${numbersText(row)})`;
        return {
          action: 'rule-changed',
          subject,
          before: { observe: row.observe },
          after: { observe },
        };
      });
    return { changes };
  });
}

function splitWords(words: readonly string[]): readonly string[] {
  const parts = words.flatMap((word) => word.split(',')).map((word) => word.trim());
  const numbers = [...new Set(parts.filter((word) => word !== ''))];
  if (numbers.length <= OF_COMMAND_MAX) return numbers;
  throw new AppError(
    'invalid',
    `One command takes ${OF_COMMAND_MAX} numbers. Use \`callwarden rule import\`.`,
  );
}

function readIds(words: readonly string[]): readonly number[] {
  const ids = words.flatMap((word) => word.split(/[\s,]+/)).filter((word) => word !== '');
  const wrong = ids.find((word) => !/^\d{1,15}$/.test(word));
  if (wrong === undefined && ids.length > 0 && ids.length <= OF_COMMAND_MAX)
    return [...new Set(ids.map(Number))];
  const given =
    wrong === undefined ? `from 1 to ${OF_COMMAND_MAX} of them` : `${JSON.stringify(wrong)} is none`;
  throw new AppError('invalid', `Name rules by their ids from \`callwarden rule list\`: ${given}.`);
}

function requireRules(store: Store, ids: readonly number[]): readonly RuleRow[] {
  const found = ids.map((id) => ({ id, row: readStoredRule(store, id) }));
  const missing = found.filter(({ row }) => row === null).map(({ id }) => id);
  if (missing.length === 0) return found.flatMap(({ row }) => row ?? []);
  throw new AppError(
    'not-found',
    `There is no rule ${missing.join(', ')}. Nothing was changed. \`callwarden rule list\` shows them.`,
  );
}
