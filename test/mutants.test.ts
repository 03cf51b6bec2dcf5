// The mutants: each still fits the code, and those that need no Asterisk are caught here and now; `npm run mutants` has all.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutants } from '../scripts/mutants/table.ts';
import { openWorkshop, timesFound, type Workshop } from '../scripts/mutants/workshop.ts';

const root = join(import.meta.dirname, '..');
const quick = mutants.filter((mutant) => mutant.quick === true);

describe('mutants', { timeout: 120_000 }, () => {
  let workshop: Workshop;
  beforeAll(() => {
    workshop = openWorkshop();
  });
  afterAll(() => {
    workshop?.[Symbol.dispose]();
  });

  it('stand in the code exactly once each, with the tests that must find them', () => {
    expect(mutants.filter((mutant) => timesFound(mutant) !== 1).map(({ name }) => name)).toEqual([]);
    expect(mutants.flatMap(({ tests }) => tests).filter((test) => !existsSync(join(root, test)))).toEqual([]);
    expect(mutants.filter(({ text, replacement }) => text === replacement)).toEqual([]);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it('are caught by nothing but themselves: their tests pass on the code as it is', async () => {
    const run = await workshop.runTests([...new Set(quick.flatMap(({ tests }) => tests))]);
    expect(run.failed).toEqual([]);
    expect(run.fate).toBe('survived');
  });

  it.each(quick)('$name', async (mutant) => {
    const { fate, output } = await workshop.runMutant(mutant);
    expect(fate, output).toBe('caught');
  });
});
