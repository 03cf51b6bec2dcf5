// `callwarden ringing`: the calls that ring now, longest first.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { RingingCall } from '../pickup/call.ts';
import { placesOf } from './context.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

const columns = (nowMs: number): readonly Column<RingingCall>[] => [
  { title: 'RINGING', cell: (call) => `${Math.round((nowMs - call.ringingSinceMs) / 1000)} s`, right: true },
  { title: 'ON', cell: (call) => call.legs.map(({ extension }) => extension).join(' ') },
  { title: 'CALLER', cell: (call) => call.callerExtension ?? call.callerNumber },
  { title: 'NAME', cell: (call) => call.callerName },
  { title: 'CALL', cell: (call) => call.callId },
];

export function registerRinging(program: Command): void {
  program
    .command('ringing')
    .description('the calls that ring now, longest first')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      const { askRinging, askStatus } = await import('../http/client.ts');
      const { socket } = placesOf(command);
      const [calls, { ari }] = await Promise.all([askRinging(socket), askStatus(socket)]);
      const isConnected = ari.state === 'up';
      if (options.json) return printJson({ ringing: calls, count: calls.length, connected: isConnected });
      const away = isConnected ? '' : ' known; Asterisk is not connected, see `callwarden status`';
      printTable(columns(Date.now()), calls, `${counted(calls.length, 'ringing call')}${away}`);
    });
}
