// Two versions of the numbering data, one of them made up: what differs, and what a number was and is.
import { describe, expect, it } from 'vitest';
import { differencesOfData } from '../../src/numbering/data-differences.ts';
import { createDataReader } from '../../src/numbering/data-reader.ts';
import { numberingData } from '../../src/numbering/numbering-data.ts';
import { knownRegions } from '../../src/numbering/region-data.ts';
import { olderData } from './older-data.ts';

const now = numberingData();

describe('versions of the numbering data', () => {
  it('hold every region and every calling code, as plain data', () => {
    expect(Object.keys(now.regions).sort()).toEqual([...knownRegions()].sort());
    expect(now.callingCodes['1']?.[0]).toBe('US');
    expect(now.regions['MX']?.emergency).toContain('911');
    expect(JSON.parse(JSON.stringify(now))).toEqual(now);
  });

  it('differ in nothing where they are the same', () => {
    expect(differencesOfData(now, JSON.parse(JSON.stringify(now)), 'MX')).toEqual([]);
  });

  it('differ in what an update changed, about emergency and short numbers for the home region alone', () => {
    expect(differencesOfData(olderData(), now, 'MX')).toEqual([
      { kind: 'emergency', region: 'MX', added: ['911'], removed: ['0999'] },
      { kind: 'short-numbers', region: 'MX', cost: 'premium' },
      { kind: 'calling-code', callingCode: '599', before: ['CW'], after: ['CW', 'BQ'] },
      { kind: 'range', range: '+39 0549', before: null, after: 'SM' },
      { kind: 'pattern', region: 'FR', type: 'premium', state: 'changed' },
      { kind: 'pattern', region: 'FR', type: 'shared-cost', state: 'added' },
      { kind: 'region', region: 'BQ', state: 'added' },
    ]);
    const inFrance = differencesOfData(olderData(), now, 'FR');
    expect(inFrance.filter(({ kind }) => ['emergency', 'short-numbers', 'dialling'].includes(kind))).toEqual(
      [],
    );
  });

  it.each([
    ['+33892123456', true, ['FR'], ['premium']],
    ['+33892', false, ['FR'], ['premium']],
    ['+336', false, ['FR'], ['mobile']],
    ['+3361', true, ['FR'], ['mobile']],
    ['+447624123456', true, ['IM'], ['mobile']],
    ['+19005550123', true, ['US', 'CA'], ['premium']],
    ['+87077', false, ['+870'], ['mobile']],
  ])('read %s, exact %s, as %j %j', (number, exact, regions, types) => {
    expect(createDataReader(now).read(number, exact)).toEqual({ regions, types });
  });

  it.each(['+', '+1', '+33', '118', '+999123', ''])('read nothing from %j', (number) => {
    expect(createDataReader(now).read(number, false)).toBeNull();
  });

  it('read a number by the data of their time', () => {
    const older = createDataReader(olderData());
    expect(older.read('+33811', false)?.types).toEqual(['premium']);
    expect(createDataReader(now).read('+33811', false)?.types).toEqual(['shared-cost']);
  });

  it('with a pattern that cannot be read match nothing by it', () => {
    const odd = olderData({ FR: { types: { premium: '(?<=8)9(' } } });
    expect(createDataReader(odd).read('+33892', false)).toEqual({ regions: [], types: [] });
  });
});
