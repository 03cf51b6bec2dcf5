// Changing settings: every form, and nothing that could stand between a caller and an emergency number (I1).
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import { dialplanFacts } from '../../src/admin/dialplan-facts.ts';
import { setExtensions } from '../../src/admin/extensions.ts';
import { setSettings, showSettings } from '../../src/admin/settings.ts';
import { AppError } from '../../src/errors.ts';
import { compilePlan } from '../../src/numbering/compile-plan.ts';
import { read } from '../../src/numbering/read.ts';
import { readAudit } from '../../src/store/audit.ts';
import { planOf, policyVersion, sealPolicy } from '../../src/store/policy.ts';
import {
  defaultSettings,
  readSettings,
  settingKeys,
  writeSetting,
  type SettingKey,
} from '../../src/store/settings.ts';
import { inWriteTransaction } from '../../src/store/transaction.ts';
import { tempContext } from '../store/temp-store.ts';

const set = (context: ReturnType<typeof tempContext>, key: string, ...words: string[]) =>
  setSettings(context, new Map([[key, words]]));

function inMexico() {
  const context = tempContext();
  set(context, 'home-region', 'MX');
  set(context, 'international-prefixes', '00');
  return context;
}

describe('settings', () => {
  it.each<[SettingKey, string[], unknown]>([
    ['home-region', ['us'], 'US'],
    ['international-prefixes', ['00', '011'], ['00', '011']],
    ['international-prefixes', ['00,011'], ['00', '011']],
    ['international-prefixes', ['00 011', '00'], ['00', '011']],
    ['international-prefixes', [''], []],
    ['outside-prefixes', ['none'], []],
    ['national-prefix', ['auto'], null],
    ['national-prefix', ['none'], ''],
    ['national-prefix', ['0'], '0'],
    ['internal-patterns', ['1XXX', '[2-4]XX', '500'], ['1XXX', '[2-4]XX', '500']],
    ['service-numbers', ['*98', '1234'], ['*98', '1234']],
    ['shared-codes', ['CODE'], 'code'],
    ['unmatched', ['deny'], 'deny'],
    ['protection', ['no'], false],
    ['premium', ['TRUE'], true],
    ['pickup-group-code', ['*4'], '*4'],
    ['pickup-directed-code', ['*04'], '*04'],
    ['announcement-unreadable', ['custom/a&beeperr'], 'custom/a&beeperr'],
    ['announcement-own-call', ['none'], ''],
  ])('take %s %j as %j', (key, words, value) => {
    const context = inMexico();
    set(context, key, ...words);
    expect(readSettings(context.store)[key]).toEqual(value);
  });

  it.each([
    ['home-region', ['Mexico'], /ISO code/],
    ['home-region', ['ZZ'], /unknown/],
    ['home-region', ['+870'], /ISO code/],
    ['home-region', [''], /ISO code/],
    ['international-prefixes', ['+'], /prefixes/],
    ['international-prefixes', ['00a'], /prefixes/],
    ['national-prefix', ['12345'], /4 digits/],
    ['internal-patterns', ['1XX.'], /patterns/],
    ['internal-patterns', ['[4-2]X'], /pattern/],
    ['emergency-numbers', ['123456789'], /8 digits/],
    ['protection', ['maybe'], /on or off/],
    ['protection', ['on', 'off'], /one value/],
    ['unmatched', ['allow'], /continue or deny/],
    ['pickup-group-code', ['8'], /begins with/],
    ['pickup-group-code', ['*'], /begins with/],
    ['announcement-unreadable', ['a,b'], /Asterisk sounds/],
    ['announcement-unreadable', ['${SHELL(x)}'], /Asterisk sounds/],
    ['protetcion', ['on'], /Did you mean protection/],
    ['frobnicate', ['on'], /settings show/],
  ])('refuse %s %j', (key, words, problem) => {
    const context = inMexico();
    const before = [readSettings(context.store), policyVersion(context.store)];
    expect(() => set(context, key, ...words)).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringMatching(problem) }),
    );
    expect([readSettings(context.store), policyVersion(context.store)]).toEqual(before);
  });

  it.each([
    ['outside-prefixes', ['911'], /emergency number/],
    ['international-prefixes', ['00', '911'], /emergency number/],
    ['carrier-codes', ['911'], /emergency number/],
    ['service-numbers', ['911'], /emergency number/],
    ['internal-patterns', ['911'], /emergency number/],
    ['national-prefix', ['911'], /emergency number/],
    ['emergency-numbers', ['00541938'], /international number/],
    ['internal-patterns', ['XXXXXXXXX'], /international numbers/],
    ['internal-patterns', ['0054XXXXXX'], /international numbers/],
    ['carrier-codes', ['00'], /carrier code/],
    ['outside-prefixes', ['00'], /at once/],
    ['pickup-group-code', ['**7'], /taken for an extension/],
    ['pickup-any-code', ['*8'], /is pickup-group-code as well/],
    ['pickup-any-code', ['**'], /is pickup-directed-code as well/],
    ['pickup-any-code', ['*85'], /group of that number/],
    ['pickup-any-code', ['**1'], /taken for an extension/],
    ['pickup-directed-code', ['*81'], /number of a group/],
    ['pickup-directed-code', ['*8*'], /is pickup-directed-code as well/],
  ])('refuse %s %j, which would break calls', (key, words, problem) => {
    expect(() => set(inMexico(), key, ...words)).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringMatching(problem) }),
    );
  });

  it.each([
    ['pickup-any-code', '***'],
    ['pickup-any-code', '*8#'],
    ['pickup-any-code', '*9'],
    ['pickup-directed-code', '*8**'],
    ['pickup-group-code', '*80'],
  ])('take %s %s, which no other code is taken for', (key, word) => {
    expect(set(inMexico(), key, word).changes).toHaveLength(1);
  });

  it('judge a new home region together with what is set already', () => {
    const context = tempContext();
    set(context, 'outside-prefixes', '112');
    expect(() => set(context, 'home-region', 'DE')).toThrow(/112, which is an emergency number/);
    expect(() =>
      setSettings(
        context,
        new Map([
          ['home-region', ['DE']],
          ['outside-prefixes', ['0']],
        ]),
      ),
    ).not.toThrow();
  });

  it('allow what the whole world uses, and say which number stays an emergency number', () => {
    const context = tempContext();
    set(context, 'home-region', 'US');
    expect(set(context, 'outside-prefixes', '9').notices).toEqual([]);
    expect(set(context, 'internal-patterns', '9XX').notices.join()).toMatch(/911 stays an emergency number/);
    expect(set(context, 'unmatched', 'deny').notices).toEqual([]);
  });

  it('never keep a caller from an emergency number, whatever was accepted', () => {
    const word = fc.stringMatching(/^[0-9XN*#]{1,4}$/);
    const key = fc.constantFrom<SettingKey>(
      'outside-prefixes',
      'international-prefixes',
      'carrier-codes',
      'internal-patterns',
      'service-numbers',
      'national-prefix',
      'pickup-group-code',
      'pickup-directed-code',
      'emergency-numbers',
    );
    fc.assert(
      fc.property(
        fc.constantFrom('MX', 'US', 'DE', 'AU'),
        fc.array(fc.tuple(key, word), { maxLength: 6 }),
        (home, changes) => {
          const context = tempContext();
          set(context, 'home-region', home);
          const numbers = compilePlan(planOf(readSettings(context.store))).shortNumbers.emergency;
          for (const [name, value] of changes) {
            try {
              set(context, name, value);
            } catch (error) {
              if (!(error instanceof AppError)) throw error;
            }
          }
          const settings = readSettings(context.store);
          const plan = compilePlan(planOf(settings));
          for (const number of numbers) {
            expect(read(number, plan).kind).toBe('emergency');
            for (const outside of settings['outside-prefixes'])
              expect(read(outside + number, plan).kind).toBe('emergency');
            expect(number.startsWith(settings['pickup-directed-code'])).toBe(false);
          }
          context.store[Symbol.dispose]();
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    ['pickup-directed-code', '*8*', /pickup-any-code \*8\* is pickup-directed-code as well.*settings set/],
    ['pickup-group-code', '*8*', /pickup-any-code \*8\* is pickup-group-code as well/],
    ['pickup-directed-code', '*81', /taken for the number of a group/],
  ] as const)(
    'make no dialplan where an old database holds %s %s, and say which code to change',
    (key, code, problem) => {
      const context = inMexico();
      inWriteTransaction(context.store, () => {
        writeSetting(context.store, key, code);
        sealPolicy(context.store);
      });
      expect(() => dialplanFacts(context.store)).toThrow(AppError);
      expect(() => dialplanFacts(context.store)).toThrow(problem);
      set(context, key, key === 'pickup-group-code' ? '*7' : '*05');
      expect(dialplanFacts(context.store).anyCode).toBe('*8*');
    },
  );

  it('name who loses what when protection is switched on', () => {
    const context = inMexico();
    set(context, 'protection', 'off');
    setExtensions(context, ['1001-1015'], {});
    setExtensions(context, ['1001'], { right: 'on' });
    setCountries(context, ['AR'], 'allow');
    const { notices } = set(context, 'protection', 'on');
    expect(notices.join(' ')).toMatch(/14 known extensions without the right \(1002, 1003, .* and 4 more\)/);
    expect(notices.join(' ')).toMatch(/may call: 1/);
    expect(set(context, 'protection', 'off').notices.join()).toMatch(/Every readable number goes out/);
  });

  it('are set all or none, with one record for each and none for what is so already', () => {
    const context = inMexico();
    const both = new Map([
      ['premium', ['on']],
      ['unmatched', ['nonsense']],
    ]);
    expect(() => setSettings(context, both)).toThrow(AppError);
    expect(readSettings(context.store).premium).toBe(false);
    const { length } = readAudit(context.store, { limit: 100 });
    both.set('unmatched', ['deny']);
    expect(setSettings(context, both).changes).toHaveLength(2);
    expect(setSettings(context, both).changes).toHaveLength(0);
    expect(readAudit(context.store, { limit: 100 })).toHaveLength(length + 2);
  });

  it('are all shown with a value and a meaning, and what is shown can be set again', () => {
    const context = inMexico();
    const shown = showSettings({ ...defaultSettings, 'home-region': 'MX' });
    expect(shown.map(({ key }) => key)).toEqual(settingKeys);
    for (const { key, text, help } of shown) {
      expect(help).not.toBe('');
      set(context, key, text);
    }
    expect(readSettings(context.store)).toEqual({ ...defaultSettings, 'home-region': 'MX' });
  });
});
