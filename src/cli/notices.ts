// `callwarden notices`: what people should hear of, such as limits reached, quarantines and signs of fraud.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import { readChoice } from '../admin/known-word.ts';
import type { NoticeFilter, NoticeKind, StoredNotice } from '../store/notices.ts';
import { openForReading } from './context.ts';
import { isoTime, momentText, readLimit, readMoment } from './moment.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface NoticesOptions extends JsonOption {
  readonly kind?: string;
  readonly extension?: string;
  readonly since?: string;
  readonly limit: string;
}

const columns: readonly Column<StoredNotice>[] = [
  { title: 'TIME', cell: (notice) => momentText(notice.atMs) },
  { title: 'KIND', cell: (notice) => notice.kind },
  { title: 'EXTENSION', cell: (notice) => notice.extension },
  { title: 'NOTICE', cell: (notice) => notice.text },
];

export function registerNotices(program: Command): void {
  program
    .command('notices')
    .description('limits reached, quarantines, signs of fraud and locked PINs, newest first')
    .option('--kind <kind>', 'such as limit-reached, quarantined or sign-first-country')
    .option('--extension <name>', 'about one extension alone')
    .option('--since <time>', '"2026-11-21 14:30", 2026-11-21 or 2h (ago)')
    .option('--limit <rows>', 'rows at most', '50')
    .option('--json', 'for programs')
    .action(async (options: NoticesOptions, command: Command) => {
      const { noticeKinds, readNotices } = await import('../store/notices.ts');
      const filter = readFilter(options, noticeKinds);
      using store = await openForReading(command);
      const notices = readNotices(store, filter);
      if (options.json) {
        const shown = notices.map((notice) => Object.assign({ at: isoTime(notice.atMs) }, notice));
        return printJson({ notices: shown, count: notices.length });
      }
      const more = notices.length === filter.limit ? ' (there may be more: --limit)' : '';
      printTable(columns, notices, `${counted(notices.length, 'notice')}${more}`);
    });
}

function readFilter(options: NoticesOptions, kinds: readonly NoticeKind[]): NoticeFilter {
  const { kind, extension, since, limit } = options;
  return {
    ...(kind === undefined ? {} : { kind: readChoice(kind, kinds, '--kind') }),
    ...(extension === undefined ? {} : { extension }),
    ...(since === undefined ? {} : { sinceMs: readMoment(since, '--since', Date.now()) }),
    limit: readLimit(limit),
  };
}
