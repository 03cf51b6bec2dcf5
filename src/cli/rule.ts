// `callwarden rule allow | deny | pin | block | list | remove | observe | import | export`: single numbers and prefixes.
import type { Command } from 'commander';
import type { RuleAction } from '../admin/rule-words.ts';
import { readSwitch } from '../admin/switch-word.ts';
import { printOutcome } from './changes.ts';
import { inChange } from './context.ts';
import type { JsonOption } from './output.ts';
import { registerRuleFiles } from './rule-files.ts';
import { registerRuleList } from './rule-list.ts';
import { readValidity, validityHelp, type ValidityWords } from './validity.ts';

interface AddOptions extends JsonOption, ValidityWords {
  readonly exact?: boolean;
  readonly group?: string;
  readonly premium?: boolean;
  readonly observe?: boolean;
  readonly reason?: string;
}

/** Verb and its help. */
const verbs: readonly (readonly [RuleAction, string])[] = [
  ['allow', 'allow numbers that begin so: +5411 005411 118'],
  ['deny', 'refuse numbers that begin so, the longest match wins; national ones too'],
  ['pin', 'ask for a PIN where numbers begin so'],
  ['block', 'the block-list: refuse numbers whatever else allows them'],
];

export function registerRule(program: Command): void {
  const rule = program
    .command('rule')
    .description('rules by number and prefix, and the block-list that beats every permission');

  for (const [action, help] of verbs) registerAdd(rule, action, help);
  registerRuleList(rule);

  rule
    .command('remove <ids...>')
    .description('take rules away')
    .option('--json', 'for programs')
    .action(async (ids: string[], options: JsonOption, command: Command) => {
      const { removeRules } = await import('../admin/rules.ts');
      const outcome = await inChange(command, (context) => removeRules(context, ids));
      printOutcome(outcome, 'rule', options);
    });

  rule
    .command('observe <id> <on|off>')
    .description('on: the rule records what it would decide, and has no other effect')
    .option('--json', 'for programs')
    .action(async (id: string, word: string, options: JsonOption, command: Command) => {
      const on = readSwitch(word, 'observe');
      const { observeRules } = await import('../admin/rules.ts');
      const outcome = await inChange(command, (context) => observeRules(context, [id], on));
      printOutcome(outcome, 'rule', options);
    });

  registerRuleFiles(rule);
}

function registerAdd(rule: Command, action: RuleAction, help: string): void {
  const command = rule
    .command(`${action} <numbers...>`)
    .description(help)
    .option('--exact', 'these very numbers, not all that begin so');
  if (action !== 'block') {
    command
      .option('--group <name>', 'for the members of one group')
      .option('--observe', 'only record what it would decide');
  }
  if (action === 'allow' || action === 'pin') {
    command
      .option('--premium', 'also where it costs extra; exact numbers always do')
      .option('--no-premium', 'not where it costs extra');
  }
  command
    .option('--reason <text>', 'why')
    .option(...validityHelp.from)
    .option(...validityHelp.until)
    .option(...validityHelp.for)
    .option('--json', 'for programs')
    .action(async (words: string[], options: AddOptions, self: Command) => {
      const { addRules } = await import('../admin/rules.ts');
      const outcome = await inChange(self, (context) =>
        addRules(context, words, {
          action,
          group: options.group ?? null,
          exact: options.exact ?? false,
          premium: options.premium,
          observe: options.observe ?? false,
          reason: options.reason ?? '',
          ...readValidity(options, context.nowMs),
        }),
      );
      printOutcome(outcome, 'rule', options);
    });
}
