// What holds for every policy, call and past: I1 to I6 as far as the decision upholds them.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PolicyData } from '../../src/barring/policy.ts';
import { screenCall } from '../../src/barring/screen-call.ts';
import { compileSnapshot } from '../../src/barring/snapshot.ts';
import type { Usage } from '../../src/barring/usage.ts';
import type { OutboundCall, Verdict } from '../../src/barring/verdict.ts';
import { anyCall, anyPolicy, anyUsage, numbers, prefix } from './any-policy.ts';
import { extensionRow } from './policy.ts';
import { exception, limit, noonMs, pin, rule } from './rows.ts';

const runs = { numRuns: 300 };
const actions = ['allow', 'deny', 'pin', 'block'] as const;

const screen = (policy: PolicyData, call: OutboundCall, usage?: Usage) =>
  screenCall(compileSnapshot(policy), call, usage);
const judge = (policy: PolicyData, call: OutboundCall, usage?: Usage): Verdict =>
  screen(policy, call, usage).verdict;

const withRules = (policy: PolicyData, ...more: readonly ReturnType<typeof rule>[]): PolicyData => ({
  ...policy,
  rules: [...policy.rules, ...more],
});

test('the decision never throws, is the same each time, and is whole', () => {
  fc.assert(
    fc.property(anyPolicy, anyCall, anyUsage, (policy, call, usage) => {
      const before = JSON.stringify([policy, call]);
      const snapshot = compileSnapshot(policy);
      const { verdict } = screenCall(snapshot, call, usage);
      expect(screenCall(snapshot, call, usage).verdict).toEqual(verdict);
      expect(JSON.stringify([policy, call])).toBe(before);
      expect(verdict.rule.id).toMatch(/^[a-z]+:.+/);
      expect(verdict.rule.text).toMatch(/\.$/);
      expect(verdict.trace.length).toBeGreaterThan(2);
      expect(isWhole(verdict)).toBe(true);
    }),
    runs,
  );
});

function isWhole(verdict: Verdict): boolean {
  switch (verdict.kind) {
    case 'continue':
      return verdict.reason !== 'observed' || verdict.observed.length > 0;
    case 'deny':
      return verdict.cause === (verdict.reason === 'unreadable' ? 28 : 21);
    case 'challenge':
      return verdict.pins.length > 0;
  }
}

test('I1: emergency calls continue by every policy, for everybody, whatever was called before', () => {
  fc.assert(
    fc.property(anyPolicy, anyCall, anyUsage, (policy, call, usage) => {
      const blocking = withRules(
        policy,
        rule(99, '9', { action: 'block' }),
        rule(98, '911', { action: 'deny' }),
      );
      expect(judge(blocking, { ...call, dialled: '911' }, usage)).toMatchObject({
        kind: 'continue',
        reason: 'emergency',
      });
    }),
    runs,
  );
});

test('a blocked number is refused by every policy, to everybody, with every PIN', () => {
  fc.assert(
    fc.property(anyPolicy, anyCall, anyUsage, fc.constantFrom(...numbers), (policy, call, usage, number) => {
      const blocking = withRules(policy, rule(99, number, { action: 'block', exact: true }));
      expect(judge(blocking, { ...call, dialled: number }, usage).reason).toBe('blocked-number');
    }),
    runs,
  );
});

test('I4, I5: what is unreadable is refused by every policy that protects, also by one that only observes', () => {
  const unreadable = fc.oneof(
    fc.constantFrom('00999123456', '0053;1', '0x0053', '00', '+', '00005351234567', '٠٠٥٣', '0'.repeat(79)),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  fc.assert(
    fc.property(anyPolicy, anyCall, anyUsage, unreadable, (policy, call, usage, dialled) => {
      const settings = { ...policy.settings, protection: true };
      const { destination, verdict } = screen({ ...policy, settings }, { ...call, dialled }, usage);
      fc.pre(destination.kind === 'unreadable');
      expect([verdict.kind, verdict.reason]).toEqual(['deny', 'unreadable']);
    }),
    runs,
  );
});

test('I6: nobody who cannot be named makes a call that costs, while the policy is enforced', () => {
  const chargeable = fc.constantFrom(
    ...numbers.filter((number) => !number.startsWith('+5255')),
    '9001234567',
  );
  fc.assert(
    fc.property(anyPolicy, anyCall, anyUsage, chargeable, (policy, call, usage, dialled) => {
      const settings = { ...policy.settings, protection: true, mode: 'enforce' as const };
      const nobody = { ...call, dialled, payer: null, outsideCaller: '' };
      expect(judge({ ...policy, settings }, nobody, usage).kind).toBe('deny');
    }),
    runs,
  );
});

test('the order of the rows changes nothing', () => {
  const turned = <T>(rows: Iterable<T>) => [...rows].toReversed();
  fc.assert(
    fc.property(anyPolicy, anyCall, anyUsage, (policy, call, usage) => {
      const other: PolicyData = {
        ...policy,
        extensions: turned(policy.extensions),
        countries: turned(policy.countries),
        levels: turned(policy.levels),
        neighbours: turned(policy.neighbours),
        groups: turned(policy.groups),
        rules: turned(policy.rules),
        exceptions: turned(policy.exceptions),
        lists: turned(policy.lists),
        schedules: turned(policy.schedules),
        limits: turned(policy.limits),
        pins: turned(policy.pins),
      };
      expect(judge(other, call, usage)).toEqual(judge(policy, call, usage));
    }),
    runs,
  );
});

/** Where the policy does not name an extension, naming it is a change by itself. */
function naming1001(policy: PolicyData): PolicyData {
  if (policy.extensions.some(({ extension }) => extension === '1001')) return policy;
  return { ...policy, extensions: [...policy.extensions, extensionRow('1001')] };
}

const withoutTrace = (verdict: Verdict): Verdict => ({ ...verdict, trace: [] });

test('what has run out, or does not count yet, is as if it were not there', () => {
  const spells = fc.constantFrom({ fromMs: null, untilMs: noonMs }, { fromMs: noonMs + 1, untilMs: null });
  fc.assert(
    fc.property(anyPolicy, anyCall, anyUsage, spells, prefix, (any, given, usage, spell, pattern) => {
      const policy = naming1001(any);
      const call = { ...given, atMs: noonMs };
      const gone: PolicyData = {
        ...policy,
        rules: [
          ...policy.rules,
          ...actions.map((action, id) => rule(90 + id, pattern, { action, ...spell })),
        ],
        exceptions: [
          ...policy.exceptions,
          exception(90, { pattern, ...spell }),
          exception(91, { pattern, action: 'deny', ...spell }),
          exception(92, { region: 'FR', action: 'pin', ...spell }),
        ],
        pins: [...policy.pins, pin('p-0', { ...spell, entryId: 1 })],
      };
      expect(judge(gone, call, usage)).toEqual(judge(policy, call, usage));
    }),
    runs,
  );
});

test('a permission for one number changes nothing for another', () => {
  const allowed = fc.constantFrom(...numbers);
  fc.assert(
    fc.property(anyPolicy, anyCall, anyUsage, allowed, (any, call, usage, number) => {
      const policy = naming1001(any);
      const { destination, verdict } = screen(policy, call, usage);
      fc.pre(!('e164' in destination && destination.e164 === number));
      const more: PolicyData = {
        ...withRules(policy, rule(90, number, { exact: true, premium: true })),
        exceptions: [...policy.exceptions, exception(91, { pattern: number, exact: true })],
      };
      expect(withoutTrace(judge(more, call, usage))).toEqual(withoutTrace(verdict));
    }),
    runs,
  );
});

test('what the extension is allowed by its own number, no group and no organisation takes away, but the block-list', () => {
  fc.assert(
    fc.property(anyPolicy, anyCall, fc.constantFrom(...numbers), (policy, call, number) => {
      const rules = [...policy.rules].filter(({ action }) => action !== 'block');
      const own = exception(91, { extension: '1001', pattern: number, exact: true });
      const settings = { ...policy.settings, protection: true, mode: 'enforce' as const };
      const { verdict } = screen(
        { ...policy, settings, rules, exceptions: [own] },
        { ...call, dialled: number, payer: '1001', outsideCaller: '' },
      );
      const aboutOtherThings = ['outside-hours', 'limit-', 'pin-', 'continue'];
      const word = verdict.kind === 'continue' ? 'continue' : verdict.reason;
      expect(aboutOtherThings.some((about) => word.startsWith(about))).toBe(true);
    }),
    runs,
  );
});

test('a PIN opens only what asks for one, closes nothing, and is not asked for again', () => {
  fc.assert(
    fc.property(anyPolicy, anyCall, anyUsage, (policy, { pin: _pin, ...call }, usage) => {
      const without = judge(policy, call, usage);
      const unlocked = { ...usage, pinLockedUntilMs: () => null };
      const kinds = new Set(
        ['p-1', 'p-2', 'p-3', 'p-9'].map((id) => judge(policy, { ...call, pin: { id } }, unlocked).kind),
      );
      expect(kinds.has('challenge')).toBe(false);
      const may: Readonly<Record<Verdict['kind'], readonly string[]>> = {
        continue: ['continue'],
        deny: without.reason === 'pin-locked' ? ['continue', 'deny'] : ['deny'],
        challenge: ['continue', 'deny'],
      };
      expect(may[without.kind]).toEqual(expect.arrayContaining([...kinds]));
    }),
    runs,
  );
});

test('limits, schedules, quarantine and PINs for every call never touch calls that cost nothing extra', () => {
  const free = fc.constantFrom('911', '1002', '040', '5512345678', '+525512345678', '541938384');
  fc.assert(
    fc.property(anyPolicy, anyCall, anyUsage, free, (policy, given, usage, dialled) => {
      const call = { ...given, dialled };
      const strict: PolicyData = {
        ...policy,
        schedules: [],
        limits: [...policy.limits, limit(99, { max: 0 })],
        settings: { ...policy.settings, schedule: 'office' },
      };
      const quarantine = { extension: '', sinceMs: 0, untilMs: null, reason: 'fraud', by: 'sign' };
      const one = judge(policy, call, usage);
      const other = judge(strict, call, { ...usage, quarantine: () => quarantine });
      expect({ ...other, trace: [] }).toEqual({ ...one, trace: [] });
    }),
    runs,
  );
});

test('observing lets out whatever enforcing lets out, and all that can be read and is not blocked', () => {
  fc.assert(
    fc.property(anyPolicy, anyCall, anyUsage, (policy, given, usage) => {
      const call = { ...given, outsideCaller: '' };
      const by = (mode: 'enforce' | 'observe') =>
        judge({ ...policy, settings: { ...policy.settings, mode } }, call, usage);
      const observed = by('observe');
      const isFirm = observed.reason === 'unreadable' || observed.reason === 'blocked-number';
      expect(observed.kind).toBe(isFirm ? 'deny' : 'continue');
      expect(by('enforce').kind === 'continue' && isFirm).toBe(false);
    }),
    runs,
  );
});
