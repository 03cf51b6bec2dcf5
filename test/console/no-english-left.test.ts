// What the daemon tells in words of its own beside its sentences: the audit log, settings, the reasons of the levels. None stays English.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { setAnnouncement } from '../../src/admin/announcements.ts';
import { attachList } from '../../src/admin/authorised-attachments.ts';
import { addList } from '../../src/admin/authorised-lists.ts';
import { noteBackup } from '../../src/admin/backup.ts';
import { setCountries } from '../../src/admin/countries.ts';
import { addExceptions } from '../../src/admin/exceptions.ts';
import { setExtensions } from '../../src/admin/extensions.ts';
import { addGroupMembers, setGroup } from '../../src/admin/groups.ts';
import { placeInLevel, setLevel } from '../../src/admin/levels.ts';
import { setLimit } from '../../src/admin/limits.ts';
import { addPickupGroup } from '../../src/admin/pickup-groups.ts';
import { addPickupMembers } from '../../src/admin/pickup-members.ts';
import { protect } from '../../src/admin/pickup-protections.ts';
import { addRight } from '../../src/admin/pickup-rights.ts';
import { addQuarantines, releaseExtensions } from '../../src/admin/quarantine.ts';
import { addRules } from '../../src/admin/rules.ts';
import { setSchedule } from '../../src/admin/schedules.ts';
import { settingTable } from '../../src/admin/setting-table.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { phrasebook } from '../../src/console/i18n/phrasebook.ts';
import { en } from '../../src/console/words/en/index.ts';
import { said } from '../../src/console/words/en/said/index.ts';
import { readAudit } from '../../src/store/audit.ts';
import { inMexico } from '../admin/in-mexico.ts';

const root = join(import.meta.dirname, '../..');

/** Says every sentence and word that it knows as `§`. */
const marked = phrasebook(said, Object.fromEntries(Object.keys(said).map((key) => [key, '§'])), {
  number: () => '§',
  moment: () => '§',
  country: () => '§',
  list: () => '§',
  name: () => '§',
  form: () => '§',
});
const isSaid = (text: string) => marked.text(text).includes('§');

it('has words for every reason with which a country stands in a level as shipped', () => {
  const reasons = readFileSync(join(root, 'config/levels.toml'), 'utf8')
    .matchAll(/^[A-Z]{2} = ("(?:[^"\\]|\\.)*")/gm)
    .map(([, text = '""']) => String(JSON.parse(text)));
  const wrong = [...reasons].filter((text) => /[a-z]/i.test(marked.text(text)));
  expect([...new Set(wrong)]).toEqual([]);
});

it('has words for everything that is done and audited', () => {
  const folder = join(root, 'src/admin');
  const actions = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .flatMap((text) => Array.from(text.matchAll(/\baction: '([a-z-]+)', subject/g)))
    .map(([, action = '']) => action);
  expect(actions.length).toBeGreaterThan(20);
  expect([...new Set(actions)].filter((action) => !isSaid(action.replaceAll('-', ' ')))).toEqual([]);
});

it('calls every setting as its page does', () => {
  const word = (key: string) =>
    `set${key.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
  const keys = Object.keys(settingTable).filter((key) => !/^(?:announcement|pickup)-/.test(key));
  expect(keys.length).toBeGreaterThan(15);
  expect(keys.filter((key) => !Object.hasOwn(en.barring, word(key)))).toEqual([]);
  const named = readFileSync(join(root, 'src/console/i18n/named.ts'), 'utf8');
  const ofPickup = Object.keys(settingTable).filter((key) => key.startsWith('pickup-'));
  expect(ofPickup.filter((key) => !named.includes(`'${key}'`))).toEqual([]);
});

/** A change of every kind, as administrators make them. */
function changeEverything() {
  const context = inMexico();
  const always = { fromMs: null, untilMs: null };
  setExtensions(context, ['1001'], { right: 'off', anyPickup: true, pin: 'always', pickupNotice: ['mail'] });
  setGroup(context, 'sales', { right: 'on', premium: ['personal'], level: 'high' });
  addGroupMembers(context, 'sales', ['1001']);
  setCountries(context, ['FR'], 'allow');
  setCountries(context, ['FR'], 'deny', 'sales');
  const settings = {
    mode: ['observe'],
    guard: ['enforce'],
    unmatched: ['deny'],
    'shared-codes': ['code'],
    'fraud-signs': ['quarantine'],
    'pin-entry': ['early'],
    'premium-classes': ['premium', 'shared-cost'],
    'pickup-notice': ['message'],
    'pickup-connected-line': ['keep'],
    'pickup-pin': ['when-denied'],
  };
  setSettings(context, new Map(Object.entries(settings)));
  const quarantine = { action: 'quarantine', quarantineFor: '2h', observe: true };
  setLimit(context, { measure: 'calls', amount: '20/h', extensions: ['1001'], ...quarantine });
  setLimit(context, { measure: 'duration', amount: '60m', extensions: [], class: 'international' });
  setLimit(context, { measure: 'concurrent', amount: '2', extensions: [], group: 'sales', together: true });
  addQuarantines(context, ['1001'], { reason: '§', untilMs: null });
  releaseExtensions(context, ['1001']);
  setSchedule(context, 'office', { open: ['mon-fri 08:00-18:30'], timeZone: 'UTC' });
  addPickupGroup(context, 'reception', { number: '5', alertAfterS: 10 });
  addPickupMembers(context, 'reception', ['1001'], 'target');
  addRight(context, { picker: '1002', target: 'any', ...always, schedule: '', reason: '' });
  protect(context, { kind: 'extension', value: '1001' });
  addList(context, 'partners', { enabled: true });
  attachList(context, 'partners', { extensions: ['1001'], groups: ['sales'] });
  const rule = {
    action: 'deny',
    group: null,
    exact: false,
    premium: true,
    observe: true,
    reason: '',
  } as const;
  addRules(context, ['+5411'], { ...rule, ...always });
  const target = { countries: ['FR'], prefixes: [], numbers: [], premium: false, action: 'deny' } as const;
  addExceptions(context, ['1001'], { ...target, ...always, reason: '§', owner: '' });
  setAnnouncement(context, 'country-denied', 'beep', 'fr');
  noteBackup(context);
  placeInLevel(context, ['FR'], 'medium', '§');
  setLevel(context, { kind: 'organisation' }, 'high');
  return readAudit(context.store, { limit: 200 });
}

/** What people write themselves, names of the field, and what the page writes by other means. */
const asItIs =
  /^(?:§|sales|office|partners|reception|UTC|[A-Z]{2}|cli:maria|beep|\d+[hm]|[a-z-]+&[a-z-]+|[0-9a-f]{64})$/;
const otherwise =
  /^(?:calls|duration|concurrent|countries) \S+$|^mon-fri 08:00-18:30$|^(?:libphonenumber-js|google-libphonenumber) /;
const hasWords = (text: string) =>
  !/[a-z]/i.test(text) || asItIs.test(text) || otherwise.test(text) || isSaid(text);

function fieldsAndValues(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsAndValues);
  if (typeof value === 'string') return hasWords(value) ? [] : [`value.${value}`];
  if (typeof value !== 'object' || value === null) return [];
  const fields = Object.keys(value).map(
    (key) =>
      `field.${key.replace(/(?:Ms|S)$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
  );
  return fields.concat(Object.values(value).flatMap(fieldsAndValues));
}

it('has words for what was changed, and for what it was before', () => {
  const records = changeEverything();
  expect(records.length).toBeGreaterThan(30);
  const told = records.flatMap(({ before, after }) => fieldsAndValues([before, after]));
  const known = (word: string) => {
    const [, kind = '', rest = ''] = /^(\w+)\.(.*)$/s.exec(word) ?? [];
    return marked.word(kind, rest) === '§';
  };
  expect([...new Set(told)].filter((word) => !known(word))).toEqual([]);
  // The name of a setting is told in words of its page.
  const subjects = records.filter(({ action }) => action !== 'setting-changed').map(({ subject }) => subject);
  expect(subjects.filter((subject) => !hasWords(subject))).toEqual([]);
});
