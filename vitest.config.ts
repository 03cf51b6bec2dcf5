import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

// Test files that start an Asterisk run beside each other on the two cores of a small machine: two at a time.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/seed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Of the programs that tests start, some two thousand times: with it a command is done in less than half the time.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled') },
    // A call on a machine that is short of time may miss a deadline; what is wrong fails twice, and both tries are told.
    retry: 1,
    // A wait costs time only where what is waited for does not come.
    expect: { poll: { timeout: 20_000 } },
    // Several waits of twenty seconds and what lies between them, where the machine does other things as well.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    teardownTimeout: 10_000,
    restoreMocks: true,
  },
});
