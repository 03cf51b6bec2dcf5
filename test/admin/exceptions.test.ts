// Exceptions of extensions: what they are about, who may have which twice, how they end.
import { describe, expect, it } from 'vitest';
import { listExceptions } from '../../src/admin/exception-list.ts';
import {
  addExceptions,
  extendExceptions,
  pruneExceptions,
  removeExceptions,
  type ExceptionWords,
} from '../../src/admin/exceptions.ts';
import { removeExtensions } from '../../src/admin/extensions.ts';
import { setSettings } from '../../src/admin/settings.ts';
import type { AdminContext } from '../../src/admin/change.ts';
import { readExceptions } from '../../src/store/exceptions.ts';
import { tempContext } from '../store/temp-store.ts';

const DAY_MS = 86_400_000;

const asked = (words: Partial<ExceptionWords>): ExceptionWords => ({
  countries: [],
  prefixes: [],
  numbers: [],
  action: 'allow',
  premium: false,
  reason: 'trade fair',
  owner: '',
  fromMs: null,
  untilMs: null,
  ...words,
});

function inMexico(): AdminContext {
  const context = tempContext();
  const words = { 'home-region': ['MX'], 'international-prefixes': ['00'], 'internal-patterns': ['1XXX'] };
  setSettings(context, new Map(Object.entries(words)));
  return context;
}

const refusal = (message: RegExp, code = 'invalid') =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe('exceptions', () => {
  it('are made for each extension and each target, with reason and owner', () => {
    const context = inMexico();
    const words = {
      countries: ['FR', 'Italy'],
      numbers: ['+33140205050'],
      owner: 'Ana',
      untilMs: context.nowMs + DAY_MS,
    };
    const { changes, notices } = addExceptions(context, ['1001-1002'], asked(words));
    expect(changes.filter(({ action }) => action === 'exception-added')).toHaveLength(6);
    expect(notices).toContain('Not known before, and added: 2.');
    expect(readExceptions(context.store)[2]).toEqual({
      id: 3,
      extension: '1001',
      action: 'allow',
      region: null,
      pattern: '+33140205050',
      exact: true,
      premium: true,
      reason: 'trade fair',
      owner: 'Ana',
      fromMs: null,
      untilMs: context.nowMs + DAY_MS,
    });
  });

  it.each([
    [{ numbers: ['0033 1 40 20 50 50'] }, '+33140205050', true],
    [{ numbers: ['55 1234 5678'] }, '+525512345678', true],
    [{ numbers: ['1002'] }, '1002', true],
    [{ prefixes: ['005411'] }, '+5411', false],
    [{ prefixes: ['+3'] }, '+3', false],
    [{ prefixes: ['+870'] }, '+870', false],
    [{ prefixes: ['040'] }, '040', false],
  ])('about %j are kept as %s', (words, pattern, exact) => {
    const context = inMexico();
    addExceptions(context, ['1001'], asked(words));
    expect(readExceptions(context.store)).toMatchObject([{ pattern, exact }]);
  });

  it.each([
    [{ numbers: ['911'] }, /emergency number/],
    [{ numbers: ['+911'] }, /emergency number/],
    [{ prefixes: ['911'] }, /emergency number/],
    [{ numbers: ['hello'] }, /is no number/],
    [{ numbers: ['+999123456789'] }, /cannot be read/],
    [{ prefixes: ['+999'] }, /nobody has/],
    [{ prefixes: ['+0'] }, /no beginning/],
    [{ prefixes: ['+1234567890123456'] }, /more than 15 digits/],
    [{ prefixes: ['555123456'] }, /too long for a short number/],
    [{ countries: ['Fran'] }, /no country code/],
    [{}, /Name what the exception is about/],
    [{ countries: ['FR'], reason: ' ' }, /A reason is needed/],
    [{ countries: ['FR'], reason: 'a\nb' }, /one line/],
    [{ countries: ['FR'], owner: 'x'.repeat(201) }, /200 characters/],
  ])('about %j are refused', (words, problem) => {
    const context = inMexico();
    expect(() => addExceptions(context, ['1001'], asked(words))).toThrow(refusal(problem));
    expect(readExceptions(context.store)).toEqual([]);
  });

  it('open what costs extra where they are one number, or say so; those that deny open nothing', () => {
    const context = inMexico();
    const premiumOf = (words: Partial<ExceptionWords>) => {
      addExceptions(context, ['1001'], asked(words));
      return readExceptions(context.store).at(-1)?.premium;
    };
    expect(premiumOf({ numbers: ['+33140205050'] })).toBe(true);
    expect(premiumOf({ prefixes: ['+3389'] })).toBe(false);
    expect(premiumOf({ prefixes: ['+3388'], premium: true })).toBe(true);
    expect(premiumOf({ numbers: ['+33140205052'], action: 'deny' })).toBe(false);
  });

  it('are not made twice while the first counts, and none is made then', () => {
    const context = inMexico();
    const untilMs = context.nowMs + DAY_MS;
    addExceptions(context, ['1002'], asked({ countries: ['FR'], untilMs }));
    const again = () => addExceptions(context, ['1001-1003'], asked({ countries: ['FR'] }));
    expect(again).toThrow(refusal(/1002 has that exception already: 1/, 'conflict'));
    expect(readExceptions(context.store)).toHaveLength(1);
    expect(
      addExceptions(context, ['1002'], asked({ countries: ['FR'], action: 'deny' })).changes,
    ).toHaveLength(1);
    const later = { ...context, nowMs: untilMs };
    expect(addExceptions(later, ['1002'], asked({ countries: ['FR'] })).changes).toHaveLength(1);
  });

  it('warn of what they do not open', () => {
    const context = inMexico();
    const { notices } = addExceptions(context, ['1001'], asked({ countries: ['US', '+870', 'MX'] }));
    expect(notices).toEqual([
      expect.stringMatching(/added: 1/),
      expect.stringMatching(/^MX is the home region/),
      expect.stringMatching(/^\+870 \(Inmarsat satellite\) costs extra/),
      expect.stringMatching(/^\+1 is shared: .* stay as they are/),
      expect.stringMatching(/no end/),
    ]);
  });

  it('end later, from their end while they count and from now when they have ended', () => {
    const context = inMexico();
    const { nowMs } = context;
    addExceptions(context, ['1001'], asked({ countries: ['FR', 'IT'], untilMs: nowMs + DAY_MS }));
    extendExceptions(context, ['1'], { moreMs: DAY_MS });
    extendExceptions({ ...context, nowMs: nowMs + 10 * DAY_MS }, ['2'], { moreMs: DAY_MS });
    expect(readExceptions(context.store).map(({ untilMs }) => untilMs)).toEqual([
      nowMs + 2 * DAY_MS,
      nowMs + 11 * DAY_MS,
    ]);
    const { changes } = extendExceptions(context, ['1,2'], { untilMs: nowMs + 11 * DAY_MS });
    expect(changes).toMatchObject([
      { subject: 'exception 1 of extension 1001', action: 'exception-changed' },
    ]);
    expect(() => extendExceptions(context, ['1', '7'], { moreMs: 1 })).toThrow(
      refusal(/no exception 7/, 'not-found'),
    );
    expect(() => removeExceptions(context, ['one'])).toThrow(refusal(/by their ids/));
  });

  it('are listed while they count or will, by their end, and when they have ended', () => {
    const context = inMexico();
    const { nowMs, store } = context;
    addExceptions(context, ['1001'], asked({ countries: ['FR'], untilMs: nowMs + DAY_MS }));
    addExceptions(context, ['1001'], asked({ countries: ['IT'], fromMs: nowMs + DAY_MS }));
    addExceptions(context, ['1002'], asked({ countries: ['ES'], untilMs: nowMs + 9 * DAY_MS }));
    const at = (days: number, filter: Partial<Parameters<typeof listExceptions>[2]> = {}) =>
      listExceptions(store, nowMs + days * DAY_MS, {
        extension: null,
        endsWithinMs: null,
        show: 'current',
        ...filter,
      }).map(({ target, state }) => `${target} ${state}`);
    expect(at(0)).toEqual(['FR active', 'IT not-yet', 'ES active']);
    expect(at(1)).toEqual(['IT active', 'ES active']);
    expect(at(1, { show: 'expired' })).toEqual(['FR expired']);
    expect(at(1, { show: 'all', extension: '1001' })).toEqual(['FR expired', 'IT active']);
    expect(at(0, { endsWithinMs: 7 * DAY_MS })).toEqual(['FR active']);
    expect(at(0, { endsWithinMs: 10 * DAY_MS })).toEqual(['FR active', 'ES active']);
  });

  it('are forgotten when they ended long ago, and with their extension', () => {
    const context = inMexico();
    const { nowMs, store } = context;
    addExceptions(context, ['1001'], asked({ countries: ['FR'], untilMs: nowMs + DAY_MS }));
    addExceptions(context, ['1001'], asked({ countries: ['IT'] }));
    expect(pruneExceptions({ ...context, nowMs: nowMs + 30 * DAY_MS }).changes).toEqual([]);
    const { changes } = pruneExceptions({ ...context, nowMs: nowMs + 31 * DAY_MS });
    expect(changes).toMatchObject([{ action: 'exception-removed', before: { target: 'FR' } }]);
    expect(removeExtensions(context, ['1001']).changes).toMatchObject([{ before: { exceptions: [2] } }]);
    expect(readExceptions(store)).toEqual([]);
  });
});
