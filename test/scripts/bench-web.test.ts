// The bench of watching browsers, small: real calls, real event streams, and no figure judged.
import { expect, it } from 'vitest';
import { measureWeb } from '../../scripts/bench/web.ts';

it('places the same calls with and without watchers, and each watcher is told of every call', async () => {
  const result = await measureWeb({ watchers: 20, rounds: 1, calls: 25 });
  expect(result).toMatchObject({ decisions: 25, read: 25 });
  expect(result.megabytes).toBeGreaterThan(0);
  for (const { plain, screened } of [result.without, result.watched]) {
    expect(plain.median).toBeGreaterThan(0);
    expect(screened.p99).toBeGreaterThan(0);
  }
});
