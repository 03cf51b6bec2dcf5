// I1, I2, I3 while the daemon is away: every dialled string of the tables against the patterns of its dialplan.
import { describe, expect, test } from 'vitest';
import { compilePlan } from '../../src/numbering/compile-plan.ts';
import { emergencyNumbersOf } from '../../src/numbering/emergency.ts';
import type { NumberingPlan } from '../../src/numbering/plan.ts';
import { staticPatterns } from '../../src/numbering/static-patterns.ts';
import { outcomeOf, planFor, screen, snapshotFor } from '../barring/policy.ts';
import { moreCases } from '../cases/more-cases.ts';
import { loadCases, loadFurther, planOf } from '../cases/shared-cases.ts';
import { asteriskPattern } from './asterisk-match.ts';

interface Dialled {
  readonly plan: Partial<NumberingPlan>;
  readonly dialled: string;
}

const rows: readonly Dialled[] = [
  ...loadFurther().flatMap(({ plan, dialled }) =>
    dialled.map((each) => ({ plan: planOf(plan), dialled: each })),
  ),
  ...moreCases.map(([plan, , dialled]) => ({ plan: planOf(plan), dialled })),
  ...[...loadCases('manuals.json'), ...loadCases('adversarial.json')].map((row) => ({
    plan: {
      homeRegion: row.home,
      internationalPrefixes: [row.idd],
      outsidePrefixes: row.outsidePrefix === '' ? [] : [row.outsidePrefix],
      nationalPrefix: row.ndd,
    },
    dialled: row.dialed,
  })),
];

const byPlan = new Map<string, Dialled[]>();
for (const row of rows) {
  const key = JSON.stringify(row.plan);
  byPlan.set(key, [...(byPlan.get(key) ?? []), row]);
}

describe('while the daemon is away', () => {
  const judged = [...byPlan.values()].flatMap((group) => {
    const plan: Partial<NumberingPlan> = group[0]?.plan ?? {};
    const compiled = compilePlan(planFor(plan));
    const closed = snapshotFor(plan, { international: false });
    const { internal, national } = staticPatterns(compiled);
    const patterns = [...internal, ...national].map((pattern) => asteriskPattern(pattern));
    const emergency = new Set(emergencyNumbersOf(compiled));
    return group.map(({ dialled }) => {
      // The dialplan takes separators away, and looks for emergency numbers with a trailing # too.
      const number = dialled.replace(/[ ().-]/g, '');
      const screened = screen(closed, dialled);
      return {
        row: `${plan.homeRegion} ${plan.outsidePrefixes?.join() ?? ''}: ${dialled}`,
        number,
        kind: screened.destination.kind,
        outcome: outcomeOf(screened),
        goesOut: patterns.some((pattern) => pattern.test(number)),
        isEmergencyLine: emergency.has(number.replace(/#$/, '')),
      };
    });
  });

  test('there are rows of each kind', () => {
    expect(judged.length).toBeGreaterThan(2500);
    expect(judged.filter(({ goesOut }) => goesOut).length).toBeGreaterThan(200);
  });

  test('I2: nothing goes out that a closed policy refuses', () => {
    expect(judged.filter(({ goesOut, outcome }) => goesOut && outcome === 'deny')).toEqual([]);
  });

  test('I1: each emergency number has its line, and no line is anything else', () => {
    const plain = judged.filter(({ number }) => /^\d+#?$/.test(number));
    expect(plain.filter((each) => (each.kind === 'emergency') !== each.isEmergencyLine)).toEqual([]);
  });
});
