// Changing settings: parse, judge the settings as a whole, write and audit.
import { counted } from '../counted.ts';
import { AppError } from '../errors.ts';
import type { NumberingPlan } from '../numbering/plan.ts';
import { readExtensions } from '../store/extensions.ts';
import { readGroups } from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import { planOf } from '../store/policy.ts';
import {
  isSettingKey,
  readSettings,
  settingKeys,
  writeSetting,
  type SettingKey,
  type Settings,
} from '../store/settings.ts';
import { changePolicy, type AdminContext, type Change, type Changed, type ChangeOutcome } from './change.ts';
import { isSame } from './same.ts';
import { seedLevels } from './level-seed.ts';
import { extensionsAbroad } from './international-right.ts';
import { nextStep } from './known-word.ts';
import { layersOf, levelTableOf, openRegions } from './open-regions.ts';
import { requireSchedule } from './schedules.ts';
import { settingConflicts, settingNotices } from './setting-conflicts.ts';
import { formatSetting, settingTable } from './setting-table.ts';
import { someNames } from './some-of.ts';

/** Extensions that a notice names one by one. */
const NAMED_MAX = 10;

/** Words as they came from the command line, by the key that they are for. */
export type SettingWords = ReadonlyMap<string, readonly string[]>;

/** Throws `AppError('invalid')` with the key that was most likely meant. */
export function requireSettingKey(key: string): SettingKey {
  if (isSettingKey(key)) return key;
  const next = nextStep(key, settingKeys, 'settings show');
  throw new AppError('invalid', `There is no setting ${JSON.stringify(key)}. ${next}`);
}

/**
 * Sets all of them or none. Refused are values that their form does not allow, and settings that contradict
 * each other or stand between a caller and an emergency number; a contradiction that was there before does
 * not hold back others.
 */
export function setSettings(context: AdminContext, words: SettingWords): ChangeOutcome {
  const values = parseAll(words);
  return changePolicy(context, () => writeSettings(context.store, values));
}

/** The same inside a change that does more. */
export function changeSettings(store: Store, words: SettingWords): Changed {
  return writeSettings(store, parseAll(words));
}

function writeSettings(store: Store, values: Partial<Settings>): Changed {
  const before = readSettings(store);
  const after: Settings = { ...before, ...values };
  for (const key of ['schedule', 'pickup-quiet-hours'] as const) {
    if (after[key] !== before[key] && after[key] !== '') requireSchedule(store, after[key]);
  }
  const known = new Set(settingConflicts(before, planOrNull(before)));
  refuseConflicts(settingConflicts(after, planOrNull(after)).filter((problem) => !known.has(problem)));
  const changes: Change[] = [];
  for (const key of settingKeys) {
    if (isSame(before[key], after[key])) continue;
    writeSetting(store, key, after[key]);
    changes.push({ action: 'setting-changed', subject: key, before: before[key], after: after[key] });
  }
  if (after.level !== before.level) changes.push(...seedLevels(store));
  return { changes, notices: changes.length > 0 ? noticesOf(store, before, after) : [] };
}

function parseAll(words: SettingWords): Partial<Settings> {
  const parsed = [...words].map(([name, given]) => {
    const key = requireSettingKey(name);
    return [key, settingTable[key].form.parse(given, key)] as const;
  });
  return Object.fromEntries(parsed);
}

function refuseConflicts(problems: readonly string[]): void {
  const [first, ...more] = problems;
  if (first === undefined) return;
  if (more.length === 0) throw new AppError('invalid', `${first} Nothing was changed.`);
  throw new AppError('invalid', 'These settings do not go together. Nothing was changed.', {
    details: problems,
  });
}

function planOrNull(settings: Settings): NumberingPlan | null {
  return settings['home-region'] === '' ? null : planOf(settings);
}

function noticesOf(store: Store, before: Settings, after: Settings): readonly string[] {
  const plan = planOrNull(after);
  const known = planOrNull(before);
  const old = new Set(known ? settingNotices(known) : []);
  const notices = plan ? settingNotices(plan).filter((notice) => !old.has(notice)) : [];
  if (plan === null) notices.push('No home region is set yet, so no call can be judged: set home-region.');
  if (after.protection && !before.protection) notices.push(...losses(store));
  if (!after.protection && before.protection) {
    notices.push('Every readable number goes out from every extension now, international and premium too.');
  }
  return notices;
}

/** Who loses what when protection is switched on. */
function losses(store: Store): readonly string[] {
  const extensions = readExtensions(store);
  const abroad = extensionsAbroad(extensions, readGroups(store));
  const barred = extensions.filter(({ extension }) => !abroad.has(extension));
  // No entry of the organisation begins or ends, so that any time will do.
  const layers = layersOf(store, { kind: 'organisation' }, 0);
  const open = openRegions(layers, levelTableOf(store), readSettings(store)['home-region']);
  const names = barred.map((row) => row.extension);
  return [
    barred.length === 0
      ? 'Every known extension holds the right to call abroad; unknown ones do not.'
      : `No longer calling abroad: ${counted(barred.length, 'known extension')} without the right ` +
        `(${someNames(names, NAMED_MAX)}), and every unknown one.`,
    open.size === 0
      ? 'No country is allowed, so nobody calls abroad until `callwarden country allow` or `level set`.'
      : `Countries that those with the right may call: ${open.size}.`,
  ];
}

export interface ShownSetting {
  readonly key: SettingKey;
  readonly value: Settings[SettingKey];
  /** As people write it. */
  readonly text: string;
  readonly help: string;
}

/** All settings in the order of their table. */
export function showSettings(settings: Settings): readonly ShownSetting[] {
  return settingKeys.map((key) => ({
    key,
    value: settings[key],
    text: formatSetting(key, settings[key]),
    help: settingTable[key].help,
  }));
}

/** Those of a database. */
export const listSettings = (store: Store): readonly ShownSetting[] => showSettings(readSettings(store));
