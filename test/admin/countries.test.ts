// Changing countries: by code, by name, all or none.
import { describe, expect, it } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import { allRegions, readRegionWords, regionName } from '../../src/admin/regions.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { AppError } from '../../src/errors.ts';
import { readAudit } from '../../src/store/audit.ts';
import { readCountries } from '../../src/store/countries.ts';
import { tempContext } from '../store/temp-store.ts';

function refusal(words: readonly string[]): AppError {
  try {
    readRegionWords(words);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('countries', () => {
  it.each([
    [
      ['AR', 'us', 'AR'],
      ['AR', 'US'],
    ],
    [
      ['+870', '+979'],
      ['+870', '+979'],
    ],
    [
      ['Argentina', 'United States'],
      ['AR', 'US'],
    ],
    [
      ['united kingdom,AR', 'US BR'],
      ['GB', 'AR', 'US', 'BR'],
    ],
    [['AR,US BR'], ['AR', 'US', 'BR']],
    [
      ['cote d’ivoire', 'Åland Islands', 'curacao'],
      ['CI', 'AX', 'CW'],
    ],
    [
      ['UK', 'USA', 'UAE'],
      ['GB', 'US', 'AE'],
    ],
  ])('written as %j are %j', (words, expected) => {
    expect(readRegionWords(words)).toEqual(expected);
  });

  it('that do not exist are all named, with what may have been meant', () => {
    expect(refusal(['Argentna']).message).toMatch(/Did you mean AR \(Argentina\)/);
    expect(refusal(['ZZ']).message).toMatch(/country list --all/);
    expect(refusal(['+999', 'AR', 'Mexco', 'ZZ']).details).toHaveLength(3);
    expect(refusal([]).message).toMatch(/at least one/);
  });

  it('have a name each, codes without a country too', () => {
    const regions = allRegions();
    expect(regions.length).toBeGreaterThan(250);
    expect(regions.filter((region) => regionName(region) === region)).toEqual([]);
  });

  it('are allowed, denied and forgotten, each change with its record', () => {
    const context = tempContext();
    setCountries(context, ['AR', 'US'], 'allow');
    setCountries(context, ['US'], 'deny');
    setCountries(context, ['AR', 'BR'], null);
    expect(readCountries(context.store)).toEqual([{ region: 'US', state: 'deny' }]);
    const audit = readAudit(context.store, { limit: 10 });
    expect(audit.map(({ subject, before, after }) => [subject.slice(0, 10), before, after])).toEqual([
      ['country AR', 'allow', null],
      ['country US', 'allow', 'deny'],
      ['country US', null, 'allow'],
      ['country AR', null, 'allow'],
    ]);
  });

  it('that are so already change nothing: no record, no new version', () => {
    const context = tempContext();
    setCountries(context, ['AR'], 'allow');
    expect(setCountries(context, ['AR'], 'allow')).toMatchObject({ changes: [], policyVersion: 1 });
    expect(readAudit(context.store, { limit: 10 })).toHaveLength(1);
  });

  it('are not changed at all when one of them is unknown', () => {
    const context = tempContext();
    expect(() => setCountries(context, ['AR', 'ZZ'], 'allow')).toThrow(AppError);
    expect(readCountries(context.store)).toEqual([]);
  });

  it('tell an administrator what may surprise him', () => {
    const context = tempContext();
    setSettings(context, new Map([['home-region', ['MX']]]));
    expect(setCountries(context, ['MX'], 'deny').notices.join()).toMatch(/home region/);
    setSettings(context, new Map([['protection', ['off']]]));
    expect(setCountries(context, ['AR'], 'allow').notices.join()).toMatch(/Protection is off/);
  });
});
