// `callwarden pin list | show`: who has a PIN, how it is used, and who is locked; never digits, never a hash.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { LockedCaller, ShownPin } from '../admin/pin-list.ts';
import { openForReading } from './context.ts';
import { isoOrNull, isoTime, momentOrNull, momentText } from './moment.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface ListOptions extends JsonOption {
  readonly extension?: string;
}

/** A PIN outlives the groups and extensions that it counted at. */
function holdersText({ pin, entry }: ShownPin): string {
  const holders = [
    ...pin.extensions,
    ...pin.groups.map((group) => `group ${group}`),
    ...(entry === null ? [] : [entry]),
  ];
  return holders.join(', ') || 'nowhere';
}

const usesText = ({ pin, uses }: ShownPin) =>
  pin.maxUses === null ? `${uses}` : `${uses} of ${pin.maxUses}`;

const columns: readonly Column<ShownPin>[] = [
  { title: 'ID', cell: ({ pin }) => pin.id },
  { title: 'NAME', cell: ({ pin }) => pin.name },
  { title: 'COUNTS AT', cell: holdersText },
  { title: 'STATE', cell: ({ state }) => state },
  { title: 'USES', cell: usesText, right: true },
  { title: 'LAST USED', cell: ({ lastUsedMs }) => momentOrNull(lastUsedMs) },
  { title: 'UNTIL', cell: ({ pin }) => momentOrNull(pin.untilMs) },
];

export function registerPinList(pin: Command): void {
  pin
    .command('list')
    .description('all PINs with their use, and who is locked after wrong ones')
    .option('--extension <extension>', 'those that count at one extension')
    .option('--json', 'for programs')
    .action(async (options: ListOptions, command: Command) => {
      using store = await openForReading(command);
      const { listPins, listPinsAt, lockedCallers } = await import('../admin/pin-list.ts');
      const { extension } = options;
      const nowMs = Date.now();
      const pins = extension === undefined ? listPins(store, nowMs) : listPinsAt(store, extension, nowMs);
      const locked = lockedCallers(store, nowMs).filter(
        ({ who }) => extension === undefined || who === extension,
      );
      if (options.json)
        return printJson({ pins: pins.map(forPrograms), count: pins.length, locked: locked.map(lockedJson) });
      printTable(columns, pins, counted(pins.length, 'PIN'));
      printLines(locked.map(lockedLine));
    });

  pin
    .command('show <id>')
    .description('one PIN')
    .option('--json', 'for programs')
    .action(async (id: string, options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { lockedCallers, showPin } = await import('../admin/pin-list.ts');
      const nowMs = Date.now();
      const shown = showPin(store, id, nowMs);
      const locked = lockedCallers(store, nowMs).filter(
        ({ who }) => shown.pin.extensions.includes(who) || shown.entry?.endsWith(`/${who}`),
      );
      if (options.json) printJson({ ...forPrograms(shown), locked: locked.map(lockedJson) });
      else printLines([...pinLines(shown), ...locked.map(lockedLine)]);
    });
}

const lockedLine = ({ who, failures, untilMs }: LockedCaller) =>
  `Locked until ${momentText(untilMs)} after ${failures} wrong PINs: ${who}. ` +
  `\`callwarden pin unlock ${who}\` lets it try again.`;

const lockedJson = ({ untilMs, ...locked }: LockedCaller) => ({ ...locked, until: isoTime(untilMs) });

function forPrograms(shown: ShownPin) {
  const { pin, entry, state, uses, lastUsedMs } = shown;
  const { id, name, enabled, extensions, groups, maxUses } = pin;
  const times = {
    from: isoOrNull(pin.fromMs),
    until: isoOrNull(pin.untilMs),
    made: isoOrNull(shown.madeMs),
    lastUsed: isoOrNull(lastUsedMs),
  };
  return { id, name, state, enabled, extensions, groups, entry, maxUses, uses, ...times };
}

function pinLines(shown: ShownPin): readonly string[] {
  const { pin } = shown;
  return [
    `${pin.id}  ${pin.name}`,
    `counts at  ${holdersText(shown)}`,
    `state      ${shown.state}`,
    `made       ${momentOrNull(shown.madeMs) ?? 'not known'}`,
    `from       ${momentOrNull(pin.fromMs) ?? 'at once'}`,
    `until      ${momentOrNull(pin.untilMs) ?? 'without end'}`,
    `uses       ${usesText(shown)}, last ${momentOrNull(shown.lastUsedMs) ?? 'never'}`,
  ];
}
