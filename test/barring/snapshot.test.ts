// Compiling a policy, at once or in slices, and what is said for a reason in which language.
import { describe, expect, it } from 'vitest';
import { announcementFor } from '../../src/barring/announcement.ts';
import type { RuleRow } from '../../src/barring/policy.ts';
import { limitsOf } from '../../src/barring/limits.ts';
import { callerOf } from '../../src/barring/caller.ts';
import { screenCall } from '../../src/barring/screen-call.ts';
import { compileSnapshot, compileSnapshotSteps } from '../../src/barring/snapshot.ts';
import { extensionRow } from './policy.ts';
import { exception, group, limit, noonMs, pin, policyWith, rule, type Rows } from './rows.ts';

const call = (dialled: string, payer = '1001') => ({ dialled, payer, via: 'direct', atMs: noonMs }) as const;

describe('a policy compiled in slices', () => {
  const many = Array.from({ length: 5000 }, (_, index) => String(10_000 + index));
  const rows: Rows = {
    rules: many.map((digits, index) => rule(index + 1, `+33${digits}`, { exact: index % 2 === 0 })),
    extensions: [...many.map((name) => extensionRow(name)), extensionRow('1001', { right: 'on' })],
    exceptions: many.map((extension, index) => exception(index + 1, { extension, region: 'FR' })),
    pins: many.map((extension) => pin(`p-${extension}`, { extensions: [extension] })),
  };

  it('pauses after every few hundred rows of each kind, and is then the same', () => {
    const steps = compileSnapshotSteps(policyWith(rows));
    let pauses = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) pauses += 1;
    expect(pauses).toBeGreaterThan((4 * 5000) / 300);
    const atOnce = compileSnapshot(policyWith(rows));
    for (const [dialled, payer] of [
      ['003312345', '1001'],
      ['00331234567', '1001'],
      ['0033140205050', '12345'],
      ['004930123456', '12345'],
    ] as const) {
      expect(screenCall(step.value, call(dialled, payer))).toEqual(screenCall(atOnce, call(dialled, payer)));
    }
  });

  it('may be dropped half-way', () => {
    const steps = compileSnapshotSteps(policyWith(rows));
    steps.next();
    expect(steps.return(compileSnapshot(policyWith({})))).toMatchObject({ done: true });
  });

  it('reads the rules once, from anything that gives them one by one', () => {
    let given = 0;
    const rules: Iterable<RuleRow> = {
      *[Symbol.iterator]() {
        given += 1;
        yield rule(1, '+33');
      },
    };
    const snapshot = compileSnapshot({ ...policyWith({}), rules });
    expect(screenCall(snapshot, call('0033140205050')).verdict.reason).toBe('rule-allowed');
    expect(given).toBe(1);
  });
});

describe('a pattern', () => {
  it.each(['', '+'.repeat(31), '+33 1', 'x'])('that no number can begin with is never met: %j', (pattern) => {
    const rules = [rule(1, pattern, { action: 'block' }), rule(2, pattern, { action: 'block', exact: true })];
    const snapshot = compileSnapshot(policyWith({ rules }));
    for (const dialled of ['0033140205050', '5512345678', '1002', '040']) {
      expect(screenCall(snapshot, call(dialled)).verdict.reason).not.toBe('blocked-number');
    }
  });

  it.each(['+', '+3', '+331402', '+3314020', '+33140205050'])(
    'of any length is met by the numbers that begin with it: %s',
    (pattern) => {
      const snapshot = compileSnapshot(policyWith({ rules: [rule(1, pattern, { action: 'block' })] }));
      expect(screenCall(snapshot, call('0033140205050')).verdict.rule.id).toBe('block:1');
      expect(screenCall(snapshot, call('003314020')).verdict.reason === 'blocked-number').toBe(
        '+3314020'.startsWith(pattern),
      );
    },
  );
});

describe('an announcement', () => {
  const snapshot = compileSnapshot(
    policyWith({
      settings: { announcements: { 'country-denied': 'custom/denied', 'pin-prompt': '' } },
      announcements: [
        { reason: 'country-denied', language: 'fr', sound: 'custom/fr/denied' },
        { reason: 'country-denied', language: 'fr_CA', sound: 'custom/ca/denied' },
        { reason: 'outside-hours', language: 'fr', sound: '' },
      ],
    }),
  );

  it.each([
    ['country-denied', 'fr', 'custom/fr/denied'],
    ['country-denied', 'fr_CA', 'custom/ca/denied'],
    ['country-denied', 'fr-ca', 'custom/ca/denied'],
    ['country-denied', 'fr_BE', 'custom/fr/denied'],
    ['country-denied', 'de', 'custom/denied'],
    ['country-denied', '', 'custom/denied'],
    ['country-denied', '___', 'custom/denied'],
    ['outside-hours', 'fr', ''],
    ['outside-hours', 'de', 'feature-not-avail-line'],
    ['pin-prompt', 'fr', ''],
    ['pin-retry', 'fr', 'auth-incorrect'],
  ] as const)('for %s in %j is %j', (reason, language, sound) => {
    expect(announcementFor(snapshot, reason, language)).toBe(sound);
  });

  it('of a verdict is in the language of the channel', () => {
    const denied = compileSnapshot(
      policyWith({
        countries: [{ region: 'FR', state: 'deny' }],
        announcements: [{ reason: 'country-denied', language: 'fr', sound: 'custom/fr/denied' }],
      }),
    );
    const { verdict } = screenCall(denied, { ...call('0033140205050'), language: 'fr_CA' });
    expect(verdict).toMatchObject({ announcement: 'custom/fr/denied', cause: 21 });
  });
});

it('the limits of a caller are those of the nearest layer, and all that are shared', () => {
  const limits = [
    limit(1, { class: 'hot' }),
    limit(2, { layer: 'group', name: 'sales', class: 'hot' }),
    limit(3, { counted: 'together' }),
    limit(4),
  ];
  const snapshot = compileSnapshot(policyWith({ limits, groups: [group('sales')] }));
  const caller = callerOf(snapshot, call('1'));
  expect(limitsOf({ caller, snapshot }).map(({ id }) => id)).toEqual([2, 3, 4]);
});
