// Changing groups: what they give, who is in them, what goes with them.
import { describe, expect, it } from 'vitest';
import { addList } from '../../src/admin/authorised-lists.ts';
import { attachList } from '../../src/admin/authorised-attachments.ts';
import { removeExtensions, setExtensions } from '../../src/admin/extensions.ts';
import { listExtensions } from '../../src/admin/extension-list.ts';
import { addGroupMembers, dropGroupMembers, removeGroup, setGroup } from '../../src/admin/groups.ts';
import { setLimit } from '../../src/admin/limits.ts';
import { mayCallAbroad } from '../../src/admin/international-right.ts';
import { readLayerWords } from '../../src/admin/layer-words.ts';
import { setSchedule } from '../../src/admin/schedules.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { readAudit } from '../../src/store/audit.ts';
import { readAuthorisedLists } from '../../src/store/authorised-lists.ts';
import { readLimits } from '../../src/store/limits.ts';
import { readExtensions } from '../../src/store/extensions.ts';
import { readGroups } from '../../src/store/groups.ts';
import { tempContext } from '../store/temp-store.ts';

const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'invalid', message: expect.stringMatching(message) });

describe('groups', () => {
  it('come silent, get the terms given and keep the others', () => {
    const context = tempContext();
    setGroup(context, 'sales', {});
    setGroup(context, 'sales', { right: 'on', level: 'low', premium: ['satellite'] });
    setGroup(context, 'sales', { level: 'medium', pin: 'always' });
    expect(readGroups(context.store)).toEqual([
      {
        name: 'sales',
        right: 'on',
        level: 'medium',
        premium: ['satellite'],
        schedule: null,
        pin: 'always',
        pinEntry: null,
        members: [],
        countries: [],
      },
    ]);
    expect(setGroup(context, 'sales', { right: 'on' }).changes).toEqual([]);
    expect(setGroup(context, 'sales', { premium: null }).changes).toMatchObject([
      { action: 'group-changed', before: { premium: ['satellite'] }, after: { premium: 'inherit' } },
    ]);
  });

  it('say how many extensions may call abroad now, and no longer', () => {
    const context = tempContext();
    setGroup(context, 'sales', {});
    setExtensions(context, ['1001'], { right: 'on' });
    setExtensions(context, ['1002'], { right: 'off' });
    addGroupMembers(context, 'sales', ['1001-1005']);
    expect(setGroup(context, 'sales', { right: 'on' }).notices).toEqual([
      '3 extensions may now call abroad.',
    ]);
    expect(dropGroupMembers(context, 'sales', ['1003', '1009']).notices).toEqual([
      'No members of sales: 1009.',
      '1 extension may no longer call abroad.',
    ]);
    expect(
      listExtensions(context.store).map(({ extension, international }) => [extension, international]),
    ).toEqual([
      ['1001', true],
      ['1002', false],
      ['1003', false],
      ['1004', true],
      ['1005', true],
    ]);
    expect(removeGroup(context, 'sales').notices).toEqual(['2 extensions may no longer call abroad.']);
  });

  it('count among those who lose nothing when protection is switched on', () => {
    const context = tempContext();
    setSettings(context, new Map([['home-region', ['MX']]]));
    setSettings(context, new Map([['protection', ['off']]]));
    setGroup(context, 'sales', { right: 'on' });
    addGroupMembers(context, 'sales', ['1001']);
    setExtensions(context, ['1002'], {});
    const { notices } = setSettings(context, new Map([['protection', ['on']]]));
    expect(notices[0]).toMatch(/: 1 known extension without the right \(1002\)/);
  });

  it('make members known that were not, and audit both', () => {
    const context = tempContext();
    setGroup(context, 'sales', {});
    const { changes, notices } = addGroupMembers(context, 'sales', ['1001', '1002']);
    expect(changes.map(({ action, subject }) => [action, subject])).toEqual([
      ['extension-added', 'extension 1001'],
      ['extension-added', 'extension 1002'],
      ['group-member-added', 'group sales, extension 1001'],
      ['group-member-added', 'group sales, extension 1002'],
    ]);
    expect(notices).toEqual(['Not known before, and added: 2.']);
    expect(readExtensions(context.store)).toHaveLength(2);
    expect(addGroupMembers(context, 'sales', ['1001']).changes).toEqual([]);
    expect(readAudit(context.store, { limit: 10 })).toHaveLength(5);
  });

  it('take their members, and lose them with the extension', () => {
    const context = tempContext();
    for (const name of ['board', 'sales']) setGroup(context, name, {});
    setExtensions(context, ['1001'], { groups: ['sales', 'board'] });
    expect(setExtensions(context, ['1001'], { groups: ['board'] }).changes).toMatchObject([
      { before: { groups: ['board', 'sales'] }, after: { groups: ['board'] } },
    ]);
    expect(readGroups(context.store).map(({ members }) => members)).toEqual([['1001'], []]);
    expect(setExtensions(context, ['1001'], { groups: [] }).changes).toHaveLength(1);
    expect(readGroups(context.store).flatMap(({ members }) => members)).toEqual([]);
  });

  it('go, as extensions do, with everything that stands under their names', () => {
    const context = tempContext();
    setGroup(context, 'sales', {});
    addGroupMembers(context, 'sales', ['1001']);
    addList(context, 'partners', {});
    attachList(context, 'partners', { extensions: ['1001'], groups: ['sales'] });
    setLimit(context, { measure: 'concurrent', amount: '2', extensions: ['1001'] });
    setLimit(context, { measure: 'concurrent', amount: '3', extensions: [], group: 'sales' });
    const removed = removeExtensions(context, ['1001']);
    expect(removed.changes).toMatchObject([
      { before: { groups: ['sales'], lists: ['partners'], limits: [1] }, after: null },
    ]);
    expect(removed.notices).toEqual(['With it went 1 limit, 1 place in a group and 1 attachment to a list.']);
    expect(readAuthorisedLists(context.store)).toMatchObject([{ extensions: [], groups: ['sales'] }]);
    expect(readLimits(context.store)).toMatchObject([{ layer: 'group', name: 'sales' }]);
    const gone = removeGroup(context, 'sales');
    expect(gone.changes).toMatchObject([{ before: { limits: [2], lists: ['partners'] }, after: null }]);
    expect(gone.notices).toEqual(['With it went 1 limit and 1 attachment to a list.']);
    expect(readAuthorisedLists(context.store)).toMatchObject([{ extensions: [], groups: [] }]);
    expect(readLimits(context.store)).toEqual([]);
  });

  it('are at most eight for one extension', () => {
    const context = tempContext();
    const names = Array.from({ length: 9 }, (_, index) => `g${index}`);
    for (const name of names) setGroup(context, name, {});
    setExtensions(context, ['1001'], { groups: names.slice(0, 8) });
    expect(() => addGroupMembers(context, 'g8', ['1001'])).toThrow(invalid(/9 groups, and 8 is the limit/));
    expect(() => setExtensions(context, ['1002'], { groups: names })).toThrow(invalid(/8 is the limit/));
    expect(readExtensions(context.store)).toHaveLength(1);
  });

  it('are found by name, with what may have been meant', () => {
    const context = tempContext();
    setGroup(context, 'sales', {});
    const missing = expect.objectContaining({
      code: 'not-found',
      message: expect.stringContaining('Did you mean sales?'),
    });
    expect(() => addGroupMembers(context, 'sale', ['1001'])).toThrow(missing);
    expect(() => setExtensions(context, ['1001'], { groups: ['seles'] })).toThrow(missing);
    expect(() => removeGroup(context, 'salse')).toThrow(missing);
    expect(() => setGroup(context, 'two words', {})).toThrow(invalid(/no name for a group/));
  });

  it('and extensions keep to schedules that there are', () => {
    const context = tempContext();
    setSchedule(context, 'office', { open: ['mon-fri 08:00-18:00'], timeZone: 'Europe/Paris' });
    setGroup(context, 'sales', { schedule: 'office' });
    setExtensions(context, ['1001'], { schedule: '' });
    const missing = expect.objectContaining({ message: expect.stringContaining('Did you mean office?') });
    expect(() => setGroup(context, 'sales', { schedule: 'ofice' })).toThrow(missing);
    expect(() => setExtensions(context, ['1001'], { schedule: 'offise' })).toThrow(missing);
    expect(listExtensions(context.store)[0]?.schedule).toBe('');
  });
});

describe('the right to call abroad', () => {
  it.each([
    ['on', ['off'], true],
    ['off', ['on'], false],
    ['inherit', [], false],
    ['inherit', ['inherit'], false],
    ['inherit', ['on', 'inherit'], true],
    ['inherit', ['on', 'off'], false],
  ] as const)('with the own word %s and groups %j is %s', (own, groups, expected) => {
    expect(
      mayCallAbroad(
        own,
        groups.map((right) => ({ right })),
      ),
    ).toBe(expected);
  });
});

describe('the words of a layer', () => {
  it('are read in any case, inherit included', () => {
    expect(
      readLayerWords({
        international: 'Yes',
        level: 'LOW',
        schedule: 'always',
        pin: 'inherit',
        pinEntry: 'Early',
      }),
    ).toEqual({ right: 'on', level: 'low', schedule: '', pin: null, pinEntry: 'early' });
    expect(readLayerWords({})).toEqual({});
  });

  it.each([
    [{ international: 'perhaps' }, /--international is on or off, or inherit/],
    [{ level: 'mdium' }, /Did you mean medium\?/],
    [{ pin: 'sometimes' }, /--pin is one of never, when-denied, always, inherit/],
    [{ pinEntry: 'late' }, /--pin-entry is one of auto, early, answer, inherit/],
  ])('%j are refused', (words, problem) => {
    expect(() => readLayerWords(words)).toThrow(invalid(problem));
  });
});
