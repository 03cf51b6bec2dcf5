// `callwarden pickup protect | unprotect`: calls that nobody but the named ones may take.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ShownProtection } from '../admin/pickup-protections.ts';
import type { PickupProtectionRow } from '../pickup/call.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { collect } from './layer-options.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import { pickupCommand } from './pickup-command.ts';
import type { Column } from './table.ts';

interface ProtectOptions extends JsonOption {
  /** False for `--no-allow`. */
  readonly allow?: readonly string[] | boolean;
  readonly reason?: string;
}

const columns: readonly Column<ShownProtection>[] = [
  { title: 'PROTECTED', cell: (row) => row.kind },
  { title: 'VALUE', cell: (row) => row.value },
  { title: 'MAY TAKE', cell: (row) => row.allowed.join(' ') || 'nobody' },
  { title: 'REASON', cell: (row) => row.reason },
];

export function registerPickupProtect(program: Command): void {
  const pickup = pickupCommand(program);
  const protect = pickup
    .command('protect')
    .description('calls that nobody but the named ones may take, whatever their groups and rights');

  for (const [kind, what] of kinds) {
    protect
      .command(`${kind} <value>`)
      .description(what)
      .option('--allow <who>', 'an extension or group:<name> that may; may be given several times', collect)
      .option('--no-allow', 'nobody may')
      .option('--reason <text>', 'why')
      .option('--json', 'for programs')
      .action(async (value: string, options: ProtectOptions, command: Command) => {
        const { protect: change } = await import('../admin/pickup-protections.ts');
        const { allow, reason } = options;
        const allowed = Array.isArray(allow) ? allow : allow === false ? [] : undefined;
        const outcome = await inChange(command, (context) =>
          change(context, { kind, value, allowed, reason }),
        );
        printOutcome(outcome, 'pickup protection', options);
      });
  }

  protect
    .command('list')
    .description('all protections')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { listProtections } = await import('../admin/pickup-protections.ts');
      const protections = listProtections(store);
      if (options.json) return printJson({ protections, count: protections.length });
      printTable(columns, protections, counted(protections.length, 'pickup protection'));
    });

  pickup
    .command('unprotect <kind> <value>')
    .description('take a protection away: extension 1001, caller +525512345678, dialled 5512345678')
    .option('--json', 'for programs')
    .action(async (kind: string, value: string, options: JsonOption, command: Command) => {
      const { unprotect } = await import('../admin/pickup-protections.ts');
      const outcome = await inChange(command, (context) => unprotect(context, { kind, value }));
      printOutcome(outcome, 'pickup protection', options);
    });
}

const kinds: readonly (readonly [PickupProtectionRow['kind'], string])[] = [
  ['extension', 'what rings on that extension'],
  ['caller', 'calls from that number'],
  ['dialled', 'calls to that number: the director’s line'],
];
