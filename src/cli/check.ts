// `callwarden check`: what would happen to a call, and why, by the very function that judges live calls.
import type { Command } from 'commander';
import { checkedCall, heardOf, outboundCall, ways } from '../admin/checked-call.ts';
import { destinationText } from '../admin/destination-words.ts';
import { readChoice } from '../admin/known-word.ts';
import type { ScreenedCall } from '../barring/screen-call.ts';
import type { Observation, Verdict } from '../barring/verdict.ts';
import { openForReading } from './context.ts';
import { EXIT } from './exit-status.ts';
import { readMoment } from './moment.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { tableLines } from './table.ts';

interface CheckOptions extends JsonOption {
  readonly from?: string;
  readonly via: string;
  readonly at?: string;
  readonly pin?: string;
  readonly outsideCaller?: string;
  readonly language?: string;
}

export function registerCheck(program: Command): void {
  program
    .command('check <number>')
    .description('what would happen to a call, and why; exit status 3 where it is denied')
    .requiredOption('--from <extension>', 'the extension that is charged; "" for an unknown caller')
    .option('--via <way>', 'direct, forward or transfer', 'direct')
    .option('--at <time>', '"2026-11-21 14:30", 2026-11-21 or 2h (ago); now without it')
    .option('--pin <id>', 'as if this PIN had been entered: p-7k3m')
    .option('--outside-caller <number>', 'somebody who calls in to call out; with --from ""')
    .option('--language <language>', 'of the caller, for the announcement: fr')
    .option('--json', 'for programs')
    .action(async (dialled: string, options: CheckOptions, command: Command) => {
      await check(dialled, options, command);
    });
}

async function check(dialled: string, options: CheckOptions, command: Command): Promise<void> {
  const nowMs = Date.now();
  const call = outboundCall({
    ...options,
    dialled,
    via: readChoice(options.via, ways, '--via'),
    atMs: options.at === undefined ? nowMs : readMoment(options.at, '--at', nowMs),
  });
  using store = await openForReading(command);
  const { loadPolicy } = await import('../store/policy.ts');
  const { compileSnapshot } = await import('../barring/snapshot.ts');
  const { screenCall } = await import('../barring/screen-call.ts');
  const { sentenceOf } = await import('../barring/reasons.ts');
  const { readPast } = await import('../admin/recorded-past.ts');
  const { barring } = loadPolicy(store);
  const { usage } = readPast(store, { atMs: call.atMs, nowMs }, barring.limits.length > 0);
  const screened = screenCall(compileSnapshot(barring), call, usage);
  if (screened.verdict.kind === 'deny') process.exitCode = EXIT.denied;
  if (options.json) return printJson(checkedCall(screened));
  printLines(linesOf(screened, sentenceOf(screened.verdict.reason)));
}

type Fact = readonly [name: string, value: string];

function factsOf(verdict: Verdict): readonly Fact[] {
  const { announcement, cause } = heardOf(verdict);
  const facts: Fact[] = [];
  if (announcement !== null) facts.push(['hears', announcement]);
  if (cause !== null) facts.push(['cause', String(cause)]);
  if (verdict.kind === 'challenge') {
    facts.push(['PINs', verdict.pins.join(', ')]);
    if (verdict.instead !== null) facts.push(['without one', `deny (${verdict.instead})`]);
  }
  if (verdict.kind === 'continue') {
    if (verdict.classes.length > 0) facts.push(['counts as', verdict.classes.join(', ')]);
    if (verdict.maxDurationMs !== null) facts.push(['lasts at most', `${verdict.maxDurationMs / 1000} s`]);
  }
  return [
    ...facts,
    ...verdict.observed.map((each): Fact => ['observed', observedText(each)]),
    ...verdict.notices.map(({ text }): Fact => ['notice', text]),
  ];
}

function observedText({ would, reason, rule }: Observation): string {
  return `would ${would} (${reason}): ${rule.id}: ${rule.text}`;
}

function linesOf(screened: ScreenedCall, sentence: string): readonly string[] {
  const { destination, verdict } = screened;
  const facts: readonly Fact[] = [
    ['verdict', `${verdict.kind} (${verdict.reason})`],
    ['because', sentence],
    ['rule', `${verdict.rule.id}: ${verdict.rule.text}`],
    ['read as', destinationText(destination)],
    ['dials', destination.number],
    ...factsOf(verdict),
  ];
  const factLines = tableLines(
    [
      { title: '', cell: ([name]: Fact) => name },
      { title: '', cell: ([, value]: Fact) => value },
    ],
    facts,
  );
  const steps = tableLines(
    [
      { title: 'STEP', cell: (step: { step: string }) => step.step },
      { title: 'RESULT', cell: (step: { result: string }) => step.result },
    ],
    verdict.trace,
  );
  return [...factLines.slice(1), '', ...steps];
}
