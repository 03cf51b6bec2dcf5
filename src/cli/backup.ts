// `callwarden backup` and `callwarden restore`: the whole database in one file, and back, with the daemon running or not.
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { Restored } from '../admin/backup.ts';
import { AppError } from '../errors.ts';
import { cliActor, openForReading, placesOf } from './context.ts';
import { printJson, printLines, type JsonOption } from './output.ts';

/** What every SQLite file begins with. */
const SQLITE_HEADER = Buffer.from('SQLite format 3\0', 'latin1');

interface BackupOptions extends JsonOption {
  readonly force?: boolean;
}

export function registerBackup(program: Command): void {
  program
    .command('backup <file>')
    .description('write the whole database into one file, while calls and changes go on')
    .option('--force', 'write over a file that is there')
    .option('--json', 'for programs')
    .action(async (file: string, options: BackupOptions, command: Command) => {
      await backup(resolve(file), options, command);
    });
}

export function registerRestore(program: Command): void {
  program
    .command('restore <file>')
    .description('put a backup in the place of the database; a running daemon goes on with it')
    .option('--json', 'for programs')
    .action(async (file: string, options: JsonOption, command: Command) => {
      await restore(resolve(file), options, command);
    });
}

async function backup(file: string, options: BackupOptions, command: Command): Promise<void> {
  const folder = dirname(file);
  if (!existsSync(folder)) {
    throw new AppError(
      'not-found',
      `There is no folder ${folder} for the backup. Make it, or name another file.`,
    );
  }
  using store = await openForReading(command);
  const { takeBackup, NOT_IN_BACKUP } = await import('../admin/backup.ts');
  const taken = takeBackup(store, file, options.force === true);
  if (options.json) return printJson({ ...taken, notIncluded: NOT_IN_BACKUP });
  const { policyVersion, auditRecords, callRecords } = taken;
  printLines([
    `${file}: policy version ${policyVersion}, ${counted(auditRecords, 'audit record')}, ` +
      `${counted(callRecords, 'call record')}; every page was checked.`,
    `Not in it: ${NOT_IN_BACKUP.join(', ')}. Keep the key file (${placesOf(command).keyFile}) apart from the ` +
      'backup: without it no PIN is right.',
  ]);
}

async function restore(file: string, options: JsonOption, command: Command): Promise<void> {
  refuseForeignFile(file);
  const { database, pbx, keyFile } = placesOf(command);
  const { restoreBackup } = await import('../admin/backup.ts');
  const done = restoreBackup({ database, actor: cliActor(), pbx, nowMs: Date.now() }, file);
  if (options.json) return printJson({ database, ...done });
  printLines([
    `${database} holds the policy of version ${done.backup.policyVersion} now, as version ${done.policyVersion}.`,
    ...carriedLines(done.carried),
    ...(done.keptAs === null ? [] : [`The replaced database is kept as ${done.keptAs}.`]),
    `PINs count where they were made with the key file ${keyFile}; \`callwarden status\` says whether they were.`,
  ]);
}

/** Whatever else is wrong with a backup, its rights too, is told by who restores it. */
function refuseForeignFile(file: string): void {
  if (beginningOf(file)?.equals(SQLITE_HEADER) !== false) return;
  throw new AppError('invalid', `${file} is no backup. Name a file that \`callwarden backup\` wrote.`);
}

function beginningOf(file: string): Buffer | null {
  const head = Buffer.alloc(SQLITE_HEADER.length);
  try {
    const opened = openSync(file, 'r');
    try {
      readSync(opened, head, 0, head.length, 0);
    } finally {
      closeSync(opened);
    }
    return head;
  } catch {
    return null;
  }
}

function carriedLines(carried: Restored['carried']): readonly string[] {
  if (carried === null) {
    return [
      'Nothing could be taken over from a database that was there before: what happened since is not in it.',
    ];
  }
  const { auditRecords, callRecords } = carried;
  return [
    `Taken over since the backup: ${counted(callRecords, 'call record')}, wrong PINs, uses of PINs, quarantines` +
      (auditRecords === null ? '.' : `, ${counted(auditRecords, 'audit record')}.`),
    ...(auditRecords === null
      ? ['The audit goes on from that of the backup, as the replaced one does not follow on it.']
      : []),
  ];
}
