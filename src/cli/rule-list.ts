// `callwarden rule list`: the rules by number and prefix, and which of them meet a number.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import { readChoice } from '../admin/known-word.ts';
import type { ShownRule } from '../admin/rule-list.ts';
import { openForReading } from './context.ts';
import { momentOrNull, readLimit } from './moment.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface ListOptions extends JsonOption {
  readonly action?: string;
  readonly group?: string;
  readonly number?: string;
  readonly limit: string;
}

const columns: readonly Column<ShownRule>[] = [
  { title: 'ID', cell: (row) => row.id, right: true },
  { title: 'ACTION', cell: (row) => row.action },
  { title: 'NUMBERS', cell: (row) => row.numbers },
  { title: 'GROUP', cell: (row) => row.group },
  { title: 'PREMIUM', cell: (row) => (row.premium ? 'yes' : null) },
  { title: 'STATE', cell: (row) => row.state },
  { title: 'FROM', cell: (row) => momentOrNull(row.fromMs) },
  { title: 'UNTIL', cell: (row) => momentOrNull(row.untilMs) },
  { title: 'REASON', cell: (row) => row.reason },
];

export function registerRuleList(rule: Command): void {
  rule
    .command('list')
    .description('the rules; a * behind the digits is a prefix')
    .option('--action <action>', 'allow, deny, pin or block')
    .option('--group <name>', 'those of one group')
    .option('--number <number>', 'those that meet one number, the longest first')
    .option('--limit <count>', 'how many at most', '1000')
    .option('--json', 'for programs')
    .action(async (options: ListOptions, command: Command) => {
      const limit = readLimit(options.limit);
      using store = await openForReading(command);
      const { listRules } = await import('../admin/rule-list.ts');
      const { group, number } = options;
      const action = await readAction(options.action);
      const page = { afterId: 0, limit };
      const { rules, count } = listRules(store, { action, group, number }, page, Date.now());
      if (options.json) return printJson({ rules, count });
      const rest = count > rules.length ? `, the first ${rules.length} shown (--limit)` : '';
      printTable(columns, rules, `${counted(count, 'rule')}${rest}`);
    });
}

async function readAction(word: string | undefined) {
  const { ruleActions } = await import('../admin/rule-words.ts');
  if (word === undefined) return undefined;
  return readChoice(word, ruleActions, '--action');
}
