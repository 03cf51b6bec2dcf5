// Barring levels: the lists that are shipped, lists of one's own, and what a change of level does.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AdminContext } from '../../src/admin/change.ts';
import { setCountries } from '../../src/admin/countries.ts';
import { setExtensions } from '../../src/admin/extensions.ts';
import { setUpPolicy } from '../../src/admin/first-policy.ts';
import { addGroupMembers, setGroup } from '../../src/admin/groups.ts';
import { levelEffect } from '../../src/admin/level-effect.ts';
import { parseLevels, readLevelFile, shippedLevels } from '../../src/admin/level-file.ts';
import { listLevels, showLevel } from '../../src/admin/level-list.ts';
import {
  levelDifferences,
  loadLevels,
  placeInLevel,
  readLevelName,
  setLevel,
} from '../../src/admin/levels.ts';
import { layersOf, levelTableOf, openRegions, type LayerOwner } from '../../src/admin/open-regions.ts';
import { allRegions } from '../../src/admin/regions.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { readAudit } from '../../src/store/audit.ts';
import { readLevelCountries } from '../../src/store/levels.ts';
import { verifyPolicy } from '../../src/store/policy.ts';
import { readSettings } from '../../src/store/settings.ts';
import { tempContext, tempDirectory } from '../store/temp-store.ts';

const organisation: LayerOwner = { kind: 'organisation' };

/** As `init` leaves it, for Mexico. */
function inMexico(): AdminContext {
  const context = tempContext();
  setUpPolicy(context, new Map([['home-region', ['MX']]]), undefined);
  return context;
}

const problemsOf = (text: string): readonly string[] => {
  try {
    parseLevels(text, 'levels.toml');
    return [];
  } catch (error) {
    const { message, details } = error as { message: string; details: readonly string[] };
    return details.length > 0 ? details : [message];
  }
};

describe('the shipped lists', () => {
  const { countries, neighbours } = shippedLevels();

  it('place every region or leave it out on purpose: a new region must be looked at', () => {
    const count = (level: string) => countries.filter((row) => row.level === level).length;
    expect([count('low'), count('medium'), count('high')]).toEqual([28, 30, 79]);
    const placed = new Set(countries.map(({ region }) => region));
    expect(allRegions().filter((region) => !placed.has(region))).toHaveLength(117);
  });

  it('give a reason for each place, and hold no code without a country', () => {
    expect(countries.filter(({ reason }) => reason.length < 20)).toEqual([]);
    expect(countries.filter(({ region }) => !/^[A-Z]{2}$/.test(region))).toEqual([]);
  });

  it('leave to open alone what is named first among the destinations of fraud', () => {
    const placed = new Set(countries.map(({ region }) => region));
    for (const region of ['CU', 'SO', 'SL', 'ZW', 'GW', 'MV', 'KM', 'AL', 'DO', 'HT', 'NG']) {
      expect(placed.has(region), region).toBe(false);
    }
  });

  it('name only neighbours that some level lists, so that none is opened by mistake', () => {
    const placed = new Set(countries.map(({ region }) => region));
    expect(neighbours.filter(({ region }) => !placed.has(region))).toEqual([]);
    expect(neighbours).toContainEqual({ home: 'MX', region: 'US' });
    expect(neighbours).toContainEqual({ home: 'DE', region: 'AT' });
  });
});

describe('a file of levels', () => {
  it.each([
    ['[low]\nDE = 1\n', [/^line 2: the reason of DE/]],
    ['[low]\nDE = "a"\nXX = "b"\n+881 = "c"\n', [/line 4|bare key|character/]],
    [
      '[low]\nDE = "a"\nde = "b"\n[medium]\nDE = "c"\n',
      [/^line 3: "de" is no country/, /^line 5: DE stands in low already/],
    ],
    ['[low]\n"+881" = "x"\n', [/^line 2: \+881 belongs to no country/]],
    ['[mediun]\nDE = "a"\n', [/^line 1: there is no level "mediun"; is \[medium\] meant\?/]],
    [
      '[low]\nDE = "a"\n[neighbours]\nDE = ["DE", "ZZ"]\nFR = "DE"\n',
      [/line 4: "ZZ"/, /line 4: DE is no neighbour/, /line 5: write the neighbours/],
    ],
    ['[low\n', [/levels\.toml, line \d+: /]],
    ['low = "DE"\n', [/low is a section/]],
    ['# nothing\n', [/lists no country/]],
  ])('is refused by line: %j', (text, expected) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(problems[index]).toMatch(pattern);
  });

  it('replaces the lists, and the audit tells each difference', () => {
    const context = inMexico();
    const file = join(tempDirectory(), 'levels.toml');
    writeFileSync(
      file,
      '[low]\nDE = "branch office"\n[high]\nCU = "customers"\n[neighbours]\nMX = ["DE", "GT"]\n',
    );
    loadLevels(context, readLevelFile(file));
    expect(readLevelCountries(context.store)).toEqual([
      { region: 'CU', level: 'high', reason: 'customers' },
      { region: 'DE', level: 'low', reason: 'branch office' },
    ]);
    verifyPolicy(context.store);
    const records = readAudit(context.store, { action: 'level-country-changed', limit: 1000 });
    expect(records).toHaveLength(138);
    expect(records.find(({ subject }) => subject === 'level of CU (Cuba)')).toMatchObject({
      before: null,
      after: { level: 'high', reason: 'customers' },
    });
    expect(loadLevels(context, readLevelFile(file)).changes).toEqual([]);
    expect(levelDifferences(context.store, shippedLevels()).countries).toHaveLength(138);
  });
});

describe('a level', () => {
  it('is low in a new policy, with the shipped lists in one audit record', () => {
    const { store } = inMexico();
    expect(readSettings(store).level).toBe('low');
    expect(levelDifferences(store, shippedLevels())).toEqual({ countries: [], neighbours: [] });
    expect(readAudit(store, { action: 'levels-loaded', limit: 10 })).toMatchObject([
      { before: null, after: { low: 28, medium: 30, high: 79, sha256: shippedLevels().sha256 } },
    ]);
  });

  it('stays as it is in a policy from before, where none is given', () => {
    const context = tempContext();
    setSettings(context, new Map([['home-region', ['MX']]]));
    setUpPolicy(context, new Map([['home-region', ['US']]]), undefined);
    expect(readSettings(context.store).level).toBe('closed');
    expect(readLevelCountries(context.store)).toEqual([]);
    setUpPolicy(context, new Map(), 'high');
    expect(readSettings(context.store).level).toBe('high');
    expect(readLevelCountries(context.store)).toHaveLength(137);
  });

  it('loads the lists where there are none, by whichever command it is set', () => {
    for (const set of [
      (context: AdminContext) => setLevel(context, organisation, 'medium'),
      (context: AdminContext) => setSettings(context, new Map([['level', ['medium']]])),
    ]) {
      const context = tempContext();
      setSettings(context, new Map([['home-region', ['MX']]]));
      set(context);
      expect(readLevelCountries(context.store)).toHaveLength(137);
    }
  });

  it('opens what the one before it opens and more, and no code without a country', () => {
    const { store } = inMexico();
    const levels = listLevels(store);
    expect(levels.map(({ level }) => level)).toEqual(['closed', 'low', 'medium', 'high', 'open']);
    const sets = levels.map(({ level }) => new Set(showLevel(store, level).map(({ region }) => region)));
    for (const [index, smaller] of sets.slice(0, -1).entries()) {
      expect(smaller.isSubsetOf(sets[index + 1] ?? new Set())).toBe(true);
    }
    expect(levels.map(({ countries }) => countries)).toEqual([0, 28, 59, 136, 244]);
    expect([...(sets[4] ?? [])].filter((region) => region.startsWith('+') || region === 'MX')).toEqual([]);
  });

  it('shows why each country is open, and which are neighbours', () => {
    const { store } = inMexico();
    const medium = showLevel(store, 'medium');
    expect(medium.find(({ region }) => region === 'BZ')).toMatchObject({ level: 'high', neighbour: true });
    expect(medium.find(({ region }) => region === 'GB')).toMatchObject({
      level: 'medium',
      neighbour: false,
      reason: expect.stringMatching(/Ofcom/),
    });
  });

  it('tells what it opens and closes, and for how many extensions', () => {
    const context = inMexico();
    setExtensions(context, ['1001-1004'], { right: 'on' });
    setExtensions(context, ['1005'], {});
    setExtensions(context, ['1004'], { level: 'closed' });
    setGroup(context, 'sales', { level: 'low' });
    addGroupMembers(context, 'sales', ['1003', '1005']);
    setCountries(context, ['CU'], 'allow');
    const effect = levelEffect(context.store, organisation, 'closed', context.nowMs);
    expect(effect).toMatchObject({ opened: [], open: 1, extensions: 2 });
    expect(effect.closed).toHaveLength(28);
    const sales: LayerOwner = { kind: 'group', name: 'sales' };
    expect(levelEffect(context.store, sales, 'medium', context.nowMs)).toMatchObject({
      closed: [],
      extensions: 1,
    });
    const { effect: done, outcome } = setLevel(context, { kind: 'extension', name: '1004' }, 'high');
    expect(done.opened).toHaveLength(136);
    expect(outcome.changes).toMatchObject([
      { subject: 'extension 1004', before: { level: 'closed' }, after: { level: 'high' } },
    ]);
    expect(() => setLevel(context, { kind: 'extension', name: '1044' }, 'high')).toThrow(/Did you mean 10/);
    expect(() => setLevel(context, { kind: 'group', name: 'sale' }, 'high')).toThrow(/Did you mean sales/);
  });

  it('of a group stands before that of the organisation, and what is named in the group before both', () => {
    const context = inMexico();
    const { store, nowMs } = context;
    setGroup(context, 'sales', { level: 'closed' });
    setCountries(context, ['CU'], 'allow', 'sales');
    const open = openRegions(
      layersOf(store, { kind: 'group', name: 'sales' }, nowMs),
      levelTableOf(store),
      'MX',
    );
    expect([...open]).toEqual(['CU']);
  });

  it('has lists that are edited country by country', () => {
    const context = inMexico();
    placeInLevel(context, ['CU', 'IT'], 'low', 'our own people');
    placeInLevel(context, ['US'], null);
    expect(levelDifferences(context.store, shippedLevels()).countries).toMatchObject([
      { region: 'CU', before: { level: 'low', reason: 'our own people' }, after: null },
      { region: 'IT', before: { level: 'low' }, after: { level: 'medium' } },
      { region: 'US', before: null, after: { level: 'low' } },
    ]);
    expect(() => placeInLevel(context, ['+881'], 'low')).toThrow(/country allow \+881/);
    expect(() => placeInLevel(context, ['FR'], 'low', 'two\nlines')).toThrow(/one line/);
  });

  it('is named in full, with what was probably meant', () => {
    expect(readLevelName('Medium')).toBe('medium');
    expect(() => readLevelName('hihg')).toThrow(/Did you mean high/);
  });
});
