// `callwarden check`: what would happen to a call, and why, by the very function that judges live calls.
import type { Command } from 'commander';
import type { ScreenedCall } from '../barring/screen-call.ts';
import type { Via } from '../barring/verdict.ts';
import { AppError } from '../errors.ts';
import type { Destination } from '../numbering/destination.ts';
import { openForReading } from './context.ts';
import { EXIT } from './exit-status.ts';
import { readMoment } from './moment.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { tableLines } from './table.ts';

interface CheckOptions extends JsonOption {
  readonly from?: string;
  readonly via: string;
  readonly at?: string;
}

const ways: readonly Via[] = ['direct', 'forward', 'transfer'];

export function registerCheck(program: Command): void {
  program
    .command('check <number>')
    .description('what would happen to a call, and why; exit status 3 where it is denied')
    .requiredOption('--from <extension>', 'the extension that is charged; "" for an unknown caller')
    .option('--via <way>', 'direct, forward or transfer', 'direct')
    .option('--at <time>', '"2026-11-21 14:30", 2026-11-21 or 2h (ago); now without it')
    .option('--json', 'for programs')
    .action(async (dialled: string, options: CheckOptions, command: Command) => {
      await check(dialled, options, command);
    });
}

async function check(dialled: string, options: CheckOptions, command: Command): Promise<void> {
  const via = readWay(options.via);
  const nowMs = Date.now();
  const atMs = options.at === undefined ? nowMs : readMoment(options.at, '--at', nowMs);
  const payer = options.from === undefined || options.from === '' ? null : options.from;
  using store = await openForReading(command);
  const { loadPolicy } = await import('../store/policy.ts');
  const { compileSnapshot } = await import('../barring/snapshot.ts');
  const { screenCall } = await import('../barring/screen-call.ts');
  const { sentenceOf } = await import('../barring/reasons.ts');
  const snapshot = compileSnapshot(loadPolicy(store).barring);
  const screened = screenCall(snapshot, { dialled, payer, via, atMs });
  if (screened.verdict.kind === 'deny') process.exitCode = EXIT.denied;
  if (options.json) return printJson(jsonOf(screened));
  printLines(linesOf(screened, sentenceOf(screened.verdict.reason)));
}

function readWay(word: string): Via {
  const way = ways.find((known) => known === word);
  if (way) return way;
  throw new AppError('invalid', `--via is one of ${ways.join(', ')}, not ${JSON.stringify(word)}.`);
}

/** What every kind of destination can say, with null and none where it has nothing to say. */
function destinationOf(destination: Destination) {
  const numbered = 'e164' in destination ? destination : null;
  return {
    kind: destination.kind,
    e164: numbered?.e164 ?? null,
    regions: numbered?.regions ?? [],
    type: numbered?.numberType ?? null,
    number: destination.number,
  };
}

function jsonOf({ destination, verdict }: ScreenedCall) {
  const denied = verdict.kind === 'deny' ? verdict : null;
  return {
    verdict: verdict.kind,
    reason: verdict.reason,
    dialled: destination.dialled,
    destination: destinationOf(destination),
    rule: verdict.rule,
    announcement: denied?.announcement ?? null,
    cause: denied?.cause ?? null,
    policyVersion: verdict.policyVersion,
    trace: verdict.trace,
  };
}

function linesOf(screened: ScreenedCall, sentence: string): readonly string[] {
  const { destination, verdict } = screened;
  const { kind, e164, regions, type } = destinationOf(destination);
  const facts: readonly (readonly [string, string])[] = [
    ['verdict', `${verdict.kind} (${verdict.reason})`],
    ['because', sentence],
    ['rule', `${verdict.rule.id}: ${verdict.rule.text}`],
    ['read as', [kind, e164, regions.join(' or '), type].filter(Boolean).join(', ')],
    ['dials', destination.number],
    ...(verdict.kind === 'deny'
      ? ([
          ['hears', verdict.announcement],
          ['cause', String(verdict.cause)],
        ] as const)
      : []),
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
      { title: 'STEP', cell: (step: { step: string }) => step.step },
      { title: 'RESULT', cell: (step: { result: string }) => step.result },
    ],
    verdict.trace,
  );
  return [...factLines.slice(1), '', ...steps];
}
