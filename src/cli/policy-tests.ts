// `callwarden policy test | replay`: a policy tried on expectations, and on the calls of the past.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { Tested } from '../admin/policy-file/expectations.ts';
import type { Replay, ReplayedCall } from '../admin/policy-file/replay.ts';
import type { PolicySnapshot } from '../barring/snapshot.ts';
import { openForReading } from './context.ts';
import { EXIT } from './exit-status.ts';
import { isoTime, momentText } from './moment.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { readText } from './policy-text.ts';
import { tableLines, type Column } from './table.ts';

interface PolicyOption extends JsonOption {
  readonly policy?: string;
}

interface ReplayOptions extends PolicyOption {
  readonly all?: boolean;
  readonly answered?: boolean;
}

/** Calls that are told one by one without --all. */
const TOLD_MAX = 20;

const callColumns: readonly Column<ReplayedCall>[] = [
  { title: 'LINE', cell: ({ call }) => call.line, right: true },
  { title: 'TIME', cell: ({ call }) => momentText(call.atMs) },
  { title: 'FROM', cell: ({ payer, call }) => payer ?? call.source },
  { title: 'DIALLED', cell: ({ call }) => call.dialled },
  { title: 'REASON', cell: ({ verdict }) => verdict.reason },
  { title: 'RULE', cell: ({ verdict }) => verdict.rule.id },
];

export function registerPolicyTests(policy: Command): void {
  policy
    .command('test <file>')
    .description(
      'check expectations (from 1002 dial 0044… expect deny country-not-allowed); exit status 1 where one is not met',
    )
    .option('--policy <file>', 'the policy of that file instead of the one in force')
    .option('--json', 'for programs')
    .action(async (file: string, options: PolicyOption, command: Command) => {
      const { readExpectations, testPolicy } = await import('../admin/policy-file/expectations.ts');
      const expectations = readExpectations(readText(file), Date.now());
      const tested = testPolicy(await snapshotOf(options.policy, command), expectations);
      if (tested.some(({ met }) => !met)) process.exitCode = EXIT.failed;
      printTested(tested, file, options);
    });

  policy
    .command('replay <cdr>')
    .description('which calls of the past a policy would refuse, from Asterisk’s call detail records (CSV)')
    .option('--policy <file>', 'a policy file, compared with the policy in force')
    .option('--answered', 'only calls that were answered')
    .option('--all', 'tell every call')
    .option('--json', 'for programs')
    .action(async (file: string, options: ReplayOptions, command: Command) => {
      await replay(file, options, command);
    });
}

/** Of a file, or of the policy in force. */
async function snapshotOf(file: string | undefined, command: Command): Promise<PolicySnapshot> {
  const { compileSnapshot } = await import('../barring/snapshot.ts');
  if (file === undefined) {
    using store = await openForReading(command);
    const { loadPolicy } = await import('../store/policy.ts');
    return compileSnapshot(loadPolicy(store).barring);
  }
  const { readPolicyFile } = await import('../admin/policy-file/read-file.ts');
  const { rowsOfFile } = await import('../admin/policy-file/rows-of-file.ts');
  const { policyDataOf } = await import('../admin/policy-file/policy-data.ts');
  return compileSnapshot(policyDataOf(rowsOfFile(readPolicyFile(readText(file), file))));
}

function printTested(tested: readonly Tested[], file: string, options: JsonOption): void {
  const failed = tested.filter(({ met }) => !met);
  if (options.json) {
    const results = tested.map(({ expectation, met, screened: { verdict } }) => ({
      line: expectation.line,
      dialled: expectation.call.dialled,
      from: expectation.call.payer,
      met,
      expected: { verdict: expectation.expect, reason: expectation.reason },
      verdict: verdict.kind,
      reason: verdict.reason,
      rule: verdict.rule.id,
    }));
    return printJson({ passed: tested.length - failed.length, failed: failed.length, results });
  }
  const lines = failed.map(({ expectation, screened: { verdict } }) => {
    const { line, call, expect, reason } = expectation;
    const wanted = [expect, reason].filter(Boolean).join(' ');
    return (
      `${file}:${line}: ${call.payer ?? '-'} dials ${call.dialled}: expected ${wanted}, ` +
      `got ${verdict.kind} ${verdict.reason} (${verdict.rule.id}: ${verdict.rule.text})`
    );
  });
  printLines([...lines, `${tested.length - failed.length} passed, ${failed.length} failed`]);
}

async function replay(file: string, options: ReplayOptions, command: Command): Promise<void> {
  const { readBounded } = await import('../admin/csv.ts');
  const { readCdr } = await import('../admin/policy-file/cdr.ts');
  const { replayCalls } = await import('../admin/policy-file/replay.ts');
  const { endpointOf } = await import('../asterisk/identity.ts');
  const cdr = readCdr(readBounded(file));
  const calls = options.answered === true ? cdr.calls.filter(({ answered }) => answered) : cdr.calls;
  const inForce = await snapshotOf(undefined, command);
  const tried = options.policy === undefined ? inForce : await snapshotOf(options.policy, command);
  const replayed = replayCalls(
    calls,
    tried,
    (call) => endpointOf(call.channel) ?? (call.source === '' ? null : call.source),
    options.policy === undefined ? null : inForce,
  );
  if (options.json) return printJson(jsonOf(replayed, cdr.skipped));
  printReplay(replayed, cdr.skipped, options);
}

function jsonOf(replayed: Replay, skipped: number) {
  const told = (rows: readonly ReplayedCall[]) =>
    rows.map(({ call, payer, verdict }) => ({
      line: call.line,
      at: isoTime(call.atMs),
      from: payer,
      dialled: call.dialled,
      verdict: verdict.kind,
      reason: verdict.reason,
      rule: verdict.rule.id,
    }));
  return {
    calls: replayed.calls,
    skipped,
    continued: replayed.continued,
    challenged: replayed.challenged,
    denied: replayed.denied,
    deniedBy: Object.fromEntries(replayed.deniedBy),
    refused: told(replayed.refused),
    opened: told(replayed.opened),
  };
}

function printReplay(replayed: Replay, skipped: number, options: ReplayOptions): void {
  const compared = options.policy !== undefined;
  const part = (title: string, rows: readonly ReplayedCall[]) => {
    const told = options.all === true ? rows : rows.slice(0, TOLD_MAX);
    const more = rows.length - told.length;
    return rows.length === 0
      ? []
      : [title, ...tableLines(callColumns, told), ...(more > 0 ? [`... and ${more} more (--all)`] : []), ''];
  };
  const by = replayed.deniedBy.map(([reason, calls]) => `${reason} ${calls}`).join(', ');
  printLines([
    ...part(compared ? 'Would be refused, and go out now:' : 'Would be refused:', replayed.refused),
    ...part('Would go out, and are refused now:', replayed.opened),
    `${replayed.denied} of ${counted(replayed.calls, 'call')} would be refused${by === '' ? '' : ` (${by})`}, ` +
      `${replayed.challenged} asked for a PIN; ${counted(skipped, 'record')} without a number skipped.`,
  ]);
}
