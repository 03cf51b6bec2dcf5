// Compiling a plan: what is refused, what is derived from the home region, and what reading makes of the settings.
import { expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { compilePlan, planProblems } from '../../src/numbering/compile-plan.ts';
import { dataVersions } from '../../src/numbering/data-versions.ts';
import { emergencyNumbersOf } from '../../src/numbering/emergency.ts';
import { read } from '../../src/numbering/read.ts';
import { planFor } from '../barring/policy.ts';

test('a plan that cannot be used is refused with all its mistakes at once', () => {
  const bad = planFor({
    homeRegion: 'ZZ',
    internationalPrefixes: ['00', '+'],
    outsidePrefixes: ['9p'],
    nationalPrefix: 'x',
    emergencyNumbers: ['1 1 2'],
    serviceNumbers: ['*98', 'help'],
    internalPatterns: ['1XXX', '1X.', '_[4-2]X', 'X'.repeat(13)],
  });
  expect(planProblems(bad)).toHaveLength(9);
  expect(() => compilePlan(bad)).toThrow(AppError);
  expect(() => compilePlan(bad)).toThrow(/home region ZZ is unknown/);
  expect(planProblems(planFor({ homeRegion: '+870' }))).toHaveLength(1);
});

test('a compiled plan does not change with the object that it came from', () => {
  const outsidePrefixes = ['9'];
  const plan = compilePlan(planFor({ homeRegion: 'US', outsidePrefixes }));
  outsidePrefixes[0] = '8';
  expect(read('9911', plan).kind).toBe('emergency');
  expect(plan.plan.outsidePrefixes).toEqual(['9']);
});

test('the national prefix is that of the home region, unless the settings name another or none', () => {
  expect(compilePlan(planFor({ homeRegion: 'HU' })).trunkPrefix).toBe('06');
  expect(compilePlan(planFor({ homeRegion: 'MX', nationalPrefix: '01' })).trunkPrefix).toBe('01');
  const old = compilePlan(planFor({ homeRegion: 'MX', nationalPrefix: '01' }));
  expect(read('019001234567', old)).toMatchObject({ kind: 'national', numberType: 'premium' });
});

test('emergency numbers stand bare and with each outside prefix', () => {
  const plan = compilePlan(planFor({ homeRegion: 'US', outsidePrefixes: ['9', '88'] }));
  expect(emergencyNumbersOf(plan)).toEqual(['112', '88112', '88911', '911', '9112', '9911']);
});

test.each([
  ['9911', '911'],
  ['+911', '911'],
  ['911#', '911'],
  ['*67911', '911'],
  ['9*67911', '911'],
  ['*679911', '911'],
  ['9 (911)', '911'],
  ['9+911', '911'],
])('%s is the emergency number %s', (dialled, service) => {
  const plan = compilePlan(planFor({ homeRegion: 'US', outsidePrefixes: ['9'] }));
  expect(read(dialled, plan)).toMatchObject({ kind: 'emergency', service });
});

test.each(['99911', '*6*911', '911911', '*67*68911', '##911', '9119'])(
  '%s is no emergency number',
  (dialled) => {
    const plan = compilePlan(planFor({ homeRegion: 'US', outsidePrefixes: ['9'] }));
    expect(read(dialled, plan).kind).not.toBe('emergency');
  },
);

test('service numbers of the settings may hold * and #, and win over patterns', () => {
  const plan = compilePlan(planFor({ serviceNumbers: ['*98', '3200'], internalPatterns: ['3XXX'] }));
  expect(read('*98', plan)).toMatchObject({ kind: 'service', costClass: 'unknown' });
  expect(read('3200', plan).kind).toBe('service');
  expect(read('3201', plan)).toMatchObject({ kind: 'internal', extension: '3201' });
  expect(read('*99', plan)).toMatchObject({ kind: 'unreadable', cause: 'bad-character' });
});

test('an extension written out is internal even where it looks international; a wide pattern is not', () => {
  const plan = compilePlan(
    planFor({ internationalPrefixes: ['00'], internalPatterns: ['0043123456', 'XXXXXXXXXX'] }),
  );
  expect(read('0043123456', plan).kind).toBe('internal');
  expect(read('0043123457', plan).kind).toBe('international');
  expect(read('5512345678', plan).kind).toBe('internal');
});

test('extensions win over short numbers of the home region, with their cost', () => {
  const france = planFor({ homeRegion: 'FR', outsidePrefixes: ['0'] });
  expect(read('3200', compilePlan(france))).toMatchObject({ kind: 'service', costClass: 'premium' });
  const withExtensions = compilePlan({ ...france, internalPatterns: ['3XXX'] });
  expect(read('3200', withExtensions).kind).toBe('internal');
  expect(read('03200', withExtensions)).toMatchObject({ kind: 'service', costClass: 'premium' });
});

test('a prefix that is published beside the configured one counts where it leads to a number that exists', () => {
  const brazil = compilePlan(planFor({ homeRegion: 'BR', internationalPrefixes: ['00'] }));
  const destination = read('00155351234567', brazil);
  expect(destination.kind === 'international' && destination.regions).toContain('CU');
  expect(destination.kind === 'international' && destination.regions).toContain('US');
});

test('the data is named with its versions', () => {
  const versions = dataVersions();
  expect(Object.keys(versions)).toEqual(['numbers', 'shortNumbers', 'supplement']);
  expect(versions['numbers']).toMatch(/^libphonenumber-js \d+\./);
  expect(versions['shortNumbers']).toMatch(/^google-libphonenumber \d+\./);
  expect(versions['supplement']).toMatch(/^\d{4}-\d{2}$/);
});
