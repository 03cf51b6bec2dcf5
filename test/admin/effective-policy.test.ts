// The effective policy of an extension, and who may call a number: the decision's own words.
import { describe, expect, it } from 'vitest';
import type { AdminContext } from '../../src/admin/change.ts';
import { setCountries } from '../../src/admin/countries.ts';
import { groupRegions } from '../../src/admin/effective-groups.ts';
import { effectivePolicy, type EffectivePolicy } from '../../src/admin/effective-policy.ts';
import { addExceptions, type ExceptionWords } from '../../src/admin/exceptions.ts';
import { setExtensions } from '../../src/admin/extensions.ts';
import { addGroupMembers, setGroup } from '../../src/admin/groups.ts';
import { allRegions } from '../../src/admin/regions.ts';
import { setSchedule } from '../../src/admin/schedules.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { whoMaySteps } from '../../src/admin/who-may.ts';
import { finish } from '../../src/store/steps.ts';
import { screenCall } from '../../src/barring/screen-call.ts';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import { noUsage, type Usage } from '../../src/barring/usage.ts';
import { loadPolicy } from '../../src/store/policy.ts';
import { tempContext } from '../store/temp-store.ts';

const HOUR_MS = 3_600_000;

function inMexico(): AdminContext {
  const context = tempContext();
  const words = { 'home-region': ['MX'], 'international-prefixes': ['00'], 'internal-patterns': ['1XXX'] };
  setSettings(context, new Map(Object.entries(words)));
  return context;
}

const exception = (words: Partial<ExceptionWords>): ExceptionWords => ({
  countries: [],
  prefixes: [],
  numbers: [],
  action: 'allow',
  premium: false,
  reason: 'fair',
  owner: '',
  fromMs: null,
  untilMs: null,
  ...words,
});

function policyOf(
  { store, nowMs }: AdminContext,
  extension: string,
  { atMs = nowMs, usage = noUsage }: { atMs?: number; usage?: Usage } = {},
): EffectivePolicy {
  const { barring } = loadPolicy(store);
  const { schedules } = barring;
  return effectivePolicy({ snapshot: compileSnapshot(barring), schedules, usage, extension, atMs });
}

const allowedIn = ({ countries }: EffectivePolicy) =>
  groupRegions(countries)
    .filter(({ verdict }) => verdict === 'continue')
    .map(({ by, regions }) => `${by}: ${regions.join(' ')}`);

const kindsAllowed = ({ home, premium }: EffectivePolicy) =>
  [...home, ...premium].filter(({ verdict }) => verdict === 'continue').map(({ what }) => what);

const atHome = [
  'emergency numbers',
  'internal numbers',
  'service numbers',
  'national numbers',
  'digits that the home plan does not know',
];

describe('the effective policy', () => {
  it('of an extension without a word is home alone', () => {
    const context = inMexico();
    const policy = policyOf(context, '1001');
    expect(kindsAllowed(policy)).toEqual(atHome);
    expect(policy.right.on).toBe(false);
    expect(policy.countries).toHaveLength(allRegions().length - 1);
    expect(allowedIn(policy)).toEqual([]);
    expect(policy.premiumAbroad).toEqual([]);
  });

  it('names the layer that each country comes from', () => {
    const context = inMexico();
    setCountries(context, ['AR', 'DE'], 'allow');
    setGroup(context, 'sales', { right: 'on', premium: ['shared-cost'] });
    addGroupMembers(context, 'sales', ['1001']);
    addExceptions(context, ['1001'], exception({ countries: ['FR'], untilMs: context.nowMs + HOUR_MS }));
    addExceptions(context, ['1001'], exception({ countries: ['DE'], action: 'deny' }));
    const policy = policyOf(context, '1001');
    expect(policy.right).toMatchObject({ on: true, rule: { id: 'group:sales:international' } });
    expect(policy.groups).toEqual(['sales']);
    expect(allowedIn(policy)).toEqual(['countries of the organisation: AR', 'exception 1: FR']);
    expect(policy.countries.find(({ region }) => region === 'DE')).toMatchObject({
      verdict: 'deny',
      reason: 'country-denied',
      rule: { id: 'exception:2' },
    });
    expect(kindsAllowed(policy)).toEqual([...atHome, 'shared-cost numbers']);
    const after = policyOf(context, '1001', { atMs: context.nowMs + HOUR_MS });
    expect(allowedIn(after)).toEqual(['countries of the organisation: AR']);
  });

  it('shows an exception of somebody without the right as the one way out', () => {
    const context = inMexico();
    setCountries(context, ['AR'], 'allow');
    addExceptions(context, ['1001'], exception({ countries: ['FR'] }));
    expect(allowedIn(policyOf(context, '1001'))).toEqual(['exception 1: FR']);
  });

  it('tells what a closed schedule will open', () => {
    const context = inMexico();
    setCountries(context, ['AR'], 'allow');
    setExtensions(context, ['1001'], { right: 'on' });
    // Closed on Saturdays: the context's day is one.
    setSchedule(context, 'office', { timeZone: 'UTC', open: ['mon-fri 08:00-18:00'] });
    setSettings(context, new Map([['schedule', ['office']]]));
    const closed = policyOf(context, '1001');
    expect(closed.schedules).toMatchObject([{ name: 'office', origin: 'organisation', isOpen: false }]);
    expect(allowedIn(closed)).toEqual([]);
    expect(closed.countries.find(({ region }) => region === 'AR')?.reason).toBe('outside-hours');
    expect(groupRegions(closed.countriesWhenOpen ?? [])[0]).toMatchObject({
      verdict: 'continue',
      by: 'countries of the organisation',
      regions: ['AR'],
    });
    const open = policyOf(context, '1001', { atMs: closed.schedules[0]?.nextChangeMs ?? 0 });
    expect(open.countriesWhenOpen).toBeNull();
    expect(allowedIn(open)).toEqual(['countries of the organisation: AR']);
  });

  it('knows of quarantine, and of premium numbers abroad', () => {
    const context = inMexico();
    setCountries(context, ['AR', 'FR'], 'allow');
    setExtensions(context, ['1001'], { right: 'on' });
    expect(policyOf(context, '1001').premiumAbroad.map(({ region, reason }) => [region, reason])).toEqual([
      ['AR', 'premium-not-allowed'],
      ['FR', 'premium-not-allowed'],
    ]);
    const quarantine = { extension: '1001', sinceMs: 0, untilMs: null, reason: 'fraud', by: 'limit:1' };
    const usage: Usage = { ...noUsage, quarantine: (name) => (name === '1001' ? quarantine : null) };
    const policy = policyOf(context, '1001', { usage });
    expect(policy.quarantine).toEqual(quarantine);
    expect(new Set(policy.countries.map(({ reason }) => reason))).toEqual(new Set(['quarantined']));
    expect(kindsAllowed(policy)).toEqual(atHome);
  });

  it('agrees with calls to real numbers of the countries', () => {
    const context = inMexico();
    setCountries(context, ['AR', 'ES'], 'allow');
    setCountries(context, ['DE'], 'deny');
    setGroup(context, 'sales', { right: 'on', level: 'closed' });
    setExtensions(context, ['1002'], { right: 'on', groups: ['sales'] });
    setExtensions(context, ['1003'], { right: 'on' });
    addExceptions(context, ['1001-1002'], exception({ countries: ['FR'] }));
    const { barring } = loadPolicy(context.store);
    const snapshot = compileSnapshot(barring);
    const numbers = { AR: '+541112345678', ES: '+34912345678', DE: '+496912345678', FR: '+33140205050' };
    for (const extension of ['1001', '1002', '1003', '1009']) {
      const told = new Map(policyOf(context, extension).countries.map((each) => [each.region, each]));
      for (const [region, dialled] of Object.entries(numbers)) {
        const call = { dialled, payer: extension, via: 'direct', atMs: context.nowMs } as const;
        const { kind, reason, rule } = screenCall(snapshot, call).verdict;
        expect(told.get(region)).toMatchObject({ verdict: kind, reason, rule: { id: rule.id } });
      }
    }
  });
});

describe('who may call a number', () => {
  it('is every extension that the policy names, in the order of their numbers, and all others', () => {
    const context = inMexico();
    setCountries(context, ['AR'], 'allow');
    setExtensions(context, ['1001', '999', '1002'], { right: 'on' });
    setExtensions(context, ['1002'], { level: 'closed', right: 'off' });
    addExceptions(context, ['1003'], exception({ numbers: ['+541112345678'] }));
    const { barring } = loadPolicy(context.store);
    const steps = whoMaySteps(compileSnapshot(barring), noUsage, '00541112345678', context.nowMs);
    const found = finish(steps);
    expect(found).toMatchObject({ allowed: 3, withPin: 0, refused: 1 });
    expect(found.destination).toMatchObject({ kind: 'international', regions: ['AR'] });
    expect(found.extensions.map(({ extension, reason }) => [extension, reason])).toEqual([
      ['999', 'country-allowed'],
      ['1001', 'country-allowed'],
      ['1002', 'no-international-right'],
      ['1003', 'exception'],
    ]);
    expect(found.others).toMatchObject({ verdict: 'deny', reason: 'no-international-right' });
  });
});
