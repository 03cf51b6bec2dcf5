// `callwarden check`: what would happen to a call, and why, by the very function that judges live calls.
import type { Command } from 'commander';
import type { ScreenedCall } from '../barring/screen-call.ts';
import type { Observation, OutboundCall, Verdict, Via } from '../barring/verdict.ts';
import { AppError } from '../errors.ts';
import { openForReading } from './context.ts';
import { destinationOf, destinationText } from './destination.ts';
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

const ways: readonly Via[] = ['direct', 'forward', 'transfer'];

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
  const call = readCall(dialled, options, nowMs);
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
  if (options.json) return printJson(jsonOf(screened));
  printLines(linesOf(screened, sentenceOf(screened.verdict.reason)));
}

function readCall(dialled: string, options: CheckOptions, nowMs: number): OutboundCall {
  const { pin, outsideCaller, language } = options;
  return {
    dialled,
    payer: options.from === undefined || options.from === '' ? null : options.from,
    via: readWay(options.via),
    atMs: options.at === undefined ? nowMs : readMoment(options.at, '--at', nowMs),
    ...(pin === undefined ? {} : { pin: { id: pin } }),
    ...(outsideCaller === undefined ? {} : { outsideCaller }),
    ...(language === undefined ? {} : { language }),
  };
}

function readWay(word: string): Via {
  const way = ways.find((known) => known === word);
  if (way) return way;
  throw new AppError('invalid', `--via is one of ${ways.join(', ')}, not ${JSON.stringify(word)}.`);
}

function jsonOf({ destination, verdict }: ScreenedCall) {
  const { announcement, cause } = heardOf(verdict);
  const isContinue = verdict.kind === 'continue';
  const isChallenge = verdict.kind === 'challenge';
  return {
    verdict: verdict.kind,
    reason: verdict.reason,
    dialled: destination.dialled,
    destination: destinationOf(destination),
    rule: verdict.rule,
    announcement,
    cause,
    classes: isContinue ? verdict.classes : [],
    maxDurationMs: isContinue ? verdict.maxDurationMs : null,
    pins: isChallenge ? verdict.pins : [],
    triesOf: isChallenge ? verdict.who : null,
    instead: isChallenge ? verdict.instead : null,
    observed: verdict.observed,
    notices: verdict.notices,
    policyVersion: verdict.policyVersion,
    trace: verdict.trace,
  };
}

/** What the caller hears, and how the phone is told; a challenge ends in neither by itself. */
function heardOf(verdict: Verdict): { readonly announcement: string | null; readonly cause: number | null } {
  switch (verdict.kind) {
    case 'continue':
      return { announcement: null, cause: null };
    case 'deny':
      return { announcement: verdict.announcement, cause: verdict.cause };
    case 'challenge':
      return { announcement: verdict.prompt, cause: null };
  }
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
