// What a change would do, told before it is made: compared with what the decision says of every extension before and after it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeBarring, type ProposalWords } from '../../src/admin/barring-proposal.ts';
import type { AdminContext } from '../../src/admin/change.ts';
import { continentOf } from '../../src/admin/continents.ts';
import { setCountries } from '../../src/admin/countries.ts';
import { homeProbes, ordinaryProbe } from '../../src/admin/effective-probes.ts';
import { addExceptions } from '../../src/admin/exceptions.ts';
import { setExtensions } from '../../src/admin/extensions.ts';
import { setUpPolicy } from '../../src/admin/first-policy.ts';
import { addGroupMembers, setGroup } from '../../src/admin/groups.ts';
import { previewBarring } from '../../src/admin/preview.ts';
import { allRegions } from '../../src/admin/regions.ts';
import { addRules } from '../../src/admin/rules.ts';
import { setSchedule } from '../../src/admin/schedules.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { decide } from '../../src/barring/decide.ts';
import { levelNames, premiumClasses } from '../../src/barring/policy.ts';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import { readAuditPage } from '../../src/store/audit.ts';
import { loadPolicy, policyVersion, verifyPolicy } from '../../src/store/policy.ts';
import type { Store } from '../../src/store/open.ts';
import { openHere, tempContext } from '../store/temp-store.ts';

/** Every kind of layer, and some of each that say the same. */
function mexico(): AdminContext {
  const context = tempContext();
  setUpPolicy(context, new Map([['home-region', ['MX']]]), undefined);
  setSettings(context, new Map([['level', ['low']]]));
  setExtensions(context, ['1001-1006'], { right: 'on' });
  setExtensions(context, ['1007'], { right: 'on', level: 'closed' });
  setExtensions(context, ['1008'], { right: 'off' });
  setGroup(context, 'sales', { right: 'on', level: 'medium' });
  addGroupMembers(context, 'sales', ['1006', '1009']);
  setCountries(context, ['JP'], 'deny', 'sales');
  const terms = { exact: false, observe: false, reason: '', fromMs: null, untilMs: null };
  addRules(context, ['+44'], { ...terms, action: 'deny', group: 'sales' });
  addExceptions(context, ['1001', '1008'], {
    action: 'allow',
    countries: ['FR'],
    prefixes: [],
    numbers: [],
    premium: false,
    reason: 'visit',
    owner: '',
    fromMs: null,
    untilMs: null,
  });
  return context;
}

const auditCount = (store: Store) => readAuditPage(store, { limit: 1_000 }).rows.length;

/** What each extension may call, by the very decision. */
function judged({ store, nowMs }: AdminContext): ReadonlyMap<string, string> {
  const snapshot = compileSnapshot(loadPolicy(store).barring);
  const home = snapshot.plan.home.region;
  const probes = [
    ...allRegions()
      .filter((region) => region !== home)
      .map((region) => [region, ordinaryProbe(region)] as const),
    ...homeProbes(snapshot.plan).map(({ what, destination }) => [`home ${what}`, destination] as const),
  ];
  const answers = [...snapshot.extensions.keys()].flatMap((payer) =>
    probes.map(
      ([name, probe]) =>
        [
          `${payer} ${name}`,
          decide(snapshot, { dialled: '', payer, via: 'direct', atMs: nowMs }, probe).kind,
        ] as const,
    ),
  );
  return new Map(answers);
}

const some = fc.uniqueArray(fc.constantFrom('FR', 'US', 'JM', 'GB', 'JP', 'AR', 'CU', 'KZ', '+870', 'MX'), {
  maxLength: 3,
});
const proposals: fc.Arbitrary<ProposalWords> = fc
  .record({
    level: fc.option(fc.constantFrom(...levelNames), { nil: undefined }),
    premium: fc.option(fc.subarray([...premiumClasses]), { nil: undefined }),
    allow: some,
    deny: some,
    protection: fc.option(fc.constantFrom('on', 'off'), { nil: undefined }),
    shared: fc.option(fc.constantFrom('code', 'region'), { nil: undefined }),
  })
  .map(({ level, premium, allow, deny, protection, shared }) => ({
    level,
    premium,
    countries: { allow, deny: deny.filter((region) => !allow.includes(region)) },
    settings: {
      ...(protection === undefined ? {} : { protection: [protection] }),
      ...(shared === undefined ? {} : { 'shared-codes': [shared] }),
    },
  }));

describe('the preview of a change', () => {
  it('counts for each country those whose calls the decision lets out no longer, or now', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(proposals, { minLength: 1, maxLength: 2 }), async (steps) => {
        const context = mexico();
        for (const words of steps.slice(1)) changeBarring(context, words);
        const [words = {}] = steps;
        const { effect } = await previewBarring(context.store, words, context.nowMs);
        const before = judged(context);
        changeBarring(context, words);
        const after = judged(context);
        const moved = [...after].filter(([key, kind]) => before.get(key) !== kind);
        const lost = moved.filter(([, kind]) => kind === 'deny').map(([key]) => key.split(' ')[1] ?? '');
        const won = moved.filter(([, kind]) => kind === 'continue').map(([key]) => key.split(' ')[1] ?? '');
        const counted = (names: readonly string[]) =>
          Object.fromEntries(
            [...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]),
          );
        const told = (what: 'lose' | 'gain') =>
          Object.fromEntries(
            effect.items
              .filter((row) => row[what] > 0 && !row.item.includes(':'))
              .map((row) => [row.item, row[what]]),
          );
        const abroad = (names: readonly string[]) => counted(names.filter((name) => name !== 'home'));
        expect(told('lose')).toEqual(abroad(lost));
        expect(told('gain')).toEqual(abroad(won));
      }),
      { numRuns: 8 },
    );
  });

  it('leaves no trace: no version, no audit, no lock', async () => {
    const context = mexico();
    const { store, nowMs } = context;
    const [version, audited] = [policyVersion(store), auditCount(store)];
    await previewBarring(store, { level: 'open', countries: { deny: ['FR'] } }, nowMs);
    await expect(
      previewBarring(store, { level: 'open', countries: { deny: ['Frence'] } }, nowMs),
    ).rejects.toThrow(/Frence/);
    await expect(previewBarring(store, { settings: { 'outside-prefixes': ['911'] } }, nowMs)).rejects.toThrow(
      /911/,
    );
    expect([policyVersion(store), auditCount(store)]).toEqual([version, audited]);
    verifyPolicy(store);
    const other = openHere(store.path);
    expect(setCountries({ ...context, store: other }, ['FR'], 'deny').changes).toHaveLength(1);
  });

  it('is of the hours in which calls are open', async () => {
    const context = mexico();
    setSchedule(context, 'never-now', { open: ['sun 03:00-03:15'], timeZone: 'UTC' });
    setSettings(context, new Map([['schedule', ['never-now']]]));
    const { effect } = await previewBarring(context.store, { countries: { deny: ['DE'] } }, context.nowMs);
    expect(effect.items).toMatchObject([{ item: 'DE', lose: 5 }]);
  });

  it('tells of numbers at home, and of extensions that nobody knows', async () => {
    const context = mexico();
    const { store, nowMs } = context;
    const strict = await previewBarring(store, { settings: { unmatched: ['deny'] } }, nowMs);
    expect(strict.effect.items).toMatchObject([{ item: 'home:unmatched', lose: 9 }]);
    expect(strict.effect.unknown.loses).toEqual(['home:unmatched']);
    const open = await previewBarring(store, { premium: ['directory'] }, nowMs);
    expect(open.effect.items).toMatchObject([{ item: 'premium:directory', gain: 9 }]);
  });
});

describe('continents', () => {
  it('hold every country, and no code of no country', () => {
    const without = allRegions().filter((region) => continentOf(region) === 'none');
    expect(without.filter((region) => !region.startsWith('+'))).toEqual([]);
    expect(without).toHaveLength(9);
  });
});
