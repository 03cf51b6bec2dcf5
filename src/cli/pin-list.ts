// `callwarden pin list | show`: who has a PIN, how it is used, and who is locked; never digits, never a hash.
import type { Command } from 'commander';
import type { PinRow } from '../barring/policy.ts';
import { pinLockLeftMs } from '../barring/pin-lockout.ts';
import { pinStateWord, type PinStateWord } from '../admin/pin-words.ts';
import type { Store } from '../store/open.ts';
import { openForReading } from './context.ts';
import { isoOrNull, isoTime, momentOrNull, momentText } from './moment.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import { counted, type Column } from './table.ts';

interface ShownPin {
  readonly pin: PinRow;
  /** `partners/+541143211234`; null where it is nobody's on a list. */
  readonly entry: string | null;
  readonly state: PinStateWord;
  readonly uses: number;
  readonly lastUsedMs: number | null;
}

interface Locked {
  readonly who: string;
  readonly failures: number;
  readonly untilMs: number;
}

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
      const pins = (await readShown(store)).filter(await countsAt(store, options.extension));
      const locked = (await readLocked(store)).filter(
        ({ who }) => options.extension === undefined || who === options.extension,
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
      const { requirePin } = await import('../admin/pins.ts');
      const found = requirePin(store, id);
      const shown = (await readShown(store)).filter((row) => row.pin.id === found.id);
      const locked = (await readLocked(store)).filter(
        ({ who }) => found.extensions.includes(who) || shown.some(({ entry }) => entry?.endsWith(`/${who}`)),
      );
      for (const row of shown) {
        if (options.json) printJson({ ...forPrograms(row), locked: locked.map(lockedJson) });
        else printLines([...pinLines(row), ...locked.map(lockedLine)]);
      }
    });
}

async function readShown(store: Store): Promise<readonly ShownPin[]> {
  const { readPins } = await import('../store/pins.ts');
  const { readPinUses } = await import('../store/pin-uses.ts');
  const { readAuthorisedRecords } = await import('../store/authorised-entries.ts');
  const uses = readPinUses(store);
  const pins = readPins(store);
  const records = pins.some(({ entryId }) => entryId !== null) ? readAuthorisedRecords(store, null) : [];
  const entries = new Map(records.map((record) => [record.id, `${record.list}/${record.number}`]));
  return pins.map((pin) => {
    const used = uses.get(pin.id);
    return {
      pin,
      entry: pin.entryId === null ? null : (entries.get(pin.entryId) ?? null),
      state: pinStateWord(pin, used, Date.now()),
      uses: used?.uses ?? 0,
      lastUsedMs: used?.lastUsedMs ?? null,
    };
  });
}

/** Of its own and of its groups. */
async function countsAt(store: Store, extension: string | undefined): Promise<(shown: ShownPin) => boolean> {
  if (extension === undefined) return () => true;
  const { readGroups } = await import('../store/groups.ts');
  const groups = readGroups(store).filter(({ members }) => members.includes(extension));
  const names = new Set(groups.map(({ name }) => name));
  return ({ pin }) => pin.extensions.includes(extension) || pin.groups.some((group) => names.has(group));
}

async function readLocked(store: Store): Promise<readonly Locked[]> {
  const { readPinFailures } = await import('../store/pin-uses.ts');
  const nowMs = Date.now();
  return [...readPinFailures(store)].flatMap(([who, failures]) => {
    const leftMs = pinLockLeftMs(failures, nowMs);
    return leftMs > 0 ? [{ who, failures: failures.failures, untilMs: nowMs + leftMs }] : [];
  });
}

const lockedLine = ({ who, failures, untilMs }: Locked) =>
  `Locked until ${momentText(untilMs)} after ${failures} wrong PINs: ${who}. ` +
  `\`callwarden pin unlock ${who}\` lets it try again.`;

const lockedJson = ({ untilMs, ...locked }: Locked) => ({ ...locked, until: isoTime(untilMs) });

function forPrograms(shown: ShownPin) {
  const { pin, entry, state, uses, lastUsedMs } = shown;
  const { id, name, enabled, extensions, groups, maxUses } = pin;
  const times = {
    from: isoOrNull(pin.fromMs),
    until: isoOrNull(pin.untilMs),
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
    `from       ${momentOrNull(pin.fromMs) ?? 'at once'}`,
    `until      ${momentOrNull(pin.untilMs) ?? 'without end'}`,
    `uses       ${usesText(shown)}, last ${momentOrNull(shown.lastUsedMs) ?? 'never'}`,
  ];
}
