// `callwarden announcement list | sounds | set | reset`: what callers hear for each reason.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ShownAnnouncement } from '../admin/announcements.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface LanguageOption extends JsonOption {
  readonly language?: string;
}

const columns: readonly Column<ShownAnnouncement>[] = [
  { title: 'REASON', cell: (row) => row.reason },
  { title: 'LANGUAGE', cell: (row) => row.language ?? 'every' },
  { title: 'SOUND', cell: (row) => row.sound },
  { title: 'SHIPPED', cell: (row) => (row.standard === row.sound ? null : row.standard) },
  { title: 'WHEN', cell: (row) => row.heard },
];

const soundColumns: readonly Column<readonly [string, string]>[] = [
  { title: 'SOUND', cell: ([name]) => name },
  { title: 'SAYS', cell: ([, says]) => says },
];

const OWN_SOUNDS =
  'Your own: <data directory of Asterisk>/sounds/<language>/<name>.wav, 8,000 Hz, 16 bit, mono; set by its name.';

export function registerAnnouncement(program: Command): void {
  const announcement = program
    .command('announcement')
    .description('what callers hear when a call is refused, or a PIN asked for');

  announcement
    .command('list')
    .description('the sound of each reason, for every language and for single ones')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { listAnnouncements } = await import('../admin/announcements.ts');
      const announcements = listAnnouncements(store);
      if (options.json) return printJson({ announcements, count: announcements.length });
      printTable(columns, announcements, counted(announcements.length, 'announcement'));
    });

  announcement
    .command('sounds')
    .description('sounds that Asterisk ships and that fit, and where your own belong')
    .option('--json', 'for programs')
    .action(async (options: JsonOption) => {
      const { stockSounds } = await import('../admin/announcements.ts');
      if (options.json) return printJson({ sounds: stockSounds });
      printTable(soundColumns, Object.entries(stockSounds), OWN_SOUNDS);
    });

  announcement
    .command('set <reason> <sound>')
    .description('country-denied our-countries; several sounds joined by "&", none for silence')
    .option('--language <language>', 'for channels of one language: fr, pt_BR')
    .option('--json', 'for programs')
    .action(async (reason: string, sound: string, options: LanguageOption, command: Command) => {
      const { setAnnouncement } = await import('../admin/announcements.ts');
      const { language = null } = options;
      const outcome = await inChange(command, (context) => setAnnouncement(context, reason, sound, language));
      printOutcome(outcome, 'announcement', options);
    });

  announcement
    .command('reset <reason>')
    .description('take the sound that is shipped; of one language, that of every language')
    .option('--language <language>', 'for channels of one language: fr, pt_BR')
    .option('--json', 'for programs')
    .action(async (reason: string, options: LanguageOption, command: Command) => {
      const { resetAnnouncement } = await import('../admin/announcements.ts');
      const { language = null } = options;
      const outcome = await inChange(command, (context) => resetAnnouncement(context, reason, language));
      printOutcome(outcome, 'announcement', options);
    });
}
