// `callwarden pickup why`: whether somebody may take a call, and why, by the very functions that decide live pickups.
import { Option, type Command } from 'commander';
import { readChoice } from '../admin/known-word.ts';
import { pickupQuestionKinds } from '../pickup/call.ts';
import type { PickupExplanation, PickupQuestion, PickupStep } from '../pickup/explain.ts';
import { openForReading } from './context.ts';
import { EXIT } from './exit-status.ts';
import { isoTime, momentText, readMoment } from './moment.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { pickupCommand } from './pickup-command.ts';
import { tableLines } from './table.ts';

interface WhyOptions extends JsonOption {
  readonly kind: string;
  readonly caller?: string;
  readonly dialled?: string;
  readonly at?: string;
}

const HELP_AFTER = `
<target> is the extension that rings; with --kind other-group it is the number of the group. A protected caller or
dialled number has a say only where --caller or --dialled tells it. Exit status 3 where the call may not be taken.`;

export function registerPickupWhy(program: Command): void {
  pickupCommand(program)
    .command('why <picker> <target>')
    .description(
      'whether an extension may take a call from another one, and by which right; works with the daemon stopped',
    )
    .addOption(new Option('--kind <kind>', pickupQuestionKinds.join(', ')).default('directed'))
    .option('--caller <number>', 'as if the call came from there')
    .option('--dialled <number>', 'as if the caller had dialled it')
    .option('--at <time>', '"2026-12-24 14:30", 2026-12-24 or 2h (ago); now without it')
    .option('--json', 'for programs')
    .addHelpText('after', HELP_AFTER)
    .action(async (picker: string, target: string, options: WhyOptions, command: Command) => {
      const question = readQuestion(picker, target, options, Date.now());
      using store = await openForReading(command);
      const { toldPickup, whyPickup } = await import('../admin/pickup-why.ts');
      const explained = whyPickup(store, question, options.json ? isoTime : momentText);
      if (explained.verdict === 'no-right') process.exitCode = EXIT.denied;
      if (options.json) return printJson(toldPickup(question, explained));
      printLines(linesOf(question, explained));
    });
}

function readQuestion(picker: string, target: string, options: WhyOptions, nowMs: number): PickupQuestion {
  const { caller = '', dialled = '', at } = options;
  return {
    picker,
    target,
    kind: readChoice(options.kind, pickupQuestionKinds, '--kind'),
    callerNumber: caller,
    dialled,
    atMs: at === undefined ? nowMs : readMoment(at, '--at', nowMs),
  };
}

function linesOf(question: PickupQuestion, explained: PickupExplanation): readonly string[] {
  const { rule, untilMs, protectedBy, trace } = explained;
  const facts: readonly (readonly [string, string])[] = [
    ['verdict', sentenceOf(question, explained)],
    ['rule', rule],
    ...(untilMs === null ? [] : [['until', momentText(untilMs)] as const]),
    ...(protectedBy === null ? [] : [['protected', `${protectedBy.kind} ${protectedBy.value}`] as const]),
  ];
  const factLines = tableLines(
    [
      { title: '', cell: ([name]: readonly [string, string]) => name },
      { title: '', cell: ([, value]: readonly [string, string]) => value },
    ],
    facts,
  );
  const steps = tableLines(
    [
      { title: 'STEP', cell: (step: PickupStep) => step.step },
      { title: 'RESULT', cell: (step: PickupStep) => step.result },
    ],
    trace,
  );
  return [...factLines.slice(1), '', ...steps];
}

function sentenceOf({ picker, target, kind, atMs }: PickupQuestion, explained: PickupExplanation): string {
  const what = kind === 'other-group' ? `the calls of the group ${target}` : `a call that rings on ${target}`;
  const may = explained.verdict === 'take' ? 'may take' : 'may not take';
  const how = {
    directed: '',
    group: ' by the code of his own groups',
    'other-group': '',
    any: ' by the code for any call',
  };
  const pin = explained.pinHelps ? ', but with a PIN' : '';
  return `${explained.verdict}: ${picker} ${may} ${what}${how[kind]}, at ${momentText(atMs)}${pin}`;
}
