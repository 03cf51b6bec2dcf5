// Rules from and to CSV files: bought block-lists, and what is kept elsewhere.
import { createHash } from 'node:crypto';
import type { RuleRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import type { CompiledPlan } from '../numbering/compile-plan.ts';
import { readGroups } from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import { deleteRule, readRules, ruleWriter, type NewRule } from '../store/rules.ts';
import { changePolicy, type AdminContext, type ChangeOutcome } from './change.ts';
import { csvBounds, formatCsv, parseCsvTable, refuseLines, type CsvRow, type LineProblem } from './csv.ts';
import { readChoice } from './known-word.ts';
import { momentWord, readMomentWord } from './moment-words.ts';
import { readRule, ruleActions, ruleKey, type RuleAction, type RuleTerms } from './rule-words.ts';
import { refuseTooMany, RULES_MAX } from './rules.ts';
import { readPlan } from './stored-plan.ts';
import { readSwitch } from './switch-word.ts';

const columns = [
  { name: 'number', required: true, aliases: ['prefix', 'pattern', 'numbers', 'destination'] },
  { name: 'action' },
  { name: 'exact' },
  { name: 'group' },
  { name: 'premium' },
  { name: 'observe' },
  { name: 'reason', aliases: ['description', 'comment'] },
  { name: 'from' },
  { name: 'until' },
] as const;

type Row = CsvRow<(typeof columns)[number]['name']>;

/** What stands in for columns that the file does not have. */
export interface ImportDefaults {
  readonly action: RuleAction | null;
  readonly reason: string;
  /** The file takes the place of all rules that have this reason, and its own rules get it. */
  readonly replace?: boolean;
}

export interface ImportCounts {
  readonly lines: number;
  readonly added: number;
  /** There already, or twice in the file. */
  readonly skipped: number;
  /** Of those that were replaced: not in the file, or with other words. */
  readonly removed: number;
}

/**
 * Adds the rules of a file, all or none, with one audit record that carries the hash of the file. Lines that say what
 * a rule says already are skipped. With `replace`, rules of that reason that the file does not hold are taken away in
 * the same change. Throws `AppError('invalid')` that tells every wrong line.
 */
export function importRules(
  context: AdminContext,
  bytes: Uint8Array,
  defaults: ImportDefaults,
): { readonly outcome: ChangeOutcome; readonly counts: ImportCounts } {
  const rows = parseCsvTable(bytes, columns, { ...csvBounds, linesMax: RULES_MAX + 1 });
  const tag = defaults.replace === true ? requireTag(defaults.reason, rows) : null;
  let counts: ImportCounts = { lines: rows.length, added: 0, skipped: 0, removed: 0 };
  const outcome = changePolicy(context, () => {
    const { store } = context;
    const rules = readRows(store, rows, defaults);
    const before = readRules(store);
    const gone = tag === null ? [] : replacedBy(rules, before, tag);
    for (const { id } of gone) deleteRule(store, id);
    const there = gone.length === 0 ? before : readRules(store);
    const known = new Set(there.map(identity));
    const write = ruleWriter(store);
    const added: Record<RuleAction, number> = { allow: 0, deny: 0, pin: 0, block: 0 };
    let total = 0;
    for (const rule of rules) {
      const name = identity(rule);
      if (known.has(name)) continue;
      known.add(name);
      write(rule);
      added[rule.action] += 1;
      total += 1;
    }
    refuseTooMany(there.length + total);
    counts = { lines: rows.length, added: total, skipped: rows.length - total, removed: gone.length };
    if (total + gone.length === 0) return { changes: [] };
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const after = { ...counts, ...added, ...(tag === null ? {} : { replaced: tag }), sha256 };
    return { changes: [{ action: 'rules-imported', subject: 'rules', before: null, after }] };
  });
  return { outcome, counts };
}

/** The reason by which the rules to replace are known. */
function requireTag(reason: string, rows: readonly Row[]): string {
  const tag = reason.trim();
  if (tag === '') {
    throw new AppError('invalid', '--replace needs --reason: the rules with that very reason are replaced.');
  }
  if (rows.length === 0) {
    throw new AppError('invalid', 'The file holds no rule, so nothing is replaced. Is it the right one?');
  }
  refuseLines(
    rows
      .filter(({ cell }) => cell('reason') !== '' && cell('reason') !== tag)
      .map(({ line }) => ({
        line,
        problem: `its reason is not ${JSON.stringify(tag)}, so that it would not be replaced the next time.`,
      })),
  );
  return tag;
}

/** The rules of the tag that the file does not hold word by word. */
function replacedBy(rules: readonly NewRule[], before: readonly RuleRow[], tag: string): readonly RuleRow[] {
  const wanted = new Set(rules.map(wordsOf));
  return before.filter((row) => row.reason === tag && !wanted.has(wordsOf(row)));
}

const wordsOf = (rule: NewRule | RuleRow) =>
  JSON.stringify([identity(rule), rule.premium, rule.observe, rule.fromMs, rule.untilMs]);

const identity = (rule: NewRule | RuleRow) => `${rule.action}|${ruleKey(rule)}`;

function readRows(store: Store, rows: readonly Row[], defaults: ImportDefaults): readonly NewRule[] {
  const plan = readPlan(store);
  const groups = new Set(readGroups(store).map(({ name }) => name));
  const problems: LineProblem[] = [];
  const rules: NewRule[] = [];
  for (const row of rows) {
    try {
      rules.push(readRow(row, defaults, plan, groups));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push({ line: row.line, problem: error.message });
    }
  }
  refuseLines(problems);
  return rules;
}

function readRow(
  { cell }: Row,
  defaults: ImportDefaults,
  plan: CompiledPlan,
  groups: ReadonlySet<string>,
): NewRule {
  const group = cell('group') === '' ? null : cell('group');
  if (group !== null && !groups.has(group)) {
    throw new AppError('invalid', `There is no group ${JSON.stringify(group)}.`);
  }
  const number = cell('number');
  const starred = number.endsWith('*') && number.length > 1;
  const switchOf = (name: 'exact' | 'premium' | 'observe') =>
    cell(name) === '' ? undefined : readSwitch(cell(name), name);
  const terms: RuleTerms = {
    action: readAction(cell('action'), defaults.action),
    group,
    exact: switchOf('exact') ?? false,
    premium: switchOf('premium'),
    observe: switchOf('observe') ?? false,
    reason: cell('reason') === '' ? defaults.reason : cell('reason'),
    fromMs: readTime(cell('from'), 'from', 'start'),
    untilMs: readTime(cell('until'), 'until', 'end'),
  };
  if (terms.fromMs !== null && terms.untilMs !== null && terms.untilMs <= terms.fromMs) {
    throw new AppError('invalid', 'The end must come after the beginning.');
  }
  return readRule(starred ? number.slice(0, -1) : number, starred ? { ...terms, exact: false } : terms, plan)
    .rule;
}

function readAction(word: string, standard: RuleAction | null): RuleAction {
  if (word === '' && standard !== null) return standard;
  return readChoice(word, ruleActions, 'The action');
}

function readTime(word: string, what: string, edge: 'start' | 'end'): number | null {
  if (word === '') return null;
  const ms = readMomentWord(word, edge);
  if (ms !== null) return ms;
  throw new AppError(
    'invalid',
    `${what} is a day or a time such as 2026-12-31, not ${JSON.stringify(word)}.`,
  );
}

const word = (on: boolean) => (on ? 'yes' : 'no');

/** All rules, in the order of their ids. What is written is read again by `importRules`. */
export function exportRules(store: Store): string {
  return formatCsv<RuleRow>(
    [
      { title: 'number', cell: (row) => row.pattern, numbers: true },
      { title: 'action', cell: (row) => row.action },
      { title: 'exact', cell: (row) => word(row.exact) },
      { title: 'group', cell: (row) => row.group },
      { title: 'premium', cell: (row) => word(row.premium) },
      { title: 'observe', cell: (row) => word(row.observe) },
      { title: 'reason', cell: (row) => row.reason },
      { title: 'from', cell: (row) => (row.fromMs === null ? null : momentWord(row.fromMs, 'start')) },
      { title: 'until', cell: (row) => (row.untilMs === null ? null : momentWord(row.untilMs, 'end')) },
    ],
    readRules(store),
  );
}
