// The soak of pickups: the same seed is the same run, its report finds each kind of wrong, and a short run is clean.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callKinds, planRound, raceKinds } from '../../scripts/soak/pickup/plan.ts';
import { sumUp } from '../../scripts/soak/pickup/report.ts';
import type { RoundResult } from '../../scripts/soak/pickup/round.ts';
import { run } from '../lab/processes.ts';

const soakDeadlineMs = 120_000;
const good: RoundResult = {
  plan: planRound(1, 0),
  won: 1,
  lost: 0,
  refused: 0,
  abandoned: 0,
  crossed: 0,
  oneWay: 0,
  untold: 0,
  answeredAfterMs: [3],
  crossedAfterMs: [],
  wrong: [],
  stuck: [],
  leftRinging: [],
  callerLost: false,
};
const again = (index: number) => `again ${index}`;

describe('a soak of pickups', () => {
  it('draws the same round from the same seed, and other rounds from another', () => {
    const rounds = (seed: number) => Array.from({ length: 200 }, (_, index) => planRound(seed, index));
    expect(rounds(7)).toEqual(rounds(7));
    expect(rounds(8)).not.toEqual(rounds(7));
    expect(new Set(rounds(7).map(({ kind }) => kind))).toEqual(new Set(callKinds));
    expect(new Set(rounds(7).map(({ race }) => race))).toEqual(new Set(raceKinds));
  });

  it('finds nothing wrong where nothing is', () => {
    const sum = sumUp([good, { ...good, won: 0, refused: 1 }], { won: 1, told: 1 }, [], again);
    expect(sum).toMatchObject({ rounds: 2, won: 1, failures: [] });
  });

  it.each<[string, Partial<RoundResult>, string]>([
    ['a channel that is left', { stuck: ['PJSIP/1001-0000 Up in Dial()'] }, 'STUCK'],
    ['a phone that rings on', { leftRinging: ['1002'] }, '1002 RINGS ON'],
    ['a caller who has lost his call', { callerLost: true }, 'CALLER LOST'],
    ['what a round found wrong', { wrong: ['nobody has the call'] }, 'nobody has the call'],
  ])('names %s with its round and how to repeat it', (_what, given, named) => {
    const { failures } = sumUp([good, { ...good, ...given }], { won: 2 }, [], again);
    expect(failures).toEqual([expect.stringContaining(named)]);
    expect(failures[0]).toContain('again 0');
  });

  it('finds a pickup that is recorded as unknown', () => {
    expect(sumUp([good], { won: 1, unknown: 1 }, [], again).failures).toHaveLength(1);
  });

  it(
    'comes out clean on a real PBX',
    async () => {
      const script = join(import.meta.dirname, '../../scripts/soak.ts');
      const words = '--pickup --count 40 --seed 5 --seconds 60'.split(' ');
      const { code, output } = await run('node', [script, ...words], { deadlineMs: soakDeadlineMs });
      expect(output).toContain('Nothing wrong.');
      expect(code).toBe(0);
    },
    soakDeadlineMs,
  );
});
