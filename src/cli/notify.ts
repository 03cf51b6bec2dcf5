// `callwarden notify test webhook|mail|message`: sends a test notice by the running daemon, and says what happened.
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { noticeWays, type NoticeResult, type NoticeWay } from '../http/telling-ports.ts';
import { nearestWord } from '../nearest-word.ts';
import { placesOf } from './context.ts';
import { EXIT } from './exit-status.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface TestOptions extends JsonOption {
  readonly to?: string;
}

const columns: readonly Column<NoticeResult>[] = [
  { title: 'TO', cell: ({ to }) => to },
  { title: 'RESULT', cell: ({ sent, problem }) => (sent ? 'sent' : `NOT sent: ${problem}`) },
];

const missing: Readonly<Record<NoticeWay, string>> = {
  webhook: 'No webhook is configured: add a section [[webhooks]] and restart the daemon.',
  mail: 'No mail server is configured: add a section [mail] and restart the daemon.',
  message: 'No message could be sent.',
};

export function registerNotify(program: Command): void {
  const notify = program.command('notify').description('how people and other programs are told');
  notify
    .command('test <way>')
    .description('send a test notice by webhook, mail or message; exit status 1 when one was not taken')
    .option('--to <receiver>', 'the address of the mail, or the extension of the message')
    .option('--json', 'for programs')
    .action(async (way: string, options: TestOptions, command: Command) => {
      const wanted = readWay(way);
      const to = options.to?.trim() ?? '';
      if (wanted !== 'webhook' && to === '') {
        const receiver = wanted === 'mail' ? 'a mail address' : 'an extension';
        throw new AppError('invalid', `Name ${receiver} with --to.`);
      }
      const { askTestNotice } = await import('../http/client.ts');
      const results = await askTestNotice(placesOf(command).socket, wanted, to);
      if (results.length === 0) throw new AppError('not-found', missing[wanted]);
      if (options.json) printJson({ results });
      else printTable(columns, results, summary(results));
      if (results.some(({ sent }) => !sent)) process.exitCode = EXIT.failed;
    });
}

const summary = (results: readonly NoticeResult[]) =>
  results.every(({ sent }) => sent)
    ? 'Taken. Whether it was read is not known.'
    : 'Not all were taken; docs/notifications.md has the usual reasons.';

function readWay(way: string): NoticeWay {
  const found = noticeWays.find((known) => known === way);
  if (found) return found;
  const near = nearestWord(way, noticeWays);
  const hint = near === null ? `Known are ${noticeWays.join(', ')}.` : `Did you mean ${near}?`;
  throw new AppError('invalid', `“${way}” is no way to tell somebody. ${hint}`);
}
