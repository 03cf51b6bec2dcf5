import { defineConfig } from 'vitest/config';

// Test files that start an Asterisk run beside each other on the two cores of a small machine: two at a time.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/seed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // A call on a machine that is short of time may miss a deadline; what is wrong fails twice, and both tries are told.
    retry: 1,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 10_000,
    restoreMocks: true,
  },
});
