// `callwarden status`: whether all is well, and what is not.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { AgiStatus, DaemonStatus, LinkStatus, WebStatus } from '../http/ports.ts';
import { placesOf } from './context.ts';
import { EXIT } from './exit-status.ts';
import { printJson, printLines, type JsonOption } from './output.ts';

export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('the running daemon: links, policy, counts, problems; exit status 1 when something is wrong')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      const { askStatus } = await import('../http/client.ts');
      const status = await askStatus(placesOf(command).socket);
      if (options.json) printJson(status);
      else printLines(statusLines(status));
      if (status.health === 'red') process.exitCode = EXIT.failed;
    });
}

function statusLines(status: DaemonStatus): string[] {
  const { decisions, pickups, records, policy } = status;
  const protection = policy.protection === null ? 'unknown' : policy.protection ? 'on' : 'off';
  return [
    `callwarden ${status.version} on ${status.pbx}: ${status.health === 'green' ? 'all is well' : 'NOT well'}`,
    ...status.problems.map((problem) => `  ! ${problem}`),
    '',
    `running    since ${when(status.startedAtMs)}, pid ${status.pid}`,
    `clock      ${status.timeZone}; the times here are UTC`,
    `ari        ${linkLine(status.ari)}`,
    `ami        ${linkLine(status.ami)}`,
    `agi        ${agiLine(status.agi)}`,
    `console    ${webLine(status.web)}`,
    ...status.peers.map(({ application, state }) => `peer       ${application}, ${state}`),
    `policy     version ${policy.version ?? 'none'}, protection ${protection}`,
    `decisions  ${decisions.continued} continued, ${decisions.denied} denied, ${decisions.abandoned} abandoned`,
    `pickups    ${pickups.taken} taken, ${pickups.refused} refused, ${status.ringing} ringing now`,
    ...tellingLines(status),
    `records    ${records.written} written, ${records.queued} queued, ${records.lost} lost`,
    `notices    ${status.notices.lastDay} in the last 24 hours`,
    `guard      ${status.guard.mode ?? 'unknown'}, ${counted(status.guard.unscreened, 'unscreened call')}`,
    `quarantine ${status.quarantined.length === 0 ? 'nobody' : status.quarantined.join(', ')}`,
    `numbering  ${Object.entries(status.numberingData)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
    ...(status.numberingNotice === '' ? [] : [`           ${status.numberingNotice}`]),
  ];
}

function tellingLines({ telling }: DaemonStatus): string[] {
  if (!telling) return [];
  const ways = [
    ...telling.webhooks.map((hook) => ({ title: `webhook    ${hook.to}, `, ...hook })),
    ...(telling.mail ? [{ title: 'mail       ', ...telling.mail }] : []),
    { title: 'messages   ', ...telling.messages },
  ];
  return ways.map(
    ({ title, sent, queued, failed, dropped }) =>
      `${title}${sent} sent, ${queued} queued, ${failed} failed, ${dropped} dropped`,
  );
}

function agiLine({ state, address, open, questions, refused }: AgiStatus): string {
  if (state === 'off') return 'off';
  return `${state} on ${address}, ${open} open, ${counted(questions, 'question')}, ${refused} refused`;
}

function webLine({ state, url, sessions, listeners, restarts }: WebStatus): string {
  if (state !== 'up') return state;
  const again = restarts === 0 ? '' : `, ${counted(restarts, 'restart')}`;
  return `${url}, ${sessions} signed in, ${listeners} following${again}`;
}

function linkLine(link: LinkStatus): string {
  if (link.state === 'off') return 'off';
  if (link.state === 'down') return 'down';
  const asterisk = link.asteriskVersion === '' ? '' : `, Asterisk ${link.asteriskVersion}`;
  const since = link.sinceMs === null ? '' : ` since ${when(link.sinceMs)}`;
  return `up${since} by ${link.kind}${asterisk}, ${counted(link.reconnects, 'reconnect')}`;
}

const when = (ms: number) => new Date(ms).toISOString().replace('T', ' ').slice(0, 19);
