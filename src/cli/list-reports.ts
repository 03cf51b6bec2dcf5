// `callwarden list unused | expiring | find`: questions about the people of all lists.
import type { Command } from 'commander';
import type { AuthorisedRecord } from '../store/authorised-entries.ts';
import { openForReading } from './context.ts';
import { listedPersonColumns } from './list-table.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import { readLengthMs } from './validity.ts';

export function registerListReports(list: Command): void {
  list
    .command('unused')
    .description('people whose number was not called through their list for a long time')
    .option('--for <time>', 'for so long: 90d, 12w', '90d')
    .option('--json', 'for programs')
    .action(async (options: JsonOption & { readonly for: string }, command: Command) => {
      const nowMs = Date.now();
      const sinceMs = nowMs - readLengthMs(options.for, '--for');
      using store = await openForReading(command);
      const { unusedPeople } = await import('../admin/authorised-reports.ts');
      await show(unusedPeople(store, sinceMs), nowMs, options, `not used for ${options.for}`);
    });

  list
    .command('expiring')
    .description('people whose time runs out soon')
    .option('--within <time>', 'within so long: 30d, 2w', '30d')
    .option('--json', 'for programs')
    .action(async (options: JsonOption & { readonly within: string }, command: Command) => {
      const nowMs = Date.now();
      const beforeMs = nowMs + readLengthMs(options.within, '--within');
      using store = await openForReading(command);
      const { expiringPeople } = await import('../admin/authorised-reports.ts');
      await show(expiringPeople(store, nowMs, beforeMs), nowMs, options, `until ${options.within} from now`);
    });

  list
    .command('find <number-or-name>')
    .description('on which lists a number or a person stands')
    .option('--json', 'for programs')
    .action(async (text: string, options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { findPeople } = await import('../admin/authorised-reports.ts');
      await show(findPeople(store, text), Date.now(), options, 'found');
    });
}

async function show(
  records: readonly AuthorisedRecord[],
  nowMs: number,
  options: JsonOption,
  said: string,
): Promise<void> {
  const { shownPerson } = await import('../admin/authorised-reports.ts');
  const people = records.map((record) => shownPerson(record, nowMs));
  if (options.json) return printJson({ people, count: people.length });
  printTable(
    listedPersonColumns,
    people,
    `${people.length === 1 ? '1 person' : `${people.length} people`} ${said}`,
  );
}
