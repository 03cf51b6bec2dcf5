// A large policy is loaded in slices: the event loop turns meanwhile, and nothing that happens in between is lost.
import { performance } from 'node:perf_hooks';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import { setSettings } from '../../src/admin/settings.ts';
import type { LoadingPolicy } from '../../src/store/policy.ts';
import { watchPolicy } from '../../src/store/policy-watch.ts';
import { addManyRows } from './many-rows.ts';
import { openHere, tempContext } from './temp-store.ts';

const WAIT = { timeout: 20_000, interval: 5 };
const RULES = 20_000;

function readyContext(rules: number) {
  const context = tempContext();
  setSettings(context, new Map([['home-region', ['MX']]]));
  addManyRows(context, rules);
  return context;
}

interface Taken {
  readonly version: number;
  readonly rules: number;
  readonly countries: readonly string[];
  /** Turns of the event loop between the first and the last rule. */
  readonly turns: number;
}

interface Behaviour {
  readonly monotonicMs?: () => number;
  /** Called before each rule that is read. */
  readonly onRule?: (index: number) => void;
}

/** Takes policies by reading all their rules, a hundred at a step. */
function taking(path: string, { monotonicMs = () => performance.now(), onRule }: Behaviour = {}) {
  const store = openHere(path, { readonly: true, busyTimeoutMs: 0 });
  const taken: Taken[] = [];
  const problems: unknown[] = [];
  let turns = 0;
  let turning = true;
  const turn = () => {
    turns += 1;
    if (turning) setImmediate(turn);
  };
  turn();
  const watch = watchPolicy(store, {
    *onPolicy({ barring }: LoadingPolicy) {
      const before = turns;
      let rules = 0;
      for (const rule of barring.rules) {
        onRule?.(rules);
        rules += rule.id > 0 ? 1 : 0;
        if (rules % 100 === 0) yield;
      }
      const countries = barring.countries.map(({ region }) => region);
      taken.push({ version: barring.version, rules, countries, turns: turns - before });
    },
    onProblem: (problem) => problems.push(problem),
    monotonicMs,
  });
  const end = () => {
    turning = false;
    watch[Symbol.dispose]();
  };
  onTestFinished(end);
  return { store, taken, problems, end };
}

describe('a large policy', () => {
  it('is whole before the watch returns, and lets the event loop turn while a change is loaded', async () => {
    const context = readyContext(RULES);
    const { taken, store } = taking(context.store.path);
    expect(taken).toEqual([expect.objectContaining({ rules: RULES, turns: 0 })]);
    setCountries(context, ['AR'], 'allow');
    await vi.waitFor(() => expect(taken).toHaveLength(2), WAIT);
    expect(taken[1]).toMatchObject({ rules: RULES, countries: ['AR'] });
    expect(taken[1]?.turns).toBeGreaterThan(3);
    expect(store.db.inTransaction).toBe(false);
  });

  it('is of one moment, and loaded once more for what was changed meanwhile', async () => {
    const context = readyContext(RULES);
    let change = () => {};
    const { taken } = taking(context.store.path, {
      onRule: (index) => {
        if (index === RULES / 2) change();
      },
    });
    change = () => {
      change = () => {};
      setCountries(context, ['US'], 'allow');
    };
    setCountries(context, ['AR'], 'allow');
    await vi.waitFor(() => expect(taken).toHaveLength(3), WAIT);
    expect(taken.slice(1).map(({ countries }) => countries)).toEqual([['AR'], ['AR', 'US']]);
  });

  it('that fails half-way is told, ends its transaction, and is loaded again', async () => {
    const context = readyContext(RULES);
    let fail = () => {};
    const { taken, problems, store } = taking(context.store.path, {
      onRule: (index) => {
        if (index === RULES / 2) fail();
      },
    });
    fail = () => {
      fail = () => {};
      throw new Error('out of luck');
    };
    setCountries(context, ['AR'], 'allow');
    await vi.waitFor(() => expect(taken).toHaveLength(2), WAIT);
    expect(problems).toEqual([new Error('out of luck')]);
    expect(store.db.inTransaction).toBe(false);
  });

  it('is left half-way when the watch ends, with its transaction', async () => {
    const context = readyContext(RULES);
    let begun = () => {};
    const half = new Promise<void>((resolve) => (begun = resolve));
    let second = false;
    const { taken, store, end } = taking(context.store.path, {
      onRule: (index) => {
        if (second && index === RULES / 2) begun();
      },
    });
    second = true;
    setCountries(context, ['AR'], 'allow');
    await half;
    end();
    expect(store.db.inTransaction).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(taken).toHaveLength(1);
  });

  it('is verified again after a minute, and handed on only where it is another one', async () => {
    const context = readyContext(1000);
    let nowMs = 0;
    const { taken, problems } = taking(context.store.path, { monotonicMs: () => nowMs });
    const looked = () => new Promise((resolve) => setTimeout(resolve, 250));
    nowMs = 60_000;
    await looked();
    expect([taken.length, problems]).toEqual([1, []]);
    // No version says so, as with a bit that flipped on the disk.
    context.store.db.exec('UPDATE rules SET observe = 1 WHERE id = 1000');
    await looked();
    expect(problems).toEqual([]);
    nowMs = 120_000;
    await vi.waitFor(() => expect(problems).toHaveLength(1), WAIT);
    expect(problems[0]).toMatchObject({ message: expect.stringMatching(/checksum/) });
    context.store.db.exec('UPDATE rules SET observe = 0 WHERE id = 1000');
    nowMs = 180_000;
    await vi.waitFor(() => expect(taken).toHaveLength(2), WAIT);
  });
});
