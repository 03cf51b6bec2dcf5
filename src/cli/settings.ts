// `callwarden settings show | set`: how the PBX dials, and what protection does.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ShownSetting } from '../admin/settings.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

const columns: readonly Column<ShownSetting>[] = [
  { title: 'SETTING', cell: (row) => row.key },
  { title: 'VALUE', cell: (row) => row.text },
  { title: 'MEANING', cell: (row) => row.help },
];

export function registerSettings(program: Command): void {
  const settings = program.command('settings').description('how the PBX dials, and what protection does');

  settings
    .command('show [key]')
    .description('all settings, or one')
    .option('--json', 'for programs')
    .action(async (key: string | undefined, options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { requireSettingKey, showSettings } = await import('../admin/settings.ts');
      const { readSettings } = await import('../store/settings.ts');
      const all = showSettings(readSettings(store));
      const wanted = key === undefined ? null : requireSettingKey(key);
      const shown = all.filter((row) => wanted === null || row.key === wanted);
      if (!options.json) return printTable(columns, shown, counted(shown.length, 'setting'));
      printJson({ settings: Object.fromEntries(shown.map((row) => [row.key, row.value])) });
    });

  settings
    .command('set <key> <values...>')
    .description('change one setting; several values for a list, "" or none to clear it')
    .option('--json', 'for programs')
    .action(async (key: string, values: string[], options: JsonOption, command: Command) => {
      const { setSettings } = await import('../admin/settings.ts');
      const outcome = await inChange(command, (context) => setSettings(context, new Map([[key, values]])));
      printOutcome(outcome, 'setting', options);
    });
}
