// The decision: which rule speaks when, what the caller hears, and what the trace tells.
import { expect, test } from 'vitest';
import { decide } from '../../src/barring/decide.ts';
import { continueReasons, denyReasons, sentenceOf } from '../../src/barring/reasons.ts';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import type { Destination } from '../../src/numbering/destination.ts';
import type { PolicyData } from '../../src/barring/policy.ts';
import { extensionRow, noFurtherRows, planFor, screen, settingsFor, snapshotFor } from './policy.ts';

const mexico = { homeRegion: 'MX', internationalPrefixes: ['00'] } as const;

test('an allowed country is open to an extension with the right, and the rule names the country', () => {
  const { destination, verdict } = screen(snapshotFor(mexico, { allowed: ['AR'] }), '00541938384');
  expect(destination).toMatchObject({ kind: 'international', e164: '+541938384', number: '00541938384' });
  expect(verdict).toMatchObject({
    kind: 'continue',
    reason: 'country-allowed',
    rule: { id: 'country:AR', origin: 'organisation' },
    policyVersion: 7,
  });
});

test('the right is asked before the country, so that nobody learns which countries are open', () => {
  const { verdict } = screen(snapshotFor(mexico, { allowed: ['AR'] }), '00621938384', '1002');
  expect(verdict).toMatchObject({
    reason: 'no-international-right',
    rule: { id: 'extension:1002:international', origin: 'extension' },
  });
});

test.each(['1003', '100', '10010', ' 1001', 'toString'])(
  'an extension that the policy does not know by exact name (%j) has no international right',
  (payer) => {
    const { verdict } = screen(snapshotFor(mexico, { allowed: ['AR'] }), '00541938384', payer);
    expect(verdict.reason).toBe('no-international-right');
  },
);

test.each([null, ''])('a call whose payer is %j has no rights', (payer) => {
  const snapshot = snapshotFor(mexico, { allowed: ['AR'], premium: true });
  expect(screen(snapshot, '00541938384', payer).verdict.reason).toBe('unknown-payer');
  expect(screen(snapshot, '9001234567', payer).verdict.reason).toBe('unknown-payer');
  expect(screen(snapshot, '5512345678', payer).verdict.kind).toBe('continue');
});

test('a denied country beats an allowed one where a number can belong to both', () => {
  const destination: Destination = {
    kind: 'international',
    dialled: '+1',
    number: '+1',
    steps: [],
    e164: null,
    regions: ['US', 'CA'],
    numberType: 'unknown',
  };
  const call = { dialled: '+1', payer: '1001', via: 'direct', atMs: 0 } as const;
  const judge = (allowed: readonly string[], denied: readonly string[]) =>
    decide(snapshotFor(mexico, { allowed, denied }), call, destination).reason;
  expect(judge(['US', 'CA'], [])).toBe('country-allowed');
  expect(judge(['US'], [])).toBe('country-not-allowed');
  expect(judge(['US'], ['CA'])).toBe('country-denied');
});

test('two rows for one country count as denied', () => {
  const snapshot = snapshotFor(mexico, { allowed: ['AR'], denied: ['AR'] });
  expect(screen(snapshot, '00541938384').verdict.reason).toBe('country-denied');
});

test('a number without any region is no country that anybody allowed', () => {
  const destination = { ...screen(snapshotFor(mexico), '00541938384').destination, regions: [] };
  const call = { dialled: '00541938384', payer: '1001', via: 'direct', atMs: 0 } as const;
  expect(decide(snapshotFor(mexico, { allowed: ['AR'] }), call, destination).kind).toBe('deny');
});

test('a code without a country is open only where it is allowed by itself, and global networks are on', () => {
  const iridium = '00881631234567';
  expect(screen(snapshotFor(mexico, { allowed: ['US'], premium: true }), iridium).verdict).toMatchObject({
    reason: 'country-not-allowed',
    rule: { id: 'country:+881' },
  });
  expect(screen(snapshotFor(mexico, { allowed: ['+881'] }), iridium).verdict.reason).toBe(
    'premium-not-allowed',
  );
  const satellite = { allowed: ['+881'], settings: { premium: ['satellite'] } } as const;
  expect(screen(snapshotFor(mexico, satellite), iridium).verdict.reason).toBe('premium-allowed');
  const premiumNetwork = '00979123456789';
  expect(screen(snapshotFor(mexico, { allowed: ['+979'] }), premiumNetwork).verdict.reason).toBe(
    'premium-not-allowed',
  );
});

test('with shared codes taken as one, one allowed region opens all that are not denied', () => {
  const coarse = { ...mexico, sharedCodes: 'code' } as const;
  const snapshot = snapshotFor(coarse, { allowed: ['US'], denied: ['JM'] });
  expect(screen(snapshot, '0014162345678').verdict).toMatchObject({
    reason: 'country-allowed',
    rule: { id: 'country:US' },
  });
  expect(screen(snapshot, '0018762101234').verdict.reason).toBe('country-denied');
  expect(screen(snapshotFor({ ...coarse, homeRegion: 'US' }), '18762101234').destination.kind).toBe(
    'national',
  );
});

test('unmatched = deny refuses what the home plan does not know, and nothing that it knows', () => {
  const strict = snapshotFor(mexico, { settings: { unmatched: 'deny' } });
  expect(screen(strict, '541938384').verdict.reason).toBe('unmatched-number');
  expect(screen(strict, '5512345678').verdict.reason).toBe('national');
  expect(screen(snapshotFor(mexico), '541938384').verdict.reason).toBe('not-international');
});

test('the premium switch opens national premium numbers, and only those', () => {
  const on = snapshotFor(mexico, { premium: true });
  expect(screen(on, '9001234567').verdict.reason).toBe('premium-allowed');
  expect(screen(on, '0012129761234').verdict.kind).toBe('deny');
  expect(screen(snapshotFor(mexico), '9001234567').verdict.reason).toBe('premium-not-allowed');
});

test('with protection off everything goes on that is made of digits', () => {
  const off = snapshotFor({ ...mexico, homeRegion: 'DE' }, { settings: { protection: false } });
  for (const dialled of ['00541938384', '00621938384', '09001234567', '0103330123456', '00999123456']) {
    expect(screen(off, dialled, null).verdict.reason).toBe('protection-off');
  }
});

test('a refusal brings the stock announcement and the cause for its reason', () => {
  const snapshot = snapshotFor(mexico);
  expect(screen(snapshot, '00541938384', '1002').verdict).toMatchObject({
    announcement: 'feature-not-avail-line',
    cause: 21,
  });
  expect(screen(snapshot, '00999123456').verdict).toMatchObject({
    announcement: 'cannot-complete-as-dialed&check-number-dial-again',
    cause: 28,
  });
});

test('the settings may name another announcement for a reason, or none', () => {
  const announcements = { 'no-international-right': 'custom/no-abroad', 'country-not-allowed': '' };
  const snapshot = snapshotFor(mexico, { settings: { announcements } });
  expect(screen(snapshot, '00541938384', '1002').verdict).toMatchObject({ announcement: 'custom/no-abroad' });
  expect(screen(snapshot, '00541938384').verdict).toMatchObject({ announcement: '' });
});

test('the trace holds the reading and each step tried, down to the one that decided', () => {
  const { verdict } = screen(snapshotFor(mexico, { allowed: ['AR'] }), '00-541938384');
  expect(verdict.trace).toEqual([
    { step: 'alphabet', result: '00541938384' },
    { step: 'emergency', result: 'no' },
    { step: 'international-prefix', result: '00' },
    { step: 'rule-emergency', result: 'no opinion' },
    { step: 'rule-unreadable', result: 'no opinion' },
    { step: 'rule-block-list', result: 'no opinion' },
    { step: 'rule-outside-caller', result: 'no opinion' },
    { step: 'rule-protection', result: 'no opinion' },
    { step: 'rule-quarantine', result: 'no opinion' },
    { step: 'rule-national', result: 'no opinion' },
    { step: 'rule-premium', result: 'no opinion' },
    { step: 'rule-international-right', result: 'pass: extension:1001:international' },
    { step: 'layer-extension', result: 'no opinion' },
    { step: 'layer-organisation', result: 'allow: country:AR' },
    { step: 'rule-countries', result: 'permit: country:AR' },
    { step: 'rule-international-premium', result: 'no opinion' },
    { step: 'rule-schedule', result: 'no opinion' },
    { step: 'rule-limits', result: 'no opinion' },
    { step: 'rule-pin', result: 'no opinion' },
  ]);
});

test('a snapshot shares nothing with the rows that it was compiled from', () => {
  const extensions = [extensionRow('1001')];
  const countries = [{ region: 'AR', state: 'allow' as const }];
  const settings: PolicyData['settings'] = { ...settingsFor({}) };
  const plan = planFor(mexico);
  const snapshot = compileSnapshot({ ...noFurtherRows, version: 1, plan, settings, extensions, countries });
  extensions[0] = extensionRow('1001', { right: 'on' });
  Object.assign(settings, { protection: false });
  expect(screen(snapshot, '00541938384').verdict.reason).toBe('no-international-right');
  expect(Object.isFrozen(snapshot)).toBe(true);
});

test('every reason has a sentence for people', () => {
  const reasons = [...Object.keys(continueReasons), ...Object.keys(denyReasons)];
  expect(reasons).toHaveLength(30);
  expect(sentenceOf('country-denied')).toMatch(/^The country .*\.$/);
  expect(sentenceOf('emergency')).toMatch(/\.$/);
});
