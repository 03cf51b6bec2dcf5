// `callwarden user sessions`: who is signed in to the console, and the end of that.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { Session } from '../admin/sessions.ts';
import { AppError } from '../errors.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { isoOrNull, momentText } from './moment.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface SessionOptions extends JsonOption {
  readonly end?: boolean;
}

const columns: readonly Column<Session>[] = [
  { title: 'ACCOUNT', cell: ({ account }) => account },
  { title: 'SINCE', cell: ({ createdMs }) => momentText(createdMs) },
  { title: 'LAST SEEN', cell: ({ seenMs }) => momentText(seenMs) },
  { title: 'FROM', cell: ({ address }) => address || null },
  { title: 'KIND', cell: ({ board }) => (board ? 'wallboard' : 'session') },
  { title: 'BROWSER', cell: ({ userAgent }) => userAgent || null },
];

export function registerUserSessions(user: Command): void {
  user
    .command('sessions [name]')
    .description('who is signed in')
    .option('--end', 'sign this account out everywhere')
    .option('--json', 'for programs')
    .action(async (name: string | undefined, given: SessionOptions, command: Command) => {
      const { endSessions, listSessions } = await import('../admin/sessions.ts');
      if (given.end === true) {
        if (name === undefined) throw new AppError('invalid', 'Say whose sessions end: name the account.');
        printOutcome(await inChange(command, (context) => endSessions(context, name)), 'account', given);
        return;
      }
      using store = await openForReading(command);
      const sessions = listSessions(store, name ?? null, Date.now());
      if (given.json) return printJson({ sessions: sessions.map(forPrograms), count: sessions.length });
      printTable(columns, sessions, counted(sessions.length, 'session'));
    });
}

const forPrograms = ({ createdMs, seenMs, ...session }: Session) => ({
  ...session,
  since: isoOrNull(createdMs),
  lastSeen: isoOrNull(seenMs),
});
