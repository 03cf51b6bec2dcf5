// `callwarden numbering show | diff | accept`: the numbering data in use, and what an update changed of it.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ToldDifference } from '../admin/numbering.ts';
import { someLines, someNames } from '../admin/some-of.ts';
import { inChange, openForReading } from './context.ts';
import { isoTime, momentText } from './moment.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { tableLines } from './table.ts';

/** Lines of one difference list that people are shown; programs get all. */
const LINES_MAX = 200;
/** Places that one line names. */
const TOUCHES_MAX = 8;

type Versions = Readonly<Record<string, string>>;

export function registerNumbering(program: Command): void {
  const numbering = program
    .command('numbering')
    .description('numbering data, and what an update changed of it');

  numbering
    .command('show')
    .description('the versions in use, and those that were accepted')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { numberingState } = await import('../admin/numbering.ts');
      const { versions, accepted } = numberingState(store);
      const shown = accepted && { at: isoTime(accepted.atMs), versions: accepted.versions };
      const count = accepted?.differences.length ?? null;
      if (options.json) return printJson({ versions, accepted: shown, differences: count });
      printLines(versionLines(versions, accepted?.versions ?? null));
      printLines(['', acceptedText(accepted?.atMs ?? null, count)]);
    });

  numbering
    .command('diff')
    .description('what differs from the data that was accepted, and what of the policy it touches')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { numberingState, requireAccepted } = await import('../admin/numbering.ts');
      const state = numberingState(store);
      const { atMs, versions, differences } = requireAccepted(state);
      const both = { accepted: { at: isoTime(atMs), versions }, versions: state.versions };
      if (options.json) return printJson({ ...both, differences, count: differences.length });
      printLines([
        ...someLines(differences.map(lineOf), LINES_MAX, ' (--json shows all)'),
        ...(differences.length > 0 ? [''] : []),
        acceptedText(atMs, differences.length),
      ]);
    });

  numbering
    .command('accept')
    .description('keep the data in use as what the policy fits')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      const { acceptNumbering } = await import('../admin/numbering.ts');
      const before = await inChange(command, acceptNumbering);
      const count = before?.differences.length ?? null;
      if (options.json) return printJson({ accepted: true, differences: count });
      const what = count === null ? 'for the first time' : `with ${counted(count, 'difference')}`;
      printLines([`The numbering data in use is accepted, ${what}.`]);
    });
}

function versionLines(versions: Versions, accepted: Versions | null): readonly string[] {
  return tableLines(
    [
      { title: 'DATA', cell: ([name]: [string, string]) => name },
      { title: 'IN USE', cell: ([, version]) => version },
      { title: 'ACCEPTED', cell: ([name]) => accepted?.[name] ?? null },
    ],
    Object.entries(versions),
  );
}

function acceptedText(atMs: number | null, count: number | null): string {
  if (atMs === null)
    return 'Nothing was accepted yet: `callwarden numbering accept` keeps the data of today.';
  const when = momentText(atMs);
  if (count === 0 || count === null) return `The data in use says the same as that accepted at ${when}.`;
  return (
    `${counted(count, 'difference')} from the data accepted at ${when}. ` +
    '`callwarden numbering accept` keeps the data in use as what the policy fits.'
  );
}

function lineOf({ text, touches }: ToldDifference): string {
  if (touches.length === 0) return text;
  return `${text}; ${someNames(touches, TOUCHES_MAX)}`;
}
